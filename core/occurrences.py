"""Which occurrence comes next: the one that will really take place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from core.detect import declined_by
from core.model.calendar import CalendarEvent, EventStatus
from core.model.series import Place


def will_take_place(event: CalendarEvent, humans: Sequence[str]) -> bool:
    """Tell whether two people still mean to meet: not cancelled, and nobody declined it."""
    return event.status is not EventStatus.CANCELLED and not declined_by(event, humans)


def next_held(
    occurrences: Iterable[CalendarEvent], now: datetime, humans: Sequence[str]
) -> CalendarEvent | None:
    """Return the first that is not over and will take place, by the time it takes place now.

    An occurrence that was moved behind the next one counts where it stands, not where the rule
    put it. While a meeting lasts it is still the next one.
    """
    coming = (e for e in occurrences if e.slot.end > now and will_take_place(e, humans))
    return min(coming, key=lambda e: (e.slot.start, e.identity[1] or e.slot.start), default=None)


def place_of(event: CalendarEvent) -> Place:
    """Return which occurrence an event is and when it takes place."""
    return Place(original_start=event.identity[1], slot=event.slot)


def same_occurrence(one: Place | None, other: Place | None) -> bool:
    """Tell whether two places are one occurrence, wherever it has been moved."""
    if one is None or other is None:
        return one is other
    return one.original_start == other.original_start
