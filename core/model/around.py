"""What one calendar holds around the coming talks in it: times and opaque ids, no words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from core.model.calendar import CalendarId, EventId, Window


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """One event that takes its owner's time."""

    event_id: EventId
    series_id: EventId | None = None
    uid: str
    span: Window


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """A calendar's events around its talks, good until it tells of what only a look can show."""

    NOUN: ClassVar[str] = "around"

    calendar_id: CalendarId
    windows: tuple[Window, ...]
    """Of these times everything is known."""
    others: tuple[Other, ...] = ()

    @property
    def key(self) -> str:
        """One a calendar."""
        return self.calendar_id

    @property
    def belongs_to(self) -> str:
        """The calendar."""
        return self.calendar_id

    def covers(self, asked: Window) -> bool:
        """Tell whether all of a span is known."""
        return any(w.start <= asked.start and asked.end <= w.end for w in self.windows)

    def matters(self, span: Window) -> bool:
        """Tell whether a span lies in what is known."""
        return any(overlap(span, window) for window in self.windows)

    def without(self, *event_ids: str) -> Around:
        """Return it without events, or without all that belong to a series."""
        left = [o for o in self.others if not {o.event_id, o.series_id} & set(event_ids)]
        return replace(self, others=tuple(left)) if len(left) < len(self.others) else self

    def holding(self, other: Other) -> Around:
        """Return it with an event where that lies in what is known."""
        found = self.without(other.event_id)
        if not self.matters(other.span):
            return found
        return replace(found, others=(*found.others, other))


def overlap(one: Window, other: Window) -> bool:
    """Tell whether two spans share time."""
    return one.start < other.end and other.start < one.end
