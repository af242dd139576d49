"""No committed file has a word that the glossary replaces, a machine's path or a download host."""

from __future__ import annotations

from pathlib import Path

import pytest

from dev import tracked


def test_tracked_files_are_clean() -> None:
    assert [finding for path in tracked.files() for finding in tracked.findings(path)] == []


@pytest.mark.parametrize(
    "text",
    [
        "the calendar " + "provi" + "der",
        "CalendarProvi" + "der",
        "an inst" + "ance of the series",
        "inst" + "ance_id = 1",
        "SeriesInst" + "ance",
        "roll" + "over",
        "text/" + "icalendar",
        "/ro" + "ot/notes",
        "/ho" + "me/anna/notes",
        "--index" + "-url x",
        "https://files.pythonhosted" + ".org/x",
    ],
)
def test_what_must_not_stand_in_a_file_is_found(text: str) -> None:
    assert found("core/detect.py", text)


@pytest.mark.parametrize(
    "text",
    ["isinstance(x, int)", "text/calendar", "https://example.com/home/", "./roots/x", "provided"],
)
def test_a_harmless_word_is_not_found(text: str) -> None:
    assert not found("core/detect.py", text)


def test_a_hosts_own_word_may_stand_in_its_adapter() -> None:
    assert not found("adapters/google/calendar.py", "events.inst" + "ances")


def found(path: str, text: str) -> list[str]:
    bans = (ban for ban in tracked.BANS if not tracked.fits(Path(path), ban.allowed))
    return [ban.advice for ban in bans if ban.pattern.search(text)]
