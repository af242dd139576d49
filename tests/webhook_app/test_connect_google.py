"""`vieraugen connect google` and `setup google`: each step checked, each refusal a sentence."""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from adapters.google.scopes import SCOPES
from adapters.google.settings import EVENTS, FREE_BUSY, TASKS
from core.model.series import ConnectionId
from tests.servers.google import GoogleServer
from tests.webhook_app.google_office import ANNA, BEN, CLEO, Office, make_office


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    with GoogleServer() as server:
        yield make_office(server, tmp_path, monkeypatch.setenv)
        server.check()


def test_two_people_by_delegation(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    assert office.connect(BEN, ANNA) == 0

    said = capsys.readouterr().out
    assert "ok   ben@example.com calendar: answers, in Europe/Berlin" in said
    assert "action items go to the list '1:1'" in said
    app = office.open()
    with app.store.transaction() as tx:
        connection = tx.connection(ConnectionId("google:anna@example.com"))
    assert connection is not None
    assert connection.calendars == (ANNA,)
    assert app.services.suite_of(connection).push is not None
    app.close()


def test_connecting_again_needs_no_key_and_makes_no_second_list(office: Office) -> None:
    office.connect(BEN)

    assert office.run("connect", "google", "--person", BEN, "--person", CLEO) == 0

    lists = office.server.world.tasks.lists[BEN].values()
    assert sum(1 for each in lists if each.title == "1:1") == 1


def test_without_the_scope_for_tasks_the_calendar_is_connected(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    office.server.delegate(office.key, EVENTS)

    assert office.connect(BEN) == 0

    said = capsys.readouterr().out
    assert f"FAIL {BEN} tasks: The scope {TASKS} is not delegated" in said
    assert "Until then action items stay on the agenda" in said


def test_what_is_wrong_is_said_and_the_others_are_connected(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    office.server.suspend(ANNA)

    assert office.connect(BEN, ANNA, "nobody@example.com") == 3

    said = capsys.readouterr().out
    assert f"ok   {BEN} connection: kept" in said
    assert f"FAIL {ANNA} connection: Google has no such account, or it is suspended" in said
    assert "FAIL nobody@example.com connection: Google has no such account" in said


def test_a_missing_delegation_names_the_place_to_click(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    office.server.delegate(office.key)

    assert office.connect(BEN) == 3

    said = capsys.readouterr().out
    assert "Domain-wide delegation" in said
    assert EVENTS in said


def test_an_outsider_of_the_pilot_is_refused_before_google_is_asked(
    office: Office, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VIERAUGEN_GOOGLE_PEOPLE", f"{BEN},@pilot.example.com")
    office.server.calls.clear()

    assert office.connect(CLEO) == 3

    assert "not among google_people" in capsys.readouterr().out
    assert office.server.calls.count() == 0
    assert office.connect(BEN) == 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("no json", "is not JSON"),
        ("[]", "holds no object"),
        ('{"type": "authorized_user"}', "is no service account's key"),
        ('{"type": "service_account", "client_email": "a"}', "has no private_key"),
    ],
)
def test_a_file_that_is_no_key_is_named(
    office: Office, capsys: pytest.CaptureFixture[str], text: str, said: str
) -> None:
    office.key_file.write_text(text)

    assert office.connect(BEN) == 1

    assert said in capsys.readouterr().err


def test_a_key_that_others_can_read_is_refused(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    office.key_file.chmod(0o644)

    assert office.connect(BEN) == 1

    assert "chmod 600" in capsys.readouterr().err


def consent_by(office: Office, user: str, capsys: pytest.CaptureFixture[str]) -> int:
    """Start the command, press Allow as somebody, and return its exit code."""
    client = office.data.parent / "client.json"
    client.write_text(json.dumps(office.server.oauth_client()))
    codes: list[int] = []
    words = ("connect", "google", "--client-file", str(client), "--port", "0", "--person", ANNA)
    command = threading.Thread(target=lambda: codes.append(office.run(*words)))
    command.start()
    said = ""
    for _ in range(200):
        said += capsys.readouterr().err
        if found := re.search(r"http://\S+o/oauth2\S+", said):
            back = office.server.consent(user, found[0])
            assert requests.get(back, timeout=5).status_code == 200
            break
        command.join(0.05)
    command.join(20)
    return codes[0]


def test_a_person_s_own_consent(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    assert consent_by(office, ANNA, capsys) == 0

    app = office.open()
    with app.store.transaction() as tx:
        secret = tx.secret(ConnectionId(f"google:{ANNA}")) or ""
    app.close()
    assert json.loads(secret)["refresh_token"].startswith("1//")


def test_somebody_else_s_consent_is_not_taken_for_hers(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    assert consent_by(office, BEN, capsys) == 3


def test_setup_prints_every_scope_with_its_reason_and_no_other(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("setup", "google", "--key-file", str(office.key_file), "--json")

    assert office.run(*words) == 0

    said = json.loads(capsys.readouterr().out)
    assert {row["scope"] for row in said["scopes"]} == {each.scope for each in SCOPES}
    assert all(row["why"] for row in said["scopes"])
    assert {EVENTS, TASKS, FREE_BUSY} <= set(said["paste"].split(","))
    assert said["client_id"] == office.key["client_id"]
    assert "drive" not in said["paste"]
    assert "gmail" not in said["paste"]
