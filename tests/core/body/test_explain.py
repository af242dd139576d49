"""The account of a body is what a person should read: each case in a file of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Final

import pytest

from core.body import render
from core.body.explain import explain
from core.model.agenda import Agenda, Section
from core.model.calendar import Body, BodyForm
from tests.core.body.samples.cases import ANNA, BEN, PEOPLE

FOLDER: Final = Path(__file__).parent / "explained"
NOW: Final = datetime(2026, 6, 8, 9, tzinfo=UTC)
AGENDA: Final = Agenda.from_dict(
    {
        "sections": [
            {
                "kind": "report",
                "owner": ANNA.address,
                "points": ["Urlaub", {"text": "Ärger", "sensitive": True}],
            },
            {
                "kind": "agreed",
                "action_items": [
                    {"text": "Budget", "owner": BEN.address, "due": "2026-06-12"},
                    "Raum",
                ],
            },
            {"title": "Ziele", "points": ["Lob"]},
        ]
    }
)
BASE: Final = Body(
    content="Hallo\n\n" + render(AGENDA.shared(), form=BodyForm.TEXT, locale="de", people=PEOPLE)
)
OPENING: Final = "▼ 1:1-Agenda (hier schreiben)"
CLOSING: Final = "▲ Ende 1:1-Agenda"
JOIN: Final = "\n\nhttps://teams.microsoft.com/l/meetup-join/19%3a1"


def changed(*changes: tuple[str, str]) -> Body:
    """Return the base with texts replaced by others."""
    content = BASE.content
    for old, new in changes:
        assert old in content
        content = content.replace(old, new, 1)
    return Body(content=content)


def told(
    body: Body, base: Body | None = None, agenda: Agenda | None = None, *, by_anna: bool = False
) -> str:
    """Explain a body as German readers see it."""
    return explain(
        body,
        base=base,
        agenda=agenda,
        copy_of=ANNA if by_anna else None,
        people=PEOPLE,
        now=NOW,
        zone="Europe/Berlin",
        locale="de",
    )


CASES: Final[dict[str, Callable[[], str]]] = {
    "edited": lambda: told(
        changed(
            ("[ ] Urlaub", "[x] Urlaub"),
            ("Lob", "Lob und Dank"),
            (" [ ] Raum\n", ""),
            ("Gespräch)", "Gespräch) morgen"),
        ),
        BASE,
        AGENDA,
        by_anna=True,
    ),
    "cut": lambda: told(Body(content=BASE.content[:-60]), BASE, AGENDA),
    "unknown": lambda: told(BASE),
    "ticked": lambda: told(changed(("[ ] Urlaub", "[x] Urlaub")), BASE),
    "join_lost": lambda: told(BASE, Body(content=BASE.content + JOIN), AGENDA),
    "unsure_headings": lambda: told(
        Body(content=f"{OPENING}\n- Ziele\n [ ] eins\n    tief\n [ ] zwei\n[ ] drei\n{CLOSING}")
    ),
    "foreign": lambda: explain(Body(content="Hallo")),
    "html": lambda: explain(
        Body(
            form=BodyForm.HTML,
            content="<p>Hallo</p>"
            + render(AGENDA.shared(), form=BodyForm.HTML, locale="en", people=PEOPLE),
        )
    ),
}


@pytest.mark.parametrize("name", sorted(CASES))
def test_a_body_is_explained_as_in_its_file(name: str) -> None:
    assert CASES[name]() == (FOLDER / f"{name}.txt").read_text("utf-8")


def test_each_account_has_a_case() -> None:
    assert sorted(path.stem for path in FOLDER.iterdir()) == sorted(CASES)


def test_without_a_day_of_its_own_an_account_is_of_a_day_long_gone() -> None:
    edited = changed(("[ ] Urlaub", "[ ] @Ben Urlaub bis Freitag"))

    assert "due 2000-01-07" in explain(edited, base=BASE, people=PEOPLE, locale="de")


def test_an_account_is_in_english_and_of_utc_unless_told_otherwise() -> None:
    late = datetime(2026, 6, 9, 1, tzinfo=timezone(timedelta(hours=10)))
    titled = Agenda(sections=(Section(titles=(("de", "Werte"), ("en", "Values"))),))
    body = Body(content=render(titled.shared(), form=BodyForm.TEXT, locale="en"))
    edited = changed(("[ ] Urlaub", "[ ] @Ben Urlaub heute"))

    assert "write: no, a person would see no difference" in explain(body, base=body, agenda=titled)
    assert "due 2026-06-08" in explain(edited, base=BASE, people=PEOPLE, now=late)


def test_words_that_look_like_signs_are_read_as_the_base_has_them() -> None:
    item = {"text": "TODO Ben: anrufen", "owner": ANNA.address}
    of = Agenda.from_dict({"sections": [{"kind": "agreed", "action_items": [item]}]})
    base = Body(content=render(of.shared(), form=BodyForm.TEXT, locale="de", people=PEOPLE))
    body = Body(content=base.content.replace("anrufen", "anrufen neu"))

    assert "edited: TODO Ben: anrufen -> TODO Ben: anrufen neu" in told(body, base, of)


def test_a_line_stands_for_a_section_unless_it_is_indented_further() -> None:
    block = f"{OPENING}\n Ziele\n [ ] eins\n  Lob\n [ ] zwei\n{CLOSING}"
    account = told(Body(content=block), Body(content=block))

    assert "  topic Ziele\n    [open] eins\n    [open] Lob\n" in account


def test_both_parts_of_a_block_around_a_join_block_are_told() -> None:
    join = f"{'_' * 40}{JOIN}\n{'_' * 40}"
    account = explain(Body(content=f"{OPENING}\n [ ] a\n{join}\n [ ] b\n{CLOSING}"))

    assert "characters 0-36, 169-193; fences: start found, end found; 2 lines" in account
