"""What a copy's base showed: which of its lines is which entry, and what that line said."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Final

import pytest

from core.body import Body, BodyForm, Copy
from core.body.base import Base
from core.body.draft import Draft
from core.body.lexicon import Lexicon
from core.body.rows import RowKind, headings_of
from core.body.work import Work
from core.model.agenda import Agenda, entry_id
from tests.core.body.samples.cases import ANNA, BEN
from tests.core.body.test_lines_and_their_meaning import agenda, agreed, annas, shown
from tests.core.body.test_rows import SETTING

OPEN, CLOSE = "▼ 1:1-Agenda (hier schreiben)\n", "\n▲ Ende 1:1-Agenda"
OF: Final = agenda(
    annas("Urlaub", {"text": "Budget", "notes": ["Zahlen", "Lob"]}, "Lob"),
    agreed({"text": "anrufen", "owner": BEN.address}, {"text": "Saal", "state": "dropped"}),
)
LIKE_OURS: Final = ("Vereinbart", "oder: x")
ODD: Final = agenda(
    annas(
        {"text": "Lob", "notes": ["Ben", "TODO Kurs", "Lob", "[x] schon", "3. Stock", *LIKE_OURS]},
        {"text": "(2×) zählen", "other_wording": "Lob", "notes": ["Anna"]},
        {"text": "Lob", "notes": ["Lob"]},
    ),
    {"kind": "manager", "owner": BEN.address, "points": ["Anna", {"text": "x", "notes": ["x"]}]},
    agreed("TODO Kurs", {"text": "Ben", "owner": BEN.address, "notes": ["Ben"]}),
)


def work_of(base: Agenda | None, body: str | None, ours: Agenda | None = None, **more: Any) -> Work:
    """Return a copy with its base, as a merge has it before it looks at the copy itself."""
    form = BodyForm.HTML if body and body.startswith("<") else BodyForm.TEXT
    before = None if body is None else Body(form=form, content=body)
    told = {"copy_of": ANNA, "theirs": Body(content=""), **more}
    copy = Copy(name="own", base_agenda=base, base_body=before, **told)
    draft = Draft(ours or base or Agenda())
    lexicon = Lexicon(SETTING, [ours, base])
    places = draft.know(base)
    found = Base(copy, draft, lexicon, places, headings_of(draft.sections, lexicon))
    return Work(copy, draft, lexicon, found)


def entries(of: Agenda, base: Base) -> list[str]:
    """Return the words of the entries that have a line, each with its line's words."""
    names = {entry_id(e): e.text for s in of.sections for e in s.entries}
    return [f"{names[r.entry]} = {r.words}" for r in base.rows if r.entry is not None]


def lines(base: Base) -> list[str]:
    """Return kind and words of each line that shows something, notes with their parent's words."""
    return [
        f"{row.kind.value} {row.words}"
        + (f" < {base.rows[row.parent].words}" if row.parent is not None else "")
        for row in base.rows
        if row.words
    ]


@pytest.mark.parametrize("indented", [True, False])
def test_what_we_wrote_is_read_as_what_it_was_written_from(indented: bool) -> None:
    """Hosts may have taken the indents away before we saw it."""
    body = shown(ODD)
    base = work_of(ODD, body if indented else re.sub("\n +", "\n", body)).base

    assert lines(base) == [
        *("words Lob", "note Ben < Lob", "note TODO Kurs < Lob", "note Lob < Lob"),
        *("note [x] schon < Lob", "note 3. Stock < Lob"),
        *("note Vereinbart < Lob", "note oder: x < Lob"),
        *("words (2×) zählen", "either Lob < (2×) zählen", "note Anna < (2×) zählen"),
        *("words Lob", "note Lob < Lob"),
        *("words Anna", "words x", "note x < x"),
        *("words TODO Kurs", "words Ben: Ben", "note Ben < Ben: Ben"),
    ]
    assert [row.entry for row in base.rows if row.entry] == [
        entry_id(e) for s in ODD.sections for e in s.entries
    ]
    assert [row.section for row in base.rows if row.kind is RowKind.HEADING] == [0, 1, 2]
    assert base.reading is not None
    assert len(base.reading.lines) == len(base.rows)


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ([], ["Urlaub = Urlaub", "Budget = Budget", "Lob = Lob", "anrufen = Ben: anrufen"]),
        # A body that was seen with broken fences, or with lines run together.
        (
            [(OPEN, ""), (CLOSE, "")],
            ["Urlaub = Urlaub", "Budget = Budget", "Lob = Lob", "anrufen = Ben: anrufen"],
        ),
        (
            [("Urlaub\n [ ] Budget", "Urlaub [ ] Budget")],
            ["Urlaub = Urlaub", "Budget = Budget", "Lob = Lob", "anrufen = Ben: anrufen"],
        ),
        # Lines that we would write in another way today.
        (
            [("Ben: anrufen", "Ben Behrens: anrufen"), ("[ ] Lob", "[ ] Lob (2×)")],
            [
                *("Urlaub = Urlaub", "Budget = Budget", "Lob = Lob (2×)"),
                "anrufen = Ben Behrens: anrufen",
            ],
        ),
        (
            [("Urlaub", "Urlaub 2027 und 2028"), ("[ ] Lob", "[ ] Lob für Ines und Cara")],
            [
                *("Urlaub = Urlaub 2027 und 2028", "Budget = Budget"),
                *("Lob = Lob für Ines und Cara", "anrufen = Ben: anrufen"),
            ],
        ),
        (
            [("[ ] Ben: anrufen", "TODO @Ben anrufen\n - TODO Saal")],
            [
                *("Urlaub = Urlaub", "Budget = Budget", "Lob = Lob"),
                *("anrufen = TODO @Ben anrufen", "Saal = TODO Saal"),
            ],
        ),
    ],
)
def test_each_line_of_a_base_is_found(changes: list[tuple[str, str]], found: list[str]) -> None:
    body = shown(OF)
    for old, new in changes:
        assert old in body
        body = body.replace(old, new, 1)

    assert entries(OF, work_of(OF, body).base) == found


