"""One account's calendar port on the pretended server."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from core.errors import (
    CursorExpired,
    NotSupported,
    PermissionDenied,
    RevisionConflict,
)
from core.memory.calendars import MemoryCalendars, Shelf, Write
from core.memory.entries import Entry, Facts, coming, read_id, to_event
from core.model.calendar import (
    Body,
    CalendarEvent,
    CalendarId,
    CalendarInfo,
    Cursor,
    EventDraft,
    EventId,
    EventRef,
    EventStatus,
    IdempotencyKey,
    Revision,
    TimeSlot,
    Window,
)
from core.model.people import normal_address
from core.ports import CalendarFeature, ChangePage


class MemoryCalendar:
    """What one person's account sees of a `MemoryCalendars`."""

    def __init__(self, server: MemoryCalendars, address: str) -> None:
        self.server = server
        self.address = normal_address(address)

    @property
    def features(self) -> CalendarFeature:
        """What the server was told to be able to do."""
        return self.server.features

    def list_calendars(self) -> Sequence[CalendarInfo]:
        """Return the calendars that this person sees."""
        mine = [s for s in self.server.shelves.values() if self.address in s.readers]
        return [
            CalendarInfo(
                calendar_id=shelf.calendar_id,
                name=shelf.name,
                zone="UTC",
                writable=shelf.writable,
                primary=shelf is mine[0],
            )
            for shelf in mine
        ]

    def changes(self, calendar_id: CalendarId, since: Cursor | None) -> ChangePage[CalendarEvent]:
        """Report what changed, in pages where the server was given a page size."""
        self._ask("changes")
        shelf = self.server.shelf(calendar_id, self.address)
        number = self._number(shelf, since)
        news = _newer(shelf, number)
        page = news[: self.server.page_size]
        last = shelf.log[page[-1]] if page else max(number, shelf.forgotten)
        known = [uid for uid in page if uid in shelf.entries]
        return ChangePage(
            changed=tuple(
                to_event(shelf.entries[uid], calendar_id)
                for uid in known
                if uid not in shelf.unreadable
            ),
            removed=tuple(uid for uid in page if uid not in shelf.entries and since is not None),
            cursor=Cursor(str(last)),
            more=len(page) < len(news),
            broken=tuple((u, shelf.unreadable[u]) for u in known if u in shelf.unreadable),
        )

    def occurrences(self, series: EventRef, after: datetime, limit: int) -> Sequence[CalendarEvent]:
        """Return the coming occurrences of a series, or a single event itself."""
        self._ask("occurrences")
        entry = self._entry(series)
        if entry.rrule is None:
            event = to_event(entry, series.calendar_id)
            return [event] if event.slot.end > after and limit > 0 else []
        found = coming(entry, after, limit)
        return [to_event(entry, series.calendar_id, start) for start in found]

    def get_event(self, ref: EventRef) -> CalendarEvent:
        """Read an event or one occurrence."""
        self._ask("get_event")
        return to_event(self._entry(ref), ref.calendar_id, read_id(ref.event_id)[1])

    def list_occurrences(self, calendar_id: CalendarId, window: Window) -> Iterator[CalendarEvent]:
        """Yield what overlaps the window."""
        self._ask("list_occurrences")
        shelf = self.server.shelf(calendar_id, self.address)
        found = [
            event for entry in shelf.entries.values() for event in _within(entry, shelf, window)
        ]
        yield from sorted(found, key=lambda event: (event.slot.start, event.uid))

    def create_event(
        self, calendar_id: CalendarId, draft: EventDraft, *, key: IdempotencyKey
    ) -> CalendarEvent:
        """Create it once."""
        self._ask("create_event")
        shelf = self._writable(calendar_id)
        uid = self._uid(key)
        if uid not in shelf.entries:
            facts = Facts(
                title=draft.title,
                slot=draft.slot,
                participants=draft.participants,
                body=draft.body,
            )
            self._wrote("create_event", calendar_id, EventId(uid))
            self.server.store(shelf, Entry(uid=uid, master=facts, rrule=draft.rrule))
            self.server.meet_failure("create_event", done=True)
        return to_event(shelf.entries[uid], calendar_id)

    def write_body(self, ref: EventRef, body: Body, *, expect: Revision) -> Revision:
        """Replace the body; an occurrence gets an exception where it needs one."""
        self._ask("write_body")
        shelf, entry, start = self._expected(ref, expect)
        series_body = entry.master.body
        same = (body.form, body.content) == (series_body.form, series_body.content)
        facts = replace(entry.facts(start), body=series_body if same else replace(body, rich=None))
        return self._put("write_body", shelf, entry, start, facts)

    def reschedule(self, ref: EventRef, slot: TimeSlot, *, expect: Revision) -> Revision:
        """Move one occurrence or a single event."""
        self._ask("reschedule")
        shelf, entry, start = self._expected(ref, expect)
        facts = entry.facts(start)
        moved = replace(facts, slot=slot, sequence=facts.sequence + 1)
        return self._put("reschedule", shelf, entry, start, moved)

    def busy(self, calendar_id: CalendarId, window: Window) -> Sequence[Window]:
        """Return when something takes place."""
        if CalendarFeature.FREE_BUSY not in self.features:
            raise NotSupported("This calendar does not tell when somebody is busy.")
        return [
            Window(start=event.slot.start, end=event.slot.end)
            for event in self.list_occurrences(calendar_id, window)
        ]

    def _put(
        self, verb: str, shelf: Shelf, entry: Entry, start: datetime | None, facts: Facts
    ) -> Revision:
        changed = entry.copy()
        changed.put(start, facts)
        self.server.store(shelf, changed)
        self._wrote(verb, shelf.calendar_id, EventId(entry.uid))
        self.server.meet_failure(verb, done=True)
        return Revision(str(changed.version))

    def _expected(self, ref: EventRef, expect: Revision) -> tuple[Shelf, Entry, datetime | None]:
        shelf = self._writable(ref.calendar_id)
        entry = self._entry(ref)
        if str(entry.version) != expect:
            raise RevisionConflict("The event has changed since it was read.")
        start = read_id(ref.event_id)[1]
        entry.facts(start)
        return shelf, entry, start

    def _entry(self, ref: EventRef) -> Entry:
        self.server.shelf(ref.calendar_id, self.address)
        return self.server.find(ref.calendar_id, read_id(ref.event_id)[0])

    def _writable(self, calendar_id: CalendarId) -> Shelf:
        shelf = self.server.shelf(calendar_id, self.address)
        if not shelf.writable:
            raise PermissionDenied(f"The calendar {shelf.name} is read-only for {self.address}.")
        return shelf

    def _uid(self, key: IdempotencyKey) -> str:
        return hashlib.sha256(f"{self.address} {key}".encode()).hexdigest()[:32] + "@example.org"

    def _ask(self, verb: str) -> None:
        self.server.reads += 1
        self.server.meet_failure(verb, done=False)

    def _wrote(self, verb: str, calendar_id: CalendarId, event_id: EventId) -> None:
        write = Write(address=self.address, verb=verb, calendar_id=calendar_id, event_id=event_id)
        self.server.writes.append(write)

    def _number(self, shelf: Shelf, since: Cursor | None) -> int:
        if since is None:
            return 0
        if not since.isdigit() or int(since) < shelf.forgotten:
            raise CursorExpired("The calendar no longer knows this cursor.")
        return int(since)


def _newer(shelf: Shelf, number: int) -> list[str]:
    """Walk back from the last change: what did not change costs nothing."""
    found: list[str] = []
    for uid in reversed(shelf.log):
        if shelf.log[uid] <= number:
            break
        found.append(uid)
    return found[::-1]


def _within(entry: Entry, shelf: Shelf, window: Window) -> Iterator[CalendarEvent]:
    if entry.rrule is None:
        candidates = [to_event(entry, shelf.calendar_id)]
    else:
        candidates = []
        limit = 8
        while True:
            found = coming(entry, window.start, limit)
            candidates = [to_event(entry, shelf.calendar_id, start) for start in found]
            if len(found) < limit or candidates[-1].slot.start >= window.end:
                break
            limit *= 4
    for event in candidates:
        inside = event.slot.start < window.end and event.slot.end > window.start
        if inside and event.status is not EventStatus.CANCELLED:
            yield event
