"""A template: the blueprint of an agenda."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, model_validator

from core.content.prompts import Prompt
from core.content.texts import Content, Line, Slug, Words
from core.model.agenda import SectionKind, Visibility

Language = Literal["de", "en"]


class Anchor(StrEnum):
    """What a template waits for."""

    DEFAULT = "default"
    """Every talk, where nothing else is chosen."""
    CHOSEN = "chosen"
    """Only where a person picks it."""
    EMPTY_AGENDA = "empty_agenda"
    FIRST_TALK = "first_talk"
    EMPLOYMENT_START = "employment_start"
    PROBATION_END = "probation_end"
    CYCLE_MIDDLE = "cycle_middle"
    CYCLE_END = "cycle_end"
    LEAVE_END = "leave_end"
    REVIEW = "review"
    MANAGER_CHANGE = "manager_change"
    LAST_DAY = "last_day"
    WEEKS_SINCE = "weeks_since"
    """So many weeks after it was last used."""
    EVERY_NTH = "every_nth"
    """Each so many held talks."""


DATED = frozenset(
    {
        Anchor.EMPLOYMENT_START,
        Anchor.PROBATION_END,
        Anchor.CYCLE_MIDDLE,
        Anchor.CYCLE_END,
        Anchor.LEAVE_END,
        Anchor.REVIEW,
        Anchor.MANAGER_CHANGE,
        Anchor.LAST_DAY,
    }
)
"""Anchors that are a day: the template fits from `from_day` to `to_day` around it."""

COUNTED = frozenset({Anchor.WEEKS_SINCE, Anchor.EVERY_NTH})
"""Anchors that need `every`."""


class Relation(StrEnum):
    """What the two are to each other."""

    REPORT = "report"
    """Manager and direct report."""
    SKIP_LEVEL = "skip_level"
    MENTORING = "mentoring"
    PEER = "peer"


class FirstSide(StrEnum):
    """Who starts in a section."""

    REPORT = "report"
    MANAGER = "manager"
    BOTH = "both"


class ItemType(StrEnum):
    """What a point in a section may be."""

    POINT = "point"
    UPDATE = "update"
    OBSTACLE = "obstacle"
    CHALLENGE = "challenge"
    FEEDBACK_UP = "feedback_up"
    FEEDBACK_DOWN = "feedback_down"
    PERFORMANCE = "performance"
    THANKS = "thanks"
    GOAL = "goal"
    LEARNING_WISH = "learning_wish"
    UNCLEAR = "unclear"
    ACTION_ITEM = "action_item"


class PointField(StrEnum):
    """A part of a point that a company's template might ask for; ours never does."""

    PROBLEM = "problem"
    IDEAS = "ideas"
    HELP_WANTED = "help_wanted"
    SOLUTION = "solution"
    NEXT_STEP = "next_step"


class Trigger(Content):
    """When a template is offered."""

    on: Anchor
    from_day: Annotated[int, Field(ge=-400, le=400)] | None = None
    to_day: Annotated[int, Field(ge=-400, le=400)] | None = None
    every: Annotated[int, Field(ge=1, le=520)] | None = None
    remote_only: bool = False

    @model_validator(mode="after")
    def _complete(self) -> Trigger:
        days = (self.from_day, self.to_day)
        if (self.on in DATED) != (None not in days) or (
            self.on not in DATED and days != (None, None)
        ):
            raise ValueError(
                f"{self.on}: from_day and to_day belong to dated triggers, both of them"
            )
        if self.from_day is not None and self.to_day is not None and self.from_day > self.to_day:
            raise ValueError("from_day comes before to_day")
        if (self.on in COUNTED) != (self.every is not None):
            raise ValueError(f"{self.on}: `every` belongs to counted triggers")
        return self


class Section(Content):
    """One part of the talk."""

    id: Slug
    kind: SectionKind = SectionKind.TOPIC
    title: Words
    minutes: Annotated[int, Field(ge=0, le=240)]
    """A suggestion."""
    first_side: FirstSide
    item_types: tuple[ItemType, ...] = (ItemType.POINT,)
    optional: bool = True
    requires: tuple[PointField, ...] = ()
    asks_manager: tuple[Slug, ...] = ()
    """Prompts that the manager may ask here."""
    raises_report: tuple[Slug, ...] = ()
    """Starters that the report may use here."""


class Template(Content):
    """The blueprint of an agenda: sections, who starts, and what may be asked."""

    id: Slug
    version: Annotated[int, Field(ge=1)]
    kind: Slug
    """Built-in templates: the same as the id. A company's own may be of a built-in kind."""
    title: Words
    purpose: Words
    """One line for both people; it stands above the agenda."""
    duration_min: Annotated[int, Field(ge=5, le=240)]
    triggers: Annotated[tuple[Trigger, ...], Field(min_length=1)]
    relations: tuple[Relation, ...] = ()
    """Empty: fits every pair."""
    visibility_default: Visibility = Visibility.SHARED
    languages: Annotated[tuple[Language, ...], Field(min_length=1)] = ("de", "en")
    max_points: Annotated[int, Field(ge=1, le=30)] | None = None
    """More open points than this: offer to park some."""
    location: Words | None = None
    sections: Annotated[tuple[Section, ...], Field(min_length=1)]
    prompts: tuple[Prompt, ...] = ()
    """A company's own, beside the bank's."""
    source: Line | None = None
    """Who wrote it, where a company shares it."""

    @model_validator(mode="after")
    def _names_once(self) -> Template:
        for names in ([s.id for s in self.sections], [p.id for p in self.prompts]):
            if len(names) != len(set(names)):
                raise ValueError("each section and prompt id stands once in a template")
        return self

    @property
    def prompt_ids(self) -> tuple[str, ...]:
        """Every prompt it names, in order."""
        return tuple(p for s in self.sections for p in (*s.asks_manager, *s.raises_report))
