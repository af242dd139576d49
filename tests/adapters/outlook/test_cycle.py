"""The engine on two mailboxes of the stand-in: a yes, an attendee's edit, a meeting over."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

import pytest

from core.budget import SETTLED
from core.memory.store import MemoryStore
from core.model.people import Person
from core.model.series import Connection, ConnectionId, Why
from core.ports import Suite
from core.service.consent import say_stop, say_yes
from core.service.edit import add_point
from core.service.run import observe_connection, run_due, sync_once
from core.service.services import Services
from tests.adapters.outlook.conftest import ANNA, BEN, Connect
from tests.adapters.outlook.hosts import as_text
from tests.servers.graph import GraphServer

MONDAY, NEXT = date(2026, 11, 30), date(2026, 12, 7)


@dataclass(slots=True)
class Pair:
    """Ben and Anna, both connected."""

    graph: GraphServer
    uid: str
    store: MemoryStore
    services: Services
    suites: dict[str, Suite]

    def sync(self) -> None:
        done = sync_once(self.services, self.graph.clock.now())
        assert done.troubles == ()

    def say_yes(self) -> None:
        self.sync()
        with self.store.transaction() as tx:
            series = tx.series_by_uid(self.uid)
            assert series is not None
            say_yes(tx, series.series_id, by=BEN, now=self.graph.clock.now())
        self.sync()

    def text(self, person: str, day: date = MONDAY) -> str:
        return as_text(self.graph.ui.body(person, self.uid, day))

    def type(self, person: str, point: str, below: str) -> None:
        """Type a line below somebody's heading, as Outlook stores one."""
        body = self.graph.ui.body(person, self.uid, MONDAY)
        heading = f"<b>{below}</b><br>"
        assert body.count(heading) == 1
        fresh = body.replace(heading, f"{heading}- {point}<br>")
        self.graph.ui.edit_body(person, self.uid, MONDAY, fresh)

    def points(self) -> dict[str, str | None]:
        with self.store.transaction() as tx:
            series = tx.series_by_uid(self.uid)
            assert series is not None
            sheet = tx.open_sheet(series.series_id)
        assert sheet is not None
        return {point.text: point.owner for point in sheet.agenda.points}


@pytest.fixture
def pair(graph: GraphServer, connect: Connect, series: str) -> Pair:
    suites: dict[str, Suite] = {person: connect(person) for person in (BEN, ANNA)}
    store = MemoryStore()
    services = Services(store=store, suite_of=lambda c: suites[c.person], default_locale="en")
    with store.transaction() as tx:
        for person, name in ((BEN, "Ben"), (ANNA, "Anna")):
            tasks = suites[person].tasks
            assert tasks is not None
            tx.put_person(Person(address=person, name=name))
            tx.put_connection(
                Connection(
                    connection_id=ConnectionId(person),
                    suite="outlook",
                    person=person,
                    calendars=(suites[person].calendar.list_calendars()[0].calendar_id,),
                    task_list=tasks.list_task_lists()[0].list_id,
                )
            )
    return Pair(graph=graph, uid=series, store=store, services=services, suites=suites)


def test_a_yes_puts_the_agenda_into_the_next_meeting_of_both_and_keeps_the_join_link(pair):
    pair.say_yes()

    for person in (BEN, ANNA):
        assert "Anna" in pair.text(person)
        assert "Join the meeting now" in pair.text(person)
    assert pair.text(BEN, NEXT).startswith("Hi")
    assert "1:1" not in pair.text(BEN, NEXT)
    assert pair.graph.ui.view(BEN, pair.uid, MONDAY).props["joinUrl"]


def test_what_the_attendee_types_reaches_the_organizer_in_one_write(pair):
    pair.say_yes()
    pair.type(ANNA, "My holidays", "Anna")
    before = len(pair.graph.calls)

    pair.sync()
    pair.graph.clock.advance(SETTLED)
    pair.sync()
    writes = [c for c in pair.graph.calls[before:] if c.method == "PATCH"]
    pair.sync()

    assert "My holidays" in pair.text(BEN)
    assert pair.points() == {"My holidays": ANNA}
    assert [c.mailbox for c in writes] == [BEN]
    assert pair.text(ANNA).count("My holidays") == 1


def test_pass_without_change_is_one_call_a_calendar_and_list_and_writes_nothing(pair):
    pair.say_yes()
    pair.sync()
    before = len(pair.graph.calls)

    pair.sync()

    fresh = pair.graph.calls[before:]
    assert {c.method for c in fresh} == {"GET"}
    assert len(fresh) == 4


def test_poll_between_two_readings_of_tasks_is_one_call_a_mailbox(pair):
    pair.say_yes()
    pair.sync()
    before = len(pair.graph.calls)

    with pair.store.transaction() as tx:
        connections = tx.connections()
    for connection in connections:
        observe_connection(pair.services, connection, pair.graph.clock.now(), with_tasks=False)

    assert [c.mailbox for c in pair.graph.calls[before:]] == [c.person for c in connections]


