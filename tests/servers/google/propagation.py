"""How the organizer's copy reaches the guests' calendars."""

from __future__ import annotations

import copy
from collections.abc import Iterator

from .answers import Json
from .calendar_state import Calendar, Calendars, Row
from .event_fields import addresses, merged, own_part, shared_part


class Propagation:
    """Carries rows from the organizer's calendar to every guest inside Google."""

    def __init__(self, calendars: Calendars) -> None:
        self._all = calendars

    def guests(self, organizer: Calendar, fields: Json) -> list[Calendar]:
        invited = addresses(fields)
        found = [self._all.by_id[address] for address in self._all.directory.expand(invited)]
        # A secondary calendar is invited by its own address.
        found += [self._all.by_id[each] for each in invited if self._is_secondary(each)]
        return [calendar for calendar in found if calendar is not organizer]

    def _is_secondary(self, address: str) -> bool:
        return address in self._all.by_id and address not in self._all.directory.people

    def spread(self, organizer: Calendar, row: Row) -> None:
        """The whole row; a guest's own text in it is overwritten."""
        guests = self.guests(organizer, row.fields)
        for calendar in guests:
            self._put_copy(calendar, row)
        for calendar in self.holders(organizer, row.id):
            if calendar not in guests:
                self.withdraw(calendar, row)
        if row.series_id:
            self._withdraw_from_uninvited(organizer, row, guests)

    def holders(self, organizer: Calendar, event_id: str) -> Iterator[Calendar]:
        for calendar in list(self._all.by_id.values()):
            if calendar is not organizer and event_id in calendar.rows:
                yield calendar

    def _put_copy(self, calendar: Calendar, row: Row) -> None:
        old = calendar.rows.get(row.id)
        source = old or calendar.rows.get(row.series_id or "")
        fields = merged(shared_part(row.fields), own_part(source.fields) if source else {})
        mine = Row(id=row.id, fields=fields, created=row.created)
        if old is not None and not self._all.assumptions.organizer_write_wipes_guest_text:
            fields.update({name: old.fields[name] for name in old.local if name in old.fields})
            mine.local = old.local
        self._all.put(calendar, mine, row.updated)

    def _withdraw_from_uninvited(
        self, organizer: Calendar, row: Row, guests: list[Calendar]
    ) -> None:
        """Someone in the series but not in this occurrence no longer sees it."""
        for calendar in list(self.holders(organizer, row.series_id or "")):
            if calendar not in guests and row.id not in calendar.rows:
                self.withdraw(calendar, row)

    def withdraw(self, calendar: Calendar, row: Row) -> None:
        """Leave a bare tombstone."""
        kept = ("recurringEventId", "originalStartTime", "start", "end", "eventType")
        fields = {name: copy.deepcopy(row.fields[name]) for name in kept if name in row.fields}
        fields["status"] = "cancelled"
        gone = Row(id=row.id, fields=fields, created=row.created, bare=True)
        self._all.put(calendar, gone, row.updated)

    def spread_answers(self, organizer: Calendar, row: Row) -> None:
        """Only who comes; texts in the copies stay as they are."""
        for calendar in self.guests(organizer, row.fields):
            mine = calendar.rows.get(row.id)
            if mine is None or mine.cancelled:
                self._put_copy(calendar, row)
                continue
            mine.fields["attendees"] = copy.deepcopy(row.fields["attendees"])
            self._all.put(calendar, mine, row.updated)
