"""Which questions a pair was offered, put on its agendas, and what the two said of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from core.model.people import PairId


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionRound:
    """The questions offered to one person before one talk: the same ones until it is over."""

    NOUN: ClassVar[str] = "question_round"

    sheet_id: str
    pair_id: PairId
    person: str
    prompts: tuple[str, ...]
    on: date

    @property
    def key(self) -> str:
        """One a talk and person."""
        return f"{self.sheet_id}/{self.person}"

    @property
    def belongs_to(self) -> str:
        """The pair."""
        return self.pair_id


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedQuestion:
    """A question that somebody put onto an agenda as a point of theirs."""

    NOUN: ClassVar[str] = "asked_question"

    pair_id: PairId
    point_id: str
    prompt: str
    on: date

    @property
    def key(self) -> str:
        """The point's."""
        return f"{self.pair_id}/{self.point_id}"

    @property
    def belongs_to(self) -> str:
        """The pair."""
        return self.pair_id


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionVote:
    """What one of the two said of a question: "helped" or "not_for_us"."""

    NOUN: ClassVar[str] = "question_vote"

    pair_id: PairId
    prompt: str
    person: str
    vote: str
    on: date

    @property
    def key(self) -> str:
        """One a person and question: the last word counts."""
        return f"{self.pair_id}/{self.prompt}/{self.person}"

    @property
    def belongs_to(self) -> str:
        """The pair."""
        return self.pair_id
