"""A file has one subject: it says so in its first sentence, and does not grow past 300 lines."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, python_files, shown

LONGEST = 300

LONGER = {
    "tests/adapters/google/test_calendar.py": 420,
    "tests/servers/test_google_server/test_occurrences.py": 420,
}
"""Files that wait to be split, and how long they may be until then: no entry may be added."""


@pytest.mark.parametrize("path", python_files(), ids=shown)
def test_file_has_one_subject_and_says_which(path: Path) -> None:
    limit = LONGER.get(shown(path), LONGEST)

    assert complaints(path.read_text(encoding="utf-8"), limit) == []


def test_a_long_file_is_found() -> None:
    assert complaints('"""Long."""\n' + "x = 1\n" * LONGEST) == ["301 lines"]


def test_a_file_that_hides_its_subject_is_found() -> None:
    assert complaints("x = 1\n") == ["no module docstring"]


def test_no_module_is_named_after_nothing() -> None:
    nameless = {"util", "utils", "helper", "helpers", "common", "manager", "misc"}

    assert [shown(path) for path in python_files() if path.stem in nameless] == []


def test_the_rules_read_the_launcher_too() -> None:
    assert ROOT / "vieraugen" in python_files()


def complaints(text: str, limit: int = LONGEST) -> list[str]:
    found = []
    if text.count("\n") > limit:
        found.append(f"{text.count(chr(10))} lines")
    if text.strip() and not ast.get_docstring(ast.parse(text)):
        found.append("no module docstring")
    return found
