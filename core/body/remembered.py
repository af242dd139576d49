"""Answers about short texts are remembered: one merge asks the same of a line again and again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

_Answer = TypeVar("_Answer")
SHORT: Final = 300
"""Longer texts are rare, and nobody should fill the memory with them."""
MOST: Final = 2_048


class Memory(dict[str, _Answer]):
    """Answers by text: as a dict it calls nothing of ours for an answer that it knows."""

    def __init__(self, rule: Callable[[str], _Answer]) -> None:
        self.rule = rule

    def __missing__(self, text: str) -> _Answer:
        answer = self.rule(text)
        if len(text) <= SHORT:
            if len(self) >= MOST:
                self.clear()
            self[text] = answer
        return answer


def remembered(rule: Callable[[str], _Answer]) -> Callable[[str], _Answer]:
    """Ask a pure rule about each short text once."""
    return Memory(rule).__getitem__
