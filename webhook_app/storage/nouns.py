"""Nouns in SQL: one table, clear keys, sealed values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from sqlalchemy import delete, select

from core.model.nouns import Noun
from webhook_app.storage import tables as t
from webhook_app.storage.revision import BEHIND, CountedRows

N = TypeVar("N", bound=Noun)


class NounRows(CountedRows):
    """See core.store.Transaction: `noun`, `nouns`, `put_noun`, `remove_noun`."""

    def noun(self, kind: type[N], key: str) -> N | None:
        return self._one(t.nouns, kind, kind=kind.NOUN, key=key)

    def nouns(
        self,
        kind: type[N],
        belongs_to: str | None = None,
        *,
        after: str = "",
        limit: int | None = None,
        newest_first: bool = False,
    ) -> Sequence[N]:
        key = t.nouns.c.key
        query = select(t.nouns).filter_by(kind=kind.NOUN)
        if belongs_to is not None:
            query = query.filter_by(belongs_to=belongs_to)
        if after:
            query = query.where(key < after if newest_first else key > after)
        ordered = query.order_by(key.desc() if newest_first else key)
        return self._values(t.nouns, kind, ordered.limit(limit))

    def put_noun(self, noun: Noun) -> None:
        self.touched = self.touched or noun.NOUN not in BEHIND
        keys = {"kind": noun.NOUN, "key": noun.key}
        self._put(t.nouns, noun, keys, belongs_to=noun.belongs_to)

    def remove_noun(self, kind: type[N], key: str) -> None:
        self.touched = self.touched or kind.NOUN not in BEHIND
        self._change(t.nouns, delete(t.nouns).filter_by(kind=kind.NOUN, key=key))
