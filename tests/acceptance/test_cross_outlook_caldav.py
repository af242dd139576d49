"""The third way round: a manager on CalDAV, a report in Outlook, whose copy came by mail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest

from core.model.agenda import ItemState
from core.service.edit import add_point
from tests.acceptance.conftest import radicale
from tests.acceptance.split_outlook import OutlookSplit, close
from tests.acceptance.split_outlook_dav import comes_by_mail, invited_from_caldav
from tests.acceptance.split_pair import FIRST, PLACE, WEEK
from tests.servers.accounts import CalendarServer
from tests.servers.graph import GraphServer

__all__ = ["radicale"]

pytestmark = pytest.mark.server


@pytest.fixture
def pair(radicale: CalendarServer) -> Iterator[OutlookSplit]:
    with GraphServer() as graph:
        made = invited_from_caldav(graph, radicale)
        yield made
        close(made)
        assert graph.violations == []
        assert [mail for mail in graph.all_mails if mail.cause == "app"] == []


def later(pair: OutlookSplit, times: int = 1) -> None:
    for _ in range(times):
        pair.now += timedelta(minutes=1)
        pair.sync()


def times(pair: OutlookSplit, words: str, weeks: int = 0) -> list[int]:
    """How often words stand in Ben's and in Anna's calendar."""
    start = FIRST + weeks * WEEK
    return [pair.text(person, start).count(words) for person in (pair.ben, pair.anna)]


@pytest.mark.capability("US-1")
def test_one_agenda_stands_in_both_calendars_and_only_in_the_next_meeting(
    pair: OutlookSplit,
) -> None:
    assert times(pair, "1:1 agenda (write here) / 1:1-Agenda (hier schreiben)") == [1, 1]
    assert times(pair, PLACE) == [1, 1]
    assert times(pair, "1:1 agenda", weeks=1) == [0, 0]
    assert pair.series().organizer == pair.ben


@pytest.mark.capability("US-1")
def test_lines_of_both_come_in_once_and_stand_in_both_calendars_once(pair: OutlookSplit) -> None:
    pair.type_below(pair.anna, "Anna", "- Alpha\n- Omega")
    pair.type_below(pair.ben, "Ben", "- Budget")
    later(pair, 3)

    assert pair.texts() == ["Alpha", "Budget", "Omega"]
    assert {p.text: p.owner for p in pair.sheet().agenda.points}["Alpha"] == pair.anna
    assert [times(pair, words) for words in ("Alpha", "Omega", "Budget")] == [[1, 1]] * 3


def test_both_change_the_same_line_and_both_versions_stay(pair: OutlookSplit) -> None:
    pair.type_below(pair.ben, "Ben", "- Urlaub")
    later(pair)

    pair.edit(pair.ben, lambda text: text.replace("Urlaub", "Urlaub im Juli"))
    pair.edit(pair.anna, lambda text: text.replace("Urlaub", "Urlaub im August"))
    later(pair, 2)

    for person in (pair.ben, pair.anna):
        assert "Juli" in pair.text(person)
        assert "August" in pair.text(person)


@pytest.mark.capability("US-1")
def test_action_items_land_in_each_one_s_own_tool_once(pair: OutlookSplit) -> None:
    pair.type_below(pair.anna, "Anna", "TODO Ben: Budget klären\nTODO Anna: Folien schicken")
    later(pair, 10)

    items = {item.text: item.owner for item in pair.sheet().agenda.action_items}
    assert items == {"Budget klären": pair.ben, "Folien schicken": pair.anna}
    assert [task["title"] for task in pair.graph.ui.tasks(pair.anna)] == ["Folien schicken"]
    pair.graph.ui.complete_task(pair.anna, "Folien schicken")
    later(pair)

    states = {item.text: item.state for item in pair.sheet().agenda.action_items}
    assert states == {"Budget klären": ItemState.OPEN, "Folien schicken": ItemState.DONE}
    assert times(pair, "[x]") == [1, 1]


def test_update_by_mail_that_replaces_her_copy_loses_and_doubles_nothing(
    pair: OutlookSplit,
) -> None:
    """Ben's server mails what he has; Exchange takes it into her calendar as plain text."""
    pair.type_below(pair.anna, "Anna", "- Alpha")
    later(pair, 2)
    pair.edit(pair.ben, lambda text: text.replace(PLACE, f"{PLACE}, second floor"))
    comes_by_mail(pair.graph, pair.uid, pair.ben, pair.text(pair.ben), update=True)
    pair.type_below(pair.anna, "Anna", "- Omega")
    later(pair, 3)

    assert pair.texts() == ["Alpha", "Omega"]
    assert [times(pair, words) for words in ("Alpha", "Omega", "second floor")] == [[1, 1]] * 3


def test_older_update_that_comes_late_takes_no_line_back(pair: OutlookSplit) -> None:
    before = pair.text(pair.ben)
    pair.type_below(pair.anna, "Anna", "- Alpha")
    later(pair, 2)

    comes_by_mail(pair.graph, pair.uid, pair.ben, before, update=True)
    later(pair, 3)

    assert pair.texts() == ["Alpha"]
    assert times(pair, "Alpha") == [1, 1]


def test_word_typed_in_outlook_between_our_reading_and_our_write_is_read_first(
    pair: OutlookSplit,
) -> None:
    pair.type_below(pair.ben, "Ben", "- Budget")
    pair.graph.faults.meanwhile(
        "GET", "calendarView/delta", lambda: pair.type_below(pair.anna, "Anna", "- Alpha")
    )
    later(pair, 2)

    assert pair.texts() == ["Alpha", "Budget"]
    assert [times(pair, words) for words in ("Alpha", "Budget")] == [[1, 1]] * 2


def test_what_is_open_goes_on_to_the_next_meeting_of_both(pair: OutlookSplit) -> None:
    pair.type_below(pair.anna, "Anna", "- Alpha")
    later(pair)
    add_point(pair.services, pair.series().series_id, "from the page", by=pair.anna, now=pair.now)
    pair.now = FIRST + timedelta(minutes=31)
    later(pair, 2)

    assert times(pair, "Alpha", weeks=1) == [1, 1]
    assert times(pair, "from the page", weeks=1) == [1, 1]


def test_line_that_she_takes_back_in_outlook_is_gone_at_once(pair: OutlookSplit) -> None:
    """Her copy shows what it showed before, and yet no mail has brought that."""
    pair.type_below(pair.anna, "Anna", "- Alpha")
    later(pair, 2)

    body = pair.graph.ui.body(pair.anna, pair.uid, FIRST.date())
    without = re.sub(r"[^<>]*Alpha(<br>)?", "", body, count=1)
    pair.graph.ui.edit_body(pair.anna, pair.uid, FIRST.date(), without)
    later(pair, 2)

    assert pair.texts() == []
    assert times(pair, "Alpha") == [0, 0]
