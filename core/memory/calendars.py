"""A pretended calendar server: several people's calendars, with copies or shared by a pair."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from core.errors import NotFound, OneOnOneError
from core.memory.entries import Entry
from core.model.calendar import CalendarId, EventId, EventStatus, Participant, Role
from core.model.people import normal_address
from core.ports import CalendarFeature

WITH_COPIES = (
    CalendarFeature.OCCURRENCE_BODY
    | CalendarFeature.QUIET_UPDATE
    | CalendarFeature.COPIES
    | CalendarFeature.FREE_BUSY
)
SHARED = WITH_COPIES & ~CalendarFeature.COPIES


@dataclass(slots=True, kw_only=True)
class Shelf:
    """One calendar of the server."""

    calendar_id: CalendarId
    name: str
    readers: tuple[str, ...]
    """Addresses of who sees and edits it."""
    writable: bool = True
    onlookers: tuple[str, ...] = ()
    """Addresses of who only reads it: an assistant, say; "everybody" and "public" are words."""
    entries: dict[str, Entry] = field(default_factory=dict)
    log: dict[str, int] = field(default_factory=dict)
    """UID to the number of its last change, the last changed behind."""
    forgotten: int = 0
    """Cursors below this number are no longer known."""
    unreadable: dict[str, str] = field(default_factory=dict)
    """UID to a sentence: what cannot be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Write:
    """One write through a port: what a budget of writes counts."""

    address: str
    verb: str
    calendar_id: CalendarId
    event_id: EventId


@dataclass(slots=True, kw_only=True)
class Failure:
    """What one coming call of a verb meets."""

    verb: str
    error: OneOnOneError
    done: bool
    """True: the server has done it, and its answer is lost."""


class MemoryCalendars:
    """The server. An organizer's write overwrites the attendees' copies; theirs stay local."""

    def __init__(
        self, features: CalendarFeature = WITH_COPIES, *, page_size: int | None = None
    ) -> None:
        self.features = features
        self.page_size = page_size
        self.shelves: dict[CalendarId, Shelf] = {}
        self.writes: list[Write] = []
        self.reads = 0
        """Calls of a port that ask the server."""
        self.reader_calls = 0
        """Times that somebody asked who reads a calendar."""
        self.failures: list[Failure] = []
        self._numbers = itertools.count(1)

    @property
    def keeps_copies(self) -> bool:
        """Whether each attendee has a copy of an event."""
        return CalendarFeature.COPIES in self.features

    def open_calendar(self, *readers: str, name: str = "Calendar") -> CalendarId:
        """Return the calendar that exactly these people see; it is made where it isn't there."""
        people = tuple(sorted(normal_address(reader) for reader in readers))
        calendar_id = CalendarId("+".join(people) + "/calendar")
        shelf = Shelf(calendar_id=calendar_id, name=name, readers=people)
        self.shelves.setdefault(calendar_id, shelf)
        return calendar_id

    def shelf(self, calendar_id: CalendarId, reader: str | None = None) -> Shelf:
        """Return a calendar; raise NotFound where it is not there for this reader."""
        found = self.shelves.get(calendar_id)
        if found is None or (reader is not None and reader not in found.readers):
            raise NotFound(f"There is no calendar {calendar_id} in this account.")
        return found

    def shelf_with(self, reader: str, uid: str) -> Shelf:
        """Return the reader's calendar that holds an event."""
        for shelf in self.shelves.values():
            if reader in shelf.readers and uid in shelf.entries:
                return shelf
        raise NotFound(f"{reader} has no such event.")

    def expire_cursors(self) -> None:
        """Forget every cursor that is out."""
        for shelf in self.shelves.values():
            shelf.forgotten = next(self._numbers)

    def fail(self, verb: str, error: OneOnOneError, *, done: bool = False) -> None:
        """Let the next call of a verb fail, before or after the server has done it."""
        self.failures.append(Failure(verb=verb, error=error, done=done))

    def meet_failure(self, verb: str, *, done: bool) -> None:
        """Raise what was ordered for this call."""
        for failure in self.failures:
            if failure.verb == verb and failure.done is done:
                self.failures.remove(failure)
                raise failure.error

    def store(self, shelf: Shelf, entry: Entry) -> None:
        """Keep an entry, and let the copies follow where its organizer keeps it."""
        self._keep(shelf, entry)
        if self.keeps_copies and entry.organizer in shelf.readers:
            self._deliver(entry)

    def answered(self, shelf: Shelf, entry: Entry, change: Callable[[Entry], None]) -> None:
        """Apply somebody's answer to their own copy and to the organizer's."""
        change(entry)
        self._keep(shelf, entry)
        organizer = entry.organizer
        if not self.keeps_copies or organizer is None or organizer in shelf.readers:
            return
        for other in self.shelves.values():
            if organizer in other.readers and entry.uid in other.entries:
                change(other.entries[entry.uid])
                self._keep(other, other.entries[entry.uid])

    def remove(self, shelf: Shelf, uid: str) -> None:
        """Take an entry away; the attendees' copies of an organizer's event are cancelled."""
        entry = shelf.entries.pop(uid)
        self._log(shelf, uid)
        if self.keeps_copies and entry.organizer in shelf.readers:
            gone = replace(entry.master, status=EventStatus.CANCELLED)
            self._deliver(replace(entry.copy(), master=gone), only_known=True)

    def find(self, calendar_id: CalendarId, uid: str) -> Entry:
        """Return an entry; raise NotFound where it's gone."""
        try:
            return self.shelf(calendar_id).entries[uid]
        except KeyError:
            raise NotFound("This event is no longer in the calendar.") from None

    def touch(self, shelf: Shelf, uid: str) -> None:
        """Let an entry count as changed without a change, as some servers do."""
        self._keep(shelf, shelf.entries[uid])

    def _keep(self, shelf: Shelf, entry: Entry) -> None:
        self._log(shelf, entry.uid)
        entry.version = shelf.log[entry.uid]
        shelf.entries[entry.uid] = entry

    def _log(self, shelf: Shelf, uid: str) -> None:
        shelf.log.pop(uid, None)
        shelf.log[uid] = next(self._numbers)

    def _deliver(self, entry: Entry, *, only_known: bool = False) -> None:
        for address in attendees(entry.master.participants):
            shelf = self.shelves.get(CalendarId(f"{address}/calendar"))
            if shelf is None or (only_known and entry.uid not in shelf.entries):
                continue
            known = shelf.entries.get(entry.uid)
            comment = known.comment if known else ""
            self._keep(shelf, replace(entry.copy(), comment=comment))


def attendees(participants: tuple[Participant, ...]) -> list[str]:
    """Return who is invited, the organizer and things left out."""
    nobody = (Role.ORGANIZER, Role.RESOURCE, Role.GROUP)
    return [p.address for p in participants if p.role not in nobody]
