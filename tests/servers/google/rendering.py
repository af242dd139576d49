"""How a stored event looks to the person who asks for it."""

from __future__ import annotations

import base64
import copy

from .answers import Json
from .calendar_state import Calendar, Found, Row
from .recurrence import SUFFIX, moment_of
from .times import event_time, shown_in, stamp_text

TIMES = ("start", "end", "originalStartTime")


def etag(updated: int) -> str:
    return f'"{2 * updated}"'


def revision_of(found: Found) -> str:
    """An occurrence without exception has its series' revision."""
    row = found.row or found.series
    if row is None:
        raise LookupError(found.id)
    return etag(row.updated)


def event(calendar: Calendar, found: Found, zone: str | None = None) -> Json:
    """The whole resource."""
    row = found.row or found.series
    if row is None:
        raise LookupError(found.id)
    if row.bare:
        return tombstone(calendar, found)
    head = {
        "kind": "calendar#event",
        "etag": etag(row.updated),
        "id": found.id,
        "status": "confirmed",
        "htmlLink": _link(found.id, calendar.id),
        "created": stamp_text(row.created),
        "updated": stamp_text(row.updated),
    }
    body = copy.deepcopy(found.fields)
    for name in TIMES:
        if name in body:
            body[name] = shown_in(body[name], zone or calendar.zone)
    _mark_self(calendar, body)
    return head | body | {"reminders": body.get("reminders", {"useDefault": True})}


def _link(event_id: str, calendar_id: str) -> str:
    code = base64.urlsafe_b64encode(f"{event_id} {calendar_id}".encode()).decode().rstrip("=")
    return f"https://www.google.com/calendar/event?eid={code}"


def _mark_self(calendar: Calendar, body: Json) -> None:
    people = [body.get("creator", {}), body.get("organizer", {}), *body.get("attendees", [])]
    for person in people:
        if person.get("email") == calendar.id:
            person["self"] = True


def tombstone(calendar: Calendar, found: Found) -> Json:
    """What is left of something cancelled."""
    row = found.row or found.series
    if row is None:
        raise LookupError(found.id)
    bare = {
        "kind": "calendar#event",
        "etag": etag(row.updated),
        "id": found.id,
        "status": "cancelled",
    }
    if row.series_id and SUFFIX.search(row.id):
        bare |= _place_in_series(calendar, row)
    return bare


def _place_in_series(calendar: Calendar, row: Row) -> Json:
    original = row.fields.get("originalStartTime")
    if original is None:
        original = event_time(moment_of(row.id.rpartition("_")[2]), calendar.zone)
    return {
        "recurringEventId": row.series_id,
        "originalStartTime": shown_in(original, calendar.zone),
    }


def listed(calendar: Calendar, found: Found, zone: str | None = None) -> Json:
    """As in a list: what is cancelled comes bare."""
    if found.fields.get("status") == "cancelled":
        return tombstone(calendar, found)
    return event(calendar, found, zone)
