"""A hint on wording, for the author alone and before anything is shared."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from core.content import wording
from core.content.loading import load_words
from core.content.texts import text_for


class HintKind(StrEnum):
    """What a wording does."""

    TELLS = "tells"
    """It says what to do, where asking would open more."""
    BLAMES = "blames"
    CLOSED = "closed"
    """A bare yes or no would answer it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingHint:
    """One offer to put it differently."""

    kind: HintKind
    found: str
    """The author's own words; never leaves the server."""
    text: str


def wording_hints(text: str, locale: str) -> tuple[WordingHint, ...]:
    """Return at most one hint of each kind for a point before its author shares it."""
    checks = (
        (HintKind.BLAMES, wording.blames(text, locale)),
        (HintKind.TELLS, wording.tells(text, locale)),
        (HintKind.CLOSED, wording.closed_question(text, locale)),
    )
    words = load_words("hints")
    return tuple(
        WordingHint(kind=kind, found=found, text=text_for(words[kind], locale))
        for kind, found in checks
        if found
    )
