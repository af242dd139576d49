"""Calendar API: the calendars themselves, who may see them, and when people are busy."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import datetime

from .answers import Json, forbidden, invalid, not_found, required
from .calendar_state import Calendar
from .call import Call, handles
from .queries import Query, originals
from .rendering import etag
from .times import as_instant, event_time, parse_instant

RANKS = ("freeBusyReader", "reader", "writer", "owner")


@handles("calendar.calendarList.list")
def list_calendars(call: Call) -> Json:
    least = RANKS.index(call.query.get("minAccessRole", "freeBusyReader"))
    shown = [
        _entry(call, calendar, role)
        for calendar in call.world.calendars.by_id.values()
        if (role := call.role_in(calendar)) and RANKS.index(role) >= least
    ]
    return {"kind": "calendar#calendarList", "etag": etag(len(shown)), "items": shown}


@handles("calendar.calendarList.get")
def get_calendar_entry(call: Call) -> Json:
    calendar = call.calendar()
    return _entry(call, calendar, str(call.role_in(calendar)))


def _entry(call: Call, calendar: Calendar, role: str) -> Json:
    entry = {
        "kind": "calendar#calendarListEntry",
        "etag": etag(call.world.calendars.changes),
        "id": calendar.id,
        "summary": calendar.summary,
        "timeZone": calendar.zone,
        "accessRole": role,
        "selected": True,
        "defaultReminders": [{"method": "popup", "minutes": 10}],
    }
    return entry | ({"primary": True} if calendar.id == call.me else {})


@handles("calendar.calendars.get")
def get_calendar(call: Call) -> Json:
    return _calendar(call.calendar())


def _calendar(calendar: Calendar) -> Json:
    return {
        "kind": "calendar#calendar",
        "etag": etag(len(calendar.rows)),
        "id": calendar.id,
        "summary": calendar.summary,
        "timeZone": calendar.zone,
    }


@handles("calendar.calendars.insert")
def insert_calendar(call: Call) -> Json:
    if not call.body.get("summary"):
        raise required("Missing title.")
    calendar = Calendar(
        id=f"c_{secrets.token_hex(16)}@group.calendar.google.com",
        owner=call.me,
        summary=call.body["summary"],
        zone=call.body.get("timeZone", call.world.directory.person(call.me).zone),
        primary=False,
    )
    return _calendar(call.world.calendars.add(calendar))


@handles("calendar.calendars.delete")
def delete_calendar(call: Call) -> None:
    calendar = call.calendar()
    if calendar.owner != call.me or calendar.primary:
        raise forbidden("This calendar cannot be deleted.")
    del call.world.calendars.by_id[calendar.id]


@handles("calendar.settings.get")
def get_setting(call: Call) -> Json:
    zone = call.world.directory.person(call.me).zone
    values = {"timezone": zone, "locale": "en", "weekStart": "1", "format24HourTime": "true"}
    name = call.path["setting"]
    if name not in values:
        raise not_found()
    return {"kind": "calendar#setting", "etag": '"0"', "id": name, "value": values[name]}


@handles("calendar.acl.list")
def list_rules(call: Call) -> Json:
    calendar = call.calendar()
    if call.role_in(calendar) != "owner":
        raise forbidden()
    rules = {calendar.owner: "owner"} | calendar.readers
    return {
        "kind": "calendar#acl",
        "etag": etag(len(rules)),
        "items": [_rule(address, role) for address, role in rules.items()],
    }


def _rule(address: str, role: str) -> Json:
    """`readers` may hold a person, "domain:example.com", "group:..." or "default"."""
    kind, _, value = address.partition(":") if ":" in address else ("user", "", address)
    scope = {"type": "default"} if address == "default" else {"type": kind, "value": value}
    return {
        "kind": "calendar#aclRule",
        "etag": '"0"',
        "id": address if address == "default" else f"{kind}:{value}",
        "scope": scope,
        "role": role,
    }


@handles("calendar.freebusy.query")
def query_free_busy(call: Call) -> Json:
    for name in ("timeMin", "timeMax"):
        if name not in call.body:
            raise required(f"Missing {name} parameter.")
    after, before = (parse_instant(call.body[name]) for name in ("timeMin", "timeMax"))
    if before <= after:
        raise invalid("The specified time range is empty.")
    zone = call.body.get("timeZone", "UTC")
    wanted = [item["id"].lower() for item in call.body.get("items", [])]
    return {
        "kind": "calendar#freeBusy",
        "timeMin": event_time(after, "UTC")["dateTime"],
        "timeMax": event_time(before, "UTC")["dateTime"],
        "calendars": {name: _busy(call, name, after, before, zone) for name in wanted},
    }


def _busy(call: Call, name: str, after: datetime, before: datetime, zone: str) -> Json:
    """Everyone in a Workspace domain sees the others' busy times, as by default."""
    calendar = call.world.calendars.by_id.get(call.me if name == "primary" else name)
    if calendar is None:
        return {"errors": [{"domain": "global", "reason": "notFound"}]}
    spans = sorted(_spans(calendar, Query(after=after, before=before)))
    merged: list[tuple[datetime, datetime]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return {"busy": [_shown_span(max(a, after), min(b, before), zone) for a, b in merged]}


def _shown_span(start: datetime, end: datetime, zone: str) -> Json:
    return {
        "start": event_time(start, zone)["dateTime"],
        "end": event_time(end, zone)["dateTime"],
    }


def _spans(calendar: Calendar, window: Query) -> Iterator[tuple[datetime, datetime]]:
    for row in calendar.rows.values():
        if row.cancelled or not _blocks(calendar, row.fields):
            continue
        if not row.is_series:
            start, end = calendar.span(row.fields)
            if start < window.before and end > window.after:
                yield start, end
            continue
        for original in originals(calendar, row.fields, window.after, window.before):
            found = calendar.occurrence(row, original)
            if found.row is None:
                start, end = calendar.span(found.fields)
                yield as_instant(start, calendar.zone), end


def _blocks(calendar: Calendar, fields: Json) -> bool:
    mine = [g for g in fields.get("attendees", []) if g["email"].lower() == calendar.id]
    declined = any(guest["responseStatus"] == "declined" for guest in mine)
    return fields.get("transparency") != "transparent" and not declined
