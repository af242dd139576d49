"""A pair split between Google and CalDAV: one agenda, each in their own calendar and task tool."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from core.model.agenda import ItemState, PointState
from core.model.people import Person
from core.service.consent import say_stop
from tests.acceptance.conftest import radicale
from tests.acceptance.split_pair import FIRST, PLACE, UID, WEEK, ZONE, Split, split
from tests.servers.accounts import CalendarServer
from tests.servers.google import GoogleServer
from webhook_app.demo.phone import Phone

__all__ = ["radicale"]

pytestmark = pytest.mark.server


@pytest.fixture
def google() -> Iterator[GoogleServer]:
    with GoogleServer() as server:
        yield server
        server.check()
        assert server.mails.caused_by_api == []


@pytest.fixture
def manager_on_google(radicale: CalendarServer, google: GoogleServer) -> Split:
    return split(radicale, google, manager_on_google=True)


@pytest.fixture
def report_on_google(radicale: CalendarServer, google: GoogleServer) -> Split:
    return split(radicale, google, manager_on_google=False)


# --- the manager at Google, the report on CalDAV ---------------------------------


def test_the_agenda_stands_in_both_calendars_and_only_there(manager_on_google: Split) -> None:
    pair = manager_on_google

    for person in (pair.ben, pair.anna):
        assert "Anna" in pair.text(person)
        assert PLACE in pair.text(person)
        assert pair.text(person, FIRST + WEEK) == PLACE


@pytest.mark.capability("F-41")
def test_both_languages_stand_above_the_same_points(manager_on_google: Split) -> None:
    pair = manager_on_google
    with pair.store.transaction() as tx:
        tx.put_person(Person(address=pair.ben, name="Ben", locale="en", zone=ZONE))

    pair.type_below(pair.anna, "Anna", "Urlaub")
    pair.sync()

    assert pair.text(pair.ben).count("Urlaub") == 1
    assert pair.text(pair.anna).count("Urlaub") == 1


@pytest.mark.capability("F-03")
def test_lines_of_both_reach_both_calendars_once(manager_on_google: Split) -> None:
    pair = manager_on_google

    pair.type_below(pair.anna, "Anna", "eins von Anna\n- zwei von Anna")
    pair.type_below(pair.ben, "Ben", "von Ben")
    for _ in range(3):
        pair.sync()

    assert pair.points() == {
        "eins von Anna": pair.anna,
        "zwei von Anna": pair.anna,
        "von Ben": pair.ben,
    }
    for person in (pair.ben, pair.anna):
        for words in ("eins von Anna", "zwei von Anna", "von Ben"):
            assert pair.text(person).count(words) == 1


def test_a_tick_in_either_calendar_counts(manager_on_google: Split) -> None:
    pair = manager_on_google
    pair.type_below(pair.anna, "Anna", "Urlaub")
    pair.type_below(pair.ben, "Ben", "Budget")
    pair.sync()

    pair.type(pair.ben, lambda text: text.replace("[ ] Urlaub", "[x] Urlaub"))
    pair.type(pair.anna, lambda text: text.replace("[ ] Budget", "[x] Budget"))
    pair.sync()

    assert {p.state for p in pair.sheet().agenda.points} == {PointState.DISCUSSED}


@pytest.mark.capability("C-35", "F-04")
def test_both_wordings_of_one_line_survive(manager_on_google: Split) -> None:
    pair = manager_on_google
    pair.type_below(pair.anna, "Anna", "Urlaub im August")
    pair.sync()

    pair.type(pair.ben, lambda text: text.replace("Urlaub im August", "Urlaub im September"))
    pair.type(pair.anna, lambda text: text.replace("Urlaub im August", "Urlaub ab 3. August"))
    pair.sync()

    for person in (pair.ben, pair.anna):
        assert "September" in pair.text(person)
        assert "ab 3. August" in pair.text(person)


@pytest.mark.capability("SD-84", "C-22")
def test_sd_84_each_promise_is_a_task_in_its_owner_s_own_tool(manager_on_google: Split) -> None:
    pair = manager_on_google
    pair.type_below(pair.ben, "Ben", "TODO Anna: Folien schicken bis Freitag")
    pair.type_below(pair.anna, "Anna", "TODO Ben: Budget klären bis Freitag")
    for _ in range(10):
        pair.sync()
    at_google = pair.google.ui.tasks.all_of(pair.ben)
    phone = Phone(login=pair.account.login, password=pair.account.password)
    on_dav = phone.tasks(pair.account.tasks_url)
    assert [t["title"] for t in at_google] == ["Budget klären"]
    assert [t.title for t in on_dav.values()] == ["Folien schicken"]

    pair.google.ui.tasks.complete(pair.ben, at_google[0]["id"])
    phone.complete(next(iter(on_dav)))
    pair.sync()

    assert {i.state for i in pair.sheet().agenda.action_items} == {ItemState.DONE}
    for person in (pair.ben, pair.anna):
        assert pair.text(person).count("[x]") == 2


def test_what_is_open_goes_on_in_both_calendars(manager_on_google: Split) -> None:
    pair = manager_on_google
    pair.type_below(pair.anna, "Anna", "Urlaub")
    pair.sync()
    pair.now = FIRST + timedelta(minutes=31)
    pair.google.clock.set(pair.now)

    pair.sync()

    for person in (pair.ben, pair.anna):
        assert pair.text(person, FIRST + WEEK).count("Urlaub") == 1


def test_a_cancelled_meeting_leaves_no_block_in_the_other_house(manager_on_google: Split) -> None:
    """Anna's copy of the cancelled one still stands: no mail told her server."""
    pair = manager_on_google
    pair.type_below(pair.anna, "Anna", "Urlaub")
    pair.sync()

    pair.google.ui.cancel(pair.ben, pair.at_google(FIRST), notify=False)
    pair.sync()

    assert pair.text(pair.anna, FIRST) == PLACE
    for person in (pair.ben, pair.anna):
        assert pair.text(person, FIRST + WEEK).count("Urlaub") == 1


