"""Graph's events as our values and back: pure functions in pairs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from adapters.outlook import recurrence
from adapters.outlook.lenient import kind_of, moment, revision_of
from adapters.outlook.quirks import original_day, series_uid, zone_name
from core.errors import UnexpectedResponse
from core.model.calendar import (
    Body,
    BodyForm,
    CalendarEvent,
    CalendarId,
    EventDraft,
    EventId,
    EventKind,
    EventRef,
    EventStatus,
    Participant,
    Response,
    Role,
    TimeSlot,
)

Json = Mapping[str, Any]
KINDS = {
    "singleInstance": EventKind.SINGLE,
    "seriesMaster": EventKind.SERIES,
    "occurrence": EventKind.OCCURRENCE,
    "exception": EventKind.EXCEPTION,
}
RESPONSES = {
    "none": Response.NEEDS_ACTION,
    "notResponded": Response.NEEDS_ACTION,
    "organizer": Response.ACCEPTED,
    "accepted": Response.ACCEPTED,
    "tentativelyAccepted": Response.TENTATIVE,
    "declined": Response.DECLINED,
}
ROLES = {
    "required": Role.REQUIRED,
    "optional": Role.OPTIONAL,
    "resource": Role.RESOURCE,
}
FORMS = {"html": BodyForm.HTML, "text": BodyForm.TEXT}
PRIVATE = frozenset({"private", "confidential"})
KEY_PROPERTY = "String {2f0c1f0e-6d0b-4c7e-9a52-5b9a4a6a7d11} Name VieraugenKey"
"""Where an event that we have made keeps our key (a named property that nobody sees)."""

Clock = tuple[time, str]
"""When on its day a series begins, and in which zone."""


def to_event(
    item: Json, calendar_id: CalendarId, account: str, *, clock: Clock | None = None
) -> CalendarEvent:
    """An event, read with UTC as preferred zone; `clock` is its series', where that is known."""
    try:
        return _event(item, calendar_id, account, clock)
    except (KeyError, ValueError, TypeError, AttributeError) as err:
        raise UnexpectedResponse(f"an event that cannot be read: {err!r}") from err


def _event(item: Json, calendar_id: CalendarId, account: str, clock: Clock | None) -> CalendarEvent:
    slot, rule = to_slot(item), item.get("recurrence")
    return CalendarEvent(
        ref=EventRef(calendar_id=calendar_id, event_id=EventId(item["id"])),
        kind=KINDS[kind_of(item)],
        uid=series_uid(_uid(item)),
        original_start=_original_start(item, clock),
        series=_series(item, calendar_id),
        title=item.get("subject") or "",
        slot=slot,
        status=EventStatus.CANCELLED if item.get("isCancelled") else EventStatus.CONFIRMED,
        participants=_participants(item, account),
        rrule=recurrence.to_rrule(rule, slot) if rule else None,
        ends=recurrence.series_end(rule, slot) if rule else None,
        body=_body(item.get("body") or {}),
        join_url=_join_url(item),
        private=item.get("sensitivity") in PRIVATE,
        revision=revision_of(item),
    )


def _series(item: Json, calendar_id: CalendarId) -> EventRef | None:
    master = item.get("seriesMasterId")
    return EventRef(calendar_id=calendar_id, event_id=EventId(master)) if master else None


def _uid(item: Json) -> str:
    return str(item.get("iCalUId") or item["uid"])


def _body(body: Json) -> Body:
    form = FORMS[str(body.get("contentType") or "html").lower()]
    return Body(form=form, content=body.get("content") or "")


def to_slot(item: Json) -> TimeSlot:
    """When it takes place; a zone that has no name counts as UTC."""
    return TimeSlot(
        start=instant(item["start"]),
        end=instant(item["end"]),
        zone=zone_name(item.get("originalStartTimeZone") or "UTC") or "UTC",
        all_day=bool(item.get("isAllDay")),
    )


def instant(value: Json) -> datetime:
    zone = zone_name(value.get("timeZone") or "UTC")
    if zone is None:
        raise ValueError(f"time zone {value['timeZone']!r}")
    return moment(value["dateTime"], zone)


def needs_clock(item: Json) -> bool:
    """Whether only the series can tell where the rule has put this exception."""
    return kind_of(item) == "exception" and not item.get("originalStart")


