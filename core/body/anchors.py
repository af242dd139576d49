"""Which lines of one text stand in another in the same order: the frame for all recognising."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Final, NamedTuple

_GRID: Final = 1_600
"""Cells up to which a gap without unique lines is solved exactly."""
_DEPTH: Final = 24
_OTHER_RANK: Final = 0.75
"""What the same words are worth where one line is a point and the other a note."""


class _Gap(NamedTuple):
    """A stretch of both texts that is not paired yet."""

    low: int
    high: int
    start: int
    stop: int
    depth: int


class Text(NamedTuple):
    """A text to be compared: its lines' words, and which of them stand below another line."""

    lines: Sequence[str]
    below: Sequence[bool]

    def like(self, at: int, other: Text, there: int) -> float:
        """Return how well two lines fit: the same words first of all."""
        if self.lines[at] != other.lines[there]:
            return 0.0
        return 1.0 if self.below[at] == other.below[there] else _OTHER_RANK


def anchors(before: Text, after: Text) -> dict[int, int]:
    """Return for lines of `after` the equal line of `before`; the order of both is kept.

    Equal edges first, then what is unique in both (patience diff), then each gap again: in
    linear time but for small gaps.
    """
    old, new = before.lines, after.lines
    found: dict[int, int] = {}
    gaps = [_Gap(0, len(old), 0, len(new), 0)]
    while gaps:
        gap = _without_edges(gaps.pop(), old, new, found)
        if gap.low >= gap.high or gap.start >= gap.stop:
            continue
        pairs = _unique(gap, old, new) if gap.depth < _DEPTH else []
        if not pairs:
            _exactly(gap, before, after, found)
            continue
        found.update((n, o) for o, n in pairs)
        low, start = gap.low, gap.start
        for o, n in [*pairs, (gap.high, gap.stop)]:
            gaps.append(_Gap(low, o, start, n, gap.depth + 1))
            low, start = o + 1, n + 1
    return found


def told_apart(
    old: Sequence[str], old_ticks: Sequence[bool], new: Sequence[str], new_ticks: Sequence[bool]
) -> tuple[list[str], list[str]]:
    """Tell lines of the same words apart by their ticks, where `old` shows both."""
    before = [*zip(old, old_ticks, strict=True)]
    both = {words for words, ticked in before if ticked} & {w for w, ticked in before if not ticked}
    after = zip(new, new_ticks, strict=True)
    return _named(before, both), _named(after, both)


def _named(lines: Iterable[tuple[str, bool]], both: Collection[str]) -> list[str]:
    return [f"{words} {ticked:d}" if words in both else words for words, ticked in lines]


def _without_edges(
    gap: _Gap, old: Sequence[str], new: Sequence[str], found: dict[int, int]
) -> _Gap:
    low, high, start, stop, depth = gap
    while low < high and start < stop and old[low] == new[start]:
        found[start] = low
        low, start = low + 1, start + 1
    while low < high and start < stop and old[high - 1] == new[stop - 1]:
        high, stop = high - 1, stop - 1
        found[stop] = high
    return _Gap(low, high, start, stop, depth)


def _unique(gap: _Gap, old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Return the longest run in order of the lines that stand once in both."""
    before = Counter(old[gap.low : gap.high])
    after = Counter(new[gap.start : gap.stop])
    place = {old[o]: o for o in range(gap.low, gap.high) if before[old[o]] == 1}
    pairs = [
        (place[new[n]], n)
        for n in range(gap.start, gap.stop)
        if new[n] in place and after[new[n]] == 1
    ]
    return _rising(pairs)


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest rising run of the first numbers (patience sorting)."""
    tops: list[int] = []
    ends: list[int] = []
    back: list[int] = []
    for n, (first, _) in enumerate(pairs):
        left, right = 0, len(tops)
        while left < right:
            middle = (left + right) // 2
            if tops[middle] < first:
                left = middle + 1
            else:
                right = middle
        back.append(ends[left - 1] if left else -1)
        tops[left : left + 1] = [first]
        ends[left : left + 1] = [n]
    run: list[tuple[int, int]] = []
    at = ends[-1] if ends else -1
    while at >= 0:
        run.append(pairs[at])
        at = back[at]
    return run[::-1]


def _exactly(gap: _Gap, before: Text, after: Text, found: dict[int, int]) -> None:
    """Pair the most lines that the order allows, where the gap is small."""
    rows, columns = gap.high - gap.low, gap.stop - gap.start
    if rows * columns > _GRID:
        return
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows - 1, -1, -1):
        for j in range(columns - 1, -1, -1):
            like = before.like(gap.low + i, after, gap.start + j)
            pair = like + best[i + 1][j + 1] if like else 0.0
            best[i][j] = max(pair, best[i + 1][j], best[i][j + 1])
    i = j = 0
    while i < rows and j < columns:
        like = before.like(gap.low + i, after, gap.start + j)
        if like and best[i][j] == like + best[i + 1][j + 1]:
            found[gap.start + j] = gap.low + i
            i, j = i + 1, j + 1
        elif best[i][j] == best[i][j + 1]:
            # What is new stands above what was there.
            j += 1
        else:
            i += 1
