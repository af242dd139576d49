"""`vieraugen export`, `erase`, `change` and `talk`, as an administrator runs them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.model.series import SeriesId
from core.service.consent import say_yes
from core.service.edit import add_point
from tests.core.builders import ANNA, BEN, CLEO
from tests.webhook_app.known_people import Run, known_people, runner
from webhook_app.cli.main import main

NOW = datetime(2026, 6, 1, 8, tzinfo=UTC)


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    app = known_people(tmp_path / "data")
    with app.store.transaction() as tx:
        say_yes(tx, SeriesId("s1"), by=BEN, now=NOW)
    add_point(app.services, SeriesId("s1"), "Annas Urlaub", by=ANNA, now=NOW)
    app.close()
    return runner(tmp_path / "data", capsys)


def command(tmp_path: Path, *words: str) -> int:
    return main([words[0], "--data", str(tmp_path / "data"), *words[1:]])


@pytest.mark.capability("C-38")
def test_us_4_export_writes_json_and_a_page(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert command(tmp_path, "export", "--person", ANNA, "--to", str(out), "--locale", "de") == 0
    assert "Annas Urlaub" in json.dumps(json.loads((out / "data.json").read_text("utf-8")))
    assert "Annas Urlaub" in (out / "data.html").read_text("utf-8")
    assert command(tmp_path, "export", "--person", BEN, "--other", ANNA) == 0
    assert command(tmp_path, "export", "--person", CLEO) == 1
    assert "nothing is kept" in capsys.readouterr().err


def test_us_4_erase_asks_for_a_second_person(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def erase(*words: str) -> dict[str, object]:
        capsys.readouterr()
        assert command(tmp_path, "erase", "--person", ANNA, *words, "--json") == 0
        return dict(json.loads(capsys.readouterr().out))

    assert erase("--dry-run")["erased"] == {"points and action items": 1, "series stopped": 1}
    assert erase("--by", BEN)["asked_by"] == BEN
    assert erase("--by", BEN)["asked_by"] == BEN
    done = erase("--by", CLEO)
    assert done["erased"] == {"points and action items": 1, "series stopped": 1}
    assert erase("--by", CLEO)["erased"] == {}
    assert command(tmp_path, "erase", "--person", ANNA) == 1


def test_us_5_a_change_from_the_command_line(run: Run) -> None:
    change = run("change", "begin", ANNA, BEN, CLEO, "--on", "2030-01-01")["change"]
    chosen = run("change", "release", change, "--history", "yes", "--points", "no", "--by", ANNA)
    assert chosen == {"actions": True, "points": False, "goals": True, "history": True}
    run("change", "release", change, "--history", "no", "--by", BEN, fails="only the one")
    (seen,) = run("change", "list", "--by", BEN)["changes"]
    assert (seen["answered"], seen["to_decide"]) == (False, [])
    run("change", "promise", change, "x", "keep", "--by", BEN, fails="no such promise")
    run("pair", "reopen", BEN, CLEO, "--bond", "peer", fails="no 1:1")
    assert run("pair", "reopen", BEN, ANNA, "--bond", "mentoring")["bond"] == "mentoring"


def test_talk_commands_say_what_they_need(run: Run) -> None:
    found = run("talk", "slots", BEN, ANNA)
    assert len(found["slots"]) == 3
    assert found["unknown"] == [ANNA, BEN]
    assert run("talk", "offers", "--by", ANNA)["offers"] == []
    run("talk", "answer", "none", "keep", "--by", ANNA, fails="no such talk")
    run("talk", "change", "s1", "move", "--at", "tomorrow", "--by", ANNA, fails="2026-03-31T09:00")
    run("talk", "change", "s1", "keep", "--by", ANNA, fails="no next talk")


def test_goals_pulse_and_digest_from_the_command_line(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pair = ("--by", ANNA, "--other", BEN)
    goal = run("goal", "link", "Messe", *pair, "--url", "https://okr.example.com/1")["goal_id"]
    assert run("goal", "touch", goal, "at_risk", *pair)["state"] == "at_risk"
    assert run("goal", "list", *pair)["goals"][0]["stale"] is False
    run("goal", "touch", goal, "unlink", *pair)
    assert run("goal", "list", *pair)["goals"] == []
    assert command(tmp_path, "pulse", "s1", "--by", ANNA, "--json") == 0
    assert json.loads(capsys.readouterr().out) == {"due": False}
    assert command(tmp_path, "pulse", "s1", "yes", "--by", ANNA) == 1
    words = ("digest", "2026-01-01", "2026-12-31", *pair, "--add", "Mein Jahr", "--locale", "de")
    assert command(tmp_path, *words) == 0
    assert "- 2026-12-31: Mein Jahr" in capsys.readouterr().out


def test_c_04_relinking_and_c_39_bundling_speak_plainly(run: Run) -> None:
    assert run("series", "matches", "--by", ANNA) == {"matches": []}
    run("series", "relink", "gone", "old", "--by", ANNA, fails="no series gone of yours")
    assert run("talk", "bundle", "zoe@example.com") == {"weekdays": [], "stays": [], "moves": []}
    run("talk", "bundle", BEN, "--days", "9", fails="between one and five")


def test_sd_27_a_thought_needs_a_talk_that_is_over(
    run: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command(tmp_path, "reflect", "s1", "mostly", "--by", ANNA) == 1
    assert "no talk of this series is over" in capsys.readouterr().err
    assert command(tmp_path, "reflect", "s1", "--by", ANNA) == 0
    assert "None yet." in capsys.readouterr().out
