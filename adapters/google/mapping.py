"""Google's JSON as our values and back: pure functions in pairs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from adapters.google.quirks import body_form
from adapters.google.revisions import revision_of
from adapters.google.series_end import series_end
from core.errors import UnexpectedResponse
from core.model.calendar import (
    Body,
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

SUFFIX_MOMENT = re.compile(r"\d{8}T\d{6}Z")
SUFFIX_DAY = re.compile(r"\d{8}")
RESPONSES = {
    "needsAction": Response.NEEDS_ACTION,
    "accepted": Response.ACCEPTED,
    "tentative": Response.TENTATIVE,
    "declined": Response.DECLINED,
}
STATUSES = {
    "confirmed": EventStatus.CONFIRMED,
    "tentative": EventStatus.TENTATIVE,
    "cancelled": EventStatus.CANCELLED,
}


def to_event(
    item: Json, calendar_id: CalendarId, zone: str, *, series_revision: str | None = None
) -> CalendarEvent:
    """An event resource; `zone` is the calendar's, for times that name none."""
    said = {name: value for name, value in item.items() if value is not None}
    try:
        return _event(said, calendar_id, zone, series_revision)
    except (KeyError, ValueError, TypeError) as err:
        raise UnexpectedResponse(f"an event that cannot be read: {err!r}") from err


def _event(
    item: Json, calendar_id: CalendarId, zone: str, series_revision: str | None
) -> CalendarEvent:
    series_id = item.get("recurringEventId")
    description = item.get("description", "")
    slot, rule = _slot(item, zone), _rrule(item)
    return CalendarEvent(
        ref=EventRef(calendar_id=calendar_id, event_id=EventId(item["id"])),
        kind=_kind(item, series_revision),
        uid=item.get("iCalUID", f"{series_id or item['id']}@google.com"),
        original_start=_original_start(item, zone),
        series=_series(series_id, calendar_id),
        title=item.get("summary", ""),
        slot=slot,
        status=STATUSES[item.get("status", "confirmed")],
        participants=_participants(item),
        rrule=rule,
        ends=series_end(rule, slot) if rule else None,
        body=Body(form=body_form(description), content=description),
        join_url=_join_url(item),
        private=item.get("visibility") in ("private", "confidential"),
        comment=_own_comment(item),
        revision=revision_of(item),
    )


def _series(series_id: str | None, calendar_id: CalendarId) -> EventRef | None:
    if series_id is None:
        return None
    return EventRef(calendar_id=calendar_id, event_id=EventId(series_id))


def _kind(item: Json, series_revision: str | None) -> EventKind:
    if "recurrence" in item:
        return EventKind.SERIES
    if "recurringEventId" not in item:
        return EventKind.SINGLE
    # An occurrence that nobody has touched carries its series' etag.
    same = series_revision in (None, revision_of(item))
    return EventKind.OCCURRENCE if same else EventKind.EXCEPTION