def test_a_note_that_reads_as_an_action_item_is_not_the_one_whose_line_is_gone() -> None:
    of = agenda(annas({"text": "Lob", "notes": ["TODO Kurs"]}), agreed("Kurs"))
    base = work_of(of, shown(of).replace(" [ ] Kurs\n", "")).base

    assert entries(of, base) == ["Lob = Lob"]
    assert [row.words for row in base.rows if row.kind is RowKind.NOTE] == ["TODO Kurs"]


def test_a_base_that_was_seen_and_never_written_shows_our_entries() -> None:
    assert len(entries(OF, work_of(None, shown(OF), OF).base)) == 4
    assert work_of(None, None, OF).base.rows == []
    assert work_of(OF, "Hallo").base.rows == []


def test_a_line_without_its_box_in_the_words_of_a_heading_is_the_entry_still() -> None:
    of = agenda({"points": ["Vereinbart", "Lob"]}, agreed("Kurs"))
    base = work_of(of, shown(of).replace("[ ] ", "- ")).base

    assert entries(of, base) == ["Vereinbart = Vereinbart", "Lob = Lob", "Kurs = Kurs"]


def test_a_note_stays_its_entrys_though_a_line_was_typed_between_them() -> None:
    body = shown(OF).replace("Budget\n     Zahlen", "Budget\n - neu\n Zahlen")
    base = work_of(OF, body).base

    assert lines(base)[2:4] == ["words neu", "note Zahlen < Budget"]


def test_a_second_wording_that_holds_an_entry_is_one_line() -> None:
    of = agenda(annas({"text": "Budget", "other_wording": "Geld [ ] Lob"}, "Lob"))

    assert lines(work_of(of, shown(of)).base)[1] == "either Geld [ ] Lob < Budget"


def test_of_twins_the_one_in_its_section_is_found() -> None:
    of = agenda(
        annas({"text": "Einarbeitung", "carried": 2}),
        {"title": "Ziele", "points": [{"text": "Einarbeitung", "carried": 3}]},
    )
    body = shown(of).replace(" [ ] Einarbeitung (2×)\n", "").replace(" (3×)", "")
    (row,) = [row for row in work_of(of, body).base.rows if row.entry]

    assert row.entry == entry_id(of.sections[1].entries[0])


def test_edited_lines_of_a_base_are_found_in_their_order() -> None:
    of = agenda(annas("eins", "Kurs", "Kurs A", "vier"))
    body = shown(of).replace("[ ] Kurs\n [ ] Kurs A\n", "[ ] Kurs B\n [ ] Kurs C\n")

    assert entries(of, work_of(of, body).base) == [
        *("eins = eins", "Kurs = Kurs B", "Kurs A = Kurs C", "vier = vier"),
    ]


def test_what_no_line_showed_would_have_been_said_as_we_write_it() -> None:
    of = agenda(
        annas({"text": "Lob", "other_wording": "Dank", "notes": ["a"]}),
        agreed({"text": "Kurs", "owner": BEN.address, "due": "2026-06-12", "notes": ["b"]}),
    )
    (lob,), (kurs,) = (section.entries for section in of.sections)
    base = work_of(of, OPEN + CLOSE).base
    said = base.said(entry_id(kurs), kurs)

    assert (said.text, said.owner, said.due) == ("Kurs", BEN.address, date(2026, 6, 12))
    assert said.action
    assert base.under(entry_id(lob), lob) == (["a"], "Dank")
    assert base.under(entry_id(kurs), kurs) == (["b"], None)
    assert not base.said(entry_id(lob), lob).action


def test_what_a_line_showed_counts_though_the_entry_has_more() -> None:
    body = shown(OF).replace("     Zahlen\n", "     ⇄ oder: Geld\n")
    base = work_of(OF, body).base
    budget = OF.sections[0].entries[1]

    assert base.under(entry_id(budget), budget) == (["Lob"], "Geld")
    assert [row.words for row in base.notes_of(entry_id(budget))] == ["Lob"]
    assert (base.row(None), base.row("none"), base.under_row(None)) == (None, None, [])
