"""A point that somebody may have meant: only they see it until they say so."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from core.model.people import PairId
from core.model.series import SeriesId


class ProposalState(StrEnum):
    """What became of it."""

    WAITING = "waiting"
    TAKEN = "taken"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What somebody wrote beside their answer to an invitation (F-46)."""

    NOUN: ClassVar[str] = "proposal"

    proposal_id: str
    """Follows from series, author, words and which answer it was: read in two calendars it is
    one."""
    pair_id: PairId
    series_id: SeriesId
    author: str
    """Nobody else is shown it."""
    text: str
    """Empty once it was taken or dismissed: nothing is kept of it here."""
    at: datetime
    state: ProposalState = ProposalState.WAITING
    place: str = ""
    """Which answer it was first read in: the series', or an occurrence's."""

    @property
    def key(self) -> str:
        """Its id."""
        return self.proposal_id

    @property
    def belongs_to(self) -> str:
        """Its author."""
        return self.author


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidLine:
    """One line of somebody's comment, by its digest."""

    author: str
    line: str
    times: int
    """How often it has come up there."""
    is_there: bool
    stamp: str = ""
    """When it was written, as the host says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenComments:
    """What stood beside the answers in one calendar's event when it was last read: no words."""

    NOUN: ClassVar[str] = "seen_comments"

    seen_id: str
    series_id: SeriesId
    place: str
    said: tuple[SaidLine, ...] = ()

    @property
    def key(self) -> str:
        """Follows from calendar, series and place."""
        return self.seen_id

    @property
    def belongs_to(self) -> str:
        """The series."""
        return self.series_id
