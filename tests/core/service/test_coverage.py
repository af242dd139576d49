"""Figures of departments: off by itself, enforced; on, they are counted once and name nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from core.errors import InvalidInput, NotSupported
from core.memory.store import MemoryStore
from core.model.coverage import Coverage
from core.model.engagement import Engagement
from core.model.meetings import Meeting, Trace
from core.model.people import Pair, Person, pair_id
from core.model.series import SeriesId
from core.service.coverage import coverage, forget
from core.service.rule_book import rule_book, turn
from core.service.settings import change_person
from core.store import Transaction

NOW = datetime(2026, 11, 5, 9, tzinfo=UTC)
MONTH = "2026-10"
BOSS = "boss@example.com"


@pytest.fixture
def store() -> MemoryStore:
    """Nine people of the lab, six of whom met, and four of the sales."""
    store = MemoryStore()
    with store.transaction() as tx:
        for n in range(9):
            employ(tx, f"lab{n}@example.com", "Lab", met=n < 6)
        for n in range(4):
            employ(tx, f"sales{n}@example.com", "Sales", met=True)
    return store


def employ(tx: Transaction, address: str, department: str, *, met: bool) -> None:
    name = pair_id(BOSS, address)
    tx.put_person(Person(address=address))
    tx.put_pair(Pair(pair_id=name, manager=BOSS, report=address))
    tx.put_noun(Engagement(address=address, manager=BOSS, department=department))
    start = datetime(2026, 10, 14, 9, tzinfo=UTC)
    tx.put_noun(
        Meeting(
            series_id=SeriesId(address),
            pair_id=name,
            occurrence="",
            start=start,
            end=start + timedelta(minutes=30),
            cancelled=not met,
            traces=(Trace.TICK,),
        )
    )


def switch(store: MemoryStore, on: bool) -> None:
    with store.transaction() as tx:
        turn(tx, "aggregates", on, by="council@example.com", now=NOW)


def test_f_31_and_us_8_a_fresh_installation_counts_nothing_and_says_so(store: MemoryStore) -> None:
    with store.transaction() as tx:
        with pytest.raises(NotSupported, match="makes no figures"):
            coverage(tx, MONTH, now=NOW)

        assert tx.nouns(Coverage) == []


def test_f_31_turned_on_departments_of_eight_have_a_share_and_nobody_a_name(
    store: MemoryStore,
) -> None:
    switch(store, True)

    with store.transaction() as tx:
        found = coverage(tx, MONTH, now=NOW)

    assert [(s.department, s.met) for s in found.shares] == [("Lab", 65)]
    assert "@" not in repr(found)


def test_turned_off_again_everything_that_was_counted_is_gone(store: MemoryStore) -> None:
    switch(store, True)
    with store.transaction() as tx:
        coverage(tx, MONTH, now=NOW)

    switch(store, False)

    with store.transaction() as tx:
        assert tx.nouns(Coverage) == []
        with pytest.raises(NotSupported):
            coverage(tx, MONTH, now=NOW)
        assert rule_book(tx).switches == rule_book(tx).switches.__class__()


def test_a_month_is_counted_once_whoever_comes_or_goes(store: MemoryStore) -> None:
    switch(store, True)
    with store.transaction() as tx:
        first = coverage(tx, MONTH, now=NOW)
        for n in range(6):
            tx.put_noun(Engagement(address=f"lab{n}@example.com", manager=BOSS, department="Sales"))

        assert coverage(tx, MONTH, now=NOW + timedelta(days=9)) == first


def test_us_6_who_was_on_leave_is_not_counted(store: MemoryStore) -> None:
    switch(store, True)
    with store.transaction() as tx:
        for n in (7, 8):
            change_person(tx, f"lab{n}@example.com", now=NOW, paused_from=date(2026, 10, 20))

        assert coverage(tx, MONTH, now=NOW).shares == ()


@pytest.mark.parametrize("month", ["2026-11", "2026-12", "2026-13", "october", "", "2026-10-01"])
def test_a_month_that_is_not_over_or_none_is_refused(store: MemoryStore, month: str) -> None:
    switch(store, True)

    with store.transaction() as tx, pytest.raises(InvalidInput):
        coverage(tx, month, now=NOW)


def test_f_31_a_company_without_departments_has_one_figure_from_eight_people_on() -> None:
    store = MemoryStore()
    with store.transaction() as tx:
        for n in range(7):
            employ(tx, f"p{n}@example.com", "", met=n < 5)
    switch(store, True)
    with store.transaction() as tx:
        assert coverage(tx, MONTH, now=NOW).shares == ()
        forget(tx)
        employ(tx, "p7@example.com", "", met=True)
        (share,) = coverage(tx, MONTH, now=NOW).shares
    assert (share.department, share.met) == ("", 75)


def test_f_31_one_department_is_enough_for_no_total_beside_it(store: MemoryStore) -> None:
    with store.transaction() as tx:
        for n in range(20):
            employ(tx, f"free{n}@example.com", "", met=True)
    switch(store, True)

    with store.transaction() as tx:
        found = coverage(tx, MONTH, now=NOW)

    assert [s.department for s in found.shares] == ["Lab"]


def test_f_31_without_a_personnel_system_the_pairs_with_roles_are_counted() -> None:
    store = MemoryStore()
    with store.transaction() as tx:
        for n in range(8):
            employ(tx, f"p{n}@example.com", "", met=n < 4)
            tx.remove_noun(Engagement, f"p{n}@example.com")
            name = pair_id(BOSS, f"p{n}@example.com")
            pair = Pair(pair_id=name, manager=BOSS, report=f"p{n}@example.com")
            tx.put_pair(replace(pair, roles_confirmed=True))
    switch(store, True)

    with store.transaction() as tx:
        (share,) = coverage(tx, MONTH, now=NOW).shares

    assert (share.department, share.met) == ("", 50)
