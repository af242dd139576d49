"""A hint on wording, for the author alone and before anything is shared."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from core.content import wording
from core.content.texts import Texts, text_for


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


_WORDS: Final = {
    HintKind.TELLS: Texts(
        de_du="Als Frage klingt es offener: Was wäre aus deiner Sicht ein guter nächster Schritt?",
        de_sie="Als Frage klingt es offener: Was wäre aus Ihrer Sicht ein guter nächster Schritt?",
        en="As a question it sounds more open: what would be a good next step in your view?",
    ),
    HintKind.BLAMES: Texts(
        de_du="Vielleicht so: Was hat gefehlt, damit es gelingt?",
        de_sie="Vielleicht so: Was hat gefehlt, damit es gelingt?",
        en="Perhaps like this: what was missing for it to work out?",
    ),
    HintKind.CLOSED: Texts(
        de_du="Mit „Was“ oder „Wie“ am Anfang kommt meist mehr zurück.",
        de_sie="Mit „Was“ oder „Wie“ am Anfang kommt meist mehr zurück.",
        en='Starting with "what" or "how" usually brings back more.',
    ),
}


def wording_hints(text: str, locale: str) -> tuple[WordingHint, ...]:
    """Return at most one hint of each kind for a point before its author shares it."""
    checks = (
        (HintKind.BLAMES, wording.blames(text, locale)),
        (HintKind.TELLS, wording.tells(text, locale)),
        (HintKind.CLOSED, wording.closed_question(text, locale)),
    )
    return tuple(
        WordingHint(kind=kind, found=found, text=text_for(_WORDS[kind], locale))
        for kind, found in checks
        if found
    )
