"""The recurrence rule of RFC 5545 section 3.3.10, on wall time, from any point in time.

A rule is walked period by period (year, month, week ...), starting at the one that is asked
for: the next occurrence of a ten-year-old series costs what the first one cost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import IntEnum
from functools import lru_cache
from itertools import islice, product
from math import prod

from adapters.caldav.rrule_days import DayRules, month_days, week_days, year_days
from core.errors import UnexpectedResponse


class Frequency(IntEnum):
    """FREQ, the longest first."""

    YEARLY = 0
    MONTHLY = 1
    WEEKLY = 2
    DAILY = 3
    HOURLY = 4


_BARREN = {
    Frequency.YEARLY: 100,
    Frequency.MONTHLY: 1_200,
    Frequency.WEEKLY: 5_300,
    Frequency.DAILY: 15_000,
    Frequency.HOURLY: 30_000,
}
"""So many periods in a row without any occurrence, and we say that there will be none."""
_HOUR = timedelta(hours=1)
_MOST = 50_000
_MOST_A_PERIOD = 96
"""A rule that gives more than that is no meeting, and would keep us busy for long."""
_DAYS = {name: number for number, name in enumerate(("MO", "TU", "WE", "TH", "FR", "SA", "SU"))}
_BYDAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_LAST_DAY = date.max.toordinal()
_BY_NUMBERS = {
    "BYMONTH": (1, 12),
    "BYMONTHDAY": (-31, 31),
    "BYYEARDAY": (-366, 366),
    "BYWEEKNO": (-53, 53),
    "BYHOUR": (0, 23),
    "BYMINUTE": (0, 59),
    "BYSECOND": (0, 60),
    "BYSETPOS": (-366, 366),
}
_KNOWN = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYDAY", *_BY_NUMBERS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A recurrence rule, read."""

    frequency: Frequency
    interval: int = 1
    count: int | None = None
    until: str = ""
    """As written: only the series knows its zone."""
    days: DayRules
    hours: tuple[int, ...] = ()
    minutes: tuple[int, ...] = ()
    seconds: tuple[int, ...] = ()
    positions: tuple[int, ...] = ()

    def starts(self, first: datetime, since: datetime) -> Iterator[datetime]:
        """Yield the starts that are not before `since`; UNTIL is the caller's business."""
        since = max(first, since)
        number = self._period_of(first, since)
        if self.count is None:
            every: Iterator[datetime] = self._from(first, number)
        else:
            number = number if self._plain else 0
            left = max(0, self.count - self._passed(first, number))
            every = islice((s for s in self._from(first, number) if s >= first), left)
        return (start for start in every if start >= since)

    def last_before(self, first: datetime, end: datetime | None) -> Iterator[datetime]:
        """Yield the starts up to `end`, the last one first; None only where there is a COUNT."""
        if self.count is not None or end is None:
            every = list(self.starts(first, first))
            yield from (start for start in reversed(every) if end is None or start <= end)
            return
        last = self._period_of(first, max(first, end))
        barren = 0
        for number in range(last, -1, -1):
            found = [start for start in self._period(first, number) if first <= start <= end]
            barren = 0 if found else barren + 1
            if barren > _BARREN[self.frequency]:
                return
            yield from reversed(found)

    @property
    def _plain(self) -> bool:
        """Whether each period has the same days and one time of day."""
        weekly = self.frequency is Frequency.WEEKLY
        if self.positions or self.hours or self.minutes or self.seconds:
            return False
        return (
            self.days.weekdays_only
            if weekly
            else self.frequency is Frequency.DAILY and (self.days.all_days)
        )

    def _passed(self, first: datetime, number: int) -> int:
        """Return how many starts lie before a period; for a plain rule only."""
        if number == 0:
            return 0
        begun = [start for start in self._period(first, 0) if start >= first]
        return len(begun) + (number - 1) * len(self._period(first, 1))

    def _from(self, first: datetime, number: int) -> Iterator[datetime]:
        """Yield the starts of a period and all later ones."""
        if self._plain:
            return self._plain_from(first, number)
        return self._any_from(first, number)

    def _plain_from(self, first: datetime, number: int) -> Iterator[datetime]:
        begin = self._period(first, number)
        step = timedelta(days=self.interval * (7 if self.frequency is Frequency.WEEKLY else 1))
        try:
            while True:
                yield from begin
                begin = [start + step for start in begin]
        except OverflowError:
            return  # beyond the year 9999

    def _any_from(self, first: datetime, number: int) -> Iterator[datetime]:
        barren = 0
        while barren < _BARREN[self.frequency]:
            try:
                found = self._period(first, number)
            except (OverflowError, ValueError):
                return  # beyond the year 9999
            barren = 0 if found else barren + 1
            yield from found
            number += 1

    def _period_of(self, first: datetime, at: datetime) -> int:
        """Return the number of the period that `at` lies in, or of the one before."""
        match self.frequency:
            case Frequency.YEARLY:
                passed = at.year - first.year
            case Frequency.MONTHLY:
                passed = (at.year - first.year) * 12 + at.month - first.month
            case Frequency.WEEKLY:
                passed = (at.toordinal() - self._week(first)) // 7
            case Frequency.DAILY:
                passed = at.toordinal() - first.toordinal()
            case _:
                passed = (at - first) // _HOUR - 1
        return max(0, passed // self.interval)

    def _week(self, first: datetime) -> int:
        return first.toordinal() - (first.weekday() - self.days.week_start) % 7

    def _period(self, first: datetime, number: int) -> list[datetime]:
        """Return the starts of one period, in order."""
        if self.frequency is Frequency.HOURLY:
            found = self._times_of_hour(first, number)
        else:
            found = self._times_of_days(first, self._days_of(first, number * self.interval))
        if self.positions:
            size = len(found)
            chosen = {p - 1 if p > 0 else size + p for p in self.positions}
            found = [found[i] for i in sorted(chosen) if 0 <= i < size]
        return found

    def _days_of(self, first: datetime, passed: int) -> list[int]:
        match self.frequency:
            case Frequency.YEARLY:
                return year_days(self.days, first, first.year + passed)
            case Frequency.MONTHLY:
                year, month = divmod(first.year * 12 + first.month - 1 + passed, 12)
                return month_days(self.days, first, year, month + 1)
            case Frequency.WEEKLY:
                return week_days(self.days, first, self._week(first) + 7 * passed)
            case _:
                day = first.toordinal() + passed
                if day > _LAST_DAY:
                    raise OverflowError
                return [day] if self.days.fit(date.fromordinal(day)) else []

    def _times_of_days(self, first: datetime, days: list[int]) -> list[datetime]:
        if not (self.hours or self.minutes or self.seconds):
            at = first.time()
            return [datetime.combine(date.fromordinal(day), at) for day in days]
        times = self._times(first)
        return [datetime.combine(date.fromordinal(day), at) for day in days for at in times]

    def _times(self, first: datetime) -> list[time]:
        chosen = product(
            self.hours or (first.hour,),
            self.minutes or (first.minute,),
            self.seconds or (first.second,),
        )
        return [time(hour, minute, min(second, 59)) for hour, minute, second in chosen]

    def _times_of_hour(self, first: datetime, number: int) -> list[datetime]:
        at = first + number * self.interval * _HOUR
        if not self.days.fit(at.date()) or (self.hours and at.hour not in self.hours):
            return []
        times = product(self.minutes or (at.minute,), self.seconds or (at.second,))
        return [at.replace(minute=minute, second=min(s, 59)) for minute, s in times]


@lru_cache(maxsize=4096)
def parse_rule(text: str) -> Rule:
    """Read a rule; raise UnexpectedResponse where it is none."""
    parts: dict[str, str] = {}
    for part in text.upper().replace(" ", "").strip(";").split(";"):
        name, _, value = part.partition("=")
        if part in ("RSCALE=GREGORIAN", "SKIP=OMIT"):
            continue  # RFC 7529 section 4: that is what a rule means without them
        if name not in _KNOWN and not name.startswith("X-"):
            raise UnexpectedResponse(f"The recurrence rule {text!r} is not one that we know.")
        parts[name] = value
    try:
        return _rule(parts)
    except (KeyError, ValueError) as err:
        raise UnexpectedResponse(f"The recurrence rule {text!r} cannot be read.") from err


def _rule(parts: dict[str, str]) -> Rule:
    count = parts.get("COUNT")
    interval = int(parts.get("INTERVAL", "1"))
    if interval < 1:
        raise ValueError("INTERVAL counts from 1")
    rule = Rule(
        frequency=Frequency[parts["FREQ"]],
        interval=interval,
        count=int(count) if count and int(count) > 0 else None,
        until=parts.get("UNTIL", ""),
        days=DayRules(
            months=_numbers(parts, "BYMONTH"),
            month_days=_numbers(parts, "BYMONTHDAY"),
            year_days=_numbers(parts, "BYYEARDAY"),
            weeks=_numbers(parts, "BYWEEKNO"),
            weekdays=_weekdays(parts.get("BYDAY", "")),
            week_start=_DAYS[parts.get("WKST", "MO")],
        ),
        hours=_numbers(parts, "BYHOUR"),
        minutes=_numbers(parts, "BYMINUTE"),
        seconds=_numbers(parts, "BYSECOND"),
        positions=_numbers(parts, "BYSETPOS"),
    )
    times = [len(values) or 1 for values in (rule.hours, rule.minutes, rule.seconds)]
    if (rule.count or 0) > _MOST or prod(times) > _MOST_A_PERIOD:
        raise ValueError("no meeting takes place as often as that")
    return rule


def _numbers(parts: dict[str, str], name: str) -> tuple[int, ...]:
    least, most = _BY_NUMBERS[name]
    found = tuple(sorted({int(n) for n in parts.get(name, "").split(",") if n}))
    if any(not least <= number <= most for number in found) or (least < 0 and 0 in found):
        raise ValueError(f"{name} is out of range")
    return found


def _weekdays(text: str) -> tuple[tuple[int, int], ...]:
    found = []
    for part in filter(None, text.split(",")):
        match = _BYDAY.fullmatch(part)
        if match is None:
            raise ValueError(f"{part} is no weekday")
        found.append((int(match[1] or 0), _DAYS[match[2]]))
    return tuple(found)
