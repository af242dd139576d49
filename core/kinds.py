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
from core.model.people import Side
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

_FIRST: Final = {
    ItemType.OBSTACLE: ("Hindernis", "Obstacle"),
    ItemType.CHALLENGE: ("Herausforderung", "Challenge"),
    ItemType.THANKS: ("Danke", "Thanks"),
    ItemType.FEEDBACK_UP: ("Feedback an dich", "Feedback for you"),
    ItemType.FEEDBACK_DOWN: ("Feedback", "Feedback"),
    ItemType.PERFORMANCE: ("Leistung", "Performance"),
    ItemType.GOAL: ("Ziel", "Goal"),
    ItemType.LEARNING_WISH: ("Lernwunsch", "Learning wish"),
    ItemType.UNCLEAR: ("Unklar", "Unclear"),
    ItemType.UPDATE: ("Info", "Info"),
}
"""The word that we put in front of a point, in German and in English."""

_REPORTS: Final = (ItemType.FEEDBACK_UP,)
_MANAGERS: Final = (ItemType.FEEDBACK_DOWN,)


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


def words_of_kinds(locale: str, side: Side) -> Mapping[ItemType, str]:
    """Return the kinds that one side may choose, each with its first word."""
    others = _MANAGERS if side is Side.REPORT else _REPORTS
    return {kind: _first(kind, locale) for kind in _FIRST if kind not in others}


def marked(text: str, kind: ItemType, locale: str) -> str:
    """Return the words with the first word of a kind; of none for a plain point.

    What is of that kind already stays as it was written.
    """
    known = kind_of(text)
    if known is kind:
        return text
    bare = _MARK[known].sub("", text, count=1).strip() if known in _MARK else text
    return f"{_first(kind, locale)}: {bare or text}" if kind in _FIRST else bare or text


def _first(kind: ItemType, locale: str) -> str:
    german, english = _FIRST[kind]
    if not locale.startswith("de"):
        return english
    return german.replace("dich", "Sie") if locale == "de-Sie" else german
