"""Notes compared with notes: which are new, which are gone, which were put in other words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from rapidfuzz.fuzz import ratio

from core.body.markers import marks_of, without_bullet
from core.body.remembered import remembered
from core.body.words import clean, fold

_LIKE: Final = 70
"""From here on, of a hundred, a note is another's new wording."""


def place_of(note: str, kept: Sequence[str]) -> int | None:
    """Return where among an entry's notes one stands."""
    return next((n for n, known in enumerate(kept) if same_note(known, note)), None)


def reworded(note: str, kept: list[str], added: list[str]) -> bool:
    """Put the new wording of a note in its place, where it is clearly one."""
    n = next((n for n, text in enumerate(added) if is_reworded(note, text)), None)
    at = place_of(note, kept)
    if at is None or n is None:
        return False
    kept[at] = clean(added.pop(n))
    return True


def is_reworded(note: str, text: str) -> bool:
    """Tell whether a text is a note in other words: it holds it, or is much like it."""
    was, now = _note_key(note).casefold(), _note_key(text).casefold()
    return bool(was) and (was in now or ratio(was, now) >= _LIKE)


def minus(left: Sequence[str], right: Sequence[str]) -> list[str]:
    """Return what stands on the left more often than on the right."""
    taken: dict[str, list[str]] = defaultdict(list)
    for text in right:
        taken[_note_key(text)].append(text)
    kept = []
    for text in left:
        alike = taken.get(_note_key(text), [])
        at = next((n for n, one in enumerate(alike) if _same_number(one, text)), None)
        if at is None:
            kept.append(text)
        else:
            del alike[at]
    return kept


def same_note(one: str, other: str) -> bool:
    """Tell whether two notes say the same; a list's number that only one has says nothing."""
    return _note_key(one) == _note_key(other) and _same_number(one, other)


def _same_number(one: str, other: str) -> bool:
    numbers = marks_of(one).number, marks_of(other).number
    return 0 in numbers or numbers[0] == numbers[1]


@remembered
def _note_key(text: str) -> str:
    """Return what identifies a note, with or without a bullet."""
    return fold(without_bullet(text) or text)