def _original_start(item: Json, zone: str) -> datetime | None:
    if "recurringEventId" not in item:
        return None
    if "originalStartTime" in item:
        return to_instant(item["originalStartTime"], zone)
    suffix = item["id"].rpartition("_")[2]
    if SUFFIX_MOMENT.fullmatch(suffix):
        return datetime.strptime(suffix, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    if SUFFIX_DAY.fullmatch(suffix):
        day = datetime.strptime(suffix, "%Y%m%d").replace(tzinfo=ZoneInfo(zone))
        return day.astimezone(UTC)
    # Ids that say nothing, as another server's may: it stands where it always stood.
    return to_instant(item["start"], zone)


def to_instant(value: Json, zone: str) -> datetime:
    """A whole day begins at midnight in the calendar's zone."""
    if "date" in value:
        midnight = datetime.combine(date.fromisoformat(value["date"]), time(), ZoneInfo(zone))
        return midnight.astimezone(UTC)
    moment = datetime.fromisoformat(value["dateTime"])
    if moment.utcoffset() is None:
        moment = moment.replace(tzinfo=ZoneInfo(value.get("timeZone", zone)))
    return moment.astimezone(UTC)


def _slot(item: Json, zone: str) -> TimeSlot:
    """Something cancelled may come without times: it then stands where it once was."""
    start = item.get("start") or item["originalStartTime"]
    own_zone = start.get("timeZone", zone)
    return TimeSlot(
        start=to_instant(start, zone),
        end=to_instant(item.get("end") or start, zone),
        zone=own_zone,
        all_day="date" in start,
    )


def to_times(slot: TimeSlot) -> dict[str, Any]:
    """`start` and `end` of a slot."""
    return {"start": _time(slot.start, slot), "end": _time(slot.end, slot)}


def _time(moment: datetime, slot: TimeSlot) -> dict[str, str]:
    local = moment.astimezone(ZoneInfo(slot.zone))
    if slot.all_day:
        return {"date": local.date().isoformat()}
    return {"dateTime": local.isoformat(timespec="seconds"), "timeZone": slot.zone}


def _participants(item: Json) -> tuple[Participant, ...]:
    """The organizer is not always among the attendees (kewisch/gdata-provider#62)."""
    people = [_participant(each) for each in item.get("attendees", []) if "email" in each]
    organizer = item.get("organizer", {})
    address = organizer.get("email", "").lower()
    if address and address not in [person.address for person in people]:
        people.insert(
            0,
            Participant(
                address=address,
                name=organizer.get("displayName", ""),
                role=Role.ORGANIZER,
                response=Response.ACCEPTED,
            ),
        )
    return tuple(people)


def _participant(attendee: Json) -> Participant:
    return Participant(
        address=attendee["email"].lower(),
        name=attendee.get("displayName", ""),
        role=_role(attendee),
        response=RESPONSES[attendee.get("responseStatus", "needsAction")],
        comment=attendee.get("comment", ""),
    )


def _role(attendee: Json) -> Role:
    """A group looks like a person here: only a directory could tell them apart."""
    if attendee.get("resource"):
        return Role.RESOURCE
    if attendee.get("organizer"):
        return Role.ORGANIZER
    return Role.OPTIONAL if attendee.get("optional") else Role.REQUIRED


def _rrule(item: Json) -> str | None:
    for line in item.get("recurrence", []):
        if line.startswith("RRULE:"):
            return str(line.removeprefix("RRULE:"))
    return None


def _join_url(item: Json) -> str | None:
    for entry in item.get("conferenceData", {}).get("entryPoints", []):
        if entry.get("entryPointType") == "video":
            return str(entry["uri"])
    return item.get("hangoutLink")


def _own_comment(item: Json) -> str:
    return next((a.get("comment", "") for a in item.get("attendees", []) if a.get("self")), "")


def from_draft(draft: EventDraft, event_id: str) -> dict[str, Any]:
    """The body of an insert."""
    body: dict[str, Any] = {"id": event_id, "summary": draft.title} | to_times(draft.slot)
    if draft.body.content:
        body["description"] = draft.body.content
    if draft.rrule:
        body["recurrence"] = [f"RRULE:{draft.rrule}"]
    if draft.participants:
        body["attendees"] = [_attendee(person) for person in draft.participants]
    if draft.online_meeting:
        meet = {"requestId": event_id, "conferenceSolutionKey": {"type": "hangoutsMeet"}}
        body["conferenceData"] = {"createRequest": meet}
    return body


def _attendee(person: Participant) -> dict[str, Any]:
    answers = {ours: theirs for theirs, ours in RESPONSES.items()}
    attendee: dict[str, Any] = {
        "email": person.address,
        "responseStatus": answers[person.response],
    }
    if person.name:
        attendee["displayName"] = person.name
    if person.role is Role.OPTIONAL:
        attendee["optional"] = True
    if person.role is Role.RESOURCE:
        attendee["resource"] = True
    return attendee
