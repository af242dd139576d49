"""Who else reads a pretended calendar."""

from __future__ import annotations

from core.memory.calendars import MemoryCalendars
from core.model.calendar import CalendarId, Readers
from core.model.people import normal_address

EVERYBODY, PUBLIC = "everybody", "public"


class MemoryReaders:
    """What one person's account tells of the readers of its calendars."""

    def __init__(self, server: MemoryCalendars, address: str) -> None:
        self._server = server
        self._address = normal_address(address)

    def readers(self, calendar_id: CalendarId) -> Readers:
        """Return everybody who sees it beside this person."""
        self._server.reader_calls += 1
        self._server.meet_failure("readers", done=False)
        shelf = self._server.shelf(calendar_id, self._address)
        seeing = {*shelf.readers, *shelf.onlookers} - {self._address}
        return Readers(
            people=tuple(sorted(seeing - {EVERYBODY, PUBLIC})),
            everybody=EVERYBODY in seeing,
            public=PUBLIC in seeing,
        )
