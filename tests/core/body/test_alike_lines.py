"""Which line is which entry: equal lines by their place, edited ones by how alike they are."""

from __future__ import annotations

from typing import Final

import pytest

from core.body.align import (
    LIKE,
    LIKE_IN_PLACE,
    likeness,
    match_exactly,
    match_in_place,
    match_moved,
)
from core.body.lexicon import BOX, Lexicon
from core.body.lines import Line
from core.body.near import Slot
from core.body.rows import Row, RowKind
from core.body.translated import match_places
from tests.core.body.samples.cases import BEN
from tests.core.body.test_lexicon import HIDDEN, SETTING
from tests.core.body.test_lines_and_their_meaning import after, agenda, agreed, annas, texts

WORDS: Final = Lexicon(SETTING, [])


def row(text: str, section: int = 0) -> Row:
    """Return a line as it is read."""
    line = Line(text, text, 0, len(text))
    marks = WORDS.marks(line)
    return Row(RowKind.WORDS, line, marks.words, marks, section)


def slot(entry: str, shown: str | None, *keys: str, section: int = 0, place: int = 0) -> Slot:
    """Return an entry to be recognised; its name is its place, then a letter."""
    known = [WORDS.key(text) for text in (shown, *keys) if text is not None]
    return Slot(entry, known, section, shown, place, shown or "")


def entries(rows: list[Row]) -> list[str | None]:
    """Return which entry each line is."""
    return [one.entry for one in rows]


def test_equal_lines_are_told_apart_by_their_section_first() -> None:
    rows = [row("Lob", 0), row("Lob", 1)]
    match_exactly(rows, [slot("a", "Lob", section=1), slot("b", "Lob", section=0)], WORDS)

    assert entries(rows) == ["b", "a"]


def test_equal_lines_in_other_sections_are_told_apart_by_their_order() -> None:
    rows = [row("Lob", 2), row("Lob", 3)]
    match_exactly(rows, [slot("a", "Lob", section=1), slot("b", "Lob", section=0)], WORDS)

    assert entries(rows) == ["a", "b"]


def test_a_moved_line_is_looked_for_as_it_was_and_then_without_its_count() -> None:
    exact = [row("Lob (2×)"), row("Lob")]
    match_moved(exact, [slot("a", "Lob")], WORDS)
    counted = [row("Lob (2×)!"), row("Lob (3×)")]
    match_moved(counted, [slot("a", "Lob (2×)", "Lob")], WORDS)

    assert entries(exact) == [None, "a"]
    assert entries(counted) == [None, "a"]


@pytest.mark.parametrize(
    ("lines", "shown", "found"),
    [
        (["eins", "zwei", "drei"], ["eins zwei", "zwei drei"], ["a", None, None]),
        (
            ["eins", "zwei", "neu", "drei", "vier", "fünf", "sechs"],
            ["eins zwei", "drei vier", "fünf sechs"],
            ["a", None, None, "b", None, "c", None],
        ),
        (["XX", "XX"], [None], [None, None]),
        (["(vertraulich – nur", "im Gespräch)"], [HIDDEN], ["a", None]),
    ],
)
def test_of_a_line_broken_in_two_the_first_half_is_the_entry(
    lines: list[str], shown: list[str | None], found: list[str | None]
) -> None:
    rows = [row(text) for text in lines]
    slots = [slot("abc"[n], text, place=n) for n, text in enumerate(shown)]
    match_in_place(
        rows,
        [s._replace(text="Gespräch" if s.shown == HIDDEN else s.text) for s in slots],
        WORDS,
        whole=False,
    )

    assert entries(rows) == found


def test_where_only_the_name_in_front_was_cut_off_the_rest_is_the_entry() -> None:
    rows = [row("Ben"), row(": Budget klären"), row("Raum"), row("buchen")]
    slots = [
        slot("a", "Ben: Budget klären")._replace(text="Budget klären"),
        slot("b", "Raum buchen", place=1),
    ]
    match_in_place(rows, slots, WORDS, whole=False)

    assert entries(rows) == [None, "a", "b", None]
    assert rows[0].kind is RowKind.OURS
    assert rows[1].words == "Ben: Budget klären"


def test_a_name_on_a_line_of_its_own_is_no_point() -> None:
    of = agenda(agreed({"text": "Budget", "owner": BEN.address}))
    result = after(of, ("[ ] Ben: Budget", "[ ] Ben\n : Budget"))

    assert texts(result.agenda) == ["Budget"]


def test_edited_lines_between_two_sure_ones_keep_their_order() -> None:
    rows = [row("Budget neu klären"), row("Urlaub neu planen"), row("Raum neu buchen")]
    shown = ("Budget klären", "Urlaub planen", "Raum buchen")
    slots = [slot("zya"[n], text, place=n) for n, text in enumerate(shown)]
    match_in_place(rows, slots[::-1], WORDS, whole=True)

    assert entries(rows) == ["z", "y", "a"]


