"""What is promised to people is counted on a play, and a broken promise would be seen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from webhook_app.simulation.kept import Kept, kept_in
from webhook_app.simulation.page import page_of, without_numbers
from webhook_app.simulation.play import Play, play


@pytest.fixture(scope="module")
def played() -> Play:
    return play(20, 26, bodies=0)


def named(played: Play, name: str) -> Kept:
    return next(kept for kept in kept_in(played) if kept.name == name)


def test_every_promise_is_kept_and_said(played: Play) -> None:
    assert played.said
    assert all(kept.holds for kept in kept_in(played))
    for locale, word in (("de", "eingehalten"), ("en", "kept")):
        page = page_of(played, locale)
        assert page.count(f"<td>{word}</td>") == len(kept_in(played))


def test_a_broken_promise_is_counted(played: Play) -> None:
    pair = next(p for p in played.pairs if len(p.said) >= 2)
    one = pair.said[0]

    def with_said(*said: object) -> Play:
        return replace(played, pairs=(replace(pair, said=tuple(said)),))  # type: ignore[arg-type]

    assert not named(with_said(replace(one, to=("boss@example.com",))), "others").holds
    assert not named(with_said(one, replace(one, rule_id="R-99")), "talk").holds
    assert not named(with_said(one, one), "again").holds


def test_a_rules_reason_is_shown_without_the_numbers_of_one_case() -> None:
    assert without_numbers("Seit {weeks} Wochen, vereinbart ist {agreed}.") == (
        "Seit … Wochen, vereinbart ist …"
    )
