"""Answers about short texts are remembered: one merge asks the same of a line again and again."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Final, TypeVar

_Answer = TypeVar("_Answer")
SHORT: Final = 300
"""Longer texts are rare, and nobody should fill the memory with them."""
MOST: Final = 2_048


def remembered(rule: Callable[[str], _Answer]) -> Callable[[str], _Answer]:
    """Ask a pure rule about each short text once."""
    known = lru_cache(maxsize=MOST)(rule)

    @wraps(rule)
    def answer(text: str) -> _Answer:
        return known(text) if len(text) <= SHORT else rule(text)

    return answer
