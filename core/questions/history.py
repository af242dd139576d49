"""What a pair has been offered, has talked about, and has said of the questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeVar

from core.content.prompts import Prompt, Topic

K = TypeVar("K")


class Vote(StrEnum):
    """What a pair said about a question."""

    HELPED = "helped"
    NOT_FOR_US = "not_for_us"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """One time that a prompt was shown to the pair."""

    prompt_id: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldTalk:
    """A talk that took place, and the topics of its points."""

    on: date
    topics: frozenset[Topic] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """All of it, in any order."""

    offered: tuple[Offered, ...] = ()
    talks: tuple[HeldTalk, ...] = ()
    votes: Mapping[str, Vote] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class LastTimes:
    """When each prompt, intent and topic last came up."""

    prompts: Mapping[str, date]
    intents: Mapping[str, date]
    silent: Mapping[Topic, int]
    """Talks held since a topic was last written about or offered."""

    def rested_since(self, prompt: Prompt) -> date | None:
        """Return when it, a stand-in for it or one of the same intent was last offered."""
        days = [self.prompts.get(i) for i in (prompt.id, *prompt.alternatives)]
        days.append(self.intents.get(prompt.intent))
        return max((day for day in days if day is not None), default=None)


def last_times(history: History, bank: Mapping[str, Prompt]) -> LastTimes:
    """Sum a history up; prompts that the bank no longer has count for themselves alone."""
    prompts: dict[str, date] = {}
    intents: dict[str, date] = {}
    topics: dict[Topic, date] = {}
    for talk in history.talks:
        for topic in talk.topics:
            _keep_latest(topics, topic, talk.on)
    for offered in history.offered:
        _keep_latest(prompts, offered.prompt_id, offered.on)
        if known := bank.get(offered.prompt_id):
            _keep_latest(intents, known.intent, offered.on)
            _keep_latest(topics, known.topics[0], offered.on)
    silent = {
        topic: sum(talk.on > topics.get(topic, date.min) for talk in history.talks)
        for topic in Topic
    }
    return LastTimes(prompts=prompts, intents=intents, silent=silent)


def _keep_latest(days: dict[K, date], key: K, day: date) -> None:
    days[key] = max(day, days.get(key, day))