def test_line_that_nobody_announced_is_read_before_a_write_overwrites_it(pair):
    pair.say_yes()
    pair.type(ANNA, "My holidays", "Anna")
    pair.graph.clock.advance(SETTLED)
    now = pair.graph.clock.now()
    with pair.store.transaction() as tx:
        series = tx.series_by_uid(pair.uid)
    assert series is not None

    add_point(pair.services, series.series_id, "Budget", by=BEN, now=now)
    done = run_due(pair.services, now)

    assert [action.trouble for action in done if action.trouble] == []
    assert pair.points() == {"My holidays": ANNA, "Budget": BEN}
    for person in (BEN, ANNA):
        assert [pair.text(person).count(p) for p in ("My holidays", "Budget")] == [1, 1]


def test_word_typed_between_reading_a_copy_and_writing_is_read_first(pair):
    """The write is due at once, so nothing but a look of its own can show the word."""
    pair.say_yes()
    pair.type(ANNA, "My holidays", "Anna")
    pair.graph.clock.advance(SETTLED)
    with pair.store.transaction() as tx:
        series = tx.series_by_uid(pair.uid)
    assert series is not None
    add_point(pair.services, series.series_id, "Asked", by=BEN, now=pair.graph.clock.now())
    pair.graph.faults.meanwhile(
        "GET", "calendarView/delta", lambda: pair.type(ANNA, "Budget", "Anna")
    )

    pair.sync()

    assert pair.points() == {"My holidays": ANNA, "Budget": ANNA, "Asked": BEN}
    for person in (BEN, ANNA):
        assert [pair.text(person).count(p) for p in ("My holidays", "Budget", "Asked")] == [1, 1, 1]


def test_word_typed_into_a_declined_meeting_goes_along_before_its_block_is_taken_out(pair):
    pair.say_yes()
    pair.graph.ui.decline(ANNA, pair.uid, MONDAY)
    pair.graph.faults.meanwhile(
        "GET", "calendarView/delta", lambda: pair.type(ANNA, "Budget", "Anna")
    )

    pair.sync()

    assert pair.points() == {"Budget": ANNA}
    assert pair.text(BEN, NEXT).count("Budget") == 1
    assert [pair.text(person).count("agenda") for person in (BEN, ANNA)] == [0, 0]


def test_words_typed_just_before_a_stop_stay_with_the_pair(pair):
    pair.say_yes()
    pair.type(ANNA, "My holidays", "Anna")
    with pair.store.transaction() as tx:
        series = tx.series_by_uid(pair.uid)
        assert series is not None
        say_stop(tx, series.series_id, remove=True, by=BEN, now=pair.graph.clock.now())

    done = run_due(pair.services, pair.graph.clock.now())

    assert [action.trouble for action in done if action.trouble] == []
    assert pair.points() == {"My holidays": ANNA}
    assert [pair.text(person).count("agenda") for person in (BEN, ANNA)] == [0, 0]


def test_words_of_a_pair_that_has_ended_are_not_read_back_by_a_stop(pair):
    """What was erased must not come in again from an event that could not be cleaned at once."""
    pair.say_yes()
    pair.type(ANNA, "My holidays", "Anna")
    now = pair.graph.clock.now()
    with pair.store.transaction() as tx:
        series = tx.series_by_uid(pair.uid)
        assert series is not None
        (couple,) = tx.pairs()
        tx.put_pair(replace(couple, ended=now))
        say_stop(tx, series.series_id, remove=True, by=None, now=now)

    done = run_due(pair.services, now)

    assert [action.trouble for action in done if action.trouble] == []
    assert pair.points() == {}
    assert [pair.text(person).count("agenda") for person in (BEN, ANNA)] == [0, 0]


def test_open_point_goes_on_to_the_next_meeting(pair):
    pair.say_yes()
    pair.type(ANNA, "My holidays", "Anna")
    pair.sync()
    pair.graph.clock.set(datetime(2026, 11, 30, 9, 31, tzinfo=UTC) + timedelta(minutes=1))

    pair.sync()

    assert "My holidays" in pair.text(BEN, NEXT)
    assert "My holidays" in pair.text(ANNA, NEXT)
    with pair.store.transaction() as tx:
        series = tx.series_by_uid(pair.uid)
    assert series is not None
    assert series.agenda_reason is Why.WRITTEN


def test_nobody_s_inbox_hears_of_it(pair):
    sent = len(pair.graph.mails)

    pair.say_yes()
    pair.type(ANNA, "My holidays", "Anna")
    pair.sync()

    assert len(pair.graph.mails) == sent
