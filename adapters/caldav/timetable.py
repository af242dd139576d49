"""What a resource says about times, read once: rules, dates, exclusions and overrides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from operator import attrgetter
from weakref import WeakKeyDictionary
from zoneinfo import ZoneInfo

from adapters.caldav.ical_lines import decoded
from adapters.caldav.ical_resource import Component, Resource
from adapters.caldav.ical_times import (
    Moment,
    at_zone,
    duration,
    moment_of,
    moments_of,
    period_lengths,
    until_of,
    wall_time,
)
from adapters.caldav.rrule import Rule, parse_rule
from adapters.caldav.series_times import Override, Regular
from core.errors import UnexpectedResponse
from core.model.calendar import EventStatus, TimeSlot

_LONGEST = timedelta(days=3_660)
_ENDLESS_YEAR = 2200
"""Some programs write an UNTIL in the year 9999 and mean: without end."""
_STATUS = {
    None: EventStatus.CONFIRMED,
    b"STATUS:CONFIRMED": EventStatus.CONFIRMED,
    b"STATUS:CANCELLED": EventStatus.CANCELLED,
}
_SPEAKS_ON = re.compile(rb";RANGE=\"?THISANDFUTURE", re.IGNORECASE)
_ZERO = timedelta(0)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timetable:
    """All of a resource's times."""

    regular: Regular | None
    overrides: Mapping[datetime, Override]
    """By original start in UTC."""
    by_start: tuple[Override, ...]
    """The same in the order in which they take place."""
    speaking_on: tuple[Override, ...]
    """Those with RANGE=THISANDFUTURE, by original start."""

    @property
    def first(self) -> TimeSlot:
        """When it takes place first, or did."""
        if self.regular is None:
            return self.by_start[0].slot
        regular = self.regular
        return regular.slot(regular.start.wall, moved=_ZERO, length=regular.length)


_TIMETABLES: WeakKeyDictionary[Resource, Timetable] = WeakKeyDictionary()


def timetable_of(resource: Resource) -> Timetable:
    """Return it; raise UnexpectedResponse where a time or a zone cannot be understood."""
    found = _TIMETABLES.get(resource)
    if found is None:
        found = _TIMETABLES[resource] = _timetable(resource)
    return found


def status_of(component: Component) -> EventStatus:
    """Read STATUS; none means confirmed."""
    status = _STATUS.get(component.line(b"STATUS"))
    if status is not None:
        return status
    word = component.word(b"STATUS")
    try:
        return EventStatus(word.lower())
    except ValueError as err:
        raise UnexpectedResponse(f"The event has a STATUS that we do not know: {word!r}.") from err


def start_of(resource: Resource, component: Component, near: ZoneInfo | None = None) -> Moment:
    """Read DTSTART."""
    line = component.line(b"DTSTART")
    if line is None:
        raise UnexpectedResponse("The event has no DTSTART: nobody can tell when it is.")
    return moment_of(line, resource, near=near)


def end_of(resource: Resource, component: Component, start: Moment) -> Moment:
    """Read DTEND or DURATION; none means a whole day, else no time at all (RFC 5545 3.6.1)."""
    line = component.line(b"DTEND")
    if line is not None:
        return moment_of(line, resource, near=start.zone)
    prop = component.get(b"DURATION")
    if prop is not None:
        return start.moved(min(duration(decoded(prop.value)), 2 * _LONGEST))
    return start.moved(_DAY if start.all_day else _ZERO)


def _timetable(resource: Resource) -> Timetable:
    regular = _regular(resource, resource.master) if resource.master else None
    overrides: dict[datetime, Override] = {}
    for component in resource.overrides:
        new = _override(resource, component, regular)
        old = overrides.get(new.original)
        if old is None or old.component.sequence <= component.sequence:
            overrides[new.original] = new
    if regular is not None and (regular.excluded or regular.excluded_days):
        overrides = {at: one for at, one in overrides.items() if not regular.excludes(at)}
    if regular is None and not overrides:
        raise UnexpectedResponse("The calendar entry never takes place.")
    by_start = sorted(overrides.values(), key=attrgetter("starts"))
    speaking = [one for one in by_start if one.moves_later_by is not None]
    return Timetable(
        regular=regular,
        overrides=overrides,
        by_start=tuple(by_start),
        speaking_on=tuple(sorted(speaking, key=attrgetter("original"))),
    )


