"""The cycle on a stand-in that somebody else might have written: we are married to none."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from adapters.google import Consent, GoogleSettings, build
from core.errors import CursorExpired
from core.memory.store import MemoryStore
from core.model.agenda import ItemState, PointState
from core.model.calendar import CalendarId, Cursor
from core.model.people import Person
from core.model.series import Connection, ConnectionId, Sheet
from core.model.tasks import TaskListId
from core.ports import Suite
from core.service.consent import say_yes
from core.service.run import sync_once
from core.service.services import Services
from tests.servers.google.keys import account_key, pem
from tests.servers.plain_google import PlainGoogle
from webhook_app.cli.main import main
from webhook_app.jobs.clock import utc_now

pytestmark = pytest.mark.server
BEN, ANNA = "ben@example.com", "anna@example.com"
START = datetime(2026, 3, 3, 9, tzinfo=UTC)
CONSENT = Consent(client_id="c", client_secret="s", refresh_token="r")


class Pair:
    """Ben and Anna on the plain stand-in."""

    def __init__(self, server: PlainGoogle) -> None:
        self.server, self.store = server, MemoryStore()
        self.now = START - timedelta(days=1)
        self.event = server.meet_weekly(BEN, ANNA, START, "Room 7")
        self.suites = {person: self._open(person) for person in (BEN, ANNA)}
        self.services = Services(
            store=self.store, suite_of=lambda c: self.suites[c.person], default_locale="en"
        )
        with self.store.transaction() as tx:
            for person in (BEN, ANNA):
                name = person.partition("@")[0].capitalize()
                tx.put_person(Person(address=person, name=name, zone="UTC"))
                tx.put_connection(Connection(
                    connection_id=ConnectionId(f"google:{person}"), suite="google", person=person,
                    calendars=(CalendarId(person),), task_list=TaskListId(person)))  # fmt: skip

    def _open(self, person: str) -> Suite:
        settings = GoogleSettings(
            api_root=self.server.root, token_uri=f"{self.server.root}/token", push_secret=b"s"
        )
        return build(settings, person, CONSENT, now=lambda: self.now, sleep=lambda _: None)

    def sync(self) -> None:
        assert sync_once(self.services, self.now).troubles == ()

    def say_yes(self) -> None:
        self.sync()
        with self.store.transaction() as tx:
            (series,) = tx.all_series()
            say_yes(tx, series.series_id, by=BEN, now=self.now)
        self.sync()

    def text(self, number: int) -> str:
        return str(self.server.occurrence(self.event, number)["description"])

    def sheet(self) -> Sheet:
        with self.store.transaction() as tx:
            (series,) = tx.all_series()
            found = tx.open_sheet(series.series_id)
        assert found is not None
        return found


@pytest.fixture
def pair() -> Iterator[Pair]:
    with PlainGoogle() as server:
        made = Pair(server)
        made.say_yes()
        yield made


def test_the_agenda_stands_in_the_next_occurrence_and_nowhere_else(pair: Pair) -> None:
    assert pair.text(0).startswith("Room 7")
    assert "1:1 agenda" in pair.text(0)
    assert pair.text(1) == "Room 7"

    for _ in range(3):
        pair.sync()
    assert len(pair.server.writes) == 1


def test_what_is_typed_is_kept_ticked_and_carried_over(pair: Pair) -> None:
    pair.server.type(pair.event, 0, "Anna\n", "Anna\n- Holidays\n- Budget\n")
    pair.sync()
    pair.server.type(pair.event, 0, "[ ] Holidays", "[x] Holidays")
    pair.sync()
    states = {p.text: p.state for p in pair.sheet().agenda.points}
    assert states == {"Holidays": PointState.DISCUSSED, "Budget": PointState.OPEN}

    pair.now = START + timedelta(minutes=31)
    pair.sync()

    assert pair.text(1).count("Budget") == 1
    assert "Holidays" not in pair.text(1)


def test_a_promise_becomes_one_task_and_its_tick_comes_back(pair: Pair) -> None:
    pair.server.type(pair.event, 0, "Ben\n", "Ben\n- TODO Anna: Slides\n")
    for _ in range(4):
        pair.sync()
    (task,) = pair.server.tasks[ANNA].values()
    assert task["title"] == "Slides"

    task["status"] = "completed"
    for _ in range(2):
        pair.sync()

    assert [i.state for i in pair.sheet().agenda.action_items] == [ItemState.DONE]
    assert len(pair.server.tasks[ANNA]) == 1


def test_a_place_to_go_on_from_that_is_gone_without_a_reason_starts_over(pair: Pair) -> None:
    calendar = pair.suites[BEN].calendar
    token = Cursor('{"sync": "forgotten", "after": null, "page": null}')

    with pytest.raises(CursorExpired):
        calendar.changes(CalendarId(BEN), token)


def key_file() -> dict[str, str]:
    return {
        "type": "service_account",
        "private_key": pem(account_key(1)),
        "client_email": "robot@example.iam.gserviceaccount.com",
        "client_id": "1",
        "token_uri": "https://oauth2.googleapis.com/token",
    }


def test_the_commands_set_it_up_and_take_it_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with PlainGoogle() as server:
        monkeypatch.setenv("VIERAUGEN_GOOGLE_API_ROOT", f"{server.root}/")
        monkeypatch.setenv("VIERAUGEN_GOOGLE_TOKEN_URI", f"{server.root}/token")
        event = server.meet_weekly(BEN, ANNA, utc_now() + timedelta(days=1), "Room 7")
        key = tmp_path / "key.json"
        key.write_text(json.dumps(key_file()))
        key.chmod(0o600)

        def run(*words: str) -> str:
            capsys.readouterr()
            assert main([*words, "--data", str(tmp_path / "data")]) == 0
            return capsys.readouterr().out

        run("init")
        run("connect", "google", "--key-file", str(key), "--person", BEN, "--person", ANNA)
        run("doctor", "--suite", "google")
        run("sync")
        run("series", "enable", json.loads(run("series", "list", "--json"))["series"][0]["series"])
        run("sync")
        assert "1:1 agenda" in server.occurrence(event, 0)["description"]
        run("disconnect", BEN)

        assert server.occurrence(event, 0)["description"] == "Room 7"
