"""Each day's commands on a real calendar server: what they say, in JSON too, and how they end."""

from __future__ import annotations

import argparse
import io
import json
import re
import socket
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from core.errors import InvalidInput
from core.model.series import SeriesId
from core.service.consent import say_yes
from webhook_app.cli.main import main, parser
from webhook_app.cli.serve import web_server
from webhook_app.demo.people import PASSWORD
from webhook_app.demo.stage import Stage
from webhook_app.jobs.clock import utc_now

CONNECT = ("connect", "caldav", "--url")


class Shell:
    """Runs commands as a person would, on one data folder."""

    def __init__(self, capsys: pytest.CaptureFixture[str], data: Path) -> None:
        self._capsys = capsys
        self._data = str(data)

    def __call__(self, *words: str, code: int = 0) -> str:
        ended = main([*words, "--data", self._data])
        said = self._capsys.readouterr()
        assert ended == code, said.err
        assert "Traceback" not in said.err
        return said.out if code in (0, 3) else said.err

    def json(self, *words: str, code: int = 0) -> Any:
        return json.loads(self(*words, "--json", code=code))


@pytest.fixture
def run(stage: Stage, capsys: pytest.CaptureFixture[str]) -> Shell:
    capsys.readouterr()
    return Shell(capsys, stage.app.settings.data)


@pytest.fixture
def anna(run: Shell) -> str:
    """The id of the 1:1 of Anna and Ben, once it was found."""
    run("sync")
    (found,) = [s for s in run.json("series", "list")["series"] if "Anna" in s["title"]]
    series: str = found["series"]
    return series


def every_command(top: argparse.ArgumentParser, *before: str) -> list[tuple[str, ...]]:
    found = [before] if before else []
    for action in top._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, inner in action.choices.items():
                found += every_command(inner, *before, name)
    return found


@pytest.mark.parametrize("words", every_command(parser()), ids=" ".join)
def test_every_command_explains_itself_and_its_exit_codes(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main([*words, "--help"])

    assert ended.value.code == 0
    assert "Exit codes: 0 done, 1 failed, 2 wrong command line" in capsys.readouterr().out


def test_a_wrong_command_line_is_2(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["agenda", "shout"])

    assert ended.value.code == 2
    assert "invalid choice: 'shout'" in capsys.readouterr().err


def test_the_version_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])

    assert ended.value.code == 0
    assert re.fullmatch(r"vieraugen \d+\.\d+\.\d+\n", capsys.readouterr().out)


@pytest.mark.parametrize("port", ["99999", "80x", "-1"])
def test_what_is_no_port_is_a_wrong_command_line(
    port: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["serve", f"--port={port}"])

    assert ended.value.code == 2
    assert "is no port: a number from 1 to 65535" in capsys.readouterr().err


def test_a_port_that_is_taken_is_one_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(InvalidInput, match="choose another --port"):
            web_server(Flask("x"), "127.0.0.1", port)


def test_a_check_wants_a_folder_of_its_own(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "vieraugen.db").touch()

    assert main(["demo", "--check", "--data", str(tmp_path)]) == 1
    assert "plays from the beginning" in capsys.readouterr().err


def test_without_a_data_folder_the_way_to_one_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["series", "list", "--data", str(tmp_path / "none")]) == 1
    assert "run `vieraugen init`" in capsys.readouterr().err


@pytest.mark.capability("C-32", "F-45")
def test_each_event_says_why_it_has_an_agenda_or_not(run: Shell, anna: str) -> None:
    run("series", "enable", anna)

    english = run("series", "list")
    german = run("series", "list", "--locale", "de")

    assert "1:1 Anna & Ben: The agenda stands in the next occurrence." in english
    assert "1:1 Ben & Cleo: No agenda yet: nobody has said yes so far." in english
    assert "1:1 Anna & Ben: Die Agenda steht im nächsten Termin." in german


def test_a_dry_run_shows_the_very_text_and_where_and_writes_nothing(
    run: Shell, stage: Stage, anna: str
) -> None:
    nothing = run("sync", "--dry-run")
    before = stage.desk("ben").phone.raw(stage.event_url("anna"))
    with stage.app.store.transaction() as tx:
        say_yes(tx, SeriesId(anna), by="ben@example.com", now=utc_now())

    shown = run.json("sync", "--dry-run")
    said = run("sync", "--dry-run")

    assert "Nothing would be written." in nothing
    assert "2 1:1s wait for a yes" in nothing
    assert stage.desk("ben").phone.raw(stage.event_url("anna")) == before
    (write,) = shown["writes"]
    assert write["calendar"] == stage.calendars["anna"]
    assert write["calendar"] in said
    assert write["text"] in said
    run("sync")
    (agenda,) = run.json("agenda", "show")["agendas"]
    assert agenda["start"] == write["start"]
    assert stage.desk("anna").notes("anna", datetime.fromisoformat(write["start"])) == write["text"]