def clock_of(item: Json) -> Clock | None:
    """The series' own time of day, from its master or from an occurrence nobody has moved.

    None where its zone has no name: across a clock change the time of day is then unknown.
    """
    zone = zone_name(item.get("originalStartTimeZone") or "")
    if kind_of(item) not in ("seriesMaster", "occurrence") or zone is None:
        return None
    return instant(item["start"]).astimezone(ZoneInfo(zone)).time(), zone


def _original_start(item: Json, clock: Clock | None) -> datetime | None:
    """Lists leave originalStart out, but each of the ids holds the original day."""
    if not item.get("seriesMasterId"):
        return None
    if item.get("originalStart"):
        return moment(item["originalStart"])
    if kind_of(item) == "occurrence":
        return instant(item["start"])
    day = original_day(item.get("occurrenceId") or "", _uid(item))
    if day is None and clock is not None:
        # Neither id says it: one that begins at its series' time of day has not been moved.
        begins = instant(item["start"]).astimezone(ZoneInfo(clock[1]))
        day = begins.date() if begins.time() == clock[0] else None
    if day is None or clock is None:
        raise ValueError("an exception that does not say where its rule has put it")
    return at_clock(day, clock)


def at_clock(day: date, clock: Clock) -> datetime:
    return datetime.combine(day, clock[0], ZoneInfo(clock[1])).astimezone(UTC)


def _participants(item: Json, account: str) -> tuple[Participant, ...]:
    """The organizer comes first, and is not always among the attendees."""
    organizer = _address((item.get("organizer") or {}).get("emailAddress") or {})
    people = [_participant(each, item, account) for each in item.get("attendees") or ()]
    found = [person for person in people if person.address not in ("", organizer[0])]
    if not organizer[0] or not people:
        return tuple(found)
    leader = Participant(
        address=organizer[0],
        name=organizer[1],
        role=Role.ORGANIZER,
        response=Response.ACCEPTED,
    )
    return (leader, *found)


def _participant(attendee: Json, item: Json, account: str) -> Participant:
    address, name = _address(attendee.get("emailAddress") or {})
    said = (attendee.get("status") or {}).get("response") or "none"
    if address == account and not item.get("isOrganizer"):
        # An attendee's copy notes her own answer at the event, not in the list.
        said = (item.get("responseStatus") or {}).get("response") or said
    role = ROLES[attendee.get("type") or "required"]
    return Participant(address=address, name=name, role=role, response=RESPONSES[said])


def _address(value: Json) -> tuple[str, str]:
    address = str(value.get("address") or "").lower()
    name = str(value.get("name") or "")
    return address, "" if name.lower() == address else name


def _join_url(item: Json) -> str | None:
    return (item.get("onlineMeeting") or {}).get("joinUrl") or item.get("onlineMeetingUrl") or None


def to_times(slot: TimeSlot) -> dict[str, Any]:
    """`start` and `end` of a slot, in its own zone."""
    times = {"start": _time(slot.start, slot), "end": _time(slot.end, slot)}
    return times | ({"isAllDay": True} if slot.all_day else {})


def _time(when: datetime, slot: TimeSlot) -> dict[str, str]:
    local = when.astimezone(ZoneInfo(slot.zone)).replace(tzinfo=None)
    return {"dateTime": local.isoformat(timespec="seconds"), "timeZone": slot.zone}


def to_body(body: Body) -> dict[str, Any]:
    return {"body": {"contentType": body.form.value, "content": body.content}}


def from_draft(draft: EventDraft, key: str, transaction: str) -> dict[str, Any]:
    """What creates an event; its organizer is the calendar's owner."""
    made: dict[str, Any] = {"subject": draft.title, "transactionId": transaction}
    made |= to_body(draft.body) | to_times(draft.slot)
    made["attendees"] = [
        _attendee(person) for person in draft.participants if person.role is not Role.ORGANIZER
    ]
    if draft.rrule:
        made["recurrence"] = recurrence.from_rrule(draft.rrule, draft.slot)
    if draft.online_meeting:
        made |= {"isOnlineMeeting": True, "onlineMeetingProvider": "teamsForBusiness"}
    return made | {"singleValueExtendedProperties": [{"id": KEY_PROPERTY, "value": key}]}


def _attendee(person: Participant) -> dict[str, Any]:
    kinds = {Role.OPTIONAL: "optional", Role.RESOURCE: "resource"}
    address = {"address": person.address, "name": person.name or person.address}
    return {"type": kinds.get(person.role, "required"), "emailAddress": address}
