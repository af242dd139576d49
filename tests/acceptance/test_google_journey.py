"""An administrator's hour with Google Workspace: the commands, in the order of the hour."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from core.service.edit import add_point
from core.service.run import sync_once
from tests.servers.google import GoogleServer
from tests.webhook_app.google_office import ANNA, BEN, CLEO, Office, make_office
from webhook_app.jobs.clock import utc_now
from webhook_app.web import create_app

pytestmark = pytest.mark.server
PLAIN = "Room 7\nBring the draft"
WEEK = timedelta(days=7)
START = (utc_now() + timedelta(days=1)).replace(hour=9, minute=0, second=0, microsecond=0)
NEXT = START.date()


class Hour:
    """The commands, and what they said."""

    def __init__(self, office: Office, capsys: pytest.CaptureFixture[str]) -> None:
        self.office = office
        self.server = office.server
        self._capsys = capsys

    def said(self, *words: str, code: int = 0) -> Any:
        """Run a command and return its JSON."""
        self._capsys.readouterr()
        assert self.office.run(*words, "--json") == code
        return json.loads(self._capsys.readouterr().out)

    def patches(self) -> int:
        return self.server.calls.count("calendar.events.patch")

    def notes(self, person: str, event: str) -> list[str]:
        """Return the description of the next occurrence, of the one after it and of the series."""
        ids = [self.server.ui.occurrence_id(person, event, day) for day in (NEXT, NEXT + WEEK)]
        return [str(self.server.ui.see(person, i).get("description", "")) for i in (*ids, event)]


@pytest.fixture
def hour(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Hour]:
    with GoogleServer() as server:
        yield Hour(make_office(server, tmp_path, monkeypatch.setenv), capsys)
        server.check()
        assert server.mails.caused_by_api == []


def test_the_hour_from_the_first_look_to_the_last_trace(hour: Hour) -> None:
    office, server = hour.office, hour.server
    with_anna, with_cleo = (
        server.ui.create(
            BEN, f"1:1 {name}", START, guests=[guest], recurrence="FREQ=WEEKLY",
            description=PLAIN, notify=False,
        )
        for name, guest in (("Anna", ANNA), ("Cleo", CLEO))
    )  # fmt: skip
    assert office.connect(BEN, ANNA, CLEO) == 0

    # 5: look at all calendars; nothing is written, and each series has its reason.
    looked = hour.said("sync", "--dry-run")
    assert (looked["writes"], looked["waiting"], looked["troubles"]) == ([], 2, [])
    listed = {s["title"]: s for s in hour.said("series", "list")["series"]}
    assert {s["state"] for s in listed.values()} == {"found"}
    assert all(s["one_on_one"] and s["agenda"] for s in listed.values())
    assert hour.patches() == 0

    # 8: one pilot pair says yes; nothing happens in anybody else's calendar.
    before = [hour.notes(person, with_cleo) for person in (BEN, CLEO)]
    hour.said("series", "enable", listed["1:1 Anna"]["series"])
    hour.said("sync")
    assert [hour.notes(person, with_cleo) for person in (BEN, CLEO)] == before

    # 9: both open the event: the text stands in the next one alone, and is still plain.
    for person in (BEN, ANNA):
        coming, later, series = hour.notes(person, with_anna)
        assert coming.startswith(PLAIN)
        assert "1:1" in coming
        assert "<" not in coming
        assert (later, series) == (PLAIN, PLAIN)

    # 10: who administers the machine finds no word of it, in the files or by asking.
    app = office.open()
    add_point(
        app.services, listed["1:1 Anna"]["series"], "Gehaltswunsch", by=ANNA, now=utc_now()
    )  # fmt: skip
    sync_once(app.services, utc_now())
    app.store.database.close()
    kept = [file.read_bytes() for file in office.data.rglob("*") if file.is_file()]
    assert not any(b"Gehaltswunsch" in data for data in kept)
    client = create_app(app).test_client()
    found = listed["1:1 Anna"]["series"]
    assert client.get(f"/api/v1/series/{found}/notes").status_code == 401
    stranger = app.links.page_of(CLEO, utc_now()).removeprefix(app.settings.public_url)
    assert "Gehaltswunsch" not in client.get(stranger).text
    assert client.get(f"{stranger.rstrip('/')}/talk/{found}").status_code in (403, 404)
    app.close()

    # 11: first said, then done: every calendar is as it was.
    hour.said("disconnect", BEN, "--dry-run")
    assert hour.notes(ANNA, with_anna)[0] != PLAIN
    hour.said("disconnect", BEN)
    for person in (BEN, ANNA):
        assert hour.notes(person, with_anna) == [PLAIN, PLAIN, PLAIN]
