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
    """Follows from series, author and words: read in two calendars it is one."""
    pair_id: PairId
    series_id: SeriesId
    author: str
    """Nobody else is shown it."""
    text: str
    """Empty once it was taken or dismissed: nothing is kept of it here."""
    at: datetime
    state: ProposalState = ProposalState.WAITING

    @property
    def key(self) -> str:
        """Its id."""
        return self.proposal_id

    @property
    def belongs_to(self) -> str:
        """Its author."""
        return self.author
