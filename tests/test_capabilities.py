"""docs/capabilities.md has a row for every requirement, and every test that it names exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
IDS = [
    *(f"SD-{n:02}" for n in range(1, 93)),
    *(f"C-{n:02}" for n in range(1, 41)),
    *(f"R-{n:02}" for n in range(1, 31)),
    *(f"F-{n:02}" for n in range(1, 49)),
    *(f"US-{n}" for n in range(1, 11)),
]
ROW = re.compile(
    r"^\| (?P<id>[A-Z]+-\d+) \| (?P<state>[^|]*) \| (?P<what>[^|]*) \| (?P<where>[^|]*) "
    r"\| ?(?P<test>[^|]*?) ?\|$",
    re.MULTILINE,
)
TABLE = (ROOT / "docs" / "capabilities.md").read_text("utf-8")
ROWS = [match.groupdict() for match in ROW.finditer(TABLE)]
KNOWN = {
    name
    for path in (ROOT / "tests").rglob("*.py")
    for name in re.findall(r"def (test_\w+)", path.read_text("utf-8"))
}


def test_every_requirement_has_one_row() -> None:
    assert [row["id"] for row in ROWS] == IDS


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row["id"]))
def test_the_state_is_honest(row: dict[str, str]) -> None:
    assert row["state"] in ("works", "partly", "not yet")
    assert row["what"].strip()
    named = re.findall(r"`(test_\w+)`", row["test"])
    assert set(named) <= KNOWN
    assert bool(named) is (row["state"] != "not yet")
    if history := re.search(r"(R-\d\d)\.toml", row["test"]):
        assert (ROOT / "tests/core/rules/histories" / history[0]).is_file()


def test_the_sums_at_the_top_are_those_of_the_rows() -> None:
    heads = {
        "What the article asks for": "SD-",
        "What people complain about": "C-",
        "Rules": "R-",
        "Features": "F-",
        "User stories": "US-",
    }
    for title, prefix in heads.items():
        counts = [
            sum(row["id"].startswith(prefix) and row["state"] == state for row in ROWS)
            for state in ("works", "partly", "not yet")
        ]
        assert f"| {title} | {' | '.join(map(str, counts))} |" in TABLE
