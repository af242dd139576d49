"""What a line of the block is: heading, entry or new line, note, second wording, our own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import pytest

from core.body.known import entries_of, texts_of
from core.body.lexicon import Lexicon
from core.body.lines import Line, scan_text
from core.body.rows import Row, RowKind, Texts, headings_of, rows_of
from core.body.under import mark_notes, settle_notes
from core.model.agenda import Agenda, entry_id
from tests.core.body.samples import cases
from tests.core.body.test_lines_and_their_meaning import agenda, agreed

BEN: Final = cases.BEN.address
PROMPT: Final = "Neue Punkte einfach darunter schreiben:"
SETTING: Final = replace(cases.SETTING, link="tafel/1")
OF: Final = agenda(
    {"title": "Ziele", "points": [{"text": "Kurs", "notes": ["Ziele", "[ ] Saal"]}, "Lob"]},
    {"title": "Ziele", "points": []},
    {"title": "Ziele", "points": []},
    {"title": "Ideen erledigt", "points": []},
    agreed("Rad"),
)


def reading(
    lines: str | Sequence[Line], like: Sequence[Row] = (), of: Agenda = OF
) -> list[tuple[str, str, int]]:
    """Return kind, words and section of each line; a note's words stand behind its parent's."""
    rows = read(lines, like, of)
    told = []
    for row in rows:
        over = f"{rows[row.parent].words} < " if row.parent is not None else ""
        told.append((row.kind.value, over + row.words, row.section))
    return told


def known_of(of: Agenda) -> tuple[Lexicon, Texts]:
    """Return what is known of an agenda."""
    lexicon = Lexicon(SETTING, [of])
    home = {entry_id(e): n for n, s in enumerate(of.sections) for e in s.entries}
    headings = headings_of(of.sections, lexicon)
    return lexicon, texts_of(entries_of(of).values(), (), headings, home, lexicon)


def read(lines: str | Sequence[Line], like: Sequence[Row] = (), of: Agenda = OF) -> list[Row]:
    """Read lines, the last step too."""
    lexicon, texts = known_of(of)
    seen = scan_text(lines) if isinstance(lines, str) else lines
    rows = rows_of(seen, texts, lexicon, like)
    mark_notes(rows, texts, lexicon)
    settle_notes(rows, like)
    return rows


def words(*told: str, section: int = -1) -> list[tuple[str, str, int]]:
    return [("words", one, section) for one in told]


def ours(*, section: int = -1) -> tuple[str, str, int]:
    return ("ours", "", section)


HEADING: Final = [("heading", "", n) for n in range(4)]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        # A number is a list's where the lines around count on.
        ("1. a\n2. b", words("a", "b")),
        ("1. a\n2. b\n3. c", words("a", "b", "c")),
        ("a\n7. b\n8. c\nd", words("a", "b", "c", "d")),
        ("1. a\nb", words("1. a", "b")),
        ("2. a\nb\n1. c", words("2. a", "b", "1. c")),
        ("5. a\n4. b", words("5. a", "4. b")),
        ("1. a\n3. b", words("1. a", "3. b")),
        ("a\n3. b", words("a", "3. b")),
        ("7. Kurs\n3. Stock", words("Kurs", "3. Stock")),
        # Signs without words are ours; `!!` alone is nothing at all.
        ("a\n-\n     b", [*words("a"), ours(), *words("b")]),
        ("a\n[ ]\n     b", [*words("a"), ours(), *words("b")]),
        ("a\n[ ] !!\n     b", [*words("a"), ours(), *words("b")]),
        ("a\n!!\n     b", [*words("a"), ("note", "a < b", -1)]),
        ("▲", [ours()]),
        ("(3×)", []),
        ("[ ] Ben:", [("ours", "Ben:", -1)]),
        ("Ben:", words("Ben:")),
        ("[ ] Foto:", words("Foto:")),
        ("Mehr dazu: tafel/1", [ours()]),
        ("Mehr dazu: tafel/2", words("Mehr dazu: tafel/2")),
        # Below the prompt is no section's; the next heading ends that.
        (f"Ziele\na\n{PROMPT}\nb", [HEADING[0], *words("a", section=0), ours(), *words("b")]),
        (f"{PROMPT} a", [ours(), *words("a")]),
        (f"{PROMPT}\nZiele\na", [ours(), HEADING[0], *words("a", section=0)]),
        # Of sections with one title the headings stand for one after the other.
        ("Ziele\nZiele\na", [*HEADING[:2], *words("a", section=1)]),
        ("Ziele\nZiele\nZiele\nZiele", [*HEADING[:3], HEADING[2]]),
        ("- Ziele", [HEADING[0]]),
        ("Ideen – erledigt", [HEADING[3]]),
        ("[ ] Ziele", words("Ziele")),
        # What is known as a note is no heading where it is indented.
        ("- Lob\n   Ziele", [*words("Lob"), ("note", "Lob < Ziele", -1)]),
        ("- Lob\n  Ziele", [*words("Lob"), HEADING[0]]),
        ("⇄ oder: a", words("a")),
        ("b\n⇄ oder: a", [*words("b"), ("either", "b < a", -1)]),
        ("b\n? oder: a", [*words("b"), ("either", "b < a", -1)]),
        ("b\n- ⇄ oder: a", [*words("b"), ("either", "b < a", -1)]),
        ("b\noder: Ziele", [*words("b"), ("either", "b < Ziele", -1)]),
        ("b\noder: Rest", words("b", "oder: Rest")),
        # Notes: known as one, or indented and known as nothing.
        (" - a\n   b", [*words("a"), ("note", "a < b", -1)]),
        (" - a\n  b", words("a", "b")),
        (" - a\n   Lob", words("a", "Lob")),
        (" - a\n   TODO b", words("a", "TODO b")),
        (" - a\n   [ ] b", words("a", "b")),
        (" - a\n   [ ] Saal", [*words("a"), ("note", "a < [ ] Saal", -1)]),
        (" - a\n [ ] Saal", words("a", "Saal")),
        (" - a\n   3. Stock", [*words("a"), ("note", "a < 3. Stock", -1)]),
        (" - a\n   1. b\n   2. c", [*words("a"), *(("note", f"a < {b}", -1) for b in "bc")]),
        ("Ziele\n   a", [HEADING[0], *words("a", section=0)]),
    ],
)
def test_a_line_is_told_by_its_signs_its_place_and_what_we_know(
    text: str, told: list[tuple[str, str, int]]
) -> None:
    assert reading(text) == told


def line(text: str, **more: Any) -> Line:
    return Line(text, text, 0, 0)._replace(**more)


@pytest.mark.parametrize(
    ("over", "under", "noted"),
    [
        ({"depth": 1}, {"depth": 2}, True),
        ({"depth": 0}, {"depth": 1}, False),
        ({"depth": 1}, {"depth": 1}, False),
        ({"depth": 1}, {"depth": 0, "indent": 4}, False),
        ({}, {"more": True}, True),
    ],
)
def test_in_html_a_note_is_deeper_in_the_list_or_another_line_of_its_item(
    over: dict[str, Any], under: dict[str, Any], noted: bool
) -> None:
    (_, (kind, _, _)) = reading([line("a", **over), line("b", **under)])

    assert kind == ("note" if noted else "words")


def test_what_was_broken_off_a_line_is_put_back_to_it() -> None:
    carried = {"text": "Kurs", "carried": 2}
    of = agenda({"title": "Ziele", "points": [carried]}, agreed({"text": "Rad", "owner": BEN}))
    counted = read("Ziele\na\nKurs\n(2×)", of=of)[-1]
    named = read("[ ] Ben:\nRad", of=of)[-1]

    box = line("[x]", item=True), line("Saal neu", more=True)
    marks = read(box, of=of)[-1].marks

    assert (marks.words, marks.box, marks.ticked) == ("Saal neu", True, True)
    assert (counted.words, counted.marks.words) == ("Kurs (2×)", "Kurs (2×)")
    assert (named.words, named.marks.words, named.marks.box) == ("Ben: Rad", "Ben: Rad", True)


@pytest.mark.parametrize(
    ("note", "now", "noted"),
    [
        ("!! schon", "!! schon mehr", True),
        ("(Mai) neu", "(Mai) neu !!", False),
        ("Mai !!", "Mai !! neu !!", False),
    ],
)
def test_only_a_note_that_began_as_confidential_stays_one_with_more_words(
    note: str, now: str, *, noted: bool
) -> None:
    of = agenda({"title": "Ziele", "points": [{"text": "Kurs", "notes": [note]}]})
    (_, (kind, _, _)) = reading(f" - a\n   {now}", of=of)

    assert kind == ("note" if noted else "words")


def test_lines_below_the_prompt_are_known_as_such() -> None:
    rows = read(f"a\nZiele\nb\n{PROMPT}\nc\nd\nZiele\ne")

    assert "".join(row.words for row in rows if row.below) == "cd"
    assert rows[3].line.text == PROMPT
    assert read(f"{PROMPT} a")[1].line.text == f"{PROMPT} a"


def known(kind: RowKind, text: str, section: int = 0, **more: Any) -> Row:
    """Return a line of the text that is compared with."""
    boxed = text.startswith("[ ] ")
    of = line(text)
    row = Row(kind, of, text.removeprefix("[ ] "), section=section, **more)
    row.marks = row.marks._replace(box=boxed)
    return row


TITLE: Final = known(RowKind.HEADING, "Ziele")
TITLES: Final = [TITLE, known(RowKind.HEADING, "Ziele", 1)]


@pytest.mark.parametrize(
    ("like", "text", "sections"),
    [
        (TITLES, "Ziele\nZiele\nZiele", [0, 1, 2]),
        ([TITLE], "Ziele\nx\nZiele", [0, 0, 1]),
        ([TITLES[1]], "Ziele\nZiele", [1, 1]),
    ],
)
def test_a_heading_that_stands_where_it_stood_counts_as_one_of_its_title(
    like: list[Row], text: str, sections: list[int]
) -> None:
    assert [row.section for row in read(text, like)] == sections


def test_what_stands_where_it_stood_is_what_it_was() -> None:
    like = [
        TITLE,
        known(RowKind.WORDS, "Kurs", entry="k"),
        known(RowKind.NOTE, "Lob", parent=1),
        known(RowKind.EITHER, "⇄ oder: x", parent=1),
        known(RowKind.OURS, "Ende"),
    ]
    rows = read("Ziele\n [ ] Kurs\n Lob\n ⇄ oder: x\nEnde", like)

    assert [row.line.text for row in rows] == ["Ziele", "[ ] Kurs", "Lob", "⇄ oder: x", "Ende"]
    assert [(row.kind, row.words, row.entry, row.same) for row in rows] == [
        (RowKind.HEADING, "", None, 0),
        (RowKind.WORDS, "Kurs", "k", 1),
        (RowKind.NOTE, "Lob", None, 2),
        (RowKind.EITHER, "x", None, 3),
        (RowKind.WORDS, "Ende", None, None),
    ]


@pytest.mark.parametrize(("text", "kind"), [("b", "note"), ("[ ] b", "words")])
def test_a_note_that_gets_a_box_is_an_entry_of_its_own(text: str, kind: str) -> None:
    like = [known(RowKind.WORDS, "Kurs", entry="k"), known(RowKind.NOTE, "b", parent=0)]

    assert reading(f"Kurs\n{text}", like)[1][0] == kind
    boxed = [like[0], known(RowKind.NOTE, "[ ] b", parent=0)]
    assert reading("Kurs\n[ ] b", boxed)[1][0] == "note"


@pytest.mark.parametrize(
    ("shape", "same"),
    [
        ({}, 3),
        ({"indent": 3}, 3),
        ({"indent": 4}, 1),
        ({"depth": 1}, 3),
        ({"depth": 2}, 1),
        ({"more": True}, 1),
    ],
)
def test_of_a_note_and_a_point_in_the_same_words_the_shape_says_which_it_is(
    shape: dict[str, Any], same: int
) -> None:
    like = [
        known(RowKind.WORDS, "eins", entry="1"),
        known(RowKind.NOTE, "Lob", parent=0),
        known(RowKind.WORDS, "zwei", entry="2"),
        known(RowKind.WORDS, "Lob", entry="l"),
        known(RowKind.WORDS, "drei", entry="3"),
    ]
    rows = read([line("vier"), line("Lob", **shape), line("fünf")], like)

    assert rows[1].same == same


def test_a_note_keeps_the_line_that_it_had_or_goes_to_the_one_above() -> None:
    like = [
        known(RowKind.WORDS, "eins", entry="1"),
        known(RowKind.WORDS, "zwei", entry="2"),
        known(RowKind.NOTE, "b", parent=1),
    ]

    assert reading("eins\nzwei\nneu\nb", like)[-1] == ("note", "zwei < b", -1)
    assert reading("eins\nb", like)[-1] == ("note", "eins < b", -1)
    assert reading("b", like)[-1] == ("words", "b", -1)
    rows = read("eins\nanders\nb", like)
    rows[1].entry = "2"
    settle_notes(rows, like)
    assert rows[2].parent == 1
