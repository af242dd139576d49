"""How far a host's join block reaches: the lines that belong to it begin with a bar."""

from __future__ import annotations

from typing import Final

import pytest

from core.body.join_blocks import join_spans
from core.body.lines import Line

URL: Final = "https://teams.microsoft.com/l/meetup-join/x"
ZOOM: Final = "https://zoom.us/j/1"
LONG: Final = "_" * 40
SHORT: Final = "_" * 20
EDGE: Final = "-::~:~::~:~::-"
GONE_ON: Final = tuple("abcdefghijklmnopqrstuvwxyz")
CASES: Final[dict[str, tuple[str, ...]]] = {
    "nothing": ("Hallo", "Telefon: 1", "LG"),
    "the link alone": ("Hallo", "Ben", f"|{URL}", "LG", "Ben"),
    "from rule to rule": ("Hallo", f"|{LONG}", "|Ben", f"|{URL}", "|Anna", f"|{LONG}", "LG"),
    "a rule of 39 signs ends nothing": (
        *("|Microsoft Teams", f"|{LONG[1:]}", f"|{URL}", f"|{LONG[1:]}", "|Telefon: 1", "LG"),
    ),
    "a rule of 19 signs is none": (SHORT[1:], f"|{URL}", SHORT[1:]),
    "a short rule alone": (f"|{SHORT}", f"|{URL}", f"|{SHORT}", "LG"),
    "three lines between": ("|Microsoft Teams", "|a", "|b", "|c", f"|{URL}", "LG"),
    "four lines between": ("Microsoft Teams", "a", "b", "c", "d", f"|{URL}", "LG"),
    "blank lines do not count": ("|Microsoft Teams", *("|",) * 7, f"|{URL}", "LG"),
    "one line between, twice": ("|Microsoft Teams", "|a", "|b", "|Join us", "|c", f"|{URL}"),
    "a heading two lines above another": (
        *("Ben", "|Microsoft Teams", "|a", "|b", "|Meeting ID: 1", "|c", "|d", f"|{URL}"),
    ),
    "a heading three lines above another": (
        *("Microsoft Teams", "a", "b", "c", "|Meeting ID: 1", "|d", "|e", f"|{URL}"),
    ),
    "a rule 14 lines above": (f"|{LONG}", *("|Telefon: 1",) * 13, f"|{URL}"),
    "a rule 15 lines above": (LONG, *("|Telefon: 1",) * 14, f"|{URL}"),
    "a rule 29 lines below": (f"|{URL}", *(f"|{one}" for one in (*GONE_ON, "1", "2", LONG)), "LG"),
    "a rule 30 lines below": (f"|{URL}", *GONE_ON, "1", "2", "3", LONG, "LG"),
    "as far as it speaks of joining": (
        f"|{URL}",
        "|a",
        "|Meeting ID: 1",
        "|b",
        "|Telefon: 1",
        "LG",
    ),
    "another link is the same block's": (f"|{URL}", "|a", f"|{ZOOM}", "LG"),
    "two blocks": (f"|{URL}", f"|{LONG}", "Hallo", f"|{LONG}", f"|{ZOOM}", f"|{LONG}"),
    "a second one never reaches into the first": (
        *(f"|{URL}", f"|{LONG}", f"|{ZOOM}", "|Telefon: 1", "LG"),
    ),
    "Meet's own edges": ("Join us", f"|{EDGE}", "|a", f"|{LONG}", "|b", f"|{EDGE}", "Telefon: 1"),
    "Meet's edge alone": ("Join us", f"|{EDGE}", "a", LONG[:0], "b"),
    "Google's plea": ("Hallo", "|Do not delete or change any of the following text.", "LG"),
    "only the plea's word": ("Hallo", "the following text", "Telefon: 1"),
}


@pytest.mark.parametrize("name", CASES)
def test_a_join_block_reaches_so_far(name: str) -> None:
    lines = [Line(text.lstrip("|"), text.lstrip("|"), 0, 0) for text in CASES[name]]
    inside = {n for low, high in join_spans(lines) for n in range(low, high)}

    assert inside == {n for n, text in enumerate(CASES[name]) if text.startswith("|")}


def test_two_blocks_side_by_side_are_two() -> None:
    texts = (URL, LONG, ZOOM)

    assert join_spans([Line(text, text, 0, 0) for text in texts]) == [(0, 2), (2, 3)]


@pytest.mark.parametrize(("ours", "span"), [(0, (1, 5)), (1, (2, 5)), (3, (0, 3)), (4, (0, 4))])
def test_lines_of_ours_are_never_a_join_blocks(ours: int, span: tuple[int, int]) -> None:
    texts = ("Join us", "Meeting ID: 1", URL, "Telefon: 1", "Telefon: 2")
    lines = [Line(text, text, 0, 0) for text in texts]

    assert join_spans(lines, {ours}) == [span]


def test_a_line_that_asks_to_be_left_alone_is_one_without_an_address_too() -> None:
    texts = ("Hallo", "Do not delete or change any of the following text", "Wir sehen uns")

    assert join_spans([Line(text, text, 0, 0) for text in texts]) == [(1, 2)]
