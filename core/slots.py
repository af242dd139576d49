"""Times at which two people can meet: free for both, and in the working hours of both."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from core.holidays import is_holiday
from core.model.calendar import Window
from core.model.settings import PersonSettings

STEP: Final = timedelta(minutes=15)
MONDAY, FRIDAY = 0, 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Availability:
    """When one person works and what they have already."""

    settings: PersonSettings
    zone: str
    busy: tuple[Window, ...] = ()


def works(person: Availability, day: date) -> bool:
    """Tell whether somebody works that day: their days, no holiday, no day off, no leave."""
    settings = person.settings
    free = day in settings.days_off or is_holiday(day, settings.region) or settings.is_away(day)
    return day.weekday() in settings.work_days and not free


def working_spans(person: Availability, window: Window) -> list[Window]:
    """Return somebody's working hours within a window."""
    zone, settings = ZoneInfo(person.zone), person.settings
    day = window.start.astimezone(zone).date()
    last = window.end.astimezone(zone).date()
    spans = []
    while day <= last:
        if works(person, day):
            begins = datetime.combine(day, settings.work_from, zone).astimezone(UTC)
            ends = datetime.combine(day, settings.work_to, zone).astimezone(UTC)
            begins, ends = max(begins, window.start), min(ends, window.end)
            if begins < ends:
                spans.append(Window(start=begins, end=ends))
        day += timedelta(days=1)
    return spans


def free_slots(
    people: Sequence[Availability], window: Window, length: timedelta, *, limit: int = 3
) -> tuple[Window, ...]:
    """Return at most `limit` slots in which all of them can, one a day as far as it goes.

    The start of a week and its end come last; nobody likes them.
    """
    if length <= timedelta(0) or not people:
        return ()
    spans = [window]
    for person in people:
        spans = _common(spans, working_spans(person, window))
        spans = _without(spans, person.busy)
    found = [slot for span in spans for slot in _on_the_grid(span, length)]
    ranked = sorted(found, key=lambda slot: (_awkward(slot, people), slot.start))
    return tuple(sorted(_spread(ranked, people[0].zone, limit), key=lambda slot: slot.start))


def _common(ours: Iterable[Window], theirs: Sequence[Window]) -> list[Window]:
    return [
        Window(start=max(a.start, b.start), end=min(a.end, b.end))
        for a in ours
        for b in theirs
        if max(a.start, b.start) < min(a.end, b.end)
    ]


def _without(spans: list[Window], busy: Iterable[Window]) -> list[Window]:
    for taken in busy:
        rest = []
        for span in spans:
            if taken.end <= span.start or span.end <= taken.start:
                rest.append(span)
                continue
            if span.start < taken.start:
                rest.append(Window(start=span.start, end=taken.start))
            if taken.end < span.end:
                rest.append(Window(start=taken.end, end=span.end))
        spans = rest
    return spans


def _on_the_grid(span: Window, length: timedelta) -> Iterable[Window]:
    over = (span.start - datetime.min.replace(tzinfo=UTC)) % STEP
    start = span.start + (STEP - over if over else timedelta(0))
    while start + length <= span.end:
        yield Window(start=start, end=start + length)
        start += STEP


def _awkward(slot: Window, people: Sequence[Availability]) -> bool:
    for person in people:
        local = slot.start.astimezone(ZoneInfo(person.zone))
        if (local.weekday() == MONDAY and local.hour < 10) or (
            local.weekday() == FRIDAY and local.hour >= 15
        ):
            return True
    return False


def _spread(ranked: Sequence[Window], zone: str, limit: int) -> list[Window]:
    chosen: list[Window] = []
    days: set[date] = set()
    for slot in ranked:
        day = slot.start.astimezone(ZoneInfo(zone)).date()
        if len(chosen) < limit and day not in days:
            chosen.append(slot)
            days.add(day)
    for slot in ranked:
        overlaps = any(slot.start < c.end and c.start < slot.end for c in chosen)
        if len(chosen) < limit and not overlaps:
            chosen.append(slot)
    return chosen
