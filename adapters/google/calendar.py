"""Google Calendar as the engine's calendar port."""

from __future__ import annotations

import hashlib
from base64 import b32hexencode
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from adapters.google import mapping
from adapters.google.busy_times import busy_spans
from adapters.google.changes import page_of
from adapters.google.quirks import DESCRIPTION_LIMIT, join_block
from adapters.google.revisions import is_ours, revision_of
from adapters.google.settings import GoogleSettings
from adapters.google.sync_cursor import EventsCursor, events_cursor
from adapters.google.wire import AlreadyThere, BadRequest, Gone, Json, Wire, api
from core.errors import CursorExpired, InvalidInput, NotFound, RevisionConflict
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

PAGE, LONG_PAGE = 250, 2500
"""Of changes, and of what stands in a span of time: eight weeks in one answer."""
SPARE = 5
"""Occurrences read beyond the asked number: a moved one may belong before its neighbours."""
REMEMBERED = 4096


class GoogleCalendar:
    """One account's own calendar, by Calendar API v3."""

    features = (
        CalendarFeature.OCCURRENCE_BODY
        | CalendarFeature.QUIET_UPDATE
        | CalendarFeature.COPIES
        | CalendarFeature.ONLINE_MEETING
        | CalendarFeature.FREE_BUSY
        | CalendarFeature.WHOLE_CHANGES
        | CalendarFeature.SURE_CHANGES
        | CalendarFeature.GUESTS_TELL
    )

    def __init__(
        self,
        *,
        settings: GoogleSettings,
        account: str,
        events: Wire,
        free_busy: Wire,
        now: Callable[[], datetime],
    ) -> None:
        self._settings = settings
        self._account = account
        self._wire = events
        self._free_busy = free_busy
        self._now = now
        self._api = api("calendar", settings.api_root)
        self._zones: dict[CalendarId, str] = {}
        self._series_revisions: dict[str, str] = {}
        self._joined: dict[tuple[str, str], str] = {}
        if settings.push_secret:
            self.features |= CalendarFeature.PUSH

    def list_calendars(self) -> Sequence[CalendarInfo]:
        """The person's own calendar: a list of all would need one more scope."""
        request = self._api.events().list(calendarId=self._account, maxResults=1)
        answer = self._wire.send(request)
        calendar_id = CalendarId(self._account)
        zone = self._zones[calendar_id] = _zone(answer)
        return (
            CalendarInfo(
                calendar_id=calendar_id,
                name=answer.get("summary") or self._account,
                zone=zone,
                writable=answer.get("accessRole", "owner") in ("owner", "writer"),
                primary=True,
            ),
        )

    def changes(self, calendar_id: CalendarId, since: Cursor | None) -> ChangePage[CalendarEvent]:
        cursor = events_cursor(since) if since else self._beginning()
        try:
            answer = self._wire.send(self._listing(calendar_id, cursor))
        except (NotFound, BadRequest) as err:
            if cursor.sync and isinstance(err, (Gone, BadRequest)):
                raise CursorExpired("Google has forgotten where we were: start over.") from err
            if isinstance(err, BadRequest):
                raise
            raise NotFound(
                f"The calendar {calendar_id} is gone from Google, or no longer this account's:"
                " restore it there, or take the account out with `vieraugen disconnect`."
            ) from err
        self._zones[calendar_id] = _zone(answer)
        following = self._next(cursor, answer)
        return page_of(
            answer.get("items") or (),
            following,
            event=lambda item: self._event(item, calendar_id, series_revision=""),
            series=lambda series_id: self._series(calendar_id, series_id),
        )

    def _beginning(self) -> EventsCursor:
        start = self._now() - self._settings.history
        return EventsCursor(after=start.astimezone(UTC).isoformat(timespec="seconds"))

    def _listing(self, calendar_id: CalendarId, cursor: EventsCursor) -> Any:
        return self._api.events().list(
            calendarId=calendar_id,
            maxResults=PAGE,
            singleEvents=False,
            eventTypes=["default"],
            **cursor.parameters,
        )

    def _next(self, cursor: EventsCursor, answer: Json) -> EventsCursor:
        """A last page without a token leaves the old one; where there is none, all begins anew."""
        if answer.get("nextPageToken"):
            page = answer["nextPageToken"]
            return EventsCursor(sync=cursor.sync, after=cursor.after, page=page)
        return EventsCursor(sync=answer.get("nextSyncToken") or cursor.sync)

    def _series(self, calendar_id: CalendarId, series_id: str) -> Json:
        request = self._api.events().get(calendarId=calendar_id, eventId=series_id)
        try:
            return self._wire.send(request)
        except NotFound:
            return {"id": series_id, "status": "cancelled"}

    def occurrences(self, series: EventRef, after: datetime, limit: int) -> Sequence[CalendarEvent]:
        found = [
            self._occurrence(item, series.calendar_id)
            for item in self._instances(series, after, limit + SPARE)
        ]
        coming = [event for event in found if event.slot.end > after]
        return sorted(coming, key=lambda event: event.slot.start)[:limit]

    def _instances(self, series: EventRef, after: datetime, most: int) -> list[Json]:
        request = self._api.events().instances(
            calendarId=series.calendar_id,
            eventId=series.event_id,
            timeMin=after.astimezone(UTC).isoformat(),
            maxResults=most,
            showDeleted=True,
        )
        found: list[Json] = []
        with suppress(NotFound, BadRequest):
            while request is not None and len(found) < most:
                answer = self._wire.send(request)
                self._zones[series.calendar_id] = _zone(answer)
                found += answer.get("items") or ()
                request = self._api.events().instances_next(request, answer)
        return found or self._itself(series)

    def _itself(self, single: EventRef) -> list[Json]:
        """Return a single event as its own occurrence. Raise NotFound where it is gone."""
        item = self._read(single)
        return [] if item.get("recurrence") else [item]

    def _read(self, ref: EventRef) -> Json:
        request = self._api.events().get(calendarId=ref.calendar_id, eventId=ref.event_id)
        item = self._wire.send(request)
        if item.get("status") == "cancelled" and "recurringEventId" not in item:
            raise NotFound("It has been deleted.")
        return item

    def _occurrence(self, item: Json, calendar_id: CalendarId) -> CalendarEvent:
        series_id = item.get("recurringEventId")
        if series_id is None or item.get("status") == "cancelled":
            return self._event(item, calendar_id)
        if series_id not in self._series_revisions:
            revision = self._revision(calendar_id, series_id)
            self._remember(self._series_revisions, series_id, revision)
        return self._event(item, calendar_id, self._series_revisions[series_id])

    def _revision(self, calendar_id: CalendarId, series_id: str) -> str:
        return revision_of(self._series(calendar_id, series_id))

    def _event(
        self, item: Json, calendar_id: CalendarId, series_revision: str | None = None
    ) -> CalendarEvent:
        zone = self._zones.get(calendar_id, "UTC")
        event = mapping.to_event(item, calendar_id, zone, series_revision=series_revision)
        if "recurrence" in item:
            self._remember(self._series_revisions, item["id"], revision_of(item))
        block = join_block(event.body.content)
        if block:
            self._remember(self._joined, (event.ref.event_id, event.revision), block)
        return event

    @staticmethod
    def _remember(place: dict[Any, Any], key: Any, value: object) -> None:
        if len(place) >= REMEMBERED:
            place.pop(next(iter(place)))
        place[key] = value

    def get_event(self, ref: EventRef) -> CalendarEvent:
        self._know_zone(ref.calendar_id)
        return self._occurrence(self._read(ref), ref.calendar_id)

    def _know_zone(self, calendar_id: CalendarId) -> None:
        """Whole days begin at midnight in the calendar's zone, and events do not name it."""
        if calendar_id not in self._zones:
            request = self._api.events().list(calendarId=calendar_id, maxResults=1)
            self._zones[calendar_id] = _zone(self._wire.send(request))

    def list_occurrences(self, calendar_id: CalendarId, window: Window) -> Iterator[CalendarEvent]:
        request = self._api.events().list(
            calendarId=calendar_id,
            singleEvents=True,
            orderBy="startTime",
            eventTypes=["default"],
            timeMin=window.start.isoformat(),
            timeMax=window.end.isoformat(),
            maxResults=LONG_PAGE,
        )
        while request is not None:
            answer = self._wire.send(request)
            self._zones[calendar_id] = _zone(answer)
            for item in answer.get("items") or ():
                if item.get("status") != "cancelled":
                    yield self._event(item, calendar_id)
            request = self._api.events().list_next(request, answer)

    def create_event(
        self, calendar_id: CalendarId, draft: EventDraft, *, key: IdempotencyKey
    ) -> CalendarEvent:
        """The id comes from the key, so a second try finds the first one's event."""
        self._know_zone(calendar_id)
        _check_length(draft.body)
        event_id = event_id_of(calendar_id, key)
        request = self._api.events().insert(
            calendarId=calendar_id,
            body=mapping.from_draft(draft, event_id),
            conferenceDataVersion=1,
            sendUpdates="all",
        )
        try:
            item = self._wire.send(request)
        except AlreadyThere:
            read = self._api.events().get(calendarId=calendar_id, eventId=event_id)
            item = self._wire.send(read)
        return self._event(item, calendar_id)

    def write_body(self, ref: EventRef, body: Body, *, expect: Revision) -> Revision:
        """Google has no way to take an exception back: one once made stays (quirk)."""
        _check_length(body)
        block = self._joined.get((ref.event_id, expect))
        if block is not None and block not in body.content:
            raise InvalidInput("This text would remove the link to the online meeting.")
        revision = self._patch(ref, {"description": body.content}, expect, told="none")
        if block is not None:
            self._remember(self._joined, (ref.event_id, revision), block)
        return revision

    def reschedule(self, ref: EventRef, slot: TimeSlot, *, expect: Revision) -> Revision:
        return self._patch(ref, mapping.to_times(slot), expect, told="all")

    def _patch(self, ref: EventRef, body: Json, expect: Revision, *, told: str) -> Revision:
        """Where no server compares revisions, we do, right before."""
        if is_ours(expect) and self.get_event(ref).revision != expect:
            raise RevisionConflict("It has changed since we read it.")
        request = self._api.events().patch(
            calendarId=ref.calendar_id, eventId=ref.event_id, body=body, sendUpdates=told
        )
        answer = self._wire.send(request, expect=None if is_ours(expect) else expect)
        return revision_of(answer)

    def busy(self, calendar_id: CalendarId, window: Window) -> Sequence[Window]:
        return busy_spans(self._free_busy, self._api, calendar_id, window)


def event_id_of(calendar_id: CalendarId, key: IdempotencyKey) -> str:
    """An id in the letters that Google allows (base32hex)."""
    digest = hashlib.sha256(f"{calendar_id}\n{key}".encode()).digest()[:20]
    return b32hexencode(digest).decode().lower()


def _check_length(body: Body) -> None:
    if len(body.content) > DESCRIPTION_LIMIT:
        raise InvalidInput(f"Google Calendar holds at most {DESCRIPTION_LIMIT} characters.")


def _zone(answer: Json) -> str:
    return str(answer.get("timeZone") or "UTC")
