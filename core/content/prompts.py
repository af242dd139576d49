"""A prompt: one question that a manager may ask, or one starter that a report may use."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from core.content.texts import Content, Label, Slug, Texts

MAX_CHARACTERS = 110


class Topic(StrEnum):
    """What a prompt is about."""

    WELLBEING = "wellbeing"
    OBSTACLES = "obstacles"
    PRIORITIES = "priorities"
    GOALS = "goals"
    FEEDBACK_DOWN = "feedback_down"
    """From the manager to the report."""
    FEEDBACK_UP = "feedback_up"
    DEVELOPMENT = "development"
    CAREER = "career"
    RECOGNITION = "recognition"
    TEAM = "team"
    COMPANY = "company"
    PRODUCT = "product"
    WORKLOAD = "workload"
    AUTONOMY = "autonomy"
    REMOTE = "remote"
    MEETING = "meeting"
    """The talk itself."""
    SMALL_TALK = "small_talk"


class Tag(StrEnum):
    """What a topic alone does not say."""

    SINCE_LAST = "since_last"
    LEARNING = "learning"
    GROWTH = "growth"
    MENTORING = "mentoring"
    SUPPORT = "support"
    EXPECTATIONS = "expectations"
    NAMES_A_PERSON = "names_a_person"
    """Likely to name a third person: better kept out of the event."""


class PromptSide(StrEnum):
    """Whose words these are."""

    ASKS_MANAGER = "asks_manager"
    RAISES_REPORT = "raises_report"


class Form(StrEnum):
    """How it can be answered."""

    OPEN = "open"
    CHOICE = "choice"


class Tone(StrEnum):
    """How it sounds."""

    WARM = "warm"
    NEUTRAL = "neutral"
    DIRECT = "direct"


class Stage(StrEnum):
    """How long the two have been talking."""

    FIRST = "first"
    EARLY = "early"
    """The first ninety days."""
    SETTLED = "settled"
    LEAVING = "leaving"


class Context(StrEnum):
    """A situation that a prompt needs; without one it fits every talk."""

    REMOTE = "remote"
    WALK = "walk"
    CRISIS = "crisis"
    ONBOARDING = "onboarding"
    GOAL_CYCLE = "goal_cycle"
    RETURN = "return"
    SUPPORT = "support"
    SKIP_LEVEL = "skip_level"
    MENTORING = "mentoring"
    REVIEW = "review"
    HANDOVER = "handover"
    OFFBOARDING = "offboarding"


class Status(StrEnum):
    """Whether a prompt is still offered."""

    ACTIVE = "active"
    RETIRED = "retired"
    """Kept so that old votes and templates still find it."""


class Prompt(Content):
    """One question or starter, in every language, with what to listen for."""

    id: Slug
    intent: Slug
    """What it wants to find out: prompts of one intent rest together."""
    covers: tuple[Annotated[str, Field(pattern=r"^SD-\d\d$")], ...] = ()
    """Capabilities of the requirements list that it stands for."""
    topics: Annotated[tuple[Topic, ...], Field(min_length=1)]
    """The first one is its home."""
    tags: tuple[Tag, ...] = ()
    side: PromptSide
    depth: Annotated[int, Field(ge=1, le=3)]
    form: Form = Form.OPEN
    tone: Tone = Tone.WARM
    stages: tuple[Stage, ...] = ()
    """Empty: any."""
    sensitivity: Annotated[int, Field(ge=0, le=2)] = 0
    """2 (pay, health, conflict, leaving) never goes into an event's body."""
    min_gap_days: Annotated[int, Field(ge=0, le=730)] = 42
    contexts: tuple[Context, ...] = ()
    """Empty: any; else one of these has to be there."""
    text: Texts
    listen: Label
    """What to listen for, for the one who hears the answer."""
    alternatives: tuple[Slug, ...] = ()
    """Prompts that may stand in for it."""
    status: Status = Status.ACTIVE


class PromptFile(Content):
    """The prompts of one topic, as a file holds them."""

    version: Annotated[int, Field(ge=1)]
    topic: Topic
    prompt: tuple[Prompt, ...]
