"""An account's calendars on a CalDAV server."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from adapters.caldav import mapping
from adapters.caldav.cache import CalendarCache, Known
from adapters.caldav.changes import Pass, read_pass
from adapters.caldav.collection import Collection, Held
from adapters.caldav.home import calendars_of
from adapters.caldav.ical_text import (
    Resource,
    description_of,
    new_event,
    with_description,
    with_times,
)
from adapters.caldav.quirks import MAILS_TEXT
from adapters.caldav.recurrence import occurrence_at, occurrences, within
from adapters.caldav.wire import Wire
from core.errors import CursorExpired, NotFound, RevisionConflict
from core.model.calendar import (
    Body,
    CalendarEvent,
    CalendarId,
    CalendarInfo,
    Cursor,
    EventDraft,
    EventRef,
    EventStatus,
    IdempotencyKey,
    Revision,
    TimeSlot,
    Window,
)
from core.ports import CalendarFeature, ChangePage

SUPERSEDED = Revision("superseded")
"""What we wrote has been changed before we could read its ETag: matches nothing."""
MAX_PAGES = 1000
NAMESPACE = uuid.UUID("5f3fdb0b-8d66-4bb9-b0c9-61ad4d9c2b4c")


class CaldavCalendar:
    """CalendarPort over CalDAV. A calendar's id is its URL, an event's id its href."""

    def __init__(self, wire: Wire, now: Callable[[], datetime]) -> None:
        self._wire = wire
        self._now = now
        self._caches: dict[CalendarId, CalendarCache] = {}

    @property
    def features(self) -> CalendarFeature:
        """What the server said when the account was connected."""
        can = CalendarFeature.OCCURRENCE_BODY | CalendarFeature.QUIET_UPDATE
        can |= CalendarFeature.FREE_BUSY
        if MAILS_TEXT in self._wire.settings.quirks:
            can |= CalendarFeature.MAILS_OUTSIDE
        return can | CalendarFeature.COPIES if self._wire.settings.copies else can

    def list_calendars(self) -> Sequence[CalendarInfo]:
        """Return what lies in the account's home."""
        return calendars_of(self._wire)

    def changes(self, calendar_id: CalendarId, since: Cursor | None) -> ChangePage[CalendarEvent]:
        """Report what changed: one request where nothing did, two where something did."""
        found = self._look(calendar_id, since)
        events, broken = found.as_events(calendar_id)
        return ChangePage(
            changed=tuple(events),
            removed=found.removed,
            cursor=found.cursor,
            more=found.more,
            broken=tuple(broken),
        )

    def occurrences(self, series: EventRef, after: datetime, limit: int) -> Sequence[CalendarEvent]:
        """Return what comes; where the last look was a short while ago, without a request."""
        href, _ = mapping.split_event_id(series.event_id)
        known = self._cache(series.calendar_id).known(href) or self._read(series)
        return [
            mapping.to_occurrence(known.resource, found, series.calendar_id, href, known.revision)
            for found in occurrences(known.resource, after, limit)
        ]

    def get_event(self, ref: EventRef) -> CalendarEvent:
        """Read it now."""
        href, original_start = mapping.split_event_id(ref.event_id)
        known = self._read(ref)
        if original_start is None:
            return mapping.to_event(known.resource, ref.calendar_id, href, known.revision)
        found = occurrence_at(known.resource, original_start)
        if found is None:
            raise NotFound("The event no longer takes place at that time.")
        return mapping.to_occurrence(known.resource, found, ref.calendar_id, href, known.revision)

    def list_occurrences(self, calendar_id: CalendarId, window: Window) -> Iterator[CalendarEvent]:
        """Yield what overlaps the window; series are expanded here and not by the server."""
        found = [
            mapping.to_occurrence(known.resource, one, calendar_id, href, known.revision)
            for href, known in self._everything(calendar_id).items()
            for one in within(known.resource, window)
            if one.status is not EventStatus.CANCELLED and one.slot.end > window.start
        ]
        yield from sorted(found, key=lambda event: (event.slot.start, event.uid))

    def create_event(
        self, calendar_id: CalendarId, draft: EventDraft, *, key: IdempotencyKey
    ) -> CalendarEvent:
        """Create it once: its UID and its place follow from the key."""
        collection = self._collection(calendar_id)
        uid = str(uuid.uuid5(NAMESPACE, f"{self._wire.settings.login} {key}"))
        href = collection.href_of(uid)
        try:
            held = collection.get(href)
        except NotFound:
            collection.put(href, new_event(draft, uid, self._now()), expect=None)
            held = collection.get(href)
        self._cache(calendar_id).forget(href)
        return mapping.to_event(Resource.parse(held.data), calendar_id, href, held.revision)

    def write_body(self, ref: EventRef, body: Body, *, expect: Revision) -> Revision:
        """Replace the body in the server's own bytes."""
        _, original_start = mapping.split_event_id(ref.event_id)
        held = self._expected(ref, expect)
        data = with_description(
            held.data, original_start=original_start, body=body, now=self._now()
        )
        return self._write(ref, held, data)

    def reschedule(self, ref: EventRef, slot: TimeSlot, *, expect: Revision) -> Revision:
        """Move one occurrence or a single event."""
        _, original_start = mapping.split_event_id(ref.event_id)
        held = self._expected(ref, expect)
        return self._write(ref, held, with_times(held.data, original_start, slot, self._now()))

    def busy(self, calendar_id: CalendarId, window: Window) -> Sequence[Window]:
        """Return when something takes place."""
        return [
            Window(start=event.slot.start, end=event.slot.end)
            for event in self.list_occurrences(calendar_id, window)
        ]

    def _write(self, ref: EventRef, held: Held, data: bytes) -> Revision:
        if data == held.data:
            return held.revision
        collection = self._collection(ref.calendar_id)
        self._cache(ref.calendar_id).forget(held.href)
        etag = collection.put(held.href, data, expect=held.revision)
        if etag:
            return Revision(etag)
        # A server that sends invitations rewrites the event and does not say its ETag.
        _, original_start = mapping.split_event_id(ref.event_id)
        after = collection.get(held.href)
        wrote, stands = (_text(d, original_start) for d in (data, after.data))
        return after.revision if wrote == stands else SUPERSEDED

    def _expected(self, ref: EventRef, expect: Revision) -> Held:
        href, _ = mapping.split_event_id(ref.event_id)
        held = self._collection(ref.calendar_id).get(href)
        if held.revision != expect:
            # Who meets a conflict reads again, and must not be shown what the last look saw.
            self._cache(ref.calendar_id).forget(href)
            raise RevisionConflict("The event has changed since it was read.")
        return held

    def _read(self, ref: EventRef) -> Known:
        href, _ = mapping.split_event_id(ref.event_id)
        held = self._collection(ref.calendar_id).get(href)
        return Known(resource=Resource.parse(held.data), revision=held.revision)

    def _everything(self, calendar_id: CalendarId) -> dict[str, Known]:
        cache = self._cache(calendar_id)
        known = cache.everything()
        if known is None:
            self._look_at_all(calendar_id)
            known = cache.everything()
        return {
            href: one for href, one in (known or {}).items() if one.resource.component == "VEVENT"
        }

    def _look_at_all(self, calendar_id: CalendarId) -> None:
        since = self._cache(calendar_id).cursor
        for _ in range(MAX_PAGES):
            try:
                found = self._look(calendar_id, since)
            except CursorExpired:
                since = None
                continue
            since = found.cursor
            if not found.more:
                return

    def _look(self, calendar_id: CalendarId, since: Cursor | None) -> Pass:
        found = read_pass(self._collection(calendar_id), since, self._wire.settings.quirks)
        self._cache(calendar_id).take(
            since, found.cursor, found.known, found.gone, last=not found.more
        )
        return found

    def _collection(self, calendar_id: CalendarId) -> Collection:
        return Collection(self._wire, calendar_id)

    def _cache(self, calendar_id: CalendarId) -> CalendarCache:
        return self._caches.setdefault(calendar_id, CalendarCache())


def _text(data: bytes, original_start: datetime | None) -> str | None:
    try:
        body = description_of(Resource.parse(data), original_start)
    except NotFound:
        return None
    return "\n".join(line.rstrip() for line in body.content.split("\n")).strip()
