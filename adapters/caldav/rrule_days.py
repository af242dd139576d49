"""Which days of a year, a month or a week a recurrence rule chooses."""

from __future__ import annotations

from calendar import isleap, monthrange
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRules:
    """The parts of a rule that speak of days; empty means no condition."""

    months: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    year_days: tuple[int, ...] = ()
    weeks: tuple[int, ...] = ()
    weekdays: tuple[tuple[int, int], ...] = ()
    """(ordinal or 0, Monday = 0)."""
    week_start: int = 0

    @property
    def names_days(self) -> bool:
        """Whether it says which days; else the first occurrence's day counts."""
        return bool(self.month_days or self.year_days or self.weeks or self.weekdays)

    @property
    def all_days(self) -> bool:
        """Whether it sets no condition at all."""
        return not (self.months or self.names_days)

    @property
    def weekdays_only(self) -> bool:
        """Whether it sets a condition on weekdays at most."""
        return not (self.months or self.month_days or self.year_days or self.weeks)

    def fit(self, day: date) -> bool:
        """Tell whether a day meets every condition, ordinals of weekdays left out."""
        if self.weekdays and all(weekday != day.weekday() for _, weekday in self.weekdays):
            return False
        return self.fit_but_weekday(day)

    def fit_but_weekday(self, day: date) -> bool:
        """Tell whether a day meets every condition but that on its weekday."""
        if self.months and day.month not in self.months:
            return False
        if self.month_days:
            length = monthrange(day.year, day.month)[1]
            if not _either(day.day, length, self.month_days):
                return False
        if self.year_days:
            length = 365 + isleap(day.year)
            if not _either(day.timetuple().tm_yday, length, self.year_days):
                return False
        return not self.weeks or _either(*_week_number(day, self.week_start), self.weeks)


def year_days(rules: DayRules, first: datetime, year: int) -> list[int]:
    """Return the chosen days of a year, as ordinals in order."""
    if not rules.names_days:
        months = rules.months or (first.month,)
        return [day for month in months for day in month_days(rules, first, year, month)]
    per_year = rules.weekdays and not rules.months and any(n for n, _ in rules.weekdays)
    if not (per_year or rules.year_days or rules.weeks):
        months = rules.months or tuple(range(1, 13))
        return [day for month in months for day in month_days(rules, first, year, month)]
    start = date(year, 1, 1).toordinal()
    days = range(start, start + 365 + isleap(year))
    if rules.weekdays and not rules.months:
        chosen = _by_weekday(rules, days)
    elif rules.weekdays:
        by_month = (_month_range(year, month) for month in rules.months)
        chosen = {day for month in by_month for day in _by_weekday(rules, month)}
    else:
        chosen = set(days)
    return [day for day in sorted(chosen) if rules.fit_but_weekday(date.fromordinal(day))]


def month_days(rules: DayRules, first: datetime, year: int, month: int) -> list[int]:
    """Return the chosen days of a month, as ordinals in order."""
    if rules.months and month not in rules.months:
        return []
    days = _month_range(year, month)
    chosen = set(days)
    numbers = rules.month_days if rules.names_days else (first.day,)
    if numbers:
        found = (days[0] + n - 1 if n > 0 else days[-1] + n + 1 for n in numbers)
        chosen.intersection_update(found)
    if rules.weekdays:
        chosen &= _by_weekday(rules, days)
    if rules.year_days or rules.weeks:
        return [day for day in sorted(chosen) if rules.fit_but_weekday(date.fromordinal(day))]
    return sorted(chosen)


def week_days(rules: DayRules, first: datetime, start: int) -> list[int]:
    """Return the chosen days of the week that begins at an ordinal, in order."""
    weekdays = {weekday for _, weekday in rules.weekdays}
    if not rules.names_days:
        weekdays = {first.weekday()}
    offsets = sorted((weekday - rules.week_start) % 7 for weekday in weekdays) or range(7)
    days = [start + offset for offset in offsets]
    if rules.months or rules.month_days or rules.year_days or rules.weeks:
        return [day for day in days if rules.fit_but_weekday(date.fromordinal(day))]
    return days


def _by_weekday(rules: DayRules, days: range) -> set[int]:
    """Return the days of a span that BYDAY chooses, ordinals counted within the span."""
    chosen: set[int] = set()
    # Ordinal 1, the first of January of the year 1, is a Monday.
    for number, weekday in rules.weekdays:
        begin = days[0] + (weekday - (days[0] - 1)) % 7
        same = range(begin, days[-1] + 1, 7)
        if number == 0:
            chosen.update(same)
        elif 0 < abs(number) <= len(same):
            chosen.add(same[number - 1 if number > 0 else number])
    return chosen


def _month_range(year: int, month: int) -> range:
    start = date(year, month, 1).toordinal()
    return range(start, start + monthrange(year, month)[1])


def _either(number: int, length: int, wanted: tuple[int, ...]) -> bool:
    return number in wanted or number - length - 1 in wanted


def _week_number(day: date, week_start: int) -> tuple[int, int]:
    """Return the number of a day's week and how many weeks its year has (RFC 5545 BYWEEKNO)."""
    ordinal = day.toordinal()
    # A week belongs to the year that holds its fourth day.
    middle = date.fromordinal(ordinal - (day.weekday() - week_start) % 7 + 3)
    number = (middle.timetuple().tm_yday - 1) // 7 + 1
    last = date(middle.year, 12, 31)
    tail = (last.weekday() - week_start) % 7
    middle_of_last = last.timetuple().tm_yday - tail + (3 if tail >= 3 else -4)
    return number, (middle_of_last - 1) // 7 + 1
