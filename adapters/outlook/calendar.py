"""Outlook's calendar as the engine's calendar port."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from adapters.outlook import mapping, models
from adapters.outlook.calendar_id import calendar_id_of
from adapters.outlook.changes import IN_UTC, ChangeReader
from adapters.outlook.lenient import as_condition, kind_of, revision_of
from adapters.outlook.occurrences import Placing, between, spans
from adapters.outlook.quirks import join_links, zone_name
from adapters.outlook.settings import OutlookSettings
from adapters.outlook.wire import AlreadyThere, Json, Wire
from core.errors import (
    InvalidInput,
    NotFound,
    NotSupported,
    PermissionDenied,
    RevisionConflict,
    Unavailable,
    UnexpectedResponse,
)
from core.model.calendar import (
    Body,
    CalendarEvent,
    CalendarId,
    CalendarInfo,
    Cursor,
    EventDraft,
    EventRef,
    IdempotencyKey,
    Revision,
    TimeSlot,
    Window,
)
from core.ports import CalendarFeature, ChangePage

NAMESPACE = uuid.UUID("0b0f6a1e-59c4-4c0f-8a39-0f8e3c1d7c55")
BUSY = frozenset({"busy", "tentative", "oof"})
LONGEST_SCHEDULE = timedelta(days=60)
"""getSchedule takes less than 62 days."""
PAGE = "100"
REMEMBERED = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a write has to know of the event as it was read."""

    links: frozenset[str]
    series: bool
    foreign: bool
    """Somebody else's meeting."""
    draft: bool


