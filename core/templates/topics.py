"""What a talk was about, as its template's sections say it: no word of people's is read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from core.content.prompts import Context, Topic
from core.content.template_model import ItemType, Template
from core.content.texts import text_for
from core.model.agenda import Agenda, Section, SectionKind, TalkingPoint

TOPIC_OF: Final[Mapping[ItemType, Topic]] = {
    ItemType.OBSTACLE: Topic.OBSTACLES,
    ItemType.CHALLENGE: Topic.OBSTACLES,
    ItemType.FEEDBACK_UP: Topic.FEEDBACK_UP,
    ItemType.FEEDBACK_DOWN: Topic.FEEDBACK_DOWN,
    ItemType.THANKS: Topic.RECOGNITION,
    ItemType.GOAL: Topic.GOALS,
    ItemType.LEARNING_WISH: Topic.DEVELOPMENT,
}

KINDS: Final[Mapping[str, frozenset[Topic]]] = {
    "career": frozenset({Topic.CAREER, Topic.DEVELOPMENT}),
    "feedback": frozenset({Topic.FEEDBACK_UP, Topic.FEEDBACK_DOWN}),
    "goals": frozenset({Topic.GOALS}),
    "support": frozenset({Topic.WELLBEING, Topic.WORKLOAD}),
    "remote": frozenset({Topic.REMOTE, Topic.WELLBEING}),
}

CONTEXTS: Final[Mapping[str, Context]] = {
    "walk": Context.WALK,
    "onb_7": Context.ONBOARDING,
    "onb_30": Context.ONBOARDING,
    "onb_60": Context.ONBOARDING,
    "onb_90": Context.ONBOARDING,
    "goals": Context.GOAL_CYCLE,
    "return": Context.RETURN,
    "support": Context.SUPPORT,
    "skip": Context.SKIP_LEVEL,
    "mentoring": Context.MENTORING,
    "review_prep": Context.REVIEW,
    "handover": Context.HANDOVER,
    "offboarding": Context.OFFBOARDING,
    "remote": Context.REMOTE,
}


def topics_of(agenda: Agenda, template: Template | None) -> frozenset[Topic]:
    """Return the topics of the points that people wrote: by the section they stand in."""
    if template is None:
        return frozenset()
    found: set[Topic] = set()
    for section in agenda.sections:
        if any(isinstance(e, TalkingPoint) for e in section.entries):
            found |= _section_topics(section, template)
    return frozenset(found)


def held_topics(agenda: Agenda, template: Template | None) -> frozenset[Topic]:
    """Return the topics of a talk that took place: a talk about careers was about careers."""
    kind = KINDS.get(template.kind, frozenset()) if template else frozenset()
    return topics_of(agenda, template) | kind


def _section_topics(section: Section, template: Template) -> set[Topic]:
    """A section that takes points of all kinds says nothing about its points."""
    if section.kind is not SectionKind.TOPIC:
        return set()
    english = dict(section.titles).get("en")
    for known in template.sections:
        if (
            english
            and english == text_for(known.title, "en")
            and ItemType.POINT not in known.item_types
        ):
            return {TOPIC_OF[t] for t in known.item_types if t in TOPIC_OF}
    return set()