def test_stop_cleans_both_calendars(manager_on_google: Split) -> None:
    pair = manager_on_google

    with pair.store.transaction() as tx:
        say_stop(tx, pair.series().series_id, remove=True, by=pair.ben, now=pair.now)
    pair.sync()

    assert pair.text(pair.ben) == pair.text(pair.anna) == PLACE


def test_nothing_changed_nothing_written(manager_on_google: Split) -> None:
    pair = manager_on_google
    pair.sync()
    before = (pair.text(pair.ben), pair.clients.raw(pair.anna, UID))
    calls = pair.google.calls.count("calendar.events.patch")

    for _ in range(3):
        pair.sync()

    assert (pair.text(pair.ben), pair.clients.raw(pair.anna, UID)) == before
    assert pair.google.calls.count("calendar.events.patch") == calls


# --- the manager on CalDAV, the report at Google ---------------------------------


def test_google_takes_no_text_from_a_guest_and_the_organizer_s_stands(
    report_on_google: Split,
) -> None:
    pair = report_on_google

    assert "Anna" in pair.text(pair.ben)
    assert pair.text(pair.anna) == PLACE
    assert pair.google.calls.of("calendar.events.patch")[-1].status == 403


def test_after_the_update_by_mail_both_write_in_their_own_calendar(
    report_on_google: Split,
) -> None:
    pair = report_on_google
    pair.deliver()
    pair.sync()

    pair.type_below(pair.anna, "Anna", "von Anna")
    pair.type_below(pair.ben, "Ben", "von Ben")
    for _ in range(3):
        pair.sync()

    assert pair.points() == {"von Anna": pair.anna, "von Ben": pair.ben}
    assert pair.text(pair.ben).count("von Anna") == 1


@pytest.mark.capability("F-17")
def test_tasks_go_to_each_one_s_own_tool_the_other_way_round(report_on_google: Split) -> None:
    pair = report_on_google
    pair.type_below(pair.ben, "Ben", "TODO Anna: Folien schicken bis Freitag")
    for _ in range(10):
        pair.sync()

    (task,) = pair.google.ui.tasks.all_of(pair.anna)
    assert task["title"] == "Folien schicken"
    pair.google.ui.tasks.complete(pair.anna, task["id"])
    pair.sync()

    assert pair.sheet().agenda.action_items[0].state is ItemState.DONE
