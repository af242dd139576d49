"""A calendar is heard through its guests' where that is enough; what was just listed may wait."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.memory.store import MemoryStore
from core.model.calendar import CalendarId, EventId, EventRef
from core.model.people import pair_id
from core.model.series import Connection, ConnectionId, ConnectionState, Copy, SeriesState
from core.service.hearing import (
    is_heard_through_guests,
    note_asked,
    note_unheard,
    unheard_leaders,
    was_asked,
)
from core.service.run import observe_connection
from tests.core.builders import ANNA, BEN, CLEO, NOW, series
from tests.core.service.conftest import Company

MINUTE = timedelta(minutes=1)


def account(person: str, suite: str = "google") -> Connection:
    return Connection(
        connection_id=ConnectionId(person),
        suite=suite,
        person=person,
        calendars=(CalendarId(person),),
    )


def copy(name: str, person: str, *, leading: bool = False) -> Copy:
    ref = EventRef(calendar_id=CalendarId(person), event_id=EventId(name))
    return Copy(
        event=ref,
        series_id=series(name).series_id,
        connection_id=ConnectionId(person),
        whose=person,
        leading=leading,
    )


@pytest.fixture
def store() -> MemoryStore:
    """Ben leads a talk with Anna; all three are at Google."""
    made = MemoryStore()
    with made.transaction() as tx:
        for person in (ANNA, BEN, CLEO):
            tx.put_connection(account(person))
        tx.put_series(series("s1", state=SeriesState.ENABLED))
        tx.put_copy(copy("s1", BEN, leading=True))
        tx.put_copy(copy("s1", ANNA))
    return made


def heard(store: MemoryStore, *live: str, of: str = BEN) -> bool:
    with store.transaction() as tx:
        return is_heard_through_guests(
            tx, account(of), CalendarId(of), lambda connection, _: connection.person in live
        )


def test_organizer_is_heard_through_a_guest_and_not_the_other_way_round(
    store: MemoryStore,
) -> None:
    assert heard(store, ANNA)
    assert not heard(store)
    assert not heard(store, BEN, of=ANNA)


def test_guest_elsewhere_or_cut_off_tells_nothing(store: MemoryStore) -> None:
    for theirs in (
        account(ANNA, suite="caldav"),
        replace(account(ANNA), state=ConnectionState.DISCONNECTED),
    ):
        with store.transaction() as tx:
            tx.put_connection(theirs)
        assert not heard(store, ANNA)


def test_each_talk_needs_a_guest_who_is_heard(store: MemoryStore) -> None:
    with store.transaction() as tx:
        tx.put_series(series("s2", state=SeriesState.ENABLED, pair_id=pair_id(BEN, CLEO)))
        tx.put_copy(copy("s2", BEN, leading=True))
        tx.put_copy(copy("s2", CLEO))

    assert not heard(store, ANNA)
    assert heard(store, ANNA, CLEO)


def test_who_is_also_a_guest_somewhere_has_a_channel(store: MemoryStore) -> None:
    with store.transaction() as tx:
        tx.put_series(series("s2", state=SeriesState.ENABLED, pair_id=pair_id(BEN, CLEO)))
        tx.put_copy(copy("s2", CLEO, leading=True))
        tx.put_copy(copy("s2", BEN))

    assert not heard(store, ANNA)


def test_calendar_without_an_agenda_has_a_channel_as_well(store: MemoryStore) -> None:
    with store.transaction() as tx:
        tx.put_series(series("s1", state=SeriesState.FOUND))

    assert not heard(store, ANNA)


def test_leaders_are_looked_at_only_while_they_go_unheard(store: MemoryStore) -> None:
    with store.transaction() as tx:
        assert unheard_leaders(tx, CalendarId(ANNA)) == ()
        note_unheard(tx, CalendarId(BEN), unheard=True)
        assert [c for _, c in unheard_leaders(tx, CalendarId(ANNA))] == [BEN]
        assert unheard_leaders(tx, CalendarId(BEN)) == ()
        note_unheard(tx, CalendarId(BEN), unheard=False)
        assert unheard_leaders(tx, CalendarId(ANNA)) == ()


@pytest.mark.parametrize(
    ("within", "left_out"), [(MINUTE, True), (MINUTE / 2, False), (timedelta(), False)]
)
def test_listing_out_of_turn_stands_for_one_poll(
    store: MemoryStore, within: timedelta, left_out: bool
) -> None:
    with store.transaction() as tx:
        note_asked(tx, CalendarId(BEN), NOW - MINUTE)

        assert was_asked(tx, CalendarId(BEN), within, NOW) is left_out
        assert not was_asked(tx, CalendarId(BEN), within, NOW)


def test_poll_leaves_out_what_was_just_listed_and_reads_it_the_next_time(
    with_copies: Company,
) -> None:
    (ben,) = (c for c in _connections(with_copies) if c.person == BEN)
    with with_copies.store.transaction() as tx:
        note_asked(tx, ben.calendars[0], with_copies.now)
    polls = [
        observe_connection(with_copies.services, ben, with_copies.now, every=MINUTE)[0]
        for _ in range(2)
    ]

    assert [len(polled) for polled in polls] == [0, 1]


def _connections(company: Company) -> list[Connection]:
    with company.store.transaction() as tx:
        return list(tx.connections())
