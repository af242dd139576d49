"""Nouns in memory, as every store keeps them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar, cast

from core.model.nouns import Noun

N = TypeVar("N", bound=Noun)


class MemoryNouns:
    """See core.store.Transaction: `noun`, `nouns`, `put_noun`, `remove_noun`."""

    def __init__(self, kept: dict[tuple[str, str], Noun]) -> None:
        self._nouns = kept

    def noun(self, kind: type[N], key: str) -> N | None:
        return cast("N | None", self._nouns.get((kind.NOUN, key)))

    def nouns(
        self,
        kind: type[N],
        belongs_to: str | None = None,
        *,
        after: str = "",
        limit: int | None = None,
        newest_first: bool = False,
    ) -> Sequence[N]:
        found = [
            cast("N", noun)
            for (name, key), noun in sorted(self._nouns.items(), reverse=newest_first)
            if name == kind.NOUN
            and belongs_to in (None, noun.belongs_to)
            and (not after or (key < after if newest_first else key > after))
        ]
        return found[:limit]

    def put_noun(self, noun: Noun) -> None:
        self._nouns[noun.NOUN, noun.key] = noun

    def remove_noun(self, kind: type[N], key: str) -> None:
        self._nouns.pop((kind.NOUN, key), None)
