"""A thousand merges dealt by number: what comes of each is what came of it before.

A change that is wanted: `python -m tests.core.body.test_dealt` writes the new outcomes down, and
`python -m tests.core.body.test_dealt 17` shows what comes of one.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final

import pytest

from tests.core.body.dealt.merges import Merge, digest

FILE: Final = Path(__file__).parent / "dealt" / "outcomes.txt"
MANY: Final = 1200
HAND: Final = 12
"""Merges that are one test."""


def known() -> list[str]:
    """Return the outcomes that are wanted."""
    return FILE.read_text("utf-8").split()


@pytest.mark.parametrize("first", range(0, MANY, HAND))
def test_what_comes_of_a_merge_is_what_came_of_it_before(first: int) -> None:
    wanted = known()
    for number in range(first, first + HAND):
        assert digest(Merge(number).outcome()) == wanted[number], f"merge {number}: see above"


if __name__ == "__main__":
    if sys.argv[1:]:
        print(Merge(int(sys.argv[1])).outcome())
    else:
        FILE.write_text("".join(digest(Merge(n).outcome()) + "\n" for n in range(MANY)), "utf-8")
