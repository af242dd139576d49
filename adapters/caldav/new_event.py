"""Writing a new event."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from adapters.caldav.description import text_of
from adapters.caldav.ical_lines import escaped, folded, quoted_param
from adapters.caldav.ical_times import Moment, stamp, written
from adapters.caldav.vtimezone import vtimezone_lines
from adapters.caldav.zones import UTC_ZONE
from core.model.calendar import EventDraft, Participant, Response, Role, TimeSlot

PRODID = b"-//vieraugen//1:1 meetings//EN"
_ROLES = {
    Role.ORGANIZER: b";ROLE=CHAIR",
    Role.REQUIRED: b";ROLE=REQ-PARTICIPANT",
    Role.OPTIONAL: b";ROLE=OPT-PARTICIPANT",
    Role.RESOURCE: b";CUTYPE=ROOM;ROLE=NON-PARTICIPANT",
    Role.GROUP: b";CUTYPE=GROUP;ROLE=REQ-PARTICIPANT",
}


def new_event(draft: EventDraft, uid: str, now: datetime) -> bytes:
    """Write an event or a series with the zone that it recurs in."""
    zone = UTC_ZONE if draft.slot.all_day else ZoneInfo(draft.slot.zone)
    described = () if zone.key == "UTC" else vtimezone_lines(zone, draft.slot.start.year - 1)
    return calendar_bytes(*described, *_event(draft, uid, now))


def calendar_bytes(*lines: bytes) -> bytes:
    """Wrap components into a whole calendar."""
    whole = (b"BEGIN:VCALENDAR", b"VERSION:2.0", b"PRODID:" + PRODID, *lines, b"END:VCALENDAR")
    return b"".join(folded(line, b"\r\n") for line in whole)


def _event(draft: EventDraft, uid: str, now: datetime) -> Iterator[bytes]:
    yield b"BEGIN:VEVENT"
    yield b"UID:" + escaped(uid)
    for name in (b"DTSTAMP", b"CREATED", b"LAST-MODIFIED"):
        yield name + b":" + stamp(now)
    yield b"SEQUENCE:0"
    yield b"SUMMARY:" + escaped(draft.title)
    yield _time(b"DTSTART", draft.slot.start, draft.slot)
    yield _time(b"DTEND", draft.slot.end, draft.slot)
    if draft.rrule:
        yield b"RRULE:" + draft.rrule.encode()
    if text := text_of(draft.body):
        yield b"DESCRIPTION:" + escaped(text)
    for participant in draft.participants:
        yield from _participant(participant)
    yield b"END:VEVENT"


def _time(name: bytes, moment: datetime, slot: TimeSlot) -> bytes:
    if slot.all_day:
        return name + b";VALUE=DATE:" + stamp(moment)[:8]
    zone = ZoneInfo(slot.zone)
    if zone.key == "UTC":
        return name + b":" + stamp(moment)
    form = Moment(moment.replace(tzinfo=None), zone)
    return name + b";TZID=" + zone.key.encode() + b":" + written(moment, form)


def _participant(participant: Participant) -> Iterator[bytes]:
    name = b";CN=" + quoted_param(participant.name) if participant.name else b""
    address = b":mailto:" + participant.address.encode()
    if participant.role is Role.ORGANIZER:
        yield b"ORGANIZER" + name + address
    reply = b";PARTSTAT=" + participant.response.value.upper().encode()
    if participant.response is Response.NEEDS_ACTION:
        reply += b";RSVP=TRUE"
    yield b"ATTENDEE" + _ROLES[participant.role] + reply + name + address
