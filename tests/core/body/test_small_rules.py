"""The engine's smaller rules, one by one: near lines, twins, notes, sections, hosts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

import pytest

from core.body import Body, Copy
from core.body.draft import Draft
from core.body.hosts import is_overwritten, shows_another
from core.body.lines import scan_text
from core.body.near import Near, Slot
from core.body.notes import is_reworded
from core.body.rows import Row, RowKind, rows_of
from core.body.twins import Joined, match_twins, of_second_block, pieces
from core.body.under import below
from core.model.agenda import SectionKind
from tests.core.body.samples.cases import BEN
from tests.core.body.test_lines_and_their_meaning import (
    after,
    agenda,
    agreed,
    annas,
)
from tests.core.body.test_rows import OF, known_of, line

# Near lines.


@pytest.mark.parametrize(("times", "looked_at"), [(31, True), (32, True), (33, False)])
def test_a_word_in_too_many_lines_says_nothing(times: int, looked_at: bool) -> None:
    said = ["x"] * 60 + ["Plan"] * times
    rows = [Row(RowKind.WORDS, line(words), words) for words in said]
    slot = Slot("a", (), 0, "Plan", 0)

    assert (Near(rows, [slot]).candidates(slot)[-1] >= 60) == looked_at


# Notes.


@pytest.mark.parametrize(
    ("text", "reworded"), [("abcdefgxyz", True), ("abcdefwxyz", False), ("xx abcdefghij yy", True)]
)
def test_a_note_is_reworded_where_seven_of_ten_letters_are_the_same(
    text: str, reworded: bool
) -> None:
    assert is_reworded("- abcdefghij", text) == reworded


def test_only_notes_and_second_wordings_with_a_line_above_stand_below_one() -> None:
    over, note = Row(RowKind.WORDS, line("a")), Row(RowKind.NOTE, line("b"), parent=0)
    either, alone = Row(RowKind.EITHER, line("c"), parent=0), Row(RowKind.NOTE, line("d"))
    moved = Row(RowKind.WORDS, line("e"), parent=0)

    assert below([over, note, either, alone, moved]) == {0: [note, either]}


# Blocks that stand there twice.

TWICE: Final = agenda(
    {"title": "Plan", "points": ["Lob", "Plan"]},
    {"title": "Ziele", "points": ["Kurs"]},
    {"title": "Ziele", "points": []},
    {"title": "Ideen", "points": []},
)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Ziele Ziele Ideen", 1),
        ("Ziele Ideen a Ziele Ideen", 1),
        ("Ziele Ziele Ideen a Ziele Ziele Ideen", 2),
        ("Ziele Ziele Ideen Ziele Ziele Ideen Ziele", 3),
        ("Ideen Ziele Ziele Ideen Ziele Ziele Ideen", 3),
        ("Ziele Ziele Ideen " * 61, 61),
        ("Ziele Ziele Ideen " * 62, 61),
        ("Plan Ideen Plan Ideen", 1),
        ("Lob Ideen Lob Ideen", 1),
        ("Ziele Ideen [x]Ziele [x]Ziele Lob", 1),
    ],
)
def test_a_block_is_cut_apart_where_its_headings_begin_again(text: str, parts: int) -> None:
    lexicon, known = known_of(TWICE)

    assert len(pieces([line(word) for word in text.split()], known, lexicon)) == parts


def test_of_a_second_block_all_that_is_new_is_kept() -> None:
    lexicon, known = known_of(OF)
    lines = scan_text("Ziele\n - Kurs\n   neu\n - gesehen\n - Saal\n - frisch\n - Lob")
    rows = rows_of(lines, known, lexicon)
    kept = of_second_block(rows, known, {"gesehen"}, lexicon)

    assert [(row.words, row.twin) for row in kept if row.words] == [
        *(("Kurs", True), ("neu", False), ("frisch", False), ("Lob", True)),
    ]


def test_equal_lines_of_a_second_block_are_the_firsts_in_order() -> None:
    lexicon, _ = known_of(OF)
    first = [Row(RowKind.WORDS, line("Lob"), "Lob", entry=name) for name in "abc"]
    second = [Row(RowKind.WORDS, line("Lob"), "Lob", twin=True) for _ in range(4)]
    match_twins([*first, *second], lexicon)

    assert [row.entry for row in second] == ["a", "b", "c", "a"]


def test_lines_that_stand_in_one_are_apart_again() -> None:
    lexicon, _ = known_of(OF)
    base = [
        Row(RowKind.HEADING, line("Ziele")),
        Row(RowKind.WORDS, line("[ ] Kurs"), "Kurs"),
        Row(RowKind.NOTE, line("~ a"), "a"),
        Row(RowKind.WORDS, line("[ ] Rad"), "Rad"),
        Row(RowKind.NOTE, line("→"), "→"),
        Row(RowKind.WORDS, line("[ ] Lob"), "Lob"),
        Row(RowKind.HEADING, line("Ideen")),
    ]
    shape = {"indent": 4, "more": True, "item": True}
    seen = [line(text, **shape) for text in ("Ziele Kurs", "[x] Kurs ~ a", "- a Rad", "Lob")]
    ended = [line("Lob Ideen"), line("[ ]"), line("Rad")]
    found = Joined(base, lexicon).apart([*seen, *ended])

    assert [(one.text, one.raw, one.indent, one.more, one.item) for one in found] == [
        ("Ziele", "Ziele", 4, True, True),
        ("[ ] Kurs", "[ ] Kurs", 0, False, False),
        ("[x] Kurs", "[x] Kurs", 4, True, True),
        ("~ a", "~ a", 0, False, False),
        ("- ~ a", "- ~ a", 4, True, True),
        ("[ ] Rad", "[ ] Rad", 0, False, False),
        ("Lob", "Lob", 4, True, True),
        *((text, text, 0, False, False) for text in ("Lob", "Ideen", "[ ]", "Rad")),
    ]


# Sections.


def test_a_section_that_only_a_base_has_comes_back_with_what_is_typed_in_it() -> None:
    base = agenda(annas("Lob"), {"title": "Ziele", "points": ["Kurs"]})
    ours = agenda(annas("Lob"))
    draft = Draft(ours)

    assert draft.know(base) == {0: 0, 1: 1}
    assert draft.sections[1] == replace(base.sections[1], entries=())
    assert (draft.places[1].ids, draft.agenda()) == ([], ours)
    typed = after(base, ("Ziele\n", "Ziele\n - Rad\n"), ours=ours).agenda
    assert [(s.title, [e.text for e in s.entries]) for s in typed.sections] == [
        *(("", ["Lob"]), ("Ziele", ["Rad"])),
    ]


def test_a_bases_section_is_the_one_that_holds_most_of_its_entries() -> None:
    held = [{"id": name, "text": name} for name in "abcde"]
    base = agenda({"title": "Alt", "points": held})
    ours = agenda(
        agreed(),
        {"title": "A", "points": held[:1]},
        {"title": "B", "points": held[1:3]},
        {"title": "C", "points": held[3:]},
    )

    assert Draft(ours).know(base) == {0: 2}
    assert Draft(agenda(agreed())).know(base) == {0: 1}
    assert Draft(agenda({"title": "Neu", "points": ["x"]})).know(base) == {0: 1}


def test_a_section_of_a_kind_belongs_to_its_owner_or_to_nobody() -> None:
    of = agenda(
        {"kind": "manager", "owner": BEN.address, "title": "Chefsache", "points": []},
        {**agreed(), "title": "Aufgaben"},
    )

    assert Draft(of).section_for(BEN.address, SectionKind.MANAGER) == 0
    assert Draft(of).section_for("cara@example.com", SectionKind.MANAGER) == 2
    assert Draft(of).section_for(None, SectionKind.AGREED) == 1
    assert Draft(of).section_for(None, SectionKind.TOPIC) == 2


# Hosts that put one copy's text in the place of another's.


def copy_of(name: str, now: Iterable[str], base: str | None) -> Copy:
    body = None if base is None else Body(content="\n".join(base))
    return Copy(name=name, theirs=Body(content="\n".join(now)), base_body=body)


@pytest.mark.parametrize(
    ("now", "others", "overwritten"),
    [
        ("abcx", [("abcx", "abcd")], True),
        ("abcx", [("abcx", None)], False),
        ("abcx", [("abcx", "efgh")], False),
        ("abcx", [("abcx", None), ("abcx", "efgh"), ("abcx", "abcd")], True),
        ("abcx", [("abcd", "abcd"), ("efgh", "ijkl")], True),
        ("efgh", [("efgh", "abcd")], False),
        ("efab", [("abcd", "abcd")], False),
        ("eab", [("abcd", "abcd")], True),
        ("efa", [("abcd", "abcd")], False),
        ("efx", [("efxabcd", "abcd")], False),
        ("efghabcd", [("abcd", "abcd")], False),
        ("efghabcdd", [("abcd", "abcd")], False),
        ("efghabcddddd", [("abcdddddd", "abcd")], True),
    ],
)
def test_a_copy_is_overwritten_where_it_is_nearer_to_another_than_to_its_base(
    now: str, others: list[tuple[str, str | None]], overwritten: bool
) -> None:
    """One letter is one line. A copy that had the same text before says nothing."""
    own = copy_of("own", now, "efgh")
    copies = [own, *(copy_of(str(n), *told) for n, told in enumerate(others))]

    assert is_overwritten(own, copies) == overwritten


@pytest.mark.parametrize(
    ("now", "other", "untouched"),
    [
        ("- Urlaub\n[ ] Budget", "•  Urlaub\n  [ ]  Budget", True),
        ("[x] Urlaub", "[ ] Urlaub", False),
        ("Urlaub -", "Urlaub", False),
    ],
)
def test_bullets_and_blanks_are_no_touch_and_ticks_and_words_are(
    now: str, other: str, *, untouched: bool
) -> None:
    own, of = copy_of("own", now.split("\n"), None), copy_of("of", other.split("\n"), None)

    assert shows_another(own, [of]) is untouched
