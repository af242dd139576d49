"""Words that somebody typed into a line of ours: in front of our words, between or behind them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

_SIGNS: Final = "▼▾⏷▲▴⏶()[]{}/|*_>-–—:.,;?!\"'„“”·• "
_SHORT: Final = 3
"""Shorter words of ours stand inside others too."""


def words_beside(text: str, ours: Sequence[str]) -> str | None:
    """Return what stands beside our words, which must all be there and in order; else None."""
    at, rest = 0, []
    for token in text.split():
        said = ours[at] if at < len(ours) else ""
        bare = token.strip(_SIGNS)
        low = bare.casefold()
        if said and low == said:
            at += 1
        elif len(said) >= _SHORT and low.startswith(said):
            rest.append(bare[len(said) :])
            at += 1
        elif len(said) >= _SHORT and low.endswith(said):
            rest.append(bare[: -len(said)])
            at += 1
        elif bare:
            rest.append(token)
    return " ".join(rest) if at == len(ours) else None
