"""A body twice as long takes twice the work, counted in lines of code that run, not in time."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from types import FrameType
from typing import Any, Final

import pytest

from core.body import Body, BodyForm, Copy, merge_copies, place, render
from core.model.agenda import Agenda
from tests.core.body.samples.cases import ANNA, BEN, PEOPLE

AGENDA: Final = Agenda.from_dict(
    {
        "sections": [
            {"kind": "report", "owner": ANNA.address, "points": [{"id": "a", "text": "Urlaub"}]},
            {"kind": "manager", "owner": BEN.address, "points": [{"id": "b", "text": "Budget"}]},
        ]
    }
)
BLOCK: Final = {
    form: place(Body(form=form), render(AGENDA.shared(), form=form, locale="de", people=PEOPLE))
    for form in BodyForm
}
FEW: Final = 60
INSIDE: Final = {
    "new lines": "<li>neu {n}</li>",
    "the same new line": "<li>neu</li>",
    "ticked boxes": "<li>[x] a</li>",
    "numbers": "{n}. a<br>",
    "quotes": "&gt; a<br>",
    "promises": "<li>TODO @Ben bis Freitag</li>",
    "notes": "<li>P<ul><li>{n}</li></ul></li>",
    "placeholders": "<li>(vertraulich – nur im Gespräch)</li>",
    "second wordings": "<li>⇄ oder: {n}</li>",
    "known lines": "<li>[ ] Budget</li>",
    "headings": "<div>Anna</div>",
    "fences": "<li>▼ 1:1-Agenda (hier schreiben)</li>",
    "both fences": "<p>▼ 1:1-Agenda (hier schreiben)</p><p>{n}</p><p>▲ Ende 1:1-Agenda</p>",
}
AROUND: Final = {
    "breaks before a join block": "<br>",
    "rules": "________________<br>",
    "formats": "<b>a</b>",
    "open tags": "<p><b>",
    "cells": "<td>a</td>",
}
JOIN: Final = (
    "<div>Microsoft Teams</div><a href='https://teams.microsoft.com/l/meetup-join/x'>x</a>"
)


def work(*copies: Copy) -> int:
    """Return how many lines of code run in a merge."""
    lines = 0

    def count(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal lines
        lines += 1
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        merge_copies(
            copies,
            ours=AGENDA,
            people=PEOPLE,
            now=datetime(2026, 6, 8, 9, tzinfo=UTC),
            zone="Europe/Berlin",
            locale="de",
        )
    finally:
        sys.settrace(before)
    return lines


def inside(form: BodyForm, piece: str, times: int, *, last: str = "") -> Body:
    """Return our block with something in it, many times."""
    many = "".join(piece.format(n=n) for n in range(times))
    before, fence, behind = BLOCK[form].content.rpartition("▲")
    return Body(form=form, content=f"{before}{many}{last}{fence}{behind}")


def copy(theirs: Body, name: str = "x") -> Copy:
    return Copy(
        name=name,
        base_agenda=AGENDA,
        base_body=BLOCK[theirs.form],
        theirs=theirs,
        copy_of=ANNA if name == "x" else BEN,
    )


@pytest.mark.parametrize("name", INSIDE)
def test_four_times_as_much_in_a_block_takes_no_more_than_four_times_the_work(name: str) -> None:
    few, many = (work(copy(inside(BodyForm.HTML, INSIDE[name], times))) for times in (FEW, 4 * FEW))

    assert many < 4.5 * few


def test_nor_do_two_people_who_type_different_lines() -> None:
    few, many = (
        work(
            copy(inside(BodyForm.HTML, "<li>neu {n}</li>", times)),
            copy(inside(BodyForm.HTML, "<li>alt {n}</li>", times), "y"),
        )
        for times in (FEW, 4 * FEW)
    )

    assert many < 4.5 * few


@pytest.mark.parametrize("name", AROUND)
def test_nor_does_a_long_body_that_gets_its_first_block(name: str) -> None:
    def body(times: int) -> Copy:
        theirs = Body(form=BodyForm.HTML, content=AROUND[name] * times + JOIN)
        return Copy(name="x", base_agenda=None, base_body=None, theirs=theirs, copy_of=ANNA)

    assert work(body(16 * FEW)) < 4.5 * work(body(4 * FEW))
