"""Thousands of small cases dealt by number: what comes of each is what came of it before.

After a change that is wanted, `python -m tests.core.body.test_dealt` writes the new outcomes down;
`python -m tests.core.body.test_dealt merges 17` shows one of them, before the change and behind it.
"""

from __future__ import annotations

import sys

import pytest

from tests.core.body.dealt.decks import DECKS, Case, known, pick, picked, write

HANDS = [(name, first) for name, deck in DECKS.items() for first in range(0, deck.many, deck.hand)]


@pytest.mark.parametrize(("name", "first"), HANDS)
def test_what_comes_of_it_is_what_came_of_it_before(name: str, first: int) -> None:
    deck = DECKS[name]

    assert deck.digest(first) == known(name)[first // deck.hand], f"see above: {name} {first}"


@pytest.mark.parametrize(("case", "digest"), picked().items())
def test_what_comes_of_a_picked_case_is_what_came_of_it_before(case: Case, digest: str) -> None:
    assert case.digest() == digest, f"see above: {case.deck} {case.number}"


if __name__ == "__main__":
    if sys.argv[1:]:
        print(DECKS[sys.argv[1]].outcome(int(sys.argv[2])))
    else:
        for deck in DECKS:
            write(deck)
        pick()