def test_a_point_is_added_shown_and_ticked(run: Shell, stage: Stage, anna: str) -> None:
    preview = run("series", "preview", anna)
    enabled = run.json("series", "enable", anna)
    added = run.json("agenda", "add", anna, "Urlaub", "--by", "anna@example.com")
    ticked = run.json("agenda", "tick", anna, added["id"], "--by", "ben@example.com")
    (agenda,) = run.json("agenda", "show", anna)["agendas"]
    text = stage.desk("ben").notes("anna", datetime.fromisoformat(agenda["start"]))

    assert "1:1-Agenda" in preview
    assert enabled["state"] == "enabled"
    assert ticked == {"id": added["id"], "state": "discussed"}
    assert "[x] Urlaub" in run("agenda", "show")
    assert "[x] Urlaub" in text
    assert run.json("agenda", "tick", anna, added["id"], "--by", "ben@example.com", "--open") == {
        "id": added["id"],
        "state": "open",
    }


@pytest.mark.capability("F-48")
def test_stop_with_remove_leaves_the_body_byte_for_byte(
    run: Shell, stage: Stage, anna: str
) -> None:
    url, phone = stage.event_url("anna"), stage.desk("ben").phone
    before = phone.raw(url)
    run("series", "enable", anna)
    changed = phone.raw(url)

    done = run.json("series", "disable", anna, "--remove")

    assert done == {"series": anna, "troubles": []}
    assert b"1:1-Agenda" in changed
    assert [line for line in phone.raw(url).splitlines() if b"LAST-MOD" not in line] == [
        line for line in before.splitlines() if b"LAST-MOD" not in line
    ]
    assert "switched off" in run("series", "list")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("series", "enable", "nope"), "no series nope"),
        (("series", "preview", "nope"), "no series nope"),
        (("agenda", "show", "nope"), "has no agenda"),
        (("agenda", "add", "nope", "x", "--by", "ben@example.com"), "has no agenda"),
        (("pair", "set", "a@example.com", "b@example.com"), "no 1:1 of these two"),
        (("worker",), "needs PostgreSQL"),
        ((*CONNECT, "http://127.0.0.1:9/", "--person", "x@example.com"), "no password"),
    ],
)
def test_what_cannot_be_done_is_said_with_what_to_do(
    run: Shell, words: tuple[str, ...], sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())

    assert sentence in run(*words, code=1)


def test_an_account_is_connected_without_a_question(
    run: Shell, stage: Stage, tmp_path: Path
) -> None:
    def connect(password: str, url: str, code: int = 0) -> str:
        secret = tmp_path / "secret"
        secret.write_text(f"{password}\n")
        return run(
            *(*CONNECT, url, "--person", "anna@example.com"),
            *("--login", "anna", "--password-file", str(secret), "--json"),
            code=code,
        )

    assert "refuses the login of anna" in connect("wrong", stage.radicale.url, code=1)
    assert "is not reachable" in connect(PASSWORD, "http://127.0.0.1:9/", code=1)
    done = json.loads(connect(PASSWORD, stage.radicale.url))

    assert done["connection"] == "caldav:anna@example.com"
    assert done["task_list"] == stage.task_lists["anna"]


def test_a_server_that_is_down_is_said_and_the_rest_is_done(
    run: Shell, stage: Stage, anna: str
) -> None:
    run("series", "enable", anna)
    assert run.json("doctor")["findings"][0] == {
        "what": "database",
        "ok": True,
        "text": "answers and is up to date",
    }
    stage.radicale.stop()

    report = run.json("sync", code=3)
    dry = run.json("sync", "--dry-run", code=3)
    findings = run.json("doctor", code=3)["findings"]

    assert "is not reachable" in report["troubles"][0]
    assert dry["writes"] == []
    assert "is not reachable" in dry["troubles"][0]
    assert [f["ok"] for f in findings if f["what"] == "caldav:ben@example.com"] == [False]
    assert [f["ok"] for f in findings if f["what"] == "database"] == [True]
