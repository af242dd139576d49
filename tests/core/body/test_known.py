"""Which lines are known: as an entry's, a note's, a heading, or as our own words."""

from __future__ import annotations

from typing import Final

import pytest

from core.body.headings import words_of
from core.body.known import Knower, all_keys, entries_of, texts_of
from core.body.rows import NOWHERE
from core.model.agenda import Agenda
from tests.core.body.samples.cases import BEN
from tests.core.body.test_lines_and_their_meaning import agenda, agreed
from tests.core.body.test_rows import known_of, line

HIDDEN: Final = words_of("de").hidden
OF: Final = agenda(
    {
        "title": "Plan",
        "points": [
            {"text": "Budget 2027", "notes": ["Zahlen von Ines", f"wie {HIDDEN}", "! Lob"]},
            {"text": "Kaffeebote", "other_wording": "Kaffeerunde"},
            *("Werkstatt", "zu Fuß", "Saal", "Lob", "Plan"),
        ],
    },
    {"title": "Rad", "points": ["Saal"]},
    agreed({"text": "anrufen", "owner": BEN.address, "due": "2026-06-12"}),
)
KNOWN: Final = (
    *("Budget 2027", "- budget 2027", "[x] Budget 2027 (3×)", "TODO Budget 2027", "@Ben Lob"),
    *("Zahlen von Ines", f"wie {HIDDEN}", "Kaffeerunde", "Plan", "Rad", "- Rad"),
    *("⇄ oder: Kaffeerunde", "! Lob"),
    *("Ben: anrufen bis 12.06.", "anrufen", "Mehr dazu: tafel/1"),
    "Neue Punkte einfach darunter schreiben:",
)
UNKNOWN: Final = (
    *(
        "Budget",
        "TODO Budget",
        "Lob bis Freitag",
        "Ben: Lob",
        "[ ] Rad",
        "⇄ oder: Dank",
        "Mehr dazu: tafel/2",
    ),
    *("!! Saal", ""),
)
HELD: Final = ("im Saal morgen", "[ ] neu", "Plan B", "Budget 2027 und 2028", "Plan")
NOT_HELD: Final = ("viel Lob", "Radfahren", "neu", "Unser Pla", "Zahlen von Ines")
GOING_ON: Final = (
    *("[ ] neu", "Budget 202", "Zahlen von", "mit Kaffeebote hier", "ich gehe zu Fuß heim"),
    *("mit Kaffeerunde hier", "Budget 202…", "Budget 202 ...", "⇄ oder: Kaffeerund"),
)
NOT_GOING_ON: Final = ("Budget 20", "Budget 20…", "in der Werkstatt", "im Saal morgen")


@pytest.fixture(scope="module")
def knower() -> Knower:
    lexicon, texts = known_of(OF)
    return Knower(texts, lexicon)


@pytest.mark.parametrize("text", KNOWN)
def test_a_line_that_reads_as_one_of_ours_is_known(knower: Knower, text: str) -> None:
    assert knower(line(text))


@pytest.mark.parametrize("text", UNKNOWN)
def test_a_line_with_more_or_less_is_not(knower: Knower, text: str) -> None:
    assert not knower(line(text))


@pytest.mark.parametrize("text", HELD + NOT_HELD)
def test_four_letters_are_enough_to_tell_one_of_ours_among_more_words(
    knower: Knower, text: str
) -> None:
    assert knower.holds(line(text)) == (text in HELD)


@pytest.mark.parametrize("text", GOING_ON + NOT_GOING_ON)
def test_ten_letters_or_two_words_tell_that_a_block_goes_on(knower: Knower, text: str) -> None:
    assert knower.goes_on(line(text)) == (text in GOING_ON)


def test_a_heading_in_the_words_of_an_entry_is_none_for_sure(knower: Knower) -> None:
    assert [knower.heads(line(text)) for text in ("Rad", "- Rad", "Plan", "[ ] Rad", "Saal")] == [
        *(True, True, False, False, False),
    ]


def test_what_reads_the_same_is_told_by_its_first_section() -> None:
    _, texts = known_of(OF)

    assert [texts.entries.get(key) for key in ("saal", "anrufen", "rad")] == [0, 2, None]
    assert "" not in texts.notes


def test_a_line_that_a_base_showed_is_known_as_it_stood_there() -> None:
    lexicon, texts = known_of(OF)
    lines = [("rad im flur", "a"), ("saal", "b")]
    shown = texts_of(entries_of(OF).values(), lines, {}, {"a": 3, "b": 4}, lexicon)

    assert (shown.entries["rad im flur"], shown.entries["lob"]) == (3, NOWHERE)
    assert set(shown.entries) == {*texts.entries, "rad im flur"}


@pytest.mark.parametrize("sensitive", [True, False])
def test_a_confidential_point_is_known_by_its_words_too(sensitive: bool) -> None:
    of: Agenda = agenda({"points": [{"text": "Ben: Gehalt bis Freitag", "sensitive": sensitive}]})
    lexicon, texts = known_of(of)
    (entry,) = entries_of(of).values()
    words = lexicon.key("Ben: Gehalt bis Freitag")
    hidden = [lexicon.key(HIDDEN), f"!! {words}", words, "gehalt"]

    assert all_keys(entry, lexicon) == (hidden if sensitive else [words])
    assert set(texts.entries.values()) == {0}
    assert NOWHERE not in texts.entries.values()
