"""What is dealt by number, how many of each, and what is known of what came of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Final, NamedTuple

from tests.core.body.dealt import bodies, lines, matches
from tests.core.body.dealt.merges import Merge

FOLDER: Final = Path(__file__).parent


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


def known(name: str) -> list[str]:
    """Return the digests that are wanted."""
    return (FOLDER / f"{name}.txt").read_text("utf-8").split()


def write(name: str) -> None:
    """Write down what comes of each hand now."""
    deck = DECKS[name]
    rows = [deck.digest(first) + "\n" for first in range(0, deck.many, deck.hand)]
    (FOLDER / f"{name}.txt").write_text("".join(rows), "utf-8")
