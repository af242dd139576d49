"""Recognise entries in a body by text, order and section: exact first, then what is like them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final, NamedTuple

from rapidfuzz.fuzz import ratio

from core.body.lexicon import Lexicon
from core.body.rows import Row, RowKind
from core.body.words import bare

LIKE: Final = 0.62
"""From here on a line is an edit of another."""
LIKE_IN_PLACE: Final = 0.42
"""The same for a line with a box in the very place of the other."""
_FEW: Final = 6
_NEAR: Final = 8


class Slot(NamedTuple):
    """An entry to be recognised."""

    entry: str
    keys: Sequence[str]
    section: int
    shown: str | None
    """Its words in the base; None: it was not shown there."""
    place: int = 0
    """Where among the base's rows it stood."""


def match_exactly(rows: Sequence[Row], slots: Sequence[Slot], lexicon: Lexicon) -> None:
    """Give rows their entries where the words are the same; twins go by section and order."""
    by_key: dict[str, list[int]] = defaultdict(list)
    for n, row in enumerate(rows):
        if row.kind is RowKind.WORDS and row.entry is None:
            by_key[lexicon.key(row.words)].append(n)
    waiting: dict[str, list[Slot]] = defaultdict(list)
    for slot in slots:
        known = next((k for k in slot.keys if k in by_key), None)
        if known is not None:
            waiting[known].append(slot)
    for known, wanted in waiting.items():
        _pair(rows, by_key[known], wanted)


def _pair(rows: Sequence[Row], found: list[int], wanted: list[Slot]) -> None:
    free = [n for n in found if rows[n].entry is None]
    left: list[Slot] = []
    if len(wanted) > 1 or len(free) > 1:
        by_section: dict[int, list[int]] = defaultdict(list)
        for n in sorted(free, key=lambda n: (not rows[n].marks.box, n)):
            by_section[rows[n].section].append(n)
        for slot in wanted:
            same = by_section[slot.section]
            if same:
                rows[same.pop(0)].entry = slot.entry
            else:
                left.append(slot)
        free = sorted(n for n in free if rows[n].entry is None)
        free.sort(key=lambda n: not rows[n].marks.box)
    else:
        left = wanted
    for slot, n in zip(left, free, strict=False):
        rows[n].entry = slot.entry


def match_split(rows: Sequence[Row], slots: Sequence[Slot]) -> None:
    """Recognise a line that somebody broke in two: the first half is the entry."""
    whole = {bare(slot.shown): slot for slot in slots if slot.shown}
    free = [r for r in rows if r.kind is RowKind.WORDS and r.entry is None]
    for one, other in zip(free, free[1:], strict=False):
        if one.entry is not None or other.heir is not None:
            continue
        slot = whole.get(bare(one.words) + bare(other.words))
        if slot is not None and bare(one.words) and bare(other.words):
            one.entry, other.heir = slot.entry, slot.entry
            del whole[bare(slot.shown or "")]


def match_alike(rows: Sequence[Row], slots: Sequence[Slot], lexicon: Lexicon) -> None:
    """Recognise edited lines: the best pairs first, so that the result never depends on luck."""
    free = [n for n, r in enumerate(rows) if r.kind is RowKind.WORDS and _is_free(r)]
    waiting = [s for s in slots if s.shown is not None]
    if not free or not waiting:
        return
    found: list[tuple[float, int, int, int]] = []
    near = _Near(rows, free, slots)
    for at, slot in enumerate(waiting):
        for n in near.candidates(slot, lexicon):
            score = _likeness(slot, rows[n], lexicon, in_place=near.in_place(slot, n))
            if score:
                found.append((-score, abs(near.expected(slot) - n), n, at))
    taken: set[str] = set()
    for _, _, n, at in sorted(found):
        if rows[n].entry is None and waiting[at].entry not in taken:
            rows[n].entry = waiting[at].entry
            taken.add(waiting[at].entry)


def _is_free(row: Row) -> bool:
    return row.entry is None and row.heir is None


def _likeness(slot: Slot, row: Row, lexicon: Lexicon, *, in_place: bool) -> float:
    one, other = lexicon.key(slot.shown or ""), lexicon.key(row.words)
    alike = ratio(one, other) / 100
    if alike < LIKE and min(len(one), len(other)) >= 8 and (one in other or other in one):
        alike = LIKE
    if alike >= LIKE:
        return alike + (0.1 if in_place else 0) + (0.05 if row.section == slot.section else 0)
    if in_place and row.marks.box and alike >= LIKE_IN_PLACE:
        return alike
    return 0.0


class _Near:
    """Finds for an entry the few lines that it may have become."""

    def __init__(self, rows: Sequence[Row], free: Sequence[int], slots: Sequence[Slot]) -> None:
        self.rows = rows
        self.free = free
        self.place = {r.entry: n for n, r in enumerate(rows) if r.entry is not None}
        self.by_word: dict[str, list[int]] = defaultdict(list)
        for n in free:
            for word in set(rows[n].words.casefold().split()):
                self.by_word[word].append(n)
        self.anchors = sorted(
            (slot.place, self.place[slot.entry]) for slot in slots if slot.entry in self.place
        )
        self.gaps: dict[str, tuple[int, int]] = {}

    def gap(self, slot: Slot) -> tuple[int, int]:
        """Return between which recognised rows the entry should stand."""
        known = self.gaps.get(slot.entry)
        if known is None:
            low, high = _around(self.anchors, slot.place)
            known = self.gaps[slot.entry] = (low, high if high >= 0 else len(self.rows))
        return known

    def expected(self, slot: Slot) -> int:
        """Return the row before which the entry stood."""
        return self.gap(slot)[0] + 1

    def in_place(self, slot: Slot, n: int) -> bool:
        """Tell whether a row stands where the entry stood."""
        low, high = self.gap(slot)
        return low < n < high

    def candidates(self, slot: Slot, lexicon: Lexicon) -> list[int]:
        """Return a few rows, nearest and rarest words first."""
        low, high = self.gap(slot)
        start = _first_above(self.free, low)
        found = [n for n in self.free[start : start + _NEAR] if n < high]
        words = [w for w in set((slot.shown or "").casefold().split()) if w in self.by_word]
        words.sort(key=lambda w: (len(self.by_word[w]), w))
        for word in words[:_FEW]:
            if len(self.by_word[word]) <= _NEAR * 4:
                found += self.by_word[word][:_NEAR]
        return list(dict.fromkeys(found))


def _around(anchors: Sequence[tuple[int, int]], place: int) -> tuple[int, int]:
    low, high = 0, len(anchors)
    while low < high:
        middle = (low + high) // 2
        if anchors[middle][0] < place:
            low = middle + 1
        else:
            high = middle
    before = anchors[low - 1][1] if low else -1
    after = anchors[low][1] if low < len(anchors) else -1
    return before, after


def _first_above(free: Sequence[int], low: int) -> int:
    left, right = 0, len(free)
    while left < right:
        middle = (left + right) // 2
        if free[middle] <= low:
            left = middle + 1
        else:
            right = middle
    return left

