"""Reading and writing one event as bytes: what we do not change stays as the server sent it."""

from __future__ import annotations

from datetime import datetime

from adapters.caldav.description import body_of, put_body, same_body, same_text
from adapters.caldav.ical_edit import Edit
from adapters.caldav.ical_resource import Component, Resource, resources_of
from adapters.caldav.ical_times import stamp
from adapters.caldav.new_event import new_event
from adapters.caldav.override import says_the_same, time_line, with_override
from adapters.caldav.recurrence import Found, occurrence_at
from adapters.caldav.timetable import end_of, speaks_on, start_of
from core.errors import InvalidInput, NotFound, NotSupported
from core.model.calendar import Body, TimeSlot

__all__ = [
    "Resource",
    "description_of",
    "new_event",
    "resources_of",
    "with_description",
    "with_times",
]


def description_of(resource: Resource, original_start: datetime | None) -> Body:
    """Return the body of the event, or of one occurrence. Raise NotFound where it is gone."""
    if original_start is None and resource.master is not None:
        return body_of(resource.master)
    return body_of(_found(resource, original_start).component)


def with_description(
    data: bytes,
    *,
    original_start: datetime | None,
    body: Body,
    now: datetime,
    floating_zone: str | None = None,
) -> bytes:
    """Write the body of the event, or of one occurrence, and nothing else.

    An occurrence without override gets one; an override that says nothing of its own any
    more goes. Where nothing changes, the same bytes come back. Raise NotFound.
    """
    resource = Resource.parse(data, floating_zone=floating_zone)
    if original_start is None:
        return _with_body(resource, _master(resource), body, now)
    found = _found(resource, original_start)
    if not found.exception:
        if same_text(found.component, body):
            return data
        resource = with_override(resource, found)
        found = _found(resource, original_start)
    elif speaks_on(found.component):
        raise NotSupported(
            "What is written into this occurrence would stand in all later ones too "
            "(RANGE=THISANDFUTURE). Split the series in the calendar, or move this one alone."
        )
    elif resource.master and same_text(resource.master, body) and says_the_same(resource, found):
        return _without(resource, found.component, now)
    return _with_body(resource, found.component, body, now)


def with_times(
    data: bytes,
    original_start: datetime | None,
    slot: TimeSlot,
    now: datetime,
    *,
    floating_zone: str | None = None,
) -> bytes:
    """Move one occurrence or a single event; SEQUENCE counts up. Raise NotFound."""
    resource = Resource.parse(data, floating_zone=floating_zone)
    if original_start is None and resource.recurs:
        raise InvalidInput("Only one occurrence of a series can be moved, not all of it.")
    found = _found(resource, original_start)
    if (found.slot.start, found.slot.end, found.slot.all_day) == (
        slot.start,
        slot.end,
        slot.all_day,
    ):
        return data
    if original_start is not None and not found.exception:
        resource = with_override(resource, found)
        found = _found(resource, original_start)
    edit = Edit(resource)
    _put_times(edit, found.component, slot)
    parts = [part for part in (resource.master, found.component) if part]
    sequence = max(part.sequence for part in parts) + 1
    edit.put(found.component, b"SEQUENCE", b"SEQUENCE:%d" % sequence)
    _stamp(edit, found.component, now)
    return edit.data


def _master(resource: Resource) -> Component:
    if resource.master is None:
        raise NotFound("The series itself is not in this calendar, only single occurrences.")
    return resource.master


def _found(resource: Resource, original_start: datetime | None) -> Found:
    found = occurrence_at(resource, original_start)
    if found is None:
        raise NotFound("The event takes no longer place at that time.")
    return found


def _with_body(resource: Resource, component: Component, body: Body, now: datetime) -> bytes:
    if same_body(component, body):
        return resource.data
    edit = Edit(resource)
    put_body(edit, component, body)
    _stamp(edit, component, now)
    return edit.data


def _without(resource: Resource, override: Component, now: datetime) -> bytes:
    edit = Edit(resource)
    edit.remove(override)
    edit.stamp(_master(resource), now, only_modified=True)
    return edit.data


def _stamp(edit: Edit, component: Component, now: datetime) -> None:
    """Stamp what has changed, and the master: SOGo tells attendees of overrides only then."""
    edit.stamp(component, now)
    master = edit.resource.master
    if master is not None and master is not component:
        edit.stamp(master, now, only_modified=True)


def _put_times(edit: Edit, component: Component, slot: TimeSlot) -> None:
    resource = edit.resource
    start = start_of(resource, component)
    end = end_of(resource, component, start)
    start_line = component.line(b"DTSTART") or b""
    end_line = component.line(b"DTEND")
    if slot.all_day != start.all_day:
        edit.put(component, b"DTSTART", _plain_time(b"DTSTART", slot.start, slot))
        edit.put(component, b"DTEND", _plain_time(b"DTEND", slot.end, slot))
    else:
        form = (start, start_line) if end_line is None else (end, end_line)
        edit.put(component, b"DTSTART", time_line(b"DTSTART", start_line, start, slot.start))
        edit.put(component, b"DTEND", time_line(b"DTEND", form[1], form[0], slot.end))
    edit.drop(component, b"DURATION")


def _plain_time(name: bytes, moment: datetime, slot: TimeSlot) -> bytes:
    if slot.all_day:
        return name + b";VALUE=DATE:" + stamp(moment)[:8]
    return name + b":" + stamp(moment)
