"""Each example that docs/agenda-text.md promises to a user is what the engine does."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest

from core.body import Body, merge
from tests.core.body.samples.cases import ANNA, NOW, PEOPLE, ZONE, load_base, rows_of

DOC: Final = Path(__file__).parents[3] / "docs" / "agenda-text.md"
ROW: Final = re.compile(r"^\| `(?P<typed>[^`]+)` \| (?P<becomes>.+) \|$", re.M)
STATES: Final = {
    "": "open",
    "besprochen": "discussed",
    "geparkt": "parked",
    "discussed": "discussed",
    "parked": "parked",
}
POINT: Final = re.compile(
    r"(?:Punkt|point)(?:, (?P<state>\w+))?"
    r"(?: (?:mit Notiz|with note) [„\"](?P<note>.+?)[“\"])?: (?P<text>.+)"
)
ACTION: Final = re.compile(
    r"(?:Aufgabe für|action item for) (?P<who>\w+)"
    r"(?:(?: bis|, due) (?P<due>[\d-]+))?: (?P<text>.+)"
)


def examples() -> list[tuple[str, str, str]]:
    """Return language, what is typed and what it becomes."""
    german, english = DOC.read_text("utf-8").split("\n## English")
    return [
        (locale, found["typed"], found["becomes"])
        for locale, part in (("de", german), ("en", english))
        for found in ROW.finditer(part)
    ]


def row_of(becomes: str) -> str:
    """Return the row of the agenda that an example speaks of."""
    if found := ACTION.fullmatch(becomes):
        due = f" | due={found['due']}" if found["due"] else ""
        return f"agreed | {found['who'].lower()} | do open | {found['text']}{due}"
    found = POINT.fullmatch(becomes)
    assert found, becomes
    state = found["state"] or ""
    hidden = " | sensitive" if state in ("vertraulich", "confidential") else ""
    note = f" | note={found['note']}" if found["note"] else ""
    return f"report | anna | {STATES.get(state, 'open')} | {found['text']}{note}{hidden}"


@pytest.mark.parametrize(("locale", "typed", "becomes"), examples())
def test_what_the_doc_says_is_what_happens(locale: str, typed: str, becomes: str) -> None:
    base = load_base("de-text" if locale == "de" else "en-text")
    lines = typed.replace("⏎", "\n")
    theirs = base.body.content.replace("\n -\n", f"\n{lines}\n")
    result = merge(
        base_agenda=base.agenda,
        base_body=base.body,
        theirs=Body(content=theirs),
        ours=base.agenda,
        copy_of=ANNA,
        people=PEOPLE,
        now=NOW,
        zone=ZONE,
        locale=locale,
    )

    assert list((rows_of(result.agenda) - rows_of(base.agenda)).elements()) == [
        row_of(one) for one in becomes.split(" + ")
    ]


def test_the_doc_has_examples_in_both_languages() -> None:
    found = [locale for locale, _, _ in examples()]

    assert found.count("de") > 15
    assert found.count("en") > 15
