"""What is dealt by number, how many of each, and what is known of what came of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

from tests.core.body.dealt import bodies, lines, matches
from tests.core.body.dealt.merges import Merge

FOLDER: Final = Path(__file__).parent
PICKED: Final = FOLDER / "picked.txt"


class Deck(NamedTuple):
    """Cases of one kind."""

    outcome: Callable[[int], str]
    many: int
    hand: int
    """Cases that are one test, with one digest."""

    def digest(self, first: int) -> str:
        """Return what the outcomes of a hand are known by."""
        told = "\n".join(self.outcome(number) for number in range(first, first + self.hand))
        return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:12]


DECKS: Final = {
    "merges": Deck(lambda number: Merge(number).outcome(), 1200, 12),
    "lines": Deck(lines.outcome, 1500, 30),
    "bodies": Deck(bodies.outcome, 1500, 30),
    "matches": Deck(matches.outcome, 1000, 25),
}


class Case(NamedTuple):
    """One case of a deck."""

    deck: str
    number: int

    def digest(self) -> str:
        """Return what its outcome is known by."""
        told = DECKS[self.deck].outcome(self.number)
        return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:12]


def known(name: str) -> list[str]:
    """Return the digests that are wanted."""
    return (FOLDER / f"{name}.txt").read_text("utf-8").split()


def write(name: str) -> None:
    """Write down what comes of each hand now."""
    deck = DECKS[name]
    rows = [deck.digest(first) + "\n" for first in range(0, deck.many, deck.hand)]
    (FOLDER / f"{name}.txt").write_text("".join(rows), "utf-8")


def picked() -> dict[Case, str]:
    """Return the cases behind the hands that notice a fault which nothing else noticed."""
    rows = [line.split() for line in PICKED.read_text("utf-8").splitlines()]
    return {Case(deck, int(number)): digest for deck, number, digest in rows}


def pick(*cases: Case) -> None:
    """Write down more of them, and what comes of all of them now."""
    both = sorted({*picked(), *cases})
    rows = [f"{case.deck} {case.number} {case.digest()}\n" for case in both]
    PICKED.write_text("".join(rows), "utf-8")
