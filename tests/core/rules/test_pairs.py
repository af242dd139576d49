"""Who the pair is, and which series goes on where another stopped."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.model.people import Pair, Person, Side, normal_address, pair_id
from core.model.series import SeriesState
from core.pairs import pair_of, replaced_series, with_manager
from tests.core.builders import ANNA, BEN, CLEO, NOW, PAIR, series, slot

ENDED = {"state": SeriesState.ENDED, "ends": NOW}


def test_the_organizer_counts_as_manager_until_somebody_says_otherwise() -> None:
    assert pair_of((ANNA, BEN), BEN, None) == PAIR
    assert pair_of((ANNA, BEN), ANNA, None).manager == ANNA
    assert pair_of((ANNA, BEN), ANNA, PAIR) == PAIR


def test_saying_who_manages_whom_keeps_the_pair() -> None:
    turned = with_manager(PAIR, ANNA)

    assert (turned.pair_id, turned.manager, turned.report) == (PAIR.pair_id, ANNA, BEN)
    assert turned.roles_confirmed


def test_a_pair_is_the_same_whoever_is_named_first() -> None:
    assert pair_id(ANNA, BEN) == pair_id("mailto:BEN@example.com", " Anna@Example.COM ")
    with pytest.raises(ValueError, match="two different"):
        Pair(pair_id=pair_id(ANNA, ANNA), manager=ANNA, report=ANNA)


def test_sides_and_others() -> None:
    assert PAIR.side(ANNA) is Side.REPORT
    assert PAIR.side(BEN) is Side.MANAGER
    assert PAIR.side(CLEO) is None
    assert PAIR.other(ANNA) == BEN
    assert PAIR.addresses == (ANNA, BEN)


def test_people_are_called_by_their_given_name() -> None:
    assert Person(address=ANNA, name="Anna Ahrens").called == "Anna"
    assert Person(address=ANNA).called == "anna"
    with pytest.raises(ValueError, match="not a normal"):
        Person(address="Anna@Example.com")
    assert normal_address("MAILTO:Anna@Example.com") == ANNA


@pytest.mark.capability("C-03")
def test_a_new_series_of_the_same_two_with_a_like_title_takes_over() -> None:
    old = series("old", **ENDED)
    new = series("new", slot=slot(NOW + timedelta(days=4, hours=3)))

    assert replaced_series(new, [old], NOW) == old


def test_another_title_on_the_same_weekday_and_time_takes_over() -> None:
    old = series("old", title="Jour fixe", **ENDED)
    new = series("new", title="Kaffee", slot=slot(NOW + timedelta(days=7)))

    assert replaced_series(new, [old], NOW) == old


@pytest.mark.parametrize(
    "old",
    [
        series("old", title="Budget", slot=slot(NOW + timedelta(hours=5)), **ENDED),
        series("old", pair_id=pair_id(BEN, CLEO), **ENDED),
        series("old", state=SeriesState.ENDED, ends=NOW - timedelta(days=200)),
        series("old", state=SeriesState.ENABLED),
        series("old", state=SeriesState.ENABLED, ends=NOW + timedelta(days=60)),
    ],
    ids=["unlike", "other people", "long ago", "goes on", "ends after the new one starts"],
)
def test_what_does_not_fit_does_not_take_over(old: object) -> None:
    new = series("new", slot=slot(NOW + timedelta(days=7)))

    assert replaced_series(new, [old], NOW) is None  # type: ignore[list-item]


def test_two_that_fit_equally_well_are_left_to_a_person() -> None:
    one, other = series("a", **ENDED), series("b", **ENDED)
    new = series("new", slot=slot(NOW + timedelta(days=7)))

    assert replaced_series(new, [one, other], NOW) is None
    nearer = replace(other, title="Something else", slot=slot(NOW + timedelta(hours=1)))
    assert replaced_series(new, [one, nearer], NOW) == one
