"""Events as people's own clients write them, with the icalendar library."""

from __future__ import annotations

import copy
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event, vCalAddress, vRecur, vText

from core.model.calendar import EventDraft, Participant, Role

Component = Any
"""The library's own types name every kind of value at once."""
RULES = ("RRULE", "RDATE", "EXDATE")


def calendar_with(event: Component) -> Component:
    """Return a calendar with an event and its zone."""
    calendar = Calendar()
    calendar.add("PRODID", "-//Somebody's phone//EN")
    calendar.add("VERSION", "2.0")
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return calendar


def event_of(draft: EventDraft, uid: str, extras: tuple[str, ...]) -> Component:
    """Return a draft as a client would write it, with an alarm."""
    event = Event()
    event.add("UID", uid)
    event.add("DTSTAMP", datetime.now(UTC))
    event.add("SUMMARY", draft.title)
    event.add("SEQUENCE", 0)
    zone = ZoneInfo(draft.slot.zone)
    for name, moment in (("DTSTART", draft.slot.start), ("DTEND", draft.slot.end)):
        event.add(name, moment.date() if draft.slot.all_day else moment.astimezone(zone))
    if draft.rrule:
        event.add("RRULE", vRecur.from_ical(draft.rrule))
    if draft.body.content:
        event.add("DESCRIPTION", draft.body.content)
    for participant in draft.participants:
        _invite(event, participant)
    for line in extras:
        name, _, value = line.partition(":")
        event.add(name, value)
    alarm = Alarm()
    alarm.add("ACTION", "DISPLAY")
    alarm.add("DESCRIPTION", "Soon")
    alarm.add("TRIGGER", timedelta(minutes=-10))
    event.add_component(alarm)
    return event


def _invite(event: Component, participant: Participant) -> None:
    address = vCalAddress(f"mailto:{participant.address}")
    if participant.name:
        address.params["CN"] = vText(participant.name)
    if participant.role is Role.ORGANIZER:
        event.add("ORGANIZER", copy.deepcopy(address))
    address.params["PARTSTAT"] = participant.response.value.upper()
    event.add("ATTENDEE", address)


def master_of(calendar: Component) -> Component:
    """Return what describes the series."""
    return next(e for e in calendar.walk("VEVENT") if "RECURRENCE-ID" not in e)


def overrides_of(calendar: Component) -> list[Component]:
    """Return the exceptions."""
    return [e for e in calendar.walk("VEVENT") if "RECURRENCE-ID" in e]


def override_of(calendar: Component, original_start: datetime) -> Component | None:
    """Return the exception of an original start."""
    same = (
        e
        for e in overrides_of(calendar)
        if e["RECURRENCE-ID"].dt.astimezone(UTC) == original_start.astimezone(UTC)
    )
    return next(same, None)


def new_override(calendar: Component, original_start: datetime) -> Component:
    """Make an exception as a client would."""
    master = master_of(calendar)
    event = copy.deepcopy(master)
    for name in RULES:
        event.pop(name, None)
    start = original_start.astimezone(master["DTSTART"].dt.tzinfo)
    length = master["DTEND"].dt - master["DTSTART"].dt
    event.add("RECURRENCE-ID", start)
    set_times(event, start, start + length)
    calendar.add_component(event)
    return event


def set_times(event: Component, start: datetime, end: datetime) -> None:
    """Move an event, in the zone that it has."""
    zone = event["DTSTART"].dt.tzinfo
    for name, moment in (("DTSTART", start), ("DTEND", end)):
        event.pop(name)
        event.add(name, moment.astimezone(zone))


def cancelled(event: Component) -> None:
    """Let an event be seen as cancelled."""
    event.pop("STATUS", None)
    event.add("STATUS", "CANCELLED")
    count_up(event)


def count_up(event: Component) -> None:
    """Count SEQUENCE up."""
    event["SEQUENCE"] = int(event.get("SEQUENCE", 0)) + 1
