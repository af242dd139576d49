"""Lines of two texts that are surely the same: the frame in which all others are looked for."""

from __future__ import annotations

from itertools import combinations, permutations

import pytest

from core.body.anchors import Text, anchors, told_apart


def framed(old: str, new: str) -> dict[int, int]:
    """Return the anchors of two texts with a letter a line; a capital stands below another."""
    texts = [Text([*text.lower()], [letter.isupper() for letter in text]) for text in (old, new)]
    return anchors(*texts)


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("abc", "abc", {0: 0, 1: 1, 2: 2}),
        ("abc", "axbc", {0: 0, 2: 1, 3: 2}),
        ("", "abc", {}),
        ("xay", "paAq", {1: 1}),
        ("xAy", "paAq", {2: 1}),
        ("xay", "pAq", {1: 1}),
        # What is new stands above what was there.
        ("xay", "paaq", {2: 1}),
        ("xaay", "paq", {1: 1}),
        ("xbxba", "bnbnana", {0: 1, 2: 3, 6: 4}),
        ("xbxbaaay", "paaabb", {1: 4, 2: 5, 3: 6}),
        # What is unique in a gap may stand elsewhere too: it is no line of the gap.
        ("eabu1a2b3", "fabu9b8a7", {1: 1, 2: 2, 3: 3, 7: 5}),
    ],
)
def test_equal_lines_in_the_same_order_are_the_same(
    old: str, new: str, found: dict[int, int]
) -> None:
    assert framed(old, new) == found


def test_equal_lines_are_told_apart_by_their_ticks_where_the_old_text_shows_both() -> None:
    old, new = ["a", "a", "b", "b", "c", "d"], ["a", "a", "b", "c", "d"]
    ticks = [True, False, True, True, False, True]
    names = told_apart(old, ticks, new, [False, True, False, True, False])

    assert names == (["a 1", "a 0", "b", "b", "c", "d"], ["a 0", "a 1", "b", "c", "d"])


def test_of_lines_that_changed_places_the_most_that_keep_their_order_stay() -> None:
    for order in permutations("12345"):
        kept = framed("x12345y", f"p{''.join(order)}q")
        rising = (n for n in range(6) for run in combinations(order, n) if [*run] == sorted(run))

        assert len(kept) == max(rising)
        assert [kept[n] for n in sorted(kept)] == sorted(kept.values())


def test_lines_without_a_unique_one_are_compared_where_they_are_few() -> None:
    few, more = framed("xa" * 20, "ay" * 20), framed("xa" * 20 + "x", "ay" * 20)

    assert few == {2 * n: 2 * n + 1 for n in range(20)}
    assert more == {}


def test_lines_that_become_unique_one_by_one_are_looked_for_in_24_rounds() -> None:
    old, new = (_nested(40, noise) for noise in ("x", "y"))
    found = anchors(Text(old, [False] * len(old)), Text(new, [False] * len(new)))

    assert {old[o] for o in found.values()} == {str(n) for n in range(16, 41)}
    assert len(found) == 2 * 24


def _nested(size: int, noise: str) -> list[str]:
    """Return lines of which one is unique, and above it such lines again."""
    lines = [noise, "0", noise]
    for n in range(1, size + 1):
        lines += [noise, str(n), noise, str(n - 1), noise]
    return lines
