"""`vieraugen doctor --suite google` names the missing step; `--live` leaves nothing behind."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from adapters.google.checks import clock_check
from adapters.google.live import APP_CREATED
from adapters.google.settings import EVENTS, FREE_BUSY, TASKS, GoogleSettings
from core.model.heard import Heard
from tests.servers.google import GoogleServer
from tests.servers.google.calendar_state import Calendar
from tests.webhook_app.google_office import ANNA, BEN, DELEGATED, Office, make_office
from webhook_app.jobs.clock import utc_now


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    with GoogleServer() as server:
        made = make_office(server, tmp_path, monkeypatch.setenv)
        assert made.connect(BEN) == 0
        yield made


def doctor(
    office: Office, capsys: pytest.CaptureFixture[str], *more: str
) -> tuple[int, dict[str, str]]:
    """Return the exit code, and the text of each line that is not well."""
    capsys.readouterr()
    code = office.run("doctor", "--suite", "google", "--json", *more)
    said: dict[str, Any] = json.loads(capsys.readouterr().out)
    return code, {row["what"]: row["text"] for row in said["findings"] if not row["ok"]}


def test_all_is_well(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    assert doctor(office, capsys) == (0, {})


def test_an_api_that_is_off_is_named_with_where_to_enable_it(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    office.server.faults.add("calendar.*", status=403, reason="accessNotConfigured", times=9)

    code, found = doctor(office, capsys)

    assert code == 3
    (text,) = found.values()
    assert text.startswith("The Google Calendar API is switched off")
    assert "APIs & Services > Library" in text


def test_a_missing_delegation_names_our_client_id(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    office.server.delegate(office.key)

    code, found = doctor(office, capsys)

    assert code == 3
    text = found[f"{BEN} sign-in"]
    assert f"Nothing is delegated to client id {office.key['client_id']}" in text
    assert "its client id is another one" in text


def test_one_missing_scope_is_named_with_what_it_is_for(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    office.server.delegate(office.key, EVENTS, FREE_BUSY)

    code, found = doctor(office, capsys)

    assert code == 0
    text = found[f"{BEN} scope tasks"]
    assert TASKS in text
    assert "Without it nobody can put a person's action items into their own list" in text


def test_the_calendar_s_own_scope_is_needed(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    office.server.delegate(office.key, TASKS)

    assert doctor(office, capsys)[0] == 3


def test_a_wrong_clock_is_named(office: Office) -> None:
    settings = GoogleSettings(api_root=office.server.url, token_uri=office.server.token_uri)

    found = clock_check(settings, utc_now() + timedelta(minutes=6))

    assert not found.ok
    assert "off by 3" in found.text
    assert "NTP" in found.text
    assert clock_check(settings, utc_now()).ok


def test_a_suspended_person_is_named(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    office.server.suspend(BEN)

    code, found = doctor(office, capsys)

    assert code == 3
    assert "is suspended: restore it in the Admin console" in found[f"{BEN} sign-in"]


def test_no_network_is_named(
    office: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VIERAUGEN_GOOGLE_TOKEN_URI", "http://127.0.0.1:9/token")

    code, found = doctor(office, capsys)

    assert code == 3
    assert "does not answer" in found["clock"]


def test_nobody_connected_says_how(
    tmp_path: Path, office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    assert office.run("doctor", "--suite", "google", "--person", "x@example.com") == 1

    assert "vieraugen setup google" in capsys.readouterr().err


def live(
    office: Office, capsys: pytest.CaptureFixture[str], column: str = "result"
) -> dict[str, str]:
    capsys.readouterr()
    office.run("doctor", "--suite", "google", "--live", "--json")
    said = json.loads(capsys.readouterr().out)
    return {row["check"]: row[column] for row in said["checks"]}


def test_the_twelve_live_checks_leave_nothing_behind(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    server = office.server
    server.delegate(office.key, *DELEGATED, APP_CREATED)
    calendars = set(server.world.calendars.by_id)
    lists = len(server.world.tasks.lists[BEN])

    said = live(office, capsys, "text")
    found = live(office, capsys)

    assert sorted(found) == list("abcdefghijkl")
    assert {found[letter] for letter in "cdgijl"} == {"as assumed"}
    assert {found[letter] for letter in "aehk"} == {"by hand"}
    assert set(server.world.calendars.by_id) == calendars
    assert len(server.world.tasks.lists[BEN]) == lists
    assert server.mails.sent == []
    assert said["a"].startswith(
        "the organizer's text replaces the guest's; a guest's own is refused"
    )
    server.check()


def test_what_differs_from_our_assumptions_is_told(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    office.server.delegate(office.key, *DELEGATED, APP_CREATED)
    office.server.assumptions.long_description = "truncate"

    assert live(office, capsys)["d"] == "DIFFERS"


def test_guest_s_copy_that_shows_other_words_than_the_organizer_s_differs(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    office.server.delegate(office.key, *DELEGATED, APP_CREATED)
    calendars = office.server.world.calendars.by_id

    def reworded() -> None:
        (guest,) = [c for name, c in calendars.items() if "group" in name and _copies_in(c)]
        for row in guest.rows.values():
            row.fields["description"] = "something else"

    office.server.faults.meanwhile("calendar.events.insert", reworded)

    assert live(office, capsys)["a"] == "DIFFERS"


def _copies_in(calendar: Calendar) -> bool:
    return any(r.fields["organizer"]["email"] != calendar.id for r in calendar.rows.values())


def test_without_the_test_s_own_scope_only_reading_is_tried(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    office.server.calls.clear()

    found = live(office, capsys)

    assert {found[letter] for letter in "edglc"} == {"by hand"}
    assert office.server.calls.count("calendar.events.patch") == 0


def test_the_test_calendar_goes_even_when_a_check_breaks(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    office.server.delegate(office.key, *DELEGATED, APP_CREATED)
    calendars = set(office.server.world.calendars.by_id)
    office.server.faults.add("calendar.events.insert", status=400, reason="invalid")

    live(office, capsys)

    assert set(office.server.world.calendars.by_id) == calendars


def test_what_came_of_the_steps_by_hand_is_read(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    """A guest's own line (a), and Google's last calls of the add-on (h, k)."""
    assert office.connect(ANNA) == 0
    event = office.server.ui.create(BEN, "1:1", utc_now() + timedelta(days=1), guests=[ANNA])
    office.server.ui.edit(ANNA, event, lambda text: text + "- my line", phone=True)
    app = office.open()
    with app.store.transaction() as tx:
        tx.put_noun(Heard(what="google card", at=utc_now()))
        tx.put_noun(Heard(what="google press", at=utc_now(), refused="the token is too old"))
    app.close()

    found = live(office, capsys)

    assert {letter: found[letter] for letter in "ahk"} == {
        "a": "as assumed", "h": "as assumed", "k": "DIFFERS"}  # fmt: skip
    assert office.server.calls.count("calendar.events.patch") == 0
