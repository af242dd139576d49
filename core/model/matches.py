"""Two series of one pair that are not one after the other: somebody said so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from core.model.people import PairId
from core.model.series import SeriesId


@dataclass(frozen=True, slots=True, kw_only=True)
class NotTheSame:
    """An answer to the question whether a new series goes on with an old one's points."""

    NOUN: ClassVar[str] = "not_the_same"

    new: SeriesId
    old: SeriesId
    pair_id: PairId

    @property
    def key(self) -> str:
        """One a new and an old series."""
        return f"{self.new}/{self.old}"

    @property
    def belongs_to(self) -> str:
        """The pair."""
        return self.pair_id