class OutlookCalendar:
    """The account's own calendar. Changing the text of a meeting mails its attendees."""

    def __init__(
        self, *, settings: OutlookSettings, account: str, wire: Wire, now: Callable[[], datetime]
    ) -> None:
        self._settings = settings
        self._account = account
        self._wire = wire
        self._changes = ChangeReader(wire, account, settings, now, self._note)
        self._seen: dict[tuple[str, str], Seen] = {}
        self._latest: dict[str, Seen] = {}
        self.calendar_id = calendar_id_of(account)

    @property
    def features(self) -> CalendarFeature:
        can = CalendarFeature.OCCURRENCE_BODY | CalendarFeature.COPIES
        can |= CalendarFeature.ONLINE_MEETING | CalendarFeature.FREE_BUSY
        can |= CalendarFeature.WHOLE_CHANGES | CalendarFeature.ONE_REVISION
        return can | CalendarFeature.PUSH if self._settings.push_secret else can

    def list_calendars(self) -> Sequence[CalendarInfo]:
        """The person's own calendar: Graph tells changes of no other one."""
        found = self._wire.get(self._path("calendar"))
        return (
            CalendarInfo(
                calendar_id=self.calendar_id,
                name=str(found.get("name") or "Calendar"),
                zone=self._zone(),
                writable=bool(found.get("canEdit", True)),
                primary=True,
            ),
        )

    def _zone(self) -> str:
        """A right of its own (MailboxSettings.Read) that we can do without."""
        try:
            found = self._wire.get(self._path("mailboxSettings"))
        except (PermissionDenied, NotFound, UnexpectedResponse):
            return "UTC"
        return zone_name(str(found.get("timeZone") or "")) or "UTC"

    def changes(self, calendar_id: CalendarId, since: Cursor | None) -> ChangePage[CalendarEvent]:
        self._own(calendar_id)
        return self._changes.page(calendar_id, since)

    def occurrences(self, series: EventRef, after: datetime, limit: int) -> Sequence[CalendarEvent]:
        try:
            found = self._instances(series, after, limit)
        except UnexpectedResponse:  # a single event has no instances: Graph refuses to list them
            found = []
        if found or limit <= 0:
            return found
        event = self.get_event(series)
        alone = event.rrule is None and event.slot.end > after
        return (event,) if alone else ()

    def _instances(self, series: EventRef, after: datetime, limit: int) -> list[CalendarEvent]:
        path = self._path("events", self._id(series), "instances")
        placing = self._placing(series.calendar_id)
        coming: list[CalendarEvent] = []
        for span in spans(after, limit):
            rows = list(self._wire.pages(path, prefer=IN_UTC, top=PAGE, **span))
            placing.learn(rows)
            events = [self._noted(row, placing) for row in rows if self._ends_after(row, after)]
            coming = sorted(events, key=lambda event: event.slot.start)
            if len(coming) >= limit:
                break
        return coming[:limit]

    @staticmethod
    def _ends_after(row: Json, after: datetime) -> bool:
        return mapping.instant(row["end"]) > after

    def get_event(self, ref: EventRef) -> CalendarEvent:
        return self._noted(self._item(self._id(ref)), self._placing(ref.calendar_id))

    def opened(self, event_id: str) -> CalendarEvent:
        """Read what a person has open; its id is as Outlook's own programs have it."""
        row = self._wire.get_theirs(self._path("events", event_id), prefer=IN_UTC)
        return self._placing(self.calendar_id).event(row)

    def _item(self, event_id: str) -> Json:
        return self._wire.get(self._path("events", event_id), prefer=IN_UTC)

    def _placing(self, calendar_id: CalendarId) -> Placing:
        return Placing(self._item, calendar_id, self._account)

    def _noted(self, row: Json, placing: Placing) -> CalendarEvent:
        event = placing.event(row)
        self._note(row)
        return event

    def _note(self, row: Json) -> Seen:
        seen = Seen(
            links=join_links(str((row.get("body") or {}).get("content") or "")),
            series=kind_of(row) == "seriesMaster",
            foreign=row.get("isOrganizer") is False,
            draft=bool(row.get("isDraft")),
        )
        if len(self._seen) >= REMEMBERED:
            self._seen.pop(next(iter(self._seen)))
        if len(self._latest) >= REMEMBERED:
            self._latest.pop(next(iter(self._latest)))
        self._seen[row["id"], revision_of(row)] = self._latest[row["id"]] = seen
        return seen

    def list_occurrences(self, calendar_id: CalendarId, window: Window) -> Iterator[CalendarEvent]:
        self._own(calendar_id)
        rows = list(
            self._wire.pages(
                self._path("calendarView"),
                prefer=IN_UTC,
                top=PAGE,
                orderby="start/dateTime",
                **between(window.start, window.end),
            )
        )
        placing = self._placing(calendar_id)
        placing.learn(rows)
        for row in rows:
            if not row.get("isCancelled"):
                yield self._noted(row, placing)

    def create_event(
        self, calendar_id: CalendarId, draft: EventDraft, *, key: IdempotencyKey
    ) -> CalendarEvent:
        """The event keeps the key; the transaction's id guards two tries at the same time."""
        self._own(calendar_id)
        kept = hashlib.sha256(f"{calendar_id}\n{key}".encode()).hexdigest()
        item = self._made(kept) or self._make(draft, kept)
        return self._noted(item, self._placing(calendar_id))

    def _make(self, draft: EventDraft, kept: str) -> Json:
        content = mapping.from_draft(draft, kept, str(uuid.uuid5(NAMESPACE, kept)))
        events = self._wire.client.users.by_user_id(self._account).events
        request = events.to_post_request_information(models.event(content))
        try:
            made = self._wire.send(request, prefer=IN_UTC)
        except AlreadyThere as err:
            found = self._made(kept)
            if found is None:
                raise UnexpectedResponse("Graph has made this event and does not show it.") from err
            return found
        return made

    def _made(self, kept: str) -> Json | None:
        known = f"ep/id eq '{mapping.KEY_PROPERTY}' and ep/value eq '{kept}'"
        wanted = f"singleValueExtendedProperties/Any(ep: {known})"
        found = self._wire.get(self._path("events"), prefer=IN_UTC, filter=wanted)
        return next(iter(found.get("value", [])), None)

    def write_body(self, ref: EventRef, body: Body, *, expect: Revision) -> Revision:
        """Exchange can't take an exception back: one once made stays. An attendee's copy may be
        written too, but the organizer's next update wipes it."""
        seen = self._may_write(ref, expect)
        if not seen.links <= join_links(body.content):
            raise InvalidInput("This text would remove the link to the online meeting.")
        return self._patch(ref, mapping.to_body(body), expect)

    def reschedule(self, ref: EventRef, slot: TimeSlot, *, expect: Revision) -> Revision:
        if self._may_write(ref, expect).foreign:
            raise PermissionDenied("Only the organizer's calendar can move this meeting.")
        return self._patch(ref, mapping.to_times(slot), expect)

    def _may_write(self, ref: EventRef, expect: Revision) -> Seen:
        """See that the event is one that we write, as it was when it was read.

        Any change in a series moves the revision of all of it: what was last seen of this very
        event holds as well, since Graph compares the revision itself.
        """
        event_id = self._id(ref)
        seen = self._seen.get((event_id, expect)) or self._latest.get(event_id)
        if seen is None or as_condition(expect) is None:
            item = self._item(event_id)
            if revision_of(item) != expect:
                raise RevisionConflict("The event has changed since it was read.")
            seen = self._note(item)
        if seen.series:
            raise NotSupported("A change of a whole series mails everybody for each exception.")
        if seen.draft:
            raise Unavailable("The organizer has changes in Outlook that are not sent yet.")
        return seen

    def _patch(self, ref: EventRef, content: dict[str, Any], expect: Revision) -> Revision:
        event = self._wire.client.users.by_user_id(self._account).events.by_event_id(ref.event_id)
        request = event.to_patch_request_information(models.event(content))
        answer = self._wire.send(request, prefer=IN_UTC, expect=expect)
        if "body" not in answer:  # it may come without what it has made
            answer = self._item(ref.event_id)
        self._note(answer)
        if "body" in content:
            self._changes.wrote(revision_of(answer))
        return revision_of(answer)

    def busy(self, calendar_id: CalendarId, window: Window) -> Sequence[Window]:
        self._own(calendar_id)
        found: list[Window] = []
        start = window.start
        while start < window.end:
            end = min(window.end, start + LONGEST_SCHEDULE)
            found += self._busy(start, end)
            start = end
        return tuple(dict.fromkeys(found))

    def _busy(self, start: datetime, end: datetime) -> list[Window]:
        slot = TimeSlot(start=start, end=end, zone="UTC")
        times = mapping.to_times(slot)
        question = models.schedule_question(
            {"Schedules": [self._account], "StartTime": times["start"], "EndTime": times["end"]}
        )
        builder = self._wire.client.users.by_user_id(self._account).calendar.get_schedule
        answer = self._wire.send(builder.to_post_request_information(question), prefer=IN_UTC)
        row: Json = next(iter(answer.get("value", [])), {})
        if row.get("error") or "scheduleItems" not in row:
            raise PermissionDenied("The busy times of this calendar are not open to us.")
        return [
            Window(start=mapping.instant(each["start"]), end=mapping.instant(each["end"]))
            for each in row["scheduleItems"]
            if each.get("status") in BUSY
        ]

    def close(self) -> None:
        """Give the connections back; the account's other ports use the same ones."""
        self._wire.close()

    def _path(self, *parts: str) -> str:
        return "/".join(("", "users", *(quote(part, safe="@") for part in (self._account, *parts))))

    def _own(self, calendar_id: CalendarId) -> None:
        if calendar_id != self.calendar_id:
            raise NotFound("This account has no such calendar.")

    def _id(self, ref: EventRef) -> str:
        self._own(ref.calendar_id)
        return ref.event_id
