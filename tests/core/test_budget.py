"""The write budget: how many writes an occurrence gets, and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.budget import (
    FREEZE,
    KEPT,
    LAST_CALL,
    MARGIN,
    MOST,
    PAUSE,
    SETTLED,
    Verdict,
    Wish,
    decide,
    spend,
    spent_at,
    with_spent,
)
from core.model.series import Place, Spent
from tests.core.builders import NOW, slot

START = NOW + timedelta(days=7)
PLACE = Place(original_start=START, slot=slot(START))
NOTHING = Spent(original_start=START, ends=PLACE.slot.end)
WISH = Wish(slot=PLACE.slot)
ONE = replace(NOTHING, automatic=1, last=NOW)
TWO = replace(NOTHING, automatic=2, last=NOW)


def verdict(spent: Spent, wish: Wish, now: datetime) -> Verdict:
    return decide(spent, wish, now).verdict


def test_agenda_gets_its_place_at_once() -> None:
    assert verdict(NOTHING, replace(WISH, first=True), NOW) is Verdict.NOW


def test_a_change_waits_until_people_have_stopped_typing() -> None:
    decision = decide(NOTHING, replace(WISH, fresh=True), NOW)

    assert (decision.verdict, decision.at) == (Verdict.LATER, NOW + SETTLED)
    waiting = replace(NOTHING, due=decision.at)
    assert verdict(waiting, WISH, NOW + SETTLED - timedelta(seconds=1)) is Verdict.LATER
    assert verdict(waiting, WISH, NOW + SETTLED) is Verdict.NOW


def test_typing_on_makes_it_wait_on() -> None:
    waiting = replace(NOTHING, due=NOW + SETTLED)
    later = NOW + timedelta(minutes=4)

    assert decide(waiting, replace(WISH, fresh=True), later).at == later + SETTLED


def test_the_last_write_is_kept_for_shortly_before_the_meeting() -> None:
    assert decide(ONE, replace(WISH, fresh=True), NOW).at == START - LAST_CALL


def test_the_third_write_is_refused() -> None:
    assert verdict(TWO, replace(WISH, fresh=True), NOW) is Verdict.SPENT
    assert verdict(TWO, replace(WISH, first=True), NOW) is Verdict.SPENT


def test_what_a_person_asks_for_is_not_counted() -> None:
    asked = replace(WISH, asked=True)

    assert verdict(TWO, asked, NOW + PAUSE) is Verdict.NOW
    assert spend(TWO, asked, NOW).automatic == TWO.automatic


def test_five_points_in_a_row_on_the_page_are_two_writes() -> None:
    spent = spend(NOTHING, replace(WISH, asked=True), NOW)

    decision = decide(spent, replace(WISH, asked=True), NOW + timedelta(seconds=5))

    assert (decision.verdict, decision.at) == (Verdict.LATER, NOW + PAUSE)


@pytest.mark.parametrize("asked", [False, True])
@pytest.mark.parametrize("before", [FREEZE, timedelta(0), -timedelta(hours=2)])
def test_nothing_is_written_from_twenty_minutes_before_the_start_on(
    before: timedelta, asked: bool
) -> None:
    wish = replace(WISH, asked=asked, first=True)

    assert verdict(NOTHING, wish, START - before) is Verdict.FROZEN
    just_before = START - FREEZE - timedelta(seconds=1)
    assert verdict(NOTHING, wish, just_before) is Verdict.NOW


def test_where_all_mail_is_seen_one_write_is_all() -> None:
    outside = replace(WISH, outside=True, first=True)
    asked = spend(NOTHING, replace(outside, asked=True), NOW)

    assert verdict(NOTHING, outside, NOW) is Verdict.NOW
    assert verdict(ONE, outside, NOW) is Verdict.SPENT
    assert verdict(asked, outside, NOW) is Verdict.SPENT


def test_a_write_that_was_cut_off_is_not_counted_twice() -> None:
    announced = replace(WISH, announced=True)

    assert verdict(TWO, announced, NOW) is Verdict.NOW
    assert spend(TWO, announced, NOW).automatic == MOST
    assert verdict(TWO, announced, START - FREEZE) is Verdict.FROZEN


def test_a_moved_occurrence_keeps_what_it_has_spent() -> None:
    moved = Place(original_start=START, slot=slot(START + timedelta(days=1)))

    assert spent_at((TWO,), moved).automatic == TWO.automatic
    assert spent_at((TWO,), Place(original_start=NOW, slot=PLACE.slot)).automatic == 0


def test_old_occurrences_leave_the_account() -> None:
    later = NOW + timedelta(days=30)
    fresh = replace(NOTHING, original_start=later, ends=later)

    assert with_spent((TWO,), fresh, later) == (fresh,)
    assert len(with_spent((TWO,), fresh, PLACE.slot.end + KEPT / 2)) == 2


MINUTES = st.integers(min_value=0, max_value=7 * 24 * 60 + 60)


@given(typed=st.lists(MINUTES, min_size=1, max_size=12), placed=st.booleans())
def test_however_people_type_the_budget_holds_and_what_is_typed_in_time_arrives(
    typed: list[int], placed: bool
) -> None:
    """A minute is a look; the block stands or does not; each typed minute is a change."""
    spent, waits, writes, unwritten = NOTHING, not placed, [], set(typed)
    changes, first = sorted(set(typed)), not placed
    for minute in range(7 * 24 * 60 + 61):
        fresh = minute in unwritten
        due = spent.due is not None and spent.due <= NOW + timedelta(minutes=minute)
        waits = waits or fresh
        if not waits or not (fresh or due or first):
            continue
        now = NOW + timedelta(minutes=minute)
        wish = replace(WISH, fresh=fresh, first=first)
        decision = decide(spent, wish, now)
        if decision.verdict is Verdict.NOW:
            spent, waits, first = spend(spent, wish, now), False, False
            writes.append(now)
        else:
            spent = replace(spent, due=decision.at)

    assert len(writes) <= MOST
    assert all(written < START - FREEZE for written in writes)
    last_call = START - LAST_CALL
    early = [m for m in changes if NOW + timedelta(minutes=m) <= last_call - SETTLED]
    if early:
        assert writes[-1] >= NOW + timedelta(minutes=early[-1])
    assert all(written <= START - FREEZE - MARGIN or written == writes[0] for written in writes)
