"""What else is in two people's calendars around their next talk: times, and never what it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from core.model.calendar import CalendarId, Window
from core.model.people import PairId


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """One span in which somebody has something else."""

    person: str
    span: Window


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours:
    """What was seen around one talk."""

    NOUN: ClassVar[str] = "neighbours"

    pair_id: PairId
    start: datetime
    """Of the talk."""
    taken: tuple[Taken, ...] = ()
    look_again: datetime

    @property
    def key(self) -> str:
        """One a pair: that of the next talk."""
        return self.pair_id

    @property
    def belongs_to(self) -> str:
        """The pair."""
        return self.pair_id

    def of(self, person: str) -> tuple[tuple[datetime, datetime], ...]:
        """Return one person's spans."""
        return tuple((t.span.start, t.span.end) for t in self.taken if t.person == person)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stir:
    """That a calendar has told of something besides 1:1s."""

    NOUN: ClassVar[str] = "stir"

    calendar_id: CalendarId
    at: datetime
    """When it last did."""

    @property
    def key(self) -> str:
        """One a calendar."""
        return self.calendar_id

    @property
    def belongs_to(self) -> str:
        """The calendar."""
        return self.calendar_id
