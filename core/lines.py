"""What a line below an entry is, by its first word: "Beschluss: ...", "Idea: ...", "Help: ..."."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Final


class LineKind(StrEnum):
    """What somebody wrote a line as."""

    NOTE = "note"
    DECISION = "decision"
    IDEA = "idea"
    HELP = "help"
    """What would help."""


_WORDS: Final = {
    LineKind.DECISION: "beschluss|entscheidung|decision|decided",
    LineKind.IDEA: "idee|möglichkeit|idea|option",
    LineKind.HELP: "hilfe|help",
}
_MARK: Final = {
    kind: re.compile(rf"^(?:{words}):\s*", re.IGNORECASE) for kind, words in _WORDS.items()
}
_FIRST: Final = {
    LineKind.DECISION: ("Beschluss", "Decision"),
    LineKind.IDEA: ("Idee", "Idea"),
    LineKind.HELP: ("Hilfe", "Help"),
}


def line_kind(line: str) -> LineKind:
    """Return what a line is."""
    found = (kind for kind, mark in _MARK.items() if mark.match(line))
    return next(found, LineKind.NOTE)


def bare_line(line: str) -> str:
    """Return a line without the word that says what it is."""
    mark = _MARK.get(line_kind(line))
    return mark.sub("", line, count=1).strip() if mark else line.strip()


def marked_line(text: str, kind: LineKind, locale: str) -> str:
    """Return a line with the word in front that says what it is."""
    if kind is LineKind.NOTE or line_kind(text) is kind:
        return text
    german, english = _FIRST[kind]
    return f"{german if locale.startswith('de') else english}: {text}"
