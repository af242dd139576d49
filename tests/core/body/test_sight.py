"""What a person takes in of a block, and which two blocks look the same."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pytest

from core.body.lexicon import Lexicon, heading_letters
from core.body.lines import scan_text
from core.body.sight import Sight, look_alike, sights
from tests.core.body.samples.cases import SETTING

LINK: Final = "mailto:agenda"
LEXICON: Final = Lexicon(replace(SETTING, link=LINK), ())
_TITLES: Final = ("Anna", "Ziele", "Lob", "1. Punkt")
HEADINGS: Final = {heading_letters(words): [n] for n, words in enumerate(_TITLES)}


def seen(*lines: str) -> list[Sight]:
    """Return what is taken in of such lines."""
    return list(
        sights(scan_text("\n".join(lines)), HEADINGS, Lexicon(replace(SETTING, link=LINK), ()))
    )


@pytest.mark.parametrize(
    ("line", "sight"),
    [
        ("[ ] Urlaub", ("box", "Urlaub")),
        ("- [x] Urlaub", ("x", "Urlaub")),
        ("3. [ ] Urlaub", ("box", "Urlaub")),
        ("[~] Urlaub", ("~", "Urlaub")),
        ("[ ] !! Urlaub", ("box!", "Urlaub")),
        ("[x] Urlaub !!", ("x!", "Urlaub")),
        ("- Urlaub", ("", "Urlaub")),
        ("1. Urlaub", ("", "1. Urlaub")),
        ("[ ] Ben Behrens: Budget", ("box", "Ben: Budget")),
        ("[ ] Ziele", ("box", "Ziele")),
        ("[ ] --", ("box", "--")),
        ("[ ] o", ("box", "o")),
        (f"Mehr dazu: {LINK}", ("ours", f"Mehr dazu: {LINK}")),
        ("Mehr dazu: im Büro", ("", "Mehr dazu: im Büro")),
        ("Neue Punkte einfach darunter schreiben: Lob", ("words", "Lob")),
    ],
)
def test_a_line_is_its_signs_and_its_words(line: str, sight: Sight) -> None:
    assert seen(line) == [sight]


@pytest.mark.parametrize(
    "line",
    [
        "",
        "▲",
        "-",
        "[ ]",
        "--",
        "    —",
        "o",
        "§",
        "Neue Punkte einfach darunter schreiben:",
        "Ziele",
        "- Ziele:",
    ],
)
def test_blanks_signs_and_headings_of_nothing_are_nothing(line: str) -> None:
    assert seen(line) == []


def test_a_heading_counts_where_something_stands_below_it() -> None:
    ours = f"Mehr dazu: {LINK}"

    assert seen("Anna", "[ ] Urlaub", "Ziele", "~ Lob", "x") == [
        ("heading", "0"),
        ("box", "Urlaub"),
        ("heading", "2"),
        ("", "x"),
    ]
    assert seen("1. Punkt", "x", "2. Ziele", "y")[::2] == [("heading", "3"), ("heading", "1")]
    assert seen("[ ] heading", "Anna", ours) == [("box", "heading"), ("ours", ours)]
    assert seen("Anna", "[ ] heading") == [("heading", "0"), ("box", "heading")]


@pytest.mark.parametrize(
    ("there", "ours", "alike"),
    [
        ([("", "a")], [("", "a")], True),
        ([("", "a")], [("box", "a")], True),
        ([("box", "a"), ("", "b")], [("box", "a"), ("box", "b")], False),
        ([("x", "a"), ("", "b")], [("x", "a"), ("box", "b")], False),
        ([("~", "a"), ("", "b")], [("~", "a"), ("box", "b")], False),
        ([("", "a")], [("x", "a")], False),
        ([("", "a")], [("", "b")], False),
        ([("", "a – b")], [("", "a - b")], True),
        ([("", "Gespr?ch")], [("", "Gespräch")], True),
        ([("", "1. a")], [("", "a")], True),
        ([("", "1. a")], [("", "2. a")], False),
        ([("", "a")], [("", "a"), ("", "b")], False),
        ([("", "a"), ("", "b")], [("", "a")], False),
        ([], [], True),
    ],
)
def test_blocks_look_alike_where_every_line_does(
    there: list[Sight], ours: list[Sight], alike: bool
) -> None:
    assert look_alike(iter(there), iter(ours), boxes_count=False) is alike


def test_a_box_that_is_gone_is_seen_where_boxes_count() -> None:
    assert not look_alike([("", "a")], [("box", "a")], boxes_count=True)
    assert look_alike([("box", "a")], [("box", "a")], boxes_count=True)
