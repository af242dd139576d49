"""A pair's inbox: points that wait between meetings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from core.model.agenda import TalkingPoint
from core.model.people import PairId


class Waits(StrEnum):
    """What a point in the inbox waits for."""

    NEXT = "next"
    """The next agenda that is begun takes it along by itself."""
    ASIDE = "aside"
    """Parked: until somebody takes it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InboxPoint:
    """One point that stands on no agenda now, and is not lost."""

    NOUN: ClassVar[str] = "inbox_point"

    pair_id: PairId
    point: TalkingPoint
    since: datetime
    waits: Waits = Waits.ASIDE
    series_id: str = ""
    """The series whose agenda it is for; empty: any of the pair's."""
    by: str = ""
    """Who put it there."""

    @property
    def key(self) -> str:
        """The point's own id: it is here or on an agenda, never both."""
        return f"{self.pair_id}/{self.point.point_id}"

    @property
    def belongs_to(self) -> str:
        """The pair."""
        return self.pair_id
