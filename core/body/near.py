"""For an entry that is not recognised yet, the few lines that it may have become."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property
from typing import Final, NamedTuple

from core.body.rows import Row, RowKind

_FEW: Final = 6
_NEAR: Final = 8
TITLE: Final = 60
"""From this length on a line is no title."""


class Slot(NamedTuple):
    """An entry to be recognised."""

    entry: str
    keys: Sequence[str]
    """How its line may read; the first is how it does read in the base."""
    section: int
    shown: str | None
    """Its words in the base; None: it was not shown there."""
    place: int = 0
    """Where among the base's rows it stood."""
    text: str = ""
    """Its own words, without what we write around them."""


def is_free(row: Row) -> bool:
    """Tell whether a line may still become an entry."""
    return row.kind is RowKind.WORDS and row.entry is None and row.heir is None and not row.twin


def is_listed(row: Row) -> bool:
    """Tell whether a box, a bullet or a list makes a line one of many."""
    return row.marks.box or row.marks.bullet or row.line.item


class Near:
    """Finds for an entry the few lines that it may have become."""

    def __init__(self, rows: Sequence[Row], slots: Sequence[Slot]) -> None:
        self.free = [n for n, row in enumerate(rows) if is_free(row)]
        place = {r.entry: n for n, r in enumerate(rows) if r.entry is not None}
        self.place: dict[str, int] = {}
        last = -1
        for slot in sorted((s for s in slots if s.shown is not None), key=lambda s: s.place):
            last = place.get(slot.entry, last + 1)
            self.place[slot.entry] = last
        self.rows = rows

    @cached_property
    def by_word(self) -> dict[str, list[int]]:
        """Return the free rows in which a word stands."""
        found: dict[str, list[int]] = defaultdict(list)
        for n in self.free:
            for word in dict.fromkeys(self.rows[n].words.casefold().split()):
                found[word].append(n)
        return found

    def expected(self, slot: Slot) -> int:
        """Return the row in which the entry should stand."""
        return self.place[slot.entry]

    def candidates(self, slot: Slot) -> list[int]:
        """Return a few rows: the nearest, and those that share rare words."""
        at = _first_above(self.free, self.expected(slot) - _NEAR)
        found = self.free[at : at + 2 * _NEAR]
        words = list(dict.fromkeys((slot.shown or "").casefold().split()))
        words = sorted((w for w in words if w in self.by_word), key=self._rarity)
        for word in words[:_FEW]:
            if len(self.by_word[word]) <= _NEAR * 4:
                found += self.by_word[word][:_NEAR]
        return list(dict.fromkeys(found))

    def _rarity(self, word: str) -> tuple[int, str]:
        return len(self.by_word[word]), word


def _first_above(free: Sequence[int], low: int) -> int:
    left, right = 0, len(free)
    while left < right:
        middle = (left + right) // 2
        if free[middle] <= low:
            left = middle + 1
        else:
            right = middle
    return left
