"""Overrides: making one for an occurrence, and telling whether one differs from its series."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime

from adapters.caldav.ical_edit import Edit
from adapters.caldav.ical_lines import head, parse_property, without_params
from adapters.caldav.ical_resource import Component, Resource
from adapters.caldav.ical_times import Moment, at_zone, stamp, wall_time, written
from adapters.caldav.recurrence import Found, regular_at
from adapters.caldav.timetable import end_of, speaks_on, start_of

_RULES = (b"RRULE", b"RDATE", b"EXDATE", b"EXRULE")
_TIMES = (b"DTSTART", b"DTEND", b"DURATION", b"RECURRENCE-ID")
_BODY = (b"DESCRIPTION", b"X-ALT-DESC", b"STYLED-DESCRIPTION")
_STAMPS = (b"DTSTAMP", b"LAST-MODIFIED", b"CREATED")
_NO_DIFFERENCE = frozenset((*_RULES, *_TIMES, *_BODY, *_STAMPS))
"""What an override has for itself; times are compared as times."""
_PEOPLE = (b"ATTENDEE", b"ORGANIZER")


def with_override(resource: Resource, found: Found) -> Resource:
    """Give an occurrence an override that says the same as its series does."""
    edit = Edit(resource)
    parts = [found.component, *resource.overrides]
    last = max(parts, key=lambda part: part.last)
    edit.copy_after(last, found.component, _own_lines(resource, found))
    return Resource.parse(edit.data, floating_zone=resource.floating_zone)


def says_the_same(resource: Resource, override: Found) -> bool:
    """Tell whether an override differs from its series in nothing but its body."""
    regular = override.original_start and regular_at(resource, override.original_start)
    if not regular or speaks_on(override.component):
        return False
    return (
        regular.slot == override.slot
        and regular.component.sequence == override.component.sequence
        and _said(regular.component) == _said(override.component)
    )


def time_line(name: bytes, line: bytes, form: Moment, moment: datetime) -> bytes:
    """Write a property that holds a moment in the form of another."""
    if at_zone(wall_time(moment, form.zone).replace(fold=0), form.zone) != moment:
        # In the hour that a clock change repeats, only UTC can name the second time.
        return name + b":" + stamp(moment)
    params = head(line, b"TZID", b"VALUE").partition(b";")
    return name + params[1] + params[2] + b":" + written(moment, form)


def _own_lines(resource: Resource, found: Found) -> dict[int, tuple[bytes, ...]]:
    """Return what stands in an override instead of the lines of its source, by line number."""
    source = found.component
    dropped = (*_RULES, b"RECURRENCE-ID")
    own: dict[int, tuple[bytes, ...]] = {
        number: () for name in dropped for number in source.index.get(name, ())
    }
    for name in _PEOPLE:
        for number in source.index.get(name, ()):
            own[number] = (without_params(source.lines[number], b"SCHEDULE-STATUS"),)
    own.update(_times(resource, found))
    return {n: lines for n, lines in own.items() if lines != (source.lines[n],)}


def _times(resource: Resource, found: Found) -> Iterator[tuple[int, tuple[bytes, ...]]]:
    source, slot = found.component, found.slot
    start = start_of(resource, source)
    end = end_of(resource, source, start)
    number = source.index[b"DTSTART"][0]
    line = source.lines[number]
    times = [_recurrence_id(resource, found), time_line(b"DTSTART", line, start, slot.start)]
    for other in source.index.get(b"DTEND", ()):
        yield other, (time_line(b"DTEND", source.lines[other], end, slot.end),)
    if b"DTEND" not in source.index and slot.end - slot.start != end.utc - start.utc:
        # An RDATE may last as long as it likes.
        times.append(time_line(b"DTEND", line, start, slot.end))
        yield from ((other, ()) for other in source.index.get(b"DURATION", ()))
    yield number, tuple(times)


def _recurrence_id(resource: Resource, found: Found) -> bytes:
    """Name the original start in exactly the form of the master's DTSTART."""
    master = resource.master or found.component
    line = master.line(b"DTSTART") or b""
    original = found.original_start or found.slot.start
    return time_line(b"RECURRENCE-ID", line, start_of(resource, master), original)


def _said(component: Component) -> Counter[tuple[object, ...]]:
    """Return everything that a component says beside its times and its body, in no order."""
    said: Counter[tuple[object, ...]] = Counter()
    for name, numbers in component.index.items():
        if name not in _NO_DIFFERENCE:
            said.update(_normal(component.lines[number]) for number in numbers)
    for part in component.parts:
        lines = (_normal(part.lines[n]) for n in range(part.first, part.last + 1))
        said[tuple(sorted(lines, key=repr))] += 1
    return said


def _normal(line: bytes) -> tuple[object, ...]:
    prop = parse_property(without_params(line, b"SCHEDULE-STATUS"))
    return (prop.name, frozenset(prop.params.items()), prop.value)
