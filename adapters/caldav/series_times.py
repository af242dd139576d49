"""The times of a series as values: what its master says, and what an override says instead."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import takewhile
from typing import NamedTuple

from adapters.caldav.ical_resource import Component
from adapters.caldav.ical_times import YEARS, Moment, at_zone, wall_time
from adapters.caldav.rrule import Rule
from core.model.calendar import EventStatus, TimeSlot

_MOST_LEFT_OUT = 10_000
"""So many excluded starts in a row, and we say that all later ones are."""


class Override(NamedTuple):
    """One occurrence that has lines of its own. A tuple: thousands are made in a pass."""

    original: datetime
    """In UTC, as are the next but one."""
    start: Moment
    starts: datetime
    ends: datetime
    component: Component
    status: EventStatus
    moves_later_by: timedelta | None = None
    """RANGE=THISANDFUTURE: it speaks for all later occurrences too, moved by as much."""

    @property
    def slot(self) -> TimeSlot:
        """When it takes place."""
        return slot_of(self.starts, self.ends, self.start)


@dataclass(frozen=True, slots=True, kw_only=True)
class Regular:
    """What the master says."""

    component: Component
    status: EventStatus
    recurs: bool
    start: Moment
    length: timedelta
    rules: tuple[tuple[Rule, datetime | None], ...]
    """Each with the last moment that its UNTIL allows."""
    extra: tuple[datetime, ...]
    """Wall times: DTSTART and RDATE."""
    lengths: Mapping[datetime, timedelta]
    """Of the RDATEs that say how long they last, by wall time."""
    excluded: frozenset[datetime]
    excluded_days: frozenset[date]
    excluding: tuple[Rule, ...]

    @property
    def endless(self) -> bool:
        """Whether it goes on without end."""
        return any(rule.count is None and until is None for rule, until in self.rules)

    def excludes(self, original: datetime) -> bool:
        """Tell whether EXDATE names that original start."""
        if original in self.excluded:
            return True
        days = self.excluded_days
        return bool(days) and wall_time(original, self.start.zone).date() in days

    def starts(self, since: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Yield wall time and UTC of each start from `since` (wall time) on."""
        sources = [self._ruled(rule, until, since) for rule, until in self.rules]
        extra = [wall for wall in self.extra if wall >= since]
        walls = heapq.merge(*sources, extra) if extra or len(sources) != 1 else sources[0]
        return self._taking_place(walls)

    def starts_backwards(self) -> Iterator[tuple[datetime, datetime]]:
        """Yield the same, the last one first; only where it is not endless."""
        zone = self.start.zone
        sources = [
            rule.last_before(self.start.wall, wall_time(until, zone) if until else None)
            for rule, until in self.rules
        ]
        return self._taking_place(heapq.merge(*sources, reversed(self.extra), reverse=True))

    def slot(self, wall: datetime, *, moved: timedelta, length: timedelta) -> TimeSlot:
        """Return when the start of that wall time takes place."""
        zone = self.start.zone
        start = wall + moved if moved else wall  # adding even nothing would lose the fold
        length = self.lengths.get(wall, length)
        starts, ends = at_zone(start, zone), at_zone(start + length, zone)
        # 02:30 to 03:00 in the night that skips an hour: then it lasts as long as ever.
        return slot_of(starts, ends if ends > starts else starts + length, self.start)

    def _ruled(self, rule: Rule, until: datetime | None, since: datetime) -> Iterator[datetime]:
        starts = rule.starts(self.start.wall, since)
        if until is None:
            return starts
        zone = self.start.zone
        sure = wall_time(until, zone) - timedelta(days=1)
        return takewhile(lambda wall: wall < sure or at_zone(wall, zone) <= until, starts)

    def _taking_place(self, walls: Iterator[datetime]) -> Iterator[tuple[datetime, datetime]]:
        zone = self.start.zone
        before = None
        left_out = 0
        for wall in takewhile(lambda wall: wall.year in YEARS, walls):
            if wall != before:
                moment = at_zone(wall, zone)
                if not self.excludes(moment) and not self._ruled_out(wall):
                    left_out = 0
                    yield wall, moment
                elif (left_out := left_out + 1) > _MOST_LEFT_OUT:
                    return
            before = wall

    def _ruled_out(self, wall: datetime) -> bool:
        first = self.start.wall
        return bool(self.excluding) and any(
            next(rule.starts(first, wall), None) == wall for rule in self.excluding
        )


def slot_of(start: datetime, end: datetime, form: Moment) -> TimeSlot:
    """Return when that is, in the zone of `form`."""
    return TimeSlot(start=start, end=end, zone=form.zone.key, all_day=form.all_day)
