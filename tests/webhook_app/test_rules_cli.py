"""`vieraugen rules` and `switches`, as people and administrators run them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.model.actions import Happening
from core.model.meetings import Meeting
from core.model.people import pair_id
from core.model.series import SeriesId
from core.model.suggestions import Suggestion
from core.model.switches import SwitchEntry
from core.service.suggest import plan_team
from tests.core.builders import ANNA, BEN
from tests.core.rules.test_company import GOOD
from tests.webhook_app.known_people import Run, known_people, runner
from webhook_app.cli.main import main
from webhook_app.config import load
from webhook_app.wiring import App, open_app

PAIR = pair_id(ANNA, BEN)
WEEK = timedelta(days=7)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder of a pair that last talked three and a half weeks ago."""
    now = datetime.now(UTC)
    app = known_people(tmp_path / "data")
    with app.store.transaction() as tx:
        pair = tx.pair(PAIR)
        assert pair is not None
        tx.put_pair(replace(pair, roles_confirmed=True))
        tx.record(Happening(at=now - 60 * WEEK, name="series.enabled", subject="s1"))
        for week in range(6):
            start = now - timedelta(days=25) - week * WEEK
            tx.put_noun(
                Meeting(
                    series_id=SeriesId("s1"),
                    pair_id=PAIR,
                    occurrence=start.isoformat(),
                    start=start,
                    end=start + timedelta(minutes=30),
                    accepted=(ANNA, BEN),
                )
            )
    app.close()
    return tmp_path / "data"


@pytest.fixture
def run(folder: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    return runner(folder, capsys)


def planned(folder: Path) -> Suggestion:
    app = opened(folder)
    found = plan_team(app.services, BEN, datetime.now(UTC))
    app.close()
    return found[0]


def opened(folder: Path) -> App:
    return open_app(load(str(folder)))


def test_the_list_says_of_each_rule_whether_it_may_speak(run: Run) -> None:
    rules = {rule["rule"]: rule for rule in run("rules", "list")["rules"]}

    assert len(rules) == 30
    assert not rules["R-26"]["on"]
    assert rules["R-02"]["source"] == "Rogelberg, Glad We Met"


@pytest.mark.capability("SD-14")
def test_sd_14_days_since_the_last_held_talk_stand_beside_what_is_offered(
    run: Run, folder: Path
) -> None:
    suggestion = planned(folder)

    (pair,) = run("rules", "show", BEN)["pairs"]
    assert (pair["with"], pair["days_since_held"], pair["rhythm"]) == (ANNA, 25, None)
    assert [s["id"] for s in pair["suggestions"]] == [suggestion.suggestion_id]
    reason = run("rules", "why", suggestion.suggestion_id, "--by", BEN)
    assert reason["seen_by"] == list(suggestion.to)
    assert run("rules", "take", suggestion.suggestion_id, "--by", BEN)["state"] == "taken"


def test_nobody_else_learns_why(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    suggestion = planned(folder)

    args = ["rules", "why", "--data", str(folder), suggestion.suggestion_id]
    assert main([*args, "--by", "zoe@example.com"]) == 1
    assert "zoe@example.com" in capsys.readouterr().err


def test_a_muted_rule_is_silent_and_can_speak_again(run: Run, folder: Path) -> None:
    rule = str(planned(folder).rule_id)
    assert run("rules", "mute", rule, ANNA, BEN)["muted"]
    assert not run("rules", "unmute", rule, ANNA, BEN)["muted"]


@pytest.mark.capability("C-37")
def test_a_switch_is_logged_and_the_log_is_whole(run: Run, folder: Path) -> None:
    run("rules", "switch", "text_rules", "on", "--by", "council@example.com")
    line = run("rules", "switch", "R-03", "off", "--by", "admin@example.com")

    assert [e["name"] for e in run("switches", "list")["log"]] == ["text_rules", "R-03"]
    assert run("switches", "verify", "--head", line["seal"]) == {
        "lines": 2,
        "broken_at": None,
        "head": line["seal"],
    }


@pytest.mark.parametrize("harm", ["changed", "cut", "shortened"])
@pytest.mark.capability("F-32")
def test_a_log_that_somebody_touched_is_found(
    run: Run, folder: Path, capsys: pytest.CaptureFixture[str], harm: str
) -> None:
    for turn in ("on", "off", "on"):
        head = run("rules", "switch", "text_rules", turn, "--by", "council@example.com")["seal"]
    app = opened(folder)
    with app.store.transaction() as tx:
        log = tx.nouns(SwitchEntry)
        if harm == "changed":
            tx.put_noun(replace(log[1], by="nobody@example.com"))
        else:
            tx.remove_noun(SwitchEntry, log[1 if harm == "cut" else 2].key)
    app.close()

    assert main(["switches", "verify", "--data", str(folder), "--head", head]) == 1
    assert "broken at line" in capsys.readouterr().out


def test_an_own_rule_is_rehearsed_over_the_past_and_kept(run: Run, folder: Path) -> None:
    path = folder / "own.toml"
    path.write_text(GOOD.replace("agreed_days <= 7", "agreed_days <= 14"))

    tried = run("rules", "try", str(path), "--weeks", "5")
    assert tried["pairs"] == 1
    assert [said["to"] for said in tried["rules"]["C-long-gap"]] == [[BEN]]
    assert len(run("rules", "list")["rules"]) == 30
    assert run("rules", "keep", str(path), "--by", "people@example.com")["rules"] == ["C-long-gap"]
    assert len(run("rules", "list")["rules"]) == 31


def test_a_wrong_own_rule_is_refused_with_its_line(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = folder / "own.toml"
    path.write_text(GOOD.replace("> 10", ">"))

    assert main(["rules", "try", "--data", str(folder), str(path)]) == 1
    assert "line 7: when" in capsys.readouterr().err


def test_we_talked_counts_when_both_say_so(run: Run, folder: Path) -> None:
    run("rules", "talked", ANNA, BEN)
    assert run("rules", "show", ANNA)["pairs"][0]["days_since_held"] == 25
    run("rules", "talked", BEN, ANNA)

    assert run("rules", "show", ANNA)["pairs"][0]["days_since_held"] in (0, 1)
