"""Lines that are known without the base: typed before, brought by another, or a note once more."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import pytest

from core.body import Body, BodyForm, Copy, MergeResult, merge_copies
from core.body.lines import Line
from core.body.recognise import recognise
from core.body.rows import Row, RowKind, rows_of
from core.body.under import mark_notes, settle_notes
from core.body.values import DamageKind
from core.model.agenda import Agenda, entry_id
from core.model.people import Person
from tests.core.body.manglers.strategies import settings_of
from tests.core.body.samples.cases import ANNA, BEN
from tests.core.body.test_base import work_of
from tests.core.body.test_lines_and_their_meaning import (
    after,
    agenda,
    agreed,
    annas,
    notes,
    shown,
    texts,
)
from tests.core.body.test_recognised import ids, named
from tests.core.body.test_rows import known_of, line
from tests.core.body.test_what_a_copy_changes import each

OF: Final = agenda(
    annas("Urlaub", "Budget"),
    {"kind": "manager", "owner": BEN.address, "points": ["Kurs"]},
    agreed("Saal"),
)
NEW: Final = "[ ] Budget\n"

# What was typed before, and changed by somebody since.


@pytest.mark.parametrize("person", [ANNA, BEN, None])
@pytest.mark.parametrize(
    "typed",
    [
        "- Reise",
        "- Reise\n - Reise\n - reise",
        "- TODO Reise bis Freitag",
        "- @Ben Reise\n - Rad",
        "- Reise (3×)\n - Rad",
    ],
)
def test_a_line_that_was_taken_in_and_changed_since_is_not_new(
    person: Person | None, typed: str
) -> None:
    """The agenda was kept, but not what the copy showed: its lines are read once more."""
    change = (NEW, f"{NEW} {typed}\n")
    first = after(OF, change, person=person).agenda
    changed = each(first, lambda e: replace(e, text="anders") if e.text not in OF_WORDS else e)
    again = after(OF, change, ours=changed, person=person).agenda

    assert sorted(ids(again)) == sorted(ids(changed))
    assert len(set(ids(again)) - set(ids(OF))) == len(typed.split("\n"))


def test_a_line_in_what_is_agreed_that_was_changed_since_is_not_new() -> None:
    change = ("[ ] Saal\n", "[ ] Saal\n - Reise bis Freitag\n")
    first = after(OF, change).agenda
    changed = each(first, lambda e: replace(e, text="anders") if e.text == "Reise" else e)

    assert sorted(ids(after(OF, change, ours=changed).agenda)) == sorted(ids(changed))


OF_WORDS: Final = texts(OF)

# What came another way since.


@pytest.mark.parametrize(
    ("ours", "change", "count"),
    [
        # Typed below Ben's heading, Anna's line lands in her own section.
        (annas("Urlaub", "Budget", "Reise"), ("[ ] Kurs\n", "[ ] Kurs\n - Reise\n"), 1),
        (annas("Urlaub", "Budget", "Reise"), (NEW, f"{NEW} - Reise\n"), 1),
        (annas("Urlaub", "Budget", "Reise"), ("schreiben:\n -", "schreiben:\n - Reise"), 1),
        (annas("Urlaub", "Budget", "Reise"), ("[ ] Saal\n", "[ ] Saal\n - Reise\n"), 2),
        (annas("Urlaub", "Budget", "Reise"), (NEW, f"{NEW} - TODO Reise\n"), 1),
    ],
)
def test_a_line_that_came_another_way_is_the_same_where_it_would_land(
    ours: dict[str, Any], change: tuple[str, str], count: int
) -> None:
    since = Agenda(sections=(agenda(ours).sections[0], *OF.sections[1:]))

    assert texts(after(OF, change, ours=since).agenda).count("Reise") == count


def test_a_promise_in_the_words_of_the_others_point_is_new() -> None:
    kurs = agenda({"kind": "manager", "owner": BEN.address, "points": ["Kurs", "Reise"]})
    since = Agenda(sections=(OF.sections[0], kurs.sections[0], OF.sections[2]))

    assert texts(after(OF, (NEW, f"{NEW} - TODO Reise\n"), ours=since).agenda).count("Reise") == 2


def two(annas_change: tuple[str, str], bens_change: tuple[str, str]) -> MergeResult:
    """Let both change their copies."""
    body = shown(OF)
    copies = [
        Copy(
            name=person.name,
            base_agenda=OF,
            base_body=Body(content=body),
            theirs=Body(content=body.replace(*change)),
            copy_of=person,
        )
        for person, change in ((ANNA, annas_change), (BEN, bens_change))
    ]
    return merge_copies(copies, ours=OF, **settings_of())


@pytest.mark.parametrize(
    ("annas_change", "bens_change", "count"),
    [
        # In the same place a host has carried it, elsewhere two people typed the same words.
        (("[ ] Kurs\n", "[ ] Kurs\n - Reise\n"), ("[ ] Kurs\n", "[ ] Kurs\n - Reise\n"), 1),
        ((NEW, f"{NEW} - Reise\n"), ("[ ] Kurs\n", "[ ] Kurs\n - Reise\n"), 2),
        ((NEW, f"{NEW} - TODO Reise\n"), (NEW, f"{NEW} - TODO Reise\n"), 1),
        ((NEW, f"{NEW} - TODO Reise\n"), ("[ ] Kurs\n", "[ ] Kurs\n - TODO Reise\n"), 2),
    ],
)
def test_the_same_new_line_in_two_copies(
    annas_change: tuple[str, str], bens_change: tuple[str, str], count: int
) -> None:
    assert texts(two(annas_change, bens_change).agenda).count("Reise") == count


# Entries that were changed elsewhere since.


def test_a_line_without_its_count_is_the_entry_that_was_reworded_elsewhere() -> None:
    of = agenda(annas({"text": "Einarbeitung", "carried": 3}, *"abcdefghijklmnopqrstuvw"))
    since = each(of, lambda e: replace(e, text="Rad") if e.text == "Einarbeitung" else e)
    moved = ("[ ] w\n", "[ ] w\n [ ] Einarbeitung\n")
    result = after(of, (" [ ] Einarbeitung (3×)\n", ""), moved, ours=since)

    assert sorted(ids(result.agenda)) == sorted(ids(of))
    assert texts(result.agenda)[-1] == "Rad"


def test_a_name_broken_off_in_front_of_an_item_that_was_reworded_elsewhere_is_no_line() -> None:
    of = agenda(annas("Urlaub"), agreed({"text": "Raum", "owner": BEN.address}))
    since = each(of, lambda e: replace(e, text="Saal") if e.text == "Raum" else e)
    result = after(of, ("[ ] Ben: Raum", "[ ] Ben\n Raum"), ours=since)

    assert texts(result.agenda) == ["Urlaub", "Saal"]


def test_of_twins_the_one_in_the_section_of_an_edited_line_is_the_edited_one() -> None:
    twins = [named("a", "Einarbeitung"), named("b", "Einarbeitung")]
    of = agenda(annas(twins[0]), {"title": "Ziele", "points": twins[1:]})
    result = after(of, (" [ ] Einarbeitung\nZ", "Z"), ("[ ] E", "[ ] Eine E"))

    assert ids(result.agenda) == ["b"]
    assert texts(result.agenda) == ["Eine Einarbeitung"]


def test_lines_that_were_seen_and_never_written_are_our_entries() -> None:
    body = shown(OF)
    copy = Copy(
        name="own",
        base_body=Body(content=body),
        theirs=Body(content=body.replace("Urlaub", "Urlaub im Mai")),
        copy_of=ANNA,
    )
    result = merge_copies([copy], ours=OF, **settings_of())

    assert texts(result.agenda) == ["Urlaub im Mai", "Budget", "Kurs", "Saal"]
    assert ids(result.agenda) == ids(OF)


# Notes.

NOTED: Final = agenda(
    annas(
        {"text": "Budget", "notes": ["Zahlen von Ines holen", "Raum für alle buchen"]},
        {"text": "Kurs", "notes": ["Zahlen von Ines holen"]},
        "Lob",
    ),
    {"title": "Ziele", "points": []},
)


def kinds(lines: list[Line]) -> list[str]:
    """Return what becomes of lines in place of those that the base showed."""
    work = work_of(NOTED, shown(NOTED))
    lexicon, texts_known = known_of(NOTED)
    rows = rows_of(lines, texts_known, lexicon, work.base.rows)
    mark_notes(rows, texts_known, lexicon)
    recognise(work, rows)
    settle_notes(rows, work.base.rows)
    return [_told(row, rows) for row in rows]


def _told(row: Row, rows: list[Row]) -> str:
    if row.kind is RowKind.NOTE:
        assert row.parent is not None
        return f"note of {rows[row.parent].words}"
    return row.kind.value if row.entry or row.kind is not RowKind.WORDS else "new"


HEADS: Final = [line("Anna"), line("[ ] Budget")]
LEFT: Final = "Zahlen von Ines heute holen"


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ([line(LEFT)], ["note of Budget"]),
        ([line(LEFT), line("Raum für alle drei buchen")], ["note of Budget"] * 2),
        ([line(f"[ ] {LEFT}")], ["new"]),
        ([line(f"- {LEFT}")], ["new"]),
        ([line(LEFT, item=True)], ["new"]),
        ([line("ganz etwas anderes")], ["new"]),
        ([line("ganz etwas anderes"), line(LEFT)], ["new", "new"]),
        (
            [line("etwas anderes"), line("[ ] Kurs"), line(LEFT)],
            ["new", "words", "note of Kurs"],
        ),
        ([line("    Zahlen von Ines holen", indent=9), line(LEFT)], ["note of Budget", "new"]),
        (
            [line(LEFT), line("[ ] Kurs"), line("Zahlen von Ines holen", indent=9)],
            ["note of Budget", "words", "note of Kurs"],
        ),
        ([line(LEFT), line("Zahlen von Ines holen")], ["new", "note of Budget"]),
        ([line("[ ] Lob"), line(LEFT)], ["words", "new"]),
        ([line("Ziele"), line(LEFT)], ["heading", "new"]),
        (
            [line(LEFT), line("Ziele"), line("Zahlen von Ines holen")],
            ["note of Budget", "heading", "new"],
        ),
    ],
)
def test_a_note_that_lost_its_indent_and_was_reworded_is_one_still(
    more: list[Line], told: list[str]
) -> None:
    assert kinds([*HEADS, *more])[2:] == told


# Blocks that stand there twice.


def doubled(of: Agenda, *changes: tuple[str, str]) -> MergeResult:
    """Let the block stand there twice, and change the second one."""
    second = shown(of)
    for old, new in changes:
        assert old in second
        second = second.replace(old, new, 1)
    body = Body(form=BodyForm.TEXT, content=shown(of))
    theirs = Body(content=f"{body.content}\n\n{second}")
    copy = Copy(name="own", base_agenda=of, base_body=body, theirs=theirs, copy_of=ANNA)
    return merge_copies([copy], ours=of, **settings_of())


def test_a_placeholder_too_many_in_a_doubled_block_is_no_new_line() -> None:
    of = agenda(annas({"text": "geheim", "sensitive": True}, "Lob"))
    secret = " [ ] (vertraulich – nur im Gespräch)\n"
    result = doubled(of, (secret, secret * 2))

    assert DamageKind.DOUBLED in {damage.kind for damage in result.damage}
    assert ids(result.agenda) == ids(of)


def test_an_edited_line_in_the_second_block_is_the_first_entry_that_it_is_like() -> None:
    of = agenda(annas(named("a", "Kurs mit Ines eins"), named("b", "Kurs mit Ines zwei")))
    first, second = " [ ] Kurs mit Ines eins\n", "[ ] Kurs mit Ines zwei\n"
    result = doubled(of, (first, ""), (second, "[ ] Kurs mit Ines drei\n"))

    assert [entry_id(e) for s in result.agenda.sections for e in s.entries] == ["a", "b"]
    assert texts(result.agenda) == ["Kurs mit Ines drei", "Kurs mit Ines zwei"]


def test_words_typed_behind_a_note_marked_as_confidential_stay_in_it_a_new_one_is_a_point() -> None:
    of = agenda(annas({"text": "Budget", "notes": ["(vertraulich) Lob"]}))
    edited = after(of, ("     (vertraulich) Lob", " neu\n     (vertraulich) Lob heute"))
    more = after(of, ("Lob", "Lob\n     (vertraulich) Lob heute"))

    assert notes(edited.agenda) == ["(vertraulich) Lob heute"]
    assert texts(more.agenda) == ["Budget", "Lob heute"]
