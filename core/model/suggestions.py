"""What the rules of good talks said to a pair, and what people answered."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import ClassVar, NewType

from core.model.people import PairId

RuleId = NewType("RuleId", str)
"""R-01 to R-30, or a company's own: C- and a name."""
SuggestionId = NewType("SuggestionId", str)


class Channel(StrEnum):
    """Where it is said."""

    BRIEF = "brief"
    """The note before the talk, to one person."""
    DRAFT = "draft"
    """Beside the draft of the next agenda."""
    CARD = "card"
    """A card in the chat, or a mail."""


class FactKind(StrEnum):
    """How a fact is said."""

    TEXT = "text"
    NUMBER = "number"
    DAY = "day"
    TIME = "time"
    SPAN = "span"
    """So many seconds, said as days or weeks."""
    EVERY = "every"
    """So many seconds, said as "every two weeks"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One piece of data that a rule used: what "why?" shows."""

    name: str
    kind: FactKind
    value: str


class SuggestionState(StrEnum):
    """What became of a suggestion."""

    OFFERED = "offered"
    SHOWN = "shown"
    TAKEN = "taken"
    """Somebody took it up."""
    LEFT = "left"
    """Somebody put it away: not this time."""
    MUTED = "muted"
    """Somebody said that it is not for this pair."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """An offer to people who can take it up; its words follow from rule and variant."""

    NOUN: ClassVar[str] = "suggestion"

    rule_id: RuleId
    pair_id: PairId
    at: datetime
    meeting: datetime | None = None
    """Start of the talk that it is made for."""
    to: tuple[str, ...]
    """Addresses of those who see it."""
    channel: Channel
    variant: str = "offer"
    """Which of the rule's texts fits."""
    subject: str = ""
    """Id of the point, topic, goal or template that it is about."""
    facts: tuple[Fact, ...] = ()
    state: SuggestionState = SuggestionState.OFFERED
    answered_by: str | None = None
    """Address of the one who took it, put it away or muted it."""
    answered_at: datetime | None = None

    @property
    def suggestion_id(self) -> SuggestionId:
        """What it is, not which attempt: planning twice makes one."""
        meeting = self.meeting
        when = meeting.astimezone(UTC).isoformat() if meeting else self.at.date().isoformat()
        what = "|".join((self.rule_id, self.pair_id, when, self.subject))
        return SuggestionId(hashlib.sha256(what.encode()).hexdigest()[:16])

    @property
    def key(self) -> str:
        """Its id."""
        return self.suggestion_id

    @property
    def belongs_to(self) -> str:
        """The pair."""
        return self.pair_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Mute:
    """A pair's "not for us" to one rule."""

    NOUN: ClassVar[str] = "mute"

    pair_id: PairId
    rule_id: RuleId
    by: str
    at: datetime

    @property
    def key(self) -> str:
        """Pair and rule."""
        return f"{self.pair_id}|{self.rule_id}"

    @property
    def belongs_to(self) -> str:
        """The pair."""
        return self.pair_id


class TapKind(StrEnum):
    """What a person can say with one tap."""

    TALKED = "talked"
    """We talked, outside the calendar."""
    NOT_HELD = "not_held"
    """This meeting did not take place."""
    ELSEWHERE = "elsewhere"
    """What the rule looks for happens, only not here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tap:
    """One tap of one person about one day."""

    NOUN: ClassVar[str] = "tap"

    pair_id: PairId
    kind: TapKind
    on: date
    by: str
    rule_id: str = ""
    """For ELSEWHERE: the rule that it answers."""

    @property
    def key(self) -> str:
        """Pair, day, what was said, who said it."""
        return "|".join((self.pair_id, self.on.isoformat(), self.kind, self.by, self.rule_id))

    @property
    def belongs_to(self) -> str:
        """The pair."""
        return self.pair_id
