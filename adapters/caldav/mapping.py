"""From a calendar resource to the engine's events."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

from adapters.caldav.description import body_of
from adapters.caldav.ical_lines import decoded
from adapters.caldav.ical_resource import Component, Resource
from adapters.caldav.join_url import join_url_of
from adapters.caldav.people import participants_of
from adapters.caldav.recurrence import Found, last_end
from adapters.caldav.timetable import timetable_of
from core.model.calendar import (
    CalendarEvent,
    CalendarId,
    EventId,
    EventKind,
    EventRef,
    EventStatus,
    Revision,
    TimeSlot,
)

_START = "%Y%m%dT%H%M%SZ"
_OCCURRENCE = re.compile(r"(.*)#(\d{8}T\d{6}Z)", re.DOTALL)


def occurrence_id(href: str, original_start: datetime) -> EventId:
    """Name one occurrence of what lies at an href."""
    return EventId(f"{href}#{original_start.astimezone(UTC).strftime(_START)}")


def split_event_id(event_id: EventId) -> tuple[str, datetime | None]:
    """Return the href and, for an occurrence, its original start."""
    found = _OCCURRENCE.fullmatch(event_id)
    if found is None:
        return event_id, None
    return found[1], datetime.strptime(found[2], _START).replace(tzinfo=UTC)


def to_event(resource: Resource, calendar_id: CalendarId, href: str, etag: str) -> CalendarEvent:
    """Return the entry as itself: a single event or a series.

    Single occurrences of a series that is not in this calendar come as a series without rule.
    """
    timetable = timetable_of(resource)
    described = resource.master or timetable.by_start[0].component
    status = timetable.regular.status if timetable.regular else EventStatus.CONFIRMED
    event = _event(resource, described, timetable.first, status)
    return replace(
        event,
        ref=EventRef(calendar_id=calendar_id, event_id=EventId(href)),
        kind=EventKind.SERIES if resource.recurs else EventKind.SINGLE,
        rrule=_rrule(resource.master),
        ends=last_end(resource) if resource.recurs else None,
        revision=Revision(etag),
    )


def to_occurrence(
    resource: Resource, found: Found, calendar_id: CalendarId, href: str, etag: str
) -> CalendarEvent:
    """Return one taking-place; a single event is its own only one."""
    event = _event(resource, found.component, found.slot, found.status)
    itself = EventRef(calendar_id=calendar_id, event_id=EventId(href))
    if found.original_start is None:
        return replace(event, ref=itself, revision=Revision(etag))
    name = occurrence_id(href, found.original_start)
    return replace(
        event,
        ref=EventRef(calendar_id=calendar_id, event_id=name),
        kind=EventKind.EXCEPTION if found.exception else EventKind.OCCURRENCE,
        original_start=found.original_start,
        series=itself,
        revision=Revision(etag),
    )


def _event(
    resource: Resource, component: Component, slot: TimeSlot, status: EventStatus
) -> CalendarEvent:
    """Return what one component says; where it lives is the caller's."""
    return CalendarEvent(
        ref=EventRef(calendar_id=CalendarId(""), event_id=EventId("")),
        kind=EventKind.SINGLE,
        uid=resource.uid,
        title=component.text(b"SUMMARY").strip(),
        slot=slot,
        status=status,
        participants=participants_of(component),
        body=body_of(component),
        join_url=join_url_of(component),
        private=component.word(b"CLASS") in ("PRIVATE", "CONFIDENTIAL"),
        comment=component.text(b"X-CALENDARSERVER-PRIVATE-COMMENT") or component.text(b"COMMENT"),
        revision=Revision(""),
    )


def _rrule(master: Component | None) -> str | None:
    prop = master.get(b"RRULE") if master else None
    return decoded(prop.value).strip() if prop else None
