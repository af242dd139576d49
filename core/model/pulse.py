"""Whether a talk was useful, as its two people say; nobody else ever sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from core.model.people import PairId
from core.model.series import SheetId


class Useful(StrEnum):
    """The first of two taps."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class PulseAnswer:
    """What one of the two said of one talk."""

    NOUN: ClassVar[str] = "pulse_answer"

    sheet_id: SheetId
    pair_id: PairId
    person: str
    useful: Useful
    on: date

    @property
    def key(self) -> str:
        """One a talk and person."""
        return f"{self.sheet_id}/{self.person}"

    @property
    def belongs_to(self) -> str:
        """The pair."""
        return self.pair_id
