"""The other way round: a manager at Google, a report in Outlook, whose copy is an invitation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, timedelta

import pytest

from adapters.google import Delegation, GoogleSettings
from adapters.google import build as build_google
from adapters.google.settings import EVENTS, FREE_BUSY, TASKS
from core.memory.store import MemoryStore
from core.model.agenda import ItemState
from core.model.calendar import CalendarId
from core.model.people import Person
from core.model.series import Connection, ConnectionId, Series, Sheet
from core.ports import Suite
from core.service.consent import say_yes
from core.service.run import sync_once
from core.service.services import Services
from tests.acceptance.outlook_people import hired
from tests.acceptance.split_pair import FIRST, PLACE, WEEK, ZONE
from tests.servers.google import GoogleServer
from tests.servers.graph import GraphServer

BEN, ANNA = "ben@example.com", "anna@house.example.com"
pytestmark = pytest.mark.server


class Guest:
    """Anna in Outlook, invited by Ben at Google, and our engine on both accounts."""

    def __init__(self, graph: GraphServer, google: GoogleServer) -> None:
        self.graph, self.google, self.store = graph, google, MemoryStore()
        self.now = FIRST - timedelta(days=1)
        for server in (graph, google):
            server.clock.set(self.now)
        google.add_user(BEN, "Ben")
        self.uid = "leads@google.example.com"
        self.event = google.ui.create(
            BEN, "1:1", FIRST, guests=[ANNA], recurrence="FREQ=WEEKLY", description=PLACE,
            more={"iCalUID": self.uid}, notify=False,
        )  # fmt: skip
        outlook = hired(graph, self.store, ANNA, sleep=lambda _s: None, with_tasks=True)
        graph.ui.receive_invitation(
            ANNA, self.uid, organizer=BEN, attendees=[ANNA], subject="1:1",
            first=FIRST, body=f"<p>{PLACE}</p>", zone=ZONE,
        )  # fmt: skip
        suite = build_google(
            GoogleSettings(api_root=google.url, token_uri=google.token_uri),
            BEN, Delegation(key_file=google.service_account(EVENTS, FREE_BUSY, TASKS)),
            now=google.clock.now, sleep=lambda s: google.clock.advance(timedelta(seconds=s)),
        )  # fmt: skip
        self.suites: dict[str, Suite] = {BEN: suite, ANNA: outlook}
        self.services = Services(
            store=self.store, suite_of=lambda c: self.suites[c.person], default_locale="en"
        )
        his = Connection(
            connection_id=ConnectionId(BEN), suite="google", person=BEN,
            calendars=(CalendarId(BEN),),
        )  # fmt: skip
        assert suite.tasks is not None
        with self.store.transaction() as tx:
            tx.put_person(Person(address=BEN, name="Ben", zone=ZONE))
            tx.put_connection(replace(his, task_list=suite.tasks.list_task_lists()[0].list_id))
        self.sync()
        with self.store.transaction() as tx:
            say_yes(tx, self.series().series_id, by=BEN, now=self.now)
        self.sync()

    def sync(self, times: int = 1) -> None:
        for _ in range(times):
            self.now += timedelta(minutes=1)
            self.graph.clock.set(self.now)
            self.google.clock.set(self.now)
            assert sync_once(self.services, self.now).troubles == ()

    def series(self) -> Series:
        with self.store.transaction() as tx:
            (found,) = tx.all_series()
        return found

    def sheet(self) -> Sheet:
        with self.store.transaction() as tx:
            found = tx.open_sheet(self.series().series_id)
        assert found is not None
        return found

    def at_google(self, weeks: int = 0) -> str:
        day = (FIRST + weeks * WEEK).astimezone(UTC)
        event = self.google.ui.see(BEN, f"{self.event}_{day:%Y%m%dT%H%M%SZ}")
        return str(event.get("description", ""))


@pytest.fixture
def pair() -> Iterator[Guest]:
    with GraphServer() as graph, GoogleServer() as google:
        made = Guest(graph, google)
        yield made
        made.suites[ANNA].calendar.close()  # type: ignore[attr-defined]  # Outlook's has it
        assert graph.violations == []
        google.check()


def test_one_series_of_two_suites_and_what_the_guest_types_reaches_the_organizer_once(
    pair: Guest,
) -> None:
    hers = pair.graph.ui.body(ANNA, pair.uid, FIRST.date())
    assert "▼ 1:1 agenda" in pair.at_google()
    assert "▼ 1:1 agenda" in hers

    typed = hers.replace("<b>ANNA</b><br>", "<b>ANNA</b><br>- Urlaub<br>TODO ANNA: Folien<br>", 1)
    pair.graph.ui.edit_body(ANNA, pair.uid, FIRST.date(), typed)
    pair.sync(4)

    assert [p.text for p in pair.sheet().agenda.points] == ["Urlaub"]
    assert pair.at_google().count("Urlaub") == 1
    (task,) = pair.graph.ui.tasks(ANNA)
    assert task["title"] == "Folien"
    pair.graph.ui.complete_task(ANNA, "Folien")
    pair.sync(10)
    assert [i.state for i in pair.sheet().agenda.action_items] == [ItemState.DONE]
    assert len(pair.graph.ui.tasks(ANNA)) == 1
    assert [m for m in pair.graph.all_mails if m.cause == "app"] == []
    assert pair.google.mails.caused_by_api == []


def test_lines_of_both_stand_in_both_calendars_once(pair: Guest) -> None:
    occurrence = f"{pair.event}_{FIRST.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    pair.google.ui.edit(
        BEN, occurrence, lambda text: text.replace("Ben\n", "Ben\n- Budget\n", 1), phone=True
    )
    hers = pair.graph.ui.body(ANNA, pair.uid, FIRST.date())
    typed = hers.replace("<b>ANNA</b><br>", "<b>ANNA</b><br>- Urlaub<br>", 1)
    pair.graph.ui.edit_body(ANNA, pair.uid, FIRST.date(), typed)
    pair.sync(3)

    assert sorted(p.text for p in pair.sheet().agenda.points) == ["Budget", "Urlaub"]
    for words in ("Budget", "Urlaub"):
        assert pair.at_google().count(words) == 1
        assert pair.graph.ui.body(ANNA, pair.uid, FIRST.date()).count(words) == 1
    assert [m for m in pair.graph.all_mails if m.cause == "app"] == []
    assert pair.google.mails.caused_by_api == []
