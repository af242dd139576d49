"""What every store promises about nouns (core.store)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from core.model.access import ApiToken, OneTimeCode, Scope
from core.store import Store

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
TOKEN = ApiToken(
    token_id="b",
    digest="d",
    name="Ähre",
    person="anna@example.com",
    scopes=(Scope.AGENDA_READ,),
    created_at=NOW,
)


class NounContract:
    """Subclass it with a `store` fixture that returns an empty store."""

    def test_a_noun_comes_back_equal_and_is_replaced_by_its_key(self, store: Store) -> None:
        used = replace(TOKEN, used_at=NOW)
        with store.transaction() as tx:
            tx.put_noun(TOKEN)
            tx.put_noun(used)

        with store.transaction() as tx:
            assert tx.noun(ApiToken, "b") == used
            assert tx.nouns(ApiToken) == [used]

    def test_nouns_of_another_kind_with_the_same_key_stay_apart(self, store: Store) -> None:
        code = OneTimeCode(digest="b", purpose="sign-in", expires_at=NOW)
        with store.transaction() as tx:
            tx.put_noun(TOKEN)
            tx.put_noun(code)
            tx.remove_noun(ApiToken, "b")

            assert tx.noun(ApiToken, "b") is None
            assert tx.noun(OneTimeCode, "b") == code

    def test_nouns_are_found_by_what_they_belong_to_and_in_pages(self, store: Store) -> None:
        with store.transaction() as tx:
            for key in "cab":
                tx.put_noun(replace(TOKEN, token_id=key))
            tx.put_noun(replace(TOKEN, token_id="z", person="ben@example.com"))

            def keys(**how: object) -> str:
                return "".join(t.key for t in tx.nouns(ApiToken, TOKEN.person, **how))  # type: ignore[arg-type]

            assert keys() == "abc"
            assert keys(limit=2) == "ab"
            assert keys(after="a", limit=1) == "b"
            assert keys(newest_first=True, limit=2) == "cb"
            assert keys(newest_first=True, after="b") == "a"

    def test_an_error_keeps_no_noun(self, store: Store) -> None:
        def fail() -> None:
            with store.transaction() as tx:
                tx.put_noun(TOKEN)
                raise KeyError

        with pytest.raises(KeyError):
            fail()

        with store.transaction() as tx:
            assert tx.nouns(ApiToken) == []
