"""Words of a line that is gone stand in another one now: which line that is."""

from __future__ import annotations

import pytest

from core.body import ChangeKind
from core.model.agenda import Agenda, entry_id
from tests.core.body.test_lines_and_their_meaning import after, agenda, annas


def went_into(of: Agenda, gone: str, *changes: tuple[str, str]) -> list[str]:
    """Return the lines into which the words of an entry went; none where it was deleted."""
    names = {entry_id(e): e.text for s in of.sections for e in s.entries}
    result = after(of, *changes)
    return [
        change.after
        for change in result.changes
        if names.get(change.entry_id) == gone and change.kind is ChangeKind.EDITED
    ]


MANY = [f"{letter}{letter}" for letter in "abcdefghij"]


@pytest.mark.parametrize(
    ("points", "changes", "into"),
    [
        (["Rad", "Lob"], [("Rad", "Rad Mai")], ["Rad Mai"]),
        (["Rad", "Lob"], [("Rad", "Mai Rad"), ("Lob", "Lob neu")], ["Mai Rad"]),
        (["Rad", "Lob"], [("Rad", "Rad neu")], []),
        # Of two lines that hold the words now the first.
        (["Rad", "Lob"], [("Rad", "Rad Mai"), ("Lob", "Lob Mai")], ["Rad Mai"]),
        # None that held them before, whatever else was typed there.
        (["Mai planen", "Lob"], [("planen", "planen neu")], []),
        (["Mai planen", "Lob"], [("planen", "planen neu"), ("Lob", "Lob Mai")], ["Lob Mai"]),
        # Any other line may have grown as well.
        (MANY, [*((two, f"{two} k") for two in MANY[:-1]), ("jj", "jj Mai")], ["jj Mai"]),
    ],
)
def test_words_went_into_the_first_line_that_holds_them_now_and_did_not(
    points: list[str], changes: list[tuple[str, str]], into: list[str]
) -> None:
    of = agenda(annas(*points, "Mai"))

    assert went_into(of, "Mai", *changes, (" [ ] Mai\n", "")) == into


HALVES = [("Urlaub", "Urlaub im"), ("Budget", "Mai Budget")]


@pytest.mark.parametrize(
    ("points", "changes", "into"),
    [
        (["Urlaub", "Budget"], HALVES, ["Urlaub im"]),
        (
            ["Urlaub", "Budget", "Kantine neu einrichten"],
            [*HALVES, ("Kantine neu", "Kantine im Mai")],
            ["Urlaub im"],
        ),
        (["Rad", "Ferien im Mai", "Urlaub", "Budget"], HALVES, ["Urlaub im"]),
        # Both halves in one line are no halves, and a line between them holds them apart.
        (["Urlaub", "Budget"], [("Budget", "im Mai Budget")], ["im Mai Budget"]),
        (["Urlaub", "Lob", "Budget"], HALVES, []),
        (["Urlaub im", "Mai planen", "Lob"], [("planen", "planen neu")], []),
        # Lines that only lost words took none in.
        (["Urlaub im Juni", "Mai planen", "Lob"], [(" Juni", ""), ("Lob", "Lob neu")], []),
    ],
)
def test_a_line_may_have_been_broken_and_each_half_joined_to_a_neighbour(
    points: list[str], changes: list[tuple[str, str]], into: list[str]
) -> None:
    of = agenda(annas(*points, "im Mai"))

    assert went_into(of, "im Mai", *changes, (" [ ] im Mai\n", "")) == into
