"""Notes compared with notes: which are new, which are gone, which were put in other words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rapidfuzz.fuzz import ratio

from core.body.markers import marks_of, without_bullet
from core.body.words import clean, fold

_LIKE: Final = 70
"""From here on, of a hundred, a note is another's new wording."""


def place_of(note: str, kept: Sequence[str]) -> int | None:
    """Return where among an entry's notes one stands."""
    return next((n for n, known in enumerate(kept) if same_note(known, note)), None)


def reworded(note: str, kept: list[str], added: list[str]) -> bool:
    """Put the new wording of a note in its place, where it is clearly one."""
    at = place_of(note, kept)
    n = next((n for n, text in enumerate(added) if is_reworded(note, text)), None)
    if at is None or n is None:
        return False
    kept[at] = clean(added.pop(n))
    return True


def is_reworded(note: str, text: str) -> bool:
    """Tell whether a text is a note in other words: it holds it, or is much like it."""
    was, now = _note_key(note).casefold(), _note_key(text).casefold()
    return bool(was) and (was in now or ratio(was, now) >= _LIKE)


def minus(left: list[str], right: list[str]) -> list[str]:
    """Return what stands on the left more often than on the right."""
    taken = list(right)
    kept = []
    for text in left:
        at = place_of(text, taken)
        if at is None:
            kept.append(text)
        else:
            del taken[at]
    return kept


def same_note(one: str, other: str) -> bool:
    """Tell whether two notes say the same; a list's number that only one has says nothing."""
    if _note_key(one) != _note_key(other):
        return False
    numbers = marks_of(one).number, marks_of(other).number
    return 0 in numbers or numbers[0] == numbers[1]


def _note_key(text: str) -> str:
    """Return what identifies a note, with or without a bullet."""
    return fold(without_bullet(text))
