"""What became of a meeting: traces that people leave anyway, no recording."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from core.model.agenda import PointId
from core.model.people import PairId
from core.model.series import SeriesId, SheetId


class MeetingState(StrEnum):
    """What became of an occurrence."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"
    """Cancelled, declined or deleted."""
    NOT_HELD = "not_held"
    """Somebody said that it did not take place."""
    UNKNOWN = "unknown"
    """Its time is over and nobody left a trace."""


class Trace(StrEnum):
    """What shows that two people met."""

    TICK = "tick"
    """A point was ticked."""
    EDIT = "edit"
    """Somebody wrote in the agenda while the meeting lasted, or right after."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """One occurrence that held an agenda, with what its calendar said at the end."""

    NOUN: ClassVar[str] = "meeting"

    series_id: SeriesId
    pair_id: PairId
    occurrence: str
    """Original start, which a move does not change; empty for a single event."""
    start: datetime
    end: datetime
    sheet_id: SheetId | None = None
    accepted: tuple[str, ...] = ()
    """Addresses of who said yes; who organizes has."""
    traces: tuple[Trace, ...] = ()
    cancelled: bool = False
    moved_on_the_day: bool = False
    template: str = "weekly"

    @property
    def key(self) -> str:
        """Series and occurrence."""
        return f"{self.series_id}|{self.occurrence}"

    @property
    def belongs_to(self) -> str:
        """The pair."""
        return self.pair_id


@dataclass(frozen=True, slots=True, kw_only=True)
class PointSeen:
    """When a point was first seen, and whose it was."""

    point_id: PointId
    by: str | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstSeen:
    """When each point of a sheet was first seen on it."""

    NOUN: ClassVar[str] = "first_seen"

    sheet_id: SheetId
    pair_id: PairId
    points: tuple[PointSeen, ...] = ()

    @property
    def key(self) -> str:
        """The sheet."""
        return self.sheet_id

    @property
    def belongs_to(self) -> str:
        """The pair."""
        return self.pair_id
