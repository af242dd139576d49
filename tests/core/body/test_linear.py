"""A body twice as long takes twice the work, counted in lines of code that run, not in time."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
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
AGAINST: Final[dict[str, Callable[[str], str]]] = {
    "other words": lambda content: content.replace("klären", "ganz anders"),
    "nothing alike": lambda content: re.sub(
        r"Urlaub (\d+) klären", r"Messe x\1 baut Bernd", content
    ),
    "ticks": lambda content: content.replace("[ ]", "[x]"),
    "no boxes": lambda content: content.replace("[ ] ", ""),
    "every other line gone": lambda content: re.sub(r"(<li>.*?</li>)<li>.*?</li>", r"\1", content),
    "all in one line": lambda content: content.replace("</li><li>[", " ["),
    "each in two lines": lambda content: content.replace(" klären", "</li><li>klären"),
    "each twice": lambda content: re.sub(r"(<li>.*?</li>)", r"\1\1", content),
    "a note below each": lambda content: content.replace("</li>", "<br>Notiz</li>"),
}
MANY: Final = 1_000_000
JOIN: Final = (
    "<div>Microsoft Teams</div><a href='https://teams.microsoft.com/l/meetup-join/x'>x</a>"
)


def work(*copies: Copy, ours: Agenda = AGENDA) -> int:
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
            ours=ours,
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


def shown(agenda: Agenda) -> Body:
    block = render(agenda.shared(), form=BodyForm.HTML, locale="de", people=PEOPLE, budget=MANY)
    return place(Body(form=BodyForm.HTML), block)


AGENDAS: Final[dict[str, Callable[[int], list[dict[str, Any]]]]] = {
    "points": lambda times: [report(f"Urlaub {n} klären" for n in range(times))],
    "twins": lambda times: [report("Urlaub klären" for _ in range(times))],
    "sections": lambda times: [
        {"title": f"Thema {n}", "points": [f"Urlaub {n}"]} for n in range(times)
    ],
    "notes": lambda times: [
        report([{"text": "Urlaub", "notes": [f"Tag {n}" for n in range(times)]}])
    ],
}
CUT: Final[dict[str, Callable[[str], str]]] = {
    "every other line gone": AGAINST["every other line gone"],
    "a third cut off": lambda content: content[: len(content) * 2 // 3],
    "a tick alone": lambda content: content.replace("[ ]", "[x]", 1),
}


def report(points: Iterable[object]) -> dict[str, Any]:
    return {"kind": "report", "owner": ANNA.address, "points": list(points)}


def changed(sections: list[dict[str, Any]], change: Callable[[str], str]) -> int:
    agenda = Agenda.from_dict({"sections": sections})
    base = shown(agenda)
    theirs = replace(base, content=change(base.content))
    one = Copy(name="x", base_agenda=agenda, base_body=base, theirs=theirs, copy_of=ANNA)
    return work(one, ours=agenda)


@pytest.mark.parametrize("name", AGAINST)
def test_nor_does_a_long_agenda_of_which_everything_is_changed(name: str) -> None:
    few, many = (changed(AGENDAS["points"](times), AGAINST[name]) for times in (FEW, 4 * FEW))

    assert many < 4.5 * few


@pytest.mark.parametrize("cut", CUT)
@pytest.mark.parametrize("name", AGENDAS)
def test_nor_does_one_of_many_alike(name: str, cut: str) -> None:
    few, many = (changed(AGENDAS[name](times), CUT[cut]) for times in (FEW, 4 * FEW))

    assert many < 4.5 * few
