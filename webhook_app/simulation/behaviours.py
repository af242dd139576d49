"""How made-up pairs behave, and what rules may rightly say to each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from core.content.texts import Label


class Behaviour(StrEnum):
    """How the two of a pair go about their talks."""

    REGULAR = "regular"
    DRIFTING = "drifting"
    COLLIDING = "colliding"
    EMPTY = "empty"
    FREE = "free"
    ONE_SIDED = "one_sided"
    CROWDED = "crowded"
    CARRYING = "carrying"
    PROMISING = "promising"
    STUCK = "stuck"
    ON_LEAVE = "on_leave"
    SHORT = "short"
    NEWS = "news"
    THIRD = "third"
    NEW = "new"
    ELSEWHERE = "elsewhere"
    REVIEW = "review"
    EDGE = "edge"


@dataclass(frozen=True, slots=True, kw_only=True)
class Portrait:
    """What a behaviour looks like, and what is rightly said to it."""

    words: Label
    expects: frozenset[str] = frozenset()
    """Rules that have a reason to speak; anything else is a false alarm."""
    share: int = 1
    """How many of a company's pairs, in parts."""


def _of(de: str, en: str, *expects: str, share: int = 1) -> Portrait:
    return Portrait(words=Label(de=de, en=en), expects=frozenset(expects), share=share)


UNWRITTEN: Final = ("R-15", "R-16")
"""Who writes little has neither feedback upwards nor development on the agenda."""

PORTRAITS: Final[Mapping[Behaviour, Portrait]] = {
    Behaviour.REGULAR: _of("regelmäßig und vorbereitet", "regular and prepared", share=14),
    Behaviour.DRIFTING: _of(
        "sagt ab dem zweiten Monat oft ab",
        "cancels often from the second month on",
        *("R-02", "R-03", "R-05", "R-06", "R-13", "R-16", "R-18", "R-20"),
        share=4,
    ),
    Behaviour.COLLIDING: _of(
        "verschiebt oft am selben Tag", "moves often on the day", "R-05", share=3
    ),
    Behaviour.EMPTY: _of("schreibt nichts auf", "writes nothing down", "R-06", *UNWRITTEN, share=3),
    Behaviour.FREE: _of(
        "redet frei und hat es gesagt", "talks freely and said so", *UNWRITTEN, share=2
    ),
    Behaviour.ONE_SIDED: _of(
        "nur die Führungskraft schreibt",
        "only the manager writes",
        *("R-07", "R-13", "R-14", *UNWRITTEN),
        share=3,
    ),
    Behaviour.CROWDED: _of(
        "zehn Punkte je Gespräch", "ten points a talk", "R-08", "R-13", *UNWRITTEN, share=2
    ),
    Behaviour.CARRYING: _of("ein Punkt reist mit", "one point travels along", "R-11", share=2),
    Behaviour.PROMISING: _of(
        "Zusagen bleiben liegen", "promises stay open", "R-12", "R-14", share=2
    ),
    Behaviour.STUCK: _of("ein Hindernis bleibt", "an obstacle stays", "R-18", "R-11", share=2),
    Behaviour.ON_LEAVE: _of(
        "zehn Wochen Pause, danach fehlt ein Thema",
        "ten weeks of leave, then a topic is missing",
        *("R-27", "R-13"),
        share=3,
    ),
    Behaviour.SHORT: _of(
        "fünfzehn Minuten alle zwei Wochen",
        "fifteen minutes every two weeks",
        "R-09",
        "R-15",
        "R-20",
        share=2,
    ),
    Behaviour.NEWS: _of("nur Infos", "news only", "R-10", *UNWRITTEN, share=2),
    Behaviour.THIRD: _of("eine dritte Person kommt dazu", "a third person joins", "R-22"),
    Behaviour.NEW: _of("neu im vierten Monat", "new in the fourth month", "R-01", "R-04", share=2),
    Behaviour.ELSEWHERE: _of(
        "spricht sich oft woanders und sagt es",
        "often talks elsewhere and says so",
        *("R-05", "R-18"),
    ),
    Behaviour.REVIEW: _of("Beurteilung im Halbjahr", "a review in the half-year", "R-29"),
    Behaviour.EDGE: _of(
        "Montag um acht, anfangs unvorbereitet",
        "Monday at eight, unprepared at first",
        *("R-21", "R-13"),
    ),
}


def cast(pairs: int) -> tuple[Behaviour, ...]:
    """Return a behaviour for each pair, mixed by the shares, the same for the same number."""
    parts = [b for b, portrait in PORTRAITS.items() for _ in range(portrait.share)]
    # A step that shares no factor with the length visits every part once a round.
    step = next(n for n in range(len(parts) // 3, len(parts)) if _coprime(n, len(parts)))
    return tuple(parts[(n * step) % len(parts)] for n in range(pairs))


def _coprime(one: int, other: int) -> bool:
    while other:
        one, other = other, one % other
    return one == 1
