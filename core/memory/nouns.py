"""Nouns in memory, as every store keeps them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar, cast

from core.model.nouns import Noun

N = TypeVar("N", bound=Noun)


class MemoryNouns:
    """See core.store.Transaction: `noun`, `nouns`, `put_noun`, `remove_noun`."""

    def __init__(
        self, kept: dict[tuple[str, str], Noun], owned: dict[tuple[str, str], frozenset[str]]
    ) -> None:
        self._nouns = kept
        self._owned = owned
        """Keys by kind and by what they belong to."""

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
        if belongs_to is None:
            keys = [key for name, key in self._nouns if name == kind.NOUN]
        else:
            keys = list(self._owned.get((kind.NOUN, belongs_to), ()))
        found = [
            cast("N", self._nouns[kind.NOUN, key])
            for key in sorted(keys, reverse=newest_first)
            if not after or (key < after if newest_first else key > after)
        ]
        return found[:limit]

    def put_noun(self, noun: Noun) -> None:
        known = self._nouns.get((noun.NOUN, noun.key))
        if known is None or known.belongs_to != noun.belongs_to:
            self._disown(noun.NOUN, noun.key)
            owner = (noun.NOUN, noun.belongs_to)
            self._owned[owner] = self._owned.get(owner, frozenset()) | {noun.key}
        self._nouns[noun.NOUN, noun.key] = noun

    def remove_noun(self, kind: type[N], key: str) -> None:
        self._disown(kind.NOUN, key)
        self._nouns.pop((kind.NOUN, key), None)

    def _disown(self, kind: str, key: str) -> None:
        known = self._nouns.get((kind, key))
        if known is not None:
            self._owned[kind, known.belongs_to] -= {key}
