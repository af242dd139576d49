"""US-1: a manager in Outlook, a report at Google or on CalDAV, and the mails that it costs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from core.budget import FREEZE, PAUSE
from core.model.agenda import ItemState
from core.service.edit import add_point
from tests.acceptance.conftest import radicale
from tests.acceptance.split_outlook import OutlookSplit, close, with_google
from tests.acceptance.split_outlook_dav import with_caldav
from tests.acceptance.split_pair import FIRST, PLACE, WEEK
from tests.servers.accounts import CalendarServer
from tests.servers.google import GoogleServer
from tests.servers.graph import GraphServer

__all__ = ["radicale"]

pytestmark = pytest.mark.server


@pytest.fixture(params=["google", "caldav"])
def pair(request: pytest.FixtureRequest) -> Iterator[OutlookSplit]:
    with GraphServer() as graph:
        if request.param == "caldav":
            server: CalendarServer = request.getfixturevalue("radicale")
            made = with_caldav(graph, server)
            yield made
        else:
            with GoogleServer() as google:
                made = with_google(graph, google)
                yield made
                google.check()
        close(made)
        assert graph.violations == []


@pytest.mark.capability("US-1")
def test_agenda_stands_in_both_and_the_join_link_still_works(pair: OutlookSplit) -> None:
    for person in (pair.ben, pair.anna):
        assert "Anna" in pair.text(person)
        assert PLACE in pair.text(person)
        assert "Anna" not in pair.text(person, FIRST + WEEK)
    view = pair.graph.ui.view(pair.ben, pair.uid, FIRST.date())
    assert view.props["joinUrl"]
    assert "meetup-join" in view.props["body"]
    assert len(pair.seen_mails()) == 1


def test_each_reads_the_headings_in_their_own_language_above_the_same_points(
    pair: OutlookSplit,
) -> None:
    for person in (pair.ben, pair.anna):
        assert "1:1 agenda (write here) / 1:1-Agenda (hier schreiben)" in pair.text(person)
        assert "How we want to talk / Wie wir miteinander reden wollen" in pair.text(person)


def test_what_she_types_is_on_his_page_at_once_and_in_his_event_at_the_next_write(
    pair: OutlookSplit,
) -> None:
    pair.type_below(pair.anna, "Anna", "- Alpha\n- Omega")
    for _ in range(3):
        pair.now += timedelta(minutes=10)
        pair.sync()

    assert pair.texts() == ["Alpha", "Omega"]
    assert pair.text(pair.anna).count("Alpha") == 1
    assert len(pair.seen_mails()) == 1

    pair.now = FIRST + timedelta(minutes=31)
    pair.sync()
    for person in (pair.ben, pair.anna):
        assert pair.text(person, FIRST + WEEK).count("Alpha") == 1
        assert pair.text(person, FIRST + WEEK).count("Omega") == 1
    per_occurrence = [m.original_start for m in pair.seen_mails()]
    assert len(per_occurrence) == len(set(per_occurrence)) == 2


def test_nobody_gets_a_mail_of_ours_close_to_the_start_or_after_it(pair: OutlookSplit) -> None:
    pair.now = FIRST - FREEZE
    pair.type_below(pair.anna, "Anna", "- spät")
    pair.sync()
    add_point(pair.services, pair.series().series_id, "von der Seite", by=pair.anna, now=pair.now)
    pair.now += timedelta(minutes=5)
    pair.sync()

    assert pair.texts() == ["spät", "von der Seite"]
    assert len(pair.seen_mails()) == 1


def test_both_change_the_same_line_and_both_versions_stay(pair: OutlookSplit) -> None:
    pair.now += PAUSE
    add_point(pair.services, pair.series().series_id, "Urlaub", by=pair.anna, now=pair.now)
    pair.sync()
    assert "Urlaub" in pair.text(pair.ben)
    assert "Urlaub" in pair.text(pair.anna)

    pair.edit(pair.ben, lambda text: text.replace("Urlaub", "Urlaub im Juli"))
    pair.edit(pair.anna, lambda text: text.replace("Urlaub", "Urlaub im August"))
    pair.now += timedelta(minutes=1)
    pair.sync()
    pair.sync()

    words = str(pair.sheet().agenda.points)
    assert "Juli" in words
    assert "August" in words


def test_action_items_land_in_each_one_s_own_tool_once(pair: OutlookSplit) -> None:
    pair.type_below(pair.anna, "Anna", "TODO Ben: Budget klären\nTODO Anna: Folien schicken")
    for _ in range(10):
        pair.now += timedelta(minutes=1)
        pair.sync()

    items = {item.text: item.owner for item in pair.sheet().agenda.action_items}
    assert items == {"Budget klären": pair.ben, "Folien schicken": pair.anna}
    his = pair.graph.ui.tasks(pair.ben)
    assert [task["title"] for task in his] == ["Budget klären"]
    pair.graph.ui.complete_task(pair.ben, "Budget klären")
    pair.now += timedelta(minutes=1)
    pair.sync()

    states = {item.text: item.state for item in pair.sheet().agenda.action_items}
    assert states["Budget klären"] is ItemState.DONE
    assert states["Folien schicken"] is ItemState.OPEN
    assert len(pair.seen_mails()) == 1
