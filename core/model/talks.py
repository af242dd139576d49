"""A talk that was cancelled, and the extra one that takes its place."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from core.model.calendar import TimeSlot
from core.model.people import PairId
from core.model.series import SeriesId


class Way(StrEnum):
    """What two people can do instead of cancelling."""

    MOVE = "move"
    SHORTEN = "shorten"
    """A quarter of an hour."""
    WALK = "walk"
    KEEP = "keep"
    SKIP = "skip"


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelledTalk:
    """One occurrence that will not take place as it stood, and what was made of it."""

    NOUN: ClassVar[str] = "cancelled_talk"

    talk_id: str
    series_id: SeriesId
    pair_id: PairId
    original_start: datetime | None
    slot: TimeSlot
    """When it was to take place."""
    gone: bool
    """Cancelled in the calendar; False: it stands there, and somebody declined."""
    at: datetime
    answer: Way | None = None

    @property
    def key(self) -> str:
        """Its id."""
        return self.talk_id

    @property
    def belongs_to(self) -> str:
        """The pair."""
        return self.pair_id


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtraTalk:
    """A single event that we made for a cancelled talk: it borrows its series' agenda."""

    NOUN: ClassVar[str] = "extra_talk"

    series_id: SeriesId
    """The single event's own."""
    instead_of: SeriesId
    """The series that gets the open points back."""
    pair_id: PairId

    @property
    def key(self) -> str:
        """One a single event."""
        return self.series_id

    @property
    def belongs_to(self) -> str:
        """The pair."""
        return self.pair_id