def _regular(resource: Resource, master: Component) -> Regular:
    start = start_of(resource, master)
    zone = start.zone
    rules = tuple(_rules(master, b"RRULE", zone))
    rdates = _rdates(resource, master, start)
    excluded, excluded_days = _excluded(resource, master, start)
    ended = bool(rules) and all(until and until < start.utc for _, until in rules)
    return Regular(
        component=master,
        status=status_of(master),
        recurs=resource.recurs,
        start=start,
        length=_length(start, end_of(resource, master, start)),
        rules=rules,
        extra=tuple(sorted({*rdates, *(() if ended else (start.wall,))})),
        lengths={wall: length for wall, length in rdates.items() if length is not None},
        excluded=excluded,
        excluded_days=excluded_days,
        excluding=tuple(rule for rule, _ in _rules(master, b"EXRULE", zone)),
    )


def _rules(
    master: Component, name: bytes, zone: ZoneInfo
) -> Iterator[tuple[Rule, datetime | None]]:
    for prop in master.all(name):
        if not prop.value.strip():
            continue
        rule = parse_rule(decoded(prop.value))
        until = until_of(rule.until, zone) if rule.until else None
        yield rule, None if until and until.year > _ENDLESS_YEAR else until


def _rdates(
    resource: Resource, master: Component, start: Moment
) -> dict[datetime, timedelta | None]:
    found: dict[datetime, timedelta | None] = {}
    for prop in master.all(b"RDATE"):
        if prop.value.strip():
            moments = moments_of(prop, resource, near=start.zone)
            for moment, length in zip(moments, period_lengths(prop), strict=True):
                found[_wall_in(moment, start)] = length
    return found


def _excluded(
    resource: Resource, master: Component, start: Moment
) -> tuple[frozenset[datetime], frozenset[date]]:
    moments: set[datetime] = set()
    days: set[date] = set()
    for prop in master.all(b"EXDATE"):
        if not prop.value.strip():
            continue
        for moment in moments_of(prop, resource, near=start.zone):
            if moment.all_day or start.all_day:
                days.add(moment.wall.date())
            else:
                moments.add(moment.utc)
    return frozenset(moments), frozenset(days)


def speaks_on(component: Component) -> bool:
    """Tell whether an override speaks for all later occurrences too (RFC 5545 3.2.13)."""
    return _line_speaks_on(component.line(b"RECURRENCE-ID") or b"")


@lru_cache(maxsize=2048)
def _line_speaks_on(line: bytes) -> bool:
    return bool(_SPEAKS_ON.search(line))


def _override(resource: Resource, component: Component, regular: Regular | None) -> Override:
    master = regular.start if regular else None
    start = start_of(resource, component, master.zone if master else None)
    end = end_of(resource, component, start)
    _length(start, end)
    line = component.line(b"RECURRENCE-ID") or b""
    named = moment_of(line, resource, near=(master or start).zone)
    original = _original(named, master)
    starts, ends = start.utc, end.utc
    return Override(
        original,
        start,
        starts,
        ends if ends > starts else starts,
        component,
        status_of(component),
        starts - original if _line_speaks_on(line) else None,
    )


def _original(named: Moment, master: Moment | None) -> datetime:
    """Return the original start in UTC; some write a day where the series has a time of day."""
    if master is None or named.all_day == master.all_day:
        return named.utc
    if named.all_day:
        return at_zone(datetime.combine(named.wall.date(), master.wall.time()), master.zone)
    return named.wall.replace(hour=0, minute=0, second=0, tzinfo=UTC)


def _wall_in(moment: Moment, start: Moment) -> datetime:
    if start.all_day or moment.all_day or moment.zone is start.zone:
        return moment.wall
    return wall_time(moment.utc, start.zone)


def _length(start: Moment, end: Moment) -> timedelta:
    same = start.zone is end.zone or start.all_day or end.all_day
    length = end.wall - start.wall if same else end.utc - start.utc
    if length < _ZERO:
        raise UnexpectedResponse("The event ends before it starts.")
    if length > _LONGEST:
        raise UnexpectedResponse("The event lasts longer than ten years.")
    return length
