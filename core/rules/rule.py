"""A rule: what it looks for, to whom it speaks, and when it keeps silent."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from core.content.template_model import Relation
from core.content.texts import Label, Words
from core.model.people import Side
from core.model.suggestions import Channel, RuleId
from core.rules.seen import Seen
from core.rules.values import NOTHING, Facts

BOTH = frozenset(Side)
MANAGER = frozenset({Side.MANAGER})
REPORT = frozenset({Side.REPORT})
DIRECT = frozenset({Relation.REPORT})
ANY_PAIR = frozenset(Relation)
COOLDOWN = timedelta(days=28)


class Guard(StrEnum):
    """Common silence that a rule may be exempt from."""

    NEW_MANAGER = "new_manager"
    LEAVE_OF_REPORT = "leave_of_report"


class Step(StrEnum):
    """What "yes" opens: the page or card knows how."""

    PROPOSE_SLOTS = "propose_slots"
    CHANGE_RHYTHM = "change_rhythm"
    CHANGE_SLOT = "change_slot"
    CHANGE_LENGTH = "change_length"
    ADD_POINT = "add_point"
    SHOW_QUESTIONS = "show_questions"
    PARK_POINTS = "park_points"
    MOVE_UPDATES = "move_updates"
    DECIDE_POINT = "decide_point"
    SHOW_ACTIONS = "show_actions"
    SHOW_GOALS = "show_goals"
    USE_TEMPLATE = "use_template"
    SHOW_OPTIONS = "show_options"
    REDUCE_EXPOSURE = "reduce_exposure"
    CHANGE_REMINDER = "change_reminder"
    REPHRASE = "rephrase"
    HIDE_POINT = "hide_point"
    GIVE_PULSE = "give_pulse"
    READ_ONLY = "read_only"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a rule saw: the data that "why?" shows."""

    data: Facts = field(default_factory=lambda: NOTHING)
    variant: str = "offer"
    """Which of the rule's texts fits."""
    subject: str = ""
    """The point, topic, goal or template that it is about."""
    urgent: bool = False
    """It cannot wait for the rule's turn."""
    to: frozenset[Side] | None = None
    """Narrows the rule's audience."""


Condition = Callable[[Seen], Finding | None]
Silence = Callable[[Seen], bool]


def never(_: Seen) -> bool:
    """No false positive is known."""
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule of good talks."""

    rule_id: RuleId
    condition: Condition
    false_positive: Silence = never
    """True where the condition holds and yet nothing is to be said."""
    window: timedelta | None = None
    """How far back it looks, where that is a time."""
    min_data: int = 0
    """Held talks that it needs."""
    audience: frozenset[Side]
    channel: Channel
    step: Step
    cooldown: timedelta = COOLDOWN
    once_a_manager: bool = False
    """The cooldown runs over all pairs of the manager."""
    relations: frozenset[Relation] = DIRECT
    on: bool = True
    """Unless the company or the pair says otherwise."""
    reads_text: bool = False
    exempt: frozenset[Guard] = frozenset()
    name: Label
    """What it looks for, in a list of rules."""
    texts: Mapping[str, Words]
    why: Label
    evidence: Label
    source: str

    def words(self, variant: str, side: Side) -> Words:
        """Return what is said to this one of the two."""
        return self.texts.get(f"{variant}_{side}") or self.texts[variant]
