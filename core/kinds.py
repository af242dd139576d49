"""The kind of a point, by the word in front of it: "Hindernis: ...", "Thanks: ...".

Only that one word is read. A point without it is simply a point.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from core.content.prompts import Topic
from core.content.template_model import ItemType
from core.content.texts import all_texts
from core.questions.bank import load_questions

_WORDS: Final = {
    ItemType.UPDATE: "update|info|fyi|zur info|stand|status|news|neu",
    ItemType.OBSTACLE: "hindernis|blocker|obstacle|problem|hürde",
    ItemType.CHALLENGE: "herausforderung|challenge",
    ItemType.FEEDBACK_UP: "feedback an dich|feedback an sie|feedback nach oben|feedback up"
    "|feedback for you",
    ItemType.FEEDBACK_DOWN: "feedback|rückmeldung",
    ItemType.PERFORMANCE: "leistung|performance",
    ItemType.THANKS: "danke|dank|thanks|thank you|win|erfolg|lob|kudos",
    ItemType.GOAL: "ziel|goal|okr",
    ItemType.LEARNING_WISH: "lernwunsch|lernen|learning wish|learning|weiterbildung",
    ItemType.UNCLEAR: "unklar|unclear",
}
_MARK: Final = {
    kind: re.compile(rf"^\W*(?:{words})\s*:", re.IGNORECASE) for kind, words in _WORDS.items()
}
TOPICS: Final = {
    ItemType.OBSTACLE: Topic.OBSTACLES,
    ItemType.CHALLENGE: Topic.OBSTACLES,
    ItemType.FEEDBACK_UP: Topic.FEEDBACK_UP,
    ItemType.FEEDBACK_DOWN: Topic.FEEDBACK_DOWN,
    ItemType.PERFORMANCE: Topic.FEEDBACK_DOWN,
    ItemType.THANKS: Topic.RECOGNITION,
    ItemType.GOAL: Topic.GOALS,
    ItemType.LEARNING_WISH: Topic.DEVELOPMENT,
    ItemType.UNCLEAR: Topic.PRIORITIES,
}


@cache
def _asked() -> Mapping[str, frozenset[Topic]]:
    """Topics of our own questions, by their words: a point that is one of them has them too."""
    return {
        text: frozenset(prompt.topics)
        for prompt in load_questions().values()
        for _, text in all_texts(prompt.text)
    }


def topics_of(text: str) -> frozenset[Topic]:
    """Return what a point is about, as far as its first word or our question bank says."""
    topic = TOPICS.get(kind_of(text))
    return frozenset({topic}) if topic else _asked().get(text.strip(), frozenset())


def kind_of(text: str) -> ItemType:
    """Return what a point is, by its first word."""
    found = (kind for kind, mark in _MARK.items() if mark.match(text))
    return next(found, ItemType.POINT)
