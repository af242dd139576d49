"""An administrator's hour with Google Workspace, one test a step (docs/google-journey.md)."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.google.scopes import SCOPES
from adapters.google.settings import EVENTS, FREE_BUSY
from core.model.access import Via
from core.model.series import ConnectionId
from core.service.edit import add_point
from core.service.run import sync_once
from tests.acceptance.google_company import listening
from tests.acceptance.google_hour import PLAIN, Hour
from tests.acceptance.killing import DyingStore
from tests.servers.google import GoogleServer
from tests.webhook_app.google_office import ANNA, BEN, CLEO, make_office
from webhook_app.auth import sessions
from webhook_app.auth.visitor import name_of
from webhook_app.hooks.subscriptions import Upkeep
from webhook_app.jobs.clock import utc_now
from webhook_app.web import create_app

pytestmark = [pytest.mark.server, pytest.mark.capability("US-3")]
ADMIN = "root@example.com"


@pytest.fixture
def hour(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Hour]:
    with GoogleServer() as server:
        yield Hour(make_office(server, tmp_path, monkeypatch.setenv), capsys)
        server.check()
        assert server.mails.caused_by_api == []


def test_step_1_the_demo_plays_a_cycle_without_any_account(tmp_path: Path) -> None:
    words = ("demo", "--suite", "google", "--check", "--data", str(tmp_path / "demo"))

    done = subprocess.run(
        [sys.executable, "-m", "webhook_app.cli", *words],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        timeout=100,
        check=False,
    )

    assert done.returncode == 0, done.stderr.decode()


def test_step_2_setup_prints_what_to_click_and_exactly_the_scopes_that_are_used(hour: Hour) -> None:
    said = hour.said("setup", "google", "--key-file", str(hour.office.key_file))

    assert {row["scope"] for row in said["scopes"]} == {each.scope for each in SCOPES}
    assert all(row["why"] for row in said["scopes"])
    assert not any(word in said["paste"] for word in ("drive", "gmail", "mail.google"))
    # With what was pasted, and nothing else, everything works.
    hour.server.delegate(hour.office.key, *said["paste"].split(","))
    hour.begin()


@pytest.mark.parametrize("step", ["api off", "no delegation", "one scope", "wrong id", "clock"])
def test_step_3_doctor_names_the_missing_step_in_one_sentence(
    hour: Hour, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    office = hour.office
    office.connect(BEN)
    match step:
        case "api off":
            hour.server.faults.add("calendar.*", status=403, reason="accessNotConfigured", times=9)
        case "no delegation" | "wrong id":
            hour.server.delegate(office.key)
        case "one scope":
            hour.server.delegate(office.key, EVENTS, FREE_BUSY)
        case _:
            later = utc_now() + timedelta(minutes=7)
            monkeypatch.setattr("webhook_app.cli.doctor_google.utc_now", lambda: later)

    assert office.run("doctor", "google", "--json") in (0, 3)

    rows = json.loads(hour.heard().partition("\n{")[2].join(("{", "")) or "{}")
    wrong = [row["text"] for row in rows["findings"] if not row["ok"]]
    words = {
        "api off": "The Google Calendar API is switched off",
        "no delegation": f"Nothing is delegated to client id {office.key['client_id']}",
        "wrong id": "its client id is another one",
        "one scope": "auth/tasks is not delegated",
        "clock": "clock is off by",
    }
    assert any(words[step] in text for text in wrong)


def test_step_4_an_outsider_of_the_pilot_is_refused_by_us_and_it_is_in_the_log(
    hour: Hour, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VIERAUGEN_GOOGLE_PEOPLE", f"{BEN},{ANNA}")
    hour.server.calls.clear()
    hour.heard()

    assert hour.office.connect(CLEO) == 3

    said = hour.heard()
    assert "google_account_refused" in said
    assert hour.server.calls.count() == 0


def test_step_5_a_look_at_all_calendars_writes_nothing_and_gives_each_series_its_reason(
    hour: Hour,
) -> None:
    """Twelve calendars at a twenty-fifth of the quota for three hundred."""
    guests = [f"p{number}@example.com" for number in range(11)]
    for guest in guests:
        hour.server.add_user(guest, guest[:2].upper())
        hour.meet(guest)
    assert hour.office.connect(BEN, *guests) == 0
    hour.server.quotas.calendar_project_per_minute = 400
    hour.server.calls.clear()

    looked = hour.said("sync", "--dry-run")

    assert (looked["writes"], looked["waiting"], looked["troubles"]) == ([], 11, [])
    assert "@" not in hour.log
    for verb in ("insert", "patch", "update", "delete", "move", "watch"):
        assert hour.server.calls.count(f"*.{verb}") == 0
    assert hour.server.calls.count("calendar.*") <= 5 * 60
    listed = hour.said("series", "list")["series"]
    assert len(listed) == 11
    assert all(each["state"] == "found" and each["agenda"] for each in listed)


def test_step_6_a_bad_table_changes_nothing_and_the_same_one_twice_neither(
    hour: Hour, tmp_path: Path
) -> None:
    file = tmp_path / "lines.csv"
    file.write_text(f"email,manager\n{ANNA},{BEN}\n{BEN},{ANNA}\n", encoding="utf-8")
    refused = hour.said("hris", "import", str(file), code=1)
    assert [(e["row"], e["code"]) for e in refused["errors"]] == [(2, "cycle"), (3, "cycle")]

    file.write_text(f"email,manager\n{BEN},\n{ANNA},{BEN}\n", encoding="utf-8")
    first = hour.said("hris", "import", str(file))
    again = hour.said("hris", "import", str(file))

    assert first["people"]
    assert again["people"] == 0


def test_step_7_after_kill_9_the_queue_goes_on_and_no_event_has_two_blocks(hour: Hour) -> None:
    event, series = hour.begin()
    app = hour.office.open()
    add_point(app.services, series, "Bleibt", by=ANNA, now=utc_now())
    for n in (9, 14, 19, 24):
        child = os.fork()
        if child == 0:
            try:
                services = replace(app.services, store=DyingStore(app.store, n))
                sync_once(services, utc_now())
            finally:
                os._exit(0)  # whatever comes: no child goes on with the parent's tests
        os.waitpid(child, 0)

    hour.said("sync")

    for person in (BEN, ANNA):
        text = hour.notes(person, event)[0]
        assert text.count("Bleibt") == 1
        assert text.count("▼ 1:1") == 1
    app.close()


def test_step_8_five_pilot_pairs_get_an_agenda_and_nobody_else(hour: Hour) -> None:
    guests = [f"p{number}@example.com" for number in range(7)]
    events = {}
    for guest in guests:
        hour.server.add_user(guest, guest[:2].upper())
        events[f"1:1 {guest[:2]}"] = hour.meet(guest)
    hour.office.connect(BEN, *guests)
    hour.said("sync")
    listed = sorted(hour.said("series", "list")["series"], key=lambda each: str(each["title"]))

    for each in listed[:5]:
        hour.said("series", "enable", each["series"])
    hour.said("sync")

    shown = [hour.notes(BEN, events[each["title"]])[0] != PLAIN for each in listed]
    assert shown == [True] * 5 + [False] * 2


def test_step_9_both_see_plain_text_in_the_next_event_alone_and_nobody_gets_mail(
    hour: Hour,
) -> None:
    event, _ = hour.begin()

    for person in (BEN, ANNA):
        coming, later, series = hour.notes(person, event)
        assert coming.startswith(PLAIN)
        assert "1:1" in coming
        assert "<" not in coming
        assert (later, series) == (PLAIN, PLAIN)
    assert hour.server.mails.caused_by_api == []


def test_step_10_an_administrator_reads_no_word_and_the_attempt_is_in_the_log(hour: Hour) -> None:
    _, series = hour.begin()
    opened = hour.office.open()
    app = replace(opened, settings=replace(opened.settings, admins=ADMIN))
    add_point(app.services, series, "Gehaltswunsch", by=ANNA, now=utc_now())
    sync_once(app.services, utc_now())
    with app.store.transaction() as tx:
        cookie = sessions.start(tx, ADMIN, Via.MAIL, utc_now())
    client = create_app(app).test_client()
    client.set_cookie("vieraugen", cookie)
    hour.heard()

    answers = [client.get(f"/api/v1/series/{series}/{what}") for what in ("agenda", "notes")]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert not any("Gehaltswunsch" in answer.text for answer in answers)
    lines = [line for line in hour.heard().splitlines() if "access_refused" in line]
    assert len(lines) == 2
    assert [(name_of(ADMIN) in line, series in line) for line in lines] == [(True, True)] * 2, lines
    assert not any("@" in line for line in lines)
    opened.close()
    kept = [file.read_bytes() for file in hour.office.data.rglob("*") if file.is_file()]
    assert not any(b"Gehaltswunsch" in data for data in kept)


def test_step_11_leaving_is_said_first_and_then_leaves_no_trace(hour: Hour) -> None:
    assert hour.office.connect(BEN, ANNA) == 0
    app = hour.office.open()
    with listening() as (address, _):
        reachable = replace(app.settings, public_url=address, push="on")
        Upkeep(replace(app, settings=reachable)).round()
        hour.server.push.flush()
    event, _ = hour.begin()
    assert {channel.owner for channel in hour.server.push.channels.values()} == {BEN, ANNA}
    before = hour.notes(ANNA, event)

    hour.said("disconnect", BEN, "--dry-run")
    assert hour.notes(ANNA, event) == before
    hour.said("disconnect", BEN)

    for person in (BEN, ANNA):
        assert hour.notes(person, event) == [PLAIN, PLAIN, PLAIN]
    assert {channel.owner for channel in hour.server.push.channels.values()} == {ANNA}
    with app.store.transaction() as tx:
        assert tx.secret(ConnectionId(f"google:{BEN}")) == ""
    app.close()