@pytest.mark.parametrize(("more", "solved"), [(0, True), (1, False)])
def test_a_gap_is_solved_up_to_fifty_lines_for_fifty_entries(more: int, solved: bool) -> None:
    rows = [row(f"Aufgabenstand {n} neu") for n in range(50 + more)]
    slots = [slot(f"{n:02}", f"Aufgabenstand {n} alt", place=n) for n in range(50)]
    sure, behind = row("Lob"), row("Budget neu klären")
    sure.entry = "sure"
    slots += [slot("sure", "Lob", place=50), slot("last", "Budget klären", place=51)]
    match_in_place([*rows, sure, behind], slots, WORDS, whole=True)

    assert [one.entry is not None for one in rows[:50]] == [solved] * 50
    assert behind.entry == "last"


def test_in_a_translated_block_boxes_between_two_sure_lines_are_the_entries_that_stood_there() -> (
    None
):
    rows = [row("[ ] w"), row("[ ] a"), row("[ ] y"), row("z"), row("[ ] d"), row("[ ] v")]
    rows[1].entry, rows[4].entry = "a", "d"
    match_places(rows, [slot(name, name, place=n) for n, name in enumerate("abde")])

    assert entries(rows) == [None, "a", "b", None, "d", "e"]


def test_of_two_edited_lines_that_were_moved_the_nearer_is_the_entry() -> None:
    rows = [row("Budget neu klären"), *map(row, "abcd"), row("Budget neu klären")]
    slots = [slot(name, name, place=n) for n, name in enumerate("abcd")]
    match_moved(rows, [*slots, slot("e", "Budget klären", place=4)], WORDS)

    assert entries(rows) == [None, *"abcd", "e"]


@pytest.mark.parametrize(
    ("shown", "now", "same"),
    [
        ("TODO Ben: Lob", "TODO Ben: Dank", True),
        ("Lob Ines", "Lob für alle im Team und besonders für Ines", True),
        ("Lob", "Lob für alle im Team und besonders für Ines", False),
        ("Raum buchen", "TODO Ben: Raum buchen", True),
        # A line of many thousand letters is nobody's edit of one entry.
        ("Budget klären", "Budget klären".ljust(20_000, "x"), True),
        ("Budget klären", "Budget klären".ljust(20_001, "x"), False),
    ],
)
def test_a_line_is_an_edit_of_another_where_enough_of_it_is_left(
    shown: str, now: str, same: bool
) -> None:
    score = likeness(slot("a", shown), row(now), WORDS, in_place=False)

    assert (score >= LIKE) is same


def test_in_its_own_section_a_line_is_more_alike() -> None:
    there, elsewhere = (
        likeness(slot("a", "Raum buchen"), row("Raum neu buchen", n), WORDS, in_place=False)
        for n in (0, 1)
    )

    assert LIKE < elsewhere < there


def test_a_line_in_its_place_is_no_others_whose_edit_it_would_not_be_elsewhere() -> None:
    sure, line = row("Lob"), row("[ ] Kantine planen")
    sure.entry = "sure"
    names = ("Zahlen prüfen", "Lob", "Urlaub planen")
    named = zip(("a", "sure", "b"), names, range(3), strict=True)
    slots = [slot(name, words, place=n) for name, words, n in named]
    match_in_place([line, sure], slots, WORDS, whole=True)

    assert line.entry == "a"


@pytest.mark.parametrize(("more", "entry"), [(38, None), (39, "00")])
def test_of_up_to_forty_missing_entries_any_other_may_have_moved_into_a_place(
    more: int, entry: str | None
) -> None:
    rows = [row("[ ] Budget besprechen Kantine"), row("Lob")]
    rows[1].entry = "sure"
    names = ["Budget im August klären", "Lob", "Budget besprechen", *map(str, range(more))]
    slots = [slot("sure" if n == 1 else f"{n:02}", words, place=n) for n, words in enumerate(names)]
    match_in_place(rows, slots, WORDS, whole=True)

    assert entries(rows) == [entry, "sure"]


def test_in_its_place_a_line_with_a_box_may_be_less_alike() -> None:
    one, other = "a" * 21 + "b" * 29, "a" * 21 + "c" * 29

    alike = likeness(slot("a", one), row(BOX + other), WORDS, in_place=True)

    assert round(alike, 9) == LIKE_IN_PLACE
    assert likeness(slot("a", one), row(other), WORDS, in_place=True) == 0
    assert likeness(slot("a", one), row(BOX + other), WORDS, in_place=False) == 0


@pytest.mark.parametrize(
    ("moved", "deleted"),
    [
        ("Budget besprechen", "Budget im August klären"),
        ("Budget im August klären", "Budget klären"),
        ("Budget", "Anna fragen"),
    ],
)
def test_a_line_in_the_place_of_another_is_the_one_whose_words_it_has(
    moved: str, deleted: str
) -> None:
    of = agenda(annas("Saal", moved, "Lob", deleted))
    block = f" [ ] Saal\n [ ] {moved}\n [ ] Lob\n [ ] {deleted}\n"
    result = after(of, (block, f" [ ] Saal\n [ ] Lob\n [ ] {moved} Kantine\n"))
    before, now = of.points, result.agenda.points

    assert [point.text for point in now] == ["Saal", "Lob", f"{moved} Kantine"]
    assert [point.point_id for point in now] == [before[n].point_id for n in (0, 2, 1)]
