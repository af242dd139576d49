"""The engine on a Graph that leaves out whatever it may: the cycle holds all the same."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from adapters.outlook import AppSecret, OutlookSettings, build, secret_text, settings_text
from adapters.outlook.calendar_id import calendar_id_of
from adapters.outlook.lenient import below, revision_of
from core.errors import UnexpectedResponse
from core.memory.store import MemoryStore
from core.model.people import Person
from core.model.series import Connection, ConnectionId
from core.service.consent import say_yes
from core.service.run import sync_once
from core.service.services import Services
from tests.servers.plain_graph import plain_graph

FIRST = datetime.fromisoformat("2026-03-23T10:00:00+01:00")
"""A week before Europe changes its clocks."""
ROOT = "https://graph.example.com/v1.0"


class Held:
    """A token from a broker of one's own."""

    def token(self):
        return "t"

    def forget(self, token):
        """There is no other one."""


class House:
    """Ben and Anna there, with our engine."""

    def __init__(self, graph):
        self.graph, self.now, self.store = graph, FIRST - timedelta(days=2), MemoryStore()
        known = OutlookSettings(tenant_id="t", client_id="c", graph_root=graph.root)
        secret = secret_text(AppSecret(secret="s"))
        self.suites = {
            who: build(settings_text(known, who), secret, now=lambda: self.now, bearer=Held())
            for who in (graph.ben, graph.anna)
        }
        self.services = Services(
            store=self.store, suite_of=lambda c: self.suites[c.person], default_locale="en"
        )
        with self.store.transaction() as tx:
            for who, suite in self.suites.items():
                tx.put_person(Person(address=who, name=who.partition("@")[0].capitalize()))
                tx.put_connection(
                    Connection(
                        connection_id=ConnectionId(who),
                        suite="outlook",
                        person=who,
                        calendars=(calendar_id_of(who),),
                        task_list=suite.tasks.list_task_lists()[0].list_id,
                    )
                )

    def sync(self, times=2):
        for _ in range(times):
            self.now += timedelta(minutes=1)
            assert sync_once(self.services, self.now).troubles == ()

    def sheet(self):
        with self.store.transaction() as tx:
            (series,) = tx.all_series()
            return series, tx.open_sheet(series.series_id)

    def type(self, person, line, below):
        text = self.graph.text(person)
        heading = f"<b>{below}</b><br>"
        assert heading in text
        self.graph.type(person, 0, text.replace(heading, f"{heading}- {line}<br>", 1))


@pytest.fixture
def house():
    with plain_graph(FIRST) as graph:
        made = House(graph)
        yield made
        for suite in made.suites.values():
            suite.calendar.close()


def test_the_cycle_holds_on_a_graph_that_says_as_little_as_it_may(house):
    graph = house.graph
    house.sync()
    series, _ = house.sheet()
    with house.store.transaction() as tx:
        say_yes(tx, series.series_id, by=graph.ben, now=house.now)
    house.sync()
    for who in (graph.ben, graph.anna):
        assert graph.text(who).count("▼ 1:1 agenda") == 1
        assert "Room 7" in graph.text(who)
    assert "agenda" not in graph.text(graph.ben, 1)

    house.type(graph.anna, "My holidays", "Anna")
    house.type(graph.ben, "TODO Anna: Send the slides", "Ben")
    house.sync(4)
    _, sheet = house.sheet()
    assert [(p.text, p.owner) for p in sheet.agenda.points] == [("My holidays", graph.anna)]
    (task,) = graph.tasks[graph.anna].values()
    assert task["title"] == "Send the slides"

    task["status"] = "completed"
    graph.task_log[graph.anna].append(task["id"])
    house.now = FIRST + timedelta(minutes=31)
    house.sync(3)
    _, sheet = house.sheet()
    assert sheet.place.original_start == FIRST + timedelta(weeks=1, hours=-1)
    assert [item.state.value for item in sheet.agenda.action_items] in ([], ["done"])
    for who in (graph.ben, graph.anna):
        assert graph.text(who, 1).count("My holidays") == 1
    assert len(graph.tasks[graph.anna]) == 1

    writes = len(graph.log[graph.ben])
    house.sync(3)
    assert len(graph.log[graph.ben]) == writes


def test_what_somebody_writes_between_our_reading_and_our_writing_stays(house):
    """Without ETags only reading again tells."""
    calendar, graph = house.suites[house.graph.ben].calendar, house.graph
    house.sync()
    series, _ = house.sheet()
    with house.store.transaction() as tx:
        say_yes(tx, series.series_id, by=graph.ben, now=house.now)
    write = calendar.write_body

    def raced(*given, **options):
        calendar.write_body = write
        graph.type(graph.ben, 0, "<p>Room 8</p>")
        return write(*given, **options)

    calendar.write_body = raced
    house.sync(3)

    assert "Room 8" in graph.text(graph.ben)
    assert graph.text(graph.ben).count("▼ 1:1 agenda") == 1


@pytest.mark.parametrize(
    ("link", "where"),
    [
        ("https://graph.example.com/v1.0/users/a?x=1", "/users/a?x=1"),
        ("/v1.0/users/a?$skip=2", "/users/a?$skip=2"),
        ("users/a", "/users/a"),
        ("https://graph.microsoft.com/v1.0/users/a", "/users/a"),
    ],
)
def test_links_are_followed_at_the_root_alone(link, where):
    assert below(ROOT, link) == ROOT + where


@pytest.mark.parametrize(
    "link", ["https://evil.example.org/v1.0/users", "//evil.example.org/v1.0/x", "/admin",
             "https://graph.example.com:8443/v1.0/users", "https://graph.example.com/v2/v1.0/u"]
)  # fmt: skip
def test_links_to_elsewhere_are_not(link):
    with pytest.raises(UnexpectedResponse):
        below(ROOT, link)


def test_revision_is_the_tag_the_change_key_or_what_it_says():
    assert revision_of({"@odata.etag": 'W/"a"', "changeKey": "b"}) == 'W/"a"'
    assert revision_of({"changeKey": "b"}) == 'W/"b"'
    first = revision_of({"id": "1", "subject": "x"})
    assert first == revision_of({"subject": "x", "id": "1"})
    assert first == revision_of({"id": "1", "subject": "x", "originalStart": "a list leaves it"})
    assert first != revision_of({"id": "1", "subject": "y"})
