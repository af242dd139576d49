"""At most three questions for a talk: a light one, a neglected topic, the open challenge."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Final

from core.content.prompts import Context, Prompt, PromptSide, Stage, Status, Topic
from core.questions.bank import load_questions
from core.questions.history import History, LastTimes, Vote, last_times

BASE: Final = frozenset({Topic.WELLBEING, Topic.DEVELOPMENT, Topic.GOALS, Topic.OBSTACLES})
"""These come round within four talks."""

ROTATION: Final = BASE | {
    Topic.FEEDBACK_DOWN,
    Topic.FEEDBACK_UP,
    Topic.CAREER,
    Topic.RECOGNITION,
}
"""These must not fall short; the slot for a neglected topic takes from them."""


class Slot(StrEnum):
    """Why a question is among the three."""

    LIGHT = "light"
    NEGLECTED = "neglected"
    CHALLENGE = "challenge"


@dataclass(frozen=True, slots=True, kw_only=True)
class SelectionContext:
    """For whom and for which talk."""

    on: date
    side: PromptSide
    stage: Stage = Stage.SETTLED
    contexts: frozenset[Context] = frozenset()
    covered: frozenset[Topic] = frozenset()
    """Topics of the points that people wrote themselves for this talk."""
    challenge: Topic | None = None
    """Topic of the open challenge; None: ask after obstacles."""
    sensitivity: int = 0
    """How delicate a question may be without surprising anybody."""
    for_body: bool = True
    """True: the text may stand in an event, so nothing of sensitivity 2."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A prompt to offer; a person decides whether it goes onto the agenda."""

    prompt: Prompt
    slot: Slot


def suggest_questions(
    history: History,
    context: SelectionContext,
    seed: str,
    bank: Mapping[str, Prompt] | None = None,
) -> tuple[Suggestion, ...]:
    """Return at most three suggestions, the same ones for the same arguments."""
    known = load_questions() if bank is None else bank
    last = last_times(history, known)
    fitting = [p for p in known.values() if _may_be_offered(p, history, context, last)]
    rank = _ranking(history, context, last, seed)
    chosen: dict[Slot, Prompt] = {}
    for slot in (Slot.CHALLENGE, Slot.NEGLECTED, Slot.LIGHT):
        candidates = [p for p in fitting if _fits(p, slot, context) and _is_new(p, chosen)]
        if candidates:
            chosen[slot] = max(candidates, key=rank)
    return tuple(Suggestion(prompt=chosen[slot], slot=slot) for slot in Slot if slot in chosen)


def _may_be_offered(
    prompt: Prompt, history: History, context: SelectionContext, last: LastTimes
) -> bool:
    return (
        prompt.status is Status.ACTIVE
        and prompt.side is context.side
        and not (context.for_body and prompt.sensitivity == 2)
        and (not prompt.stages or context.stage in prompt.stages)
        and (not prompt.contexts or not context.contexts.isdisjoint(prompt.contexts))
        and context.covered.isdisjoint(prompt.topics)
        and history.votes.get(prompt.id) is not Vote.NOT_FOR_US
        and not _is_resting(prompt, last, context.on)
    )


def _is_resting(prompt: Prompt, last: LastTimes, today: date) -> bool:
    since = last.rested_since(prompt)
    return since is not None and today - since < timedelta(days=prompt.min_gap_days)


def _fits(prompt: Prompt, slot: Slot, context: SelectionContext) -> bool:
    match slot:
        case Slot.LIGHT:
            return prompt.depth == 1 and prompt.sensitivity == 0
        case Slot.NEGLECTED:
            return prompt.topics[0] in ROTATION
        case Slot.CHALLENGE:
            return (context.challenge or Topic.OBSTACLES) in prompt.topics


def _is_new(prompt: Prompt, chosen: Mapping[Slot, Prompt]) -> bool:
    """Three questions are about three things."""
    return all(
        other.topics[0] is not prompt.topics[0] and other.intent != prompt.intent
        for other in chosen.values()
    )


def _ranking(
    history: History, context: SelectionContext, last: LastTimes, seed: str
) -> Callable[[Prompt], tuple[int, int, int, str]]:
    def rank(prompt: Prompt) -> tuple[int, int, int, str]:
        topic = prompt.topics[0]
        score = (
            _neglect(topic, last.silent[topic])
            + 2 * (context.stage in prompt.stages)
            + bool(prompt.contexts)
            + (history.votes.get(prompt.id) is Vote.HELPED)
            - _recency(prompt, last, context.on)
            - 2 * max(0, prompt.sensitivity - context.sensitivity)
        )
        chance = sha256(f"{seed}:{prompt.id}".encode()).hexdigest()
        return _turn(topic, last.silent[topic]), score, last.silent[topic], chance

    return rank


def _turn(topic: Topic, talks_without: int) -> int:
    """Return 2 for a base topic whose turn it is, 1 for another of the rotation, else 0."""
    if topic in BASE and talks_without >= 3:
        return 2
    return int(topic in ROTATION and talks_without >= 6)


def _neglect(topic: Topic, talks_without: int) -> int:
    """Grade from 0 to 3; base topics count each talk, the rest of the rotation each second."""
    pace = 1 if topic in BASE else 2 if topic in ROTATION else 3
    return min(3, talks_without // pace)


def _recency(prompt: Prompt, last: LastTimes, today: date) -> int:
    offered = last.prompts.get(prompt.id)
    if offered is None:
        return 0
    return 2 if today - offered < timedelta(days=2 * prompt.min_gap_days) else 1
