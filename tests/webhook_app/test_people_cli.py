"""The commands with which people, pairs and the company choose."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.core.builders import ANNA, BEN
from tests.webhook_app.known_people import Run, known_people, runner


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    known_people(tmp_path).close()
    return runner(tmp_path, capsys)


def test_a_person_chooses_once_and_it_stays(run: Run) -> None:
    run("person", "set", ANNA, "--locale", "de-Sie", "--channel", "teams", "--channel", "mail")
    run("person", "set", ANNA, "--work", "08:00-12:30", "--work-days", "mo,tu,we")
    run("person", "set", ANNA, "--quiet", "none", "--reminders", "off", "--region", "DE-BY")
    assert run("person", "set", ANNA, "--wide-span", "on")["wide_span"] is True

    found = run("person", "show", ANNA)
    assert found["locale"] == "de-Sie"
    assert found["channels"] == ["teams", "mail"]
    assert (found["work_from"], found["work_to"]) == ("08:00:00", "12:30:00")
    assert found["work_days"] == [0, 1, 2]
    assert found["quiet_from"] == found["quiet_to"]
    assert (found["reminders"], found["tips"], found["region"]) == (False, True, "DE-BY")


def test_us_6_a_leave_is_paused_until_and_nothing_else(run: Run) -> None:
    found = run(
        "person", "set", ANNA, "--paused-from", "2026-03-02", "--paused-until", "2026-09-01"
    )
    assert (found["paused_from"], found["paused_until"]) == ("2026-03-02", "2026-09-01")
    assert not [name for name in found if "reason" in name or "why" in name]

    assert run("person", "set", ANNA, "--back")["paused_until"] is None


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--zone", "Berlin"), "Europe/Berlin"),
        (("--work", "9-5"), "09:00-17:00"),
        (("--work", "17:00-09:00"), "work ends after it begins"),
        (("--work-days", "mo,xx"), "mo,tu,we"),
        (("--region", "Mars"), "DE-BY"),
        (("--day-off", "tomorrow"), "2026-03-31"),
        (("--paused-from", "2026-03-02", "--paused-until", "2026-03-01"), "a pause ends"),
        (("--contact-days", "-3"), "contact_days"),
    ],
)
def test_what_cannot_be_is_refused_in_words(run: Run, words: tuple[str, ...], says: str) -> None:
    before = run("person", "show", ANNA)

    run("person", "set", ANNA, *words, fails=says)

    assert run("person", "show", ANNA) == before


def test_somebody_unknown_is_told_so(run: Run) -> None:
    run("person", "show", "nobody@example.com", fails="nobody here")
    run("person", "set", "nobody@example.com", "--name", "X", fails="nobody here")
    run("pair", "show", BEN, "cleo@example.com", fails="vieraugen sync")


def test_a_pair_says_what_it_is(run: Run) -> None:
    found = run("pair", "set", ANNA, BEN, "--bond", "mentoring", "--address", "sie")
    assert (found["manager"], found["report"]) == (ANNA, BEN)
    assert (found["bond"], found["formal"]) == ("mentoring", True)

    found = run("pair", "set", ANNA, BEN, "--address", "own", "--pulse", "on")
    assert (found["bond"], found["formal"], found["pulse"]) == ("mentoring", None, True)
    assert run("pair", "show", BEN, ANNA) == found


def test_the_company_has_a_template_and_a_cycle(run: Run) -> None:
    found = run("company", "set", "--cycle", "2026-01-01/2026-03-31", "--region", "AT")

    assert (found["cycle_from"], found["cycle_to"]) == ("2026-01-01", "2026-03-31")
    run("company", "set", "--cycle", "2026-03-31/2026-01-01", fails="a cycle ends after")


def test_a_series_has_a_language(run: Run) -> None:
    assert run("series", "language", "s1", "en")["locale"] == "en"
    run("series", "language", "nothing", "en", fails="series list")


@pytest.mark.capability("SD-51")
def test_sd_51_the_inbox_from_the_command_line(run: Run) -> None:
    made = run("inbox", "add", "s1", "Messe", "--by", ANNA, "--aside")
    assert run("inbox", "list", "s1", "--by", BEN)["inbox"] == [made]
    run("inbox", "take", "s1", made["id"], "--by", ANNA, fails="series enable")
    run("inbox", "drop", "s1", made["id"], "--by", BEN, fails="the other person's")
    run("inbox", "drop", "s1", made["id"], "--by", ANNA)

    assert run("inbox", "list", "s1", "--by", BEN)["inbox"] == []


def test_a_pair_says_what_the_rules_should_know(run: Run) -> None:
    words = (
        "--agreed-days",
        "10",
        "--left-alone",
        "on",
        "--reviews",
        "off",
        "--unwanted",
        "career",
    )
    found = run("pair", "set", ANNA, BEN, "--third-allowed", "on", *words, "--unwanted", "goals")
    assert (found["agreed_days"], found["left_alone"], found["reviews"]) == (10, True, False)
    assert (found["third_allowed"], found["unwanted"]) == (True, ["career", "goals"])

    run("pair", "set", ANNA, BEN, "--unwanted", "weather", fails="wellbeing")
    run("pair", "set", ANNA, BEN, "--waiting", "nothing", fails="no talking point of this pair")
    run("pair", "set", ANNA, BEN, "--said-done", "nothing", fails="no action item of this pair")
    run("pair", "set", ANNA, BEN, "--agreed-days", "400", fails="between 1 and 366")
    found = run("pair", "set", ANNA, BEN, "--unwanted", "none", "--agreed-days", "0")
    assert (found["unwanted"], found["agreed_days"]) == ([], None)


def test_c_32_groups_assistants_and_domains_are_said_once_and_taken_back(run: Run) -> None:
    found = run("group", "set", "Team@Example.com", ANNA)
    assert (found["group"], found["members"]) == ("team@example.com", [ANNA])
    assert run("group", "set", "team@example.com")["members"] == []
    run("group", "set", "team", ANNA, fails="addresses")
    assert run("person", "set", BEN, "--assistant", "Office@Example.com")["assistants"] == [
        "office@example.com"
    ]
    assert run("person", "set", BEN, "--assistant", "none")["assistants"] == []
    assert run("company", "set", "--domain", "Example.com")["domains"] == ["example.com"]


def test_us_6_nothing_waits_and_an_unknown_item_is_refused_in_words(run: Run) -> None:
    assert run("cover", "list", "--by", BEN) == {"items": [], "offers": []}
    run("cover", "offer", "gone", ANNA, "--by", BEN, fails="no open action item")
    run("cover", "answer", "gone", "take", "--by", ANNA, fails="no such offer")
