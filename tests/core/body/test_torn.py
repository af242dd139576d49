"""A torn placeholder is whole again, and none of the words that people typed goes with it."""

from __future__ import annotations

from typing import Final

import pytest

from core.model.agenda import Visibility
from tests.core.body.test_glued_lines import apart
from tests.core.body.test_lines_and_their_meaning import after, agenda, agreed, annas, notes, texts

HIDDEN: Final = "(vertraulich – nur im Gespräch)"
KEY: Final = "(vertraulich - nur im gespräch)"
OF: Final = agenda(
    {"title": "Ziele", "points": ["Lob", {"text": "Zank", "sensitive": True}]}, {"title": "Leeres"}
)
ONE: Final = (
    (["(vertraulich –", "nur im Gespräch)"], [HIDDEN]),
    (["(vertraulich", "– nur im Gespräch)"], ["(vertraulich nur im Gespräch)"]),
    (["Hallo", "(vertraulich –", "- nur im Gespräch) neu"], ["Hallo", f"{HIDDEN} neu"]),
    (["(vertraulich –", "morgen nur im Gespräch)"], [f"{HIDDEN} morgen"]),
    (["(vertraulich –", "neu", "nur im Gespräch) neu"], [HIDDEN, "neu", "neu"]),
    (["nur im Gespräch)", "neu", "(vertraulich –", "anderes"], ["neu", HIDDEN, "anderes"]),
    (
        ["nur im Gespräch)", "(vertraulich –", "neu", "nur im Gespräch)"],
        ["nur im Gespräch)", HIDDEN, "neu"],
    ),
    (["(vertraulich –", "neu", "nur im Gespräch) Leeres"], [HIDDEN, "neu", "Leeres"]),
    (["(vertraulich –", "[ ] Lob nur im Gespräch)"], [HIDDEN, "[ ] Lob"]),
    (["(vertraulich –", "[ ] Lob neu nur im Gespräch)"], [HIDDEN, "[ ] Lob neu"]),
    (["(vertraulich", "neu", "– nur", "im", "Gespräch)"], ["(vertraulich nur im Gespräch)", "neu"]),
    (
        ["(vertraulich", "[ ] Lob – nur im", "Gespräch)"],
        ["(vertraulich nur im Gespräch)", "[ ] Lob"],
    ),
    (["(vertraulich – nur Leeres", "neu", "im Gespräch)"], [HIDDEN, "Leeres", "neu"]),
    (["[ ] Lob (vertraulich –", "neu", "nur im Gespräch)"], [f"[ ] Lob {HIDDEN}", "neu"]),
    (["neu", "– nur im Gespräch)"], ["neu"]),
    (["neu", "im Gespräch) Leeres", "nur"], ["neu", "Leeres"]),
    (["nur", "im", "Gespräch)", "neu im"], ["neu im"]),
    (["(vertraulich –", "neu", "im Gespräch)", "im"], ["(vertraulich –", "neu", "im"]),
    (["nur im Gespräch", "im"], ["nur im Gespräch", "im"]),
    (["(vertraulich – nur", "neu", "nur im Gespräch)"], [f"{HIDDEN} nur", "neu"]),
    (
        ["(vertraulich –", "nur im Gespräch)", "(vertraulich –", "nur im Gespräch)"],
        [HIDDEN, "(vertraulich –", "nur im Gespräch)"],
    ),
    # Of ends without a beginning the longest goes first.
    (["im Gespräch) neu", "nur im Gespräch) Dank"], ["im Gespräch) neu", "Dank"]),
)
OTHERS: Final = (
    ([HIDDEN, "im Gespräch)", "im"], 1),
    (["(vertraulich –", "nur im Gespräch)"], 0),
)
"""Lines of which all stay, and how many placeholders stood there."""


@pytest.mark.parametrize(("lines", "found"), ONE)
def test_the_pieces_of_a_placeholder_are_one_line_again(lines: list[str], found: list[str]) -> None:
    assert apart(lines, OF, whole=[KEY]) == found


def test_of_several_placeholders_each_has_its_own_pieces() -> None:
    both = ["(vertraulich –", "(vertraulich –", "nur im Gespräch)", "nur im Gespräch)"]

    assert apart(both, OF, whole=[KEY, KEY]) == [HIDDEN, HIDDEN]
    assert apart([HIDDEN, *both[1:3]], OF, whole=[KEY, KEY]) == [HIDDEN, HIDDEN]
    assert apart(["Gespräch) neu", "Gespräch) Dank"], OF, whole=[KEY, KEY]) == ["neu", "Dank"]


def test_the_end_of_one_placeholder_and_the_beginning_of_another_may_stand_in_one_line() -> None:
    lines = ["(vertraulich –", "neu", "nur im Gespräch) Dank (vertraulich – x", "nur im Gespräch)"]

    assert apart(lines, OF, whole=[KEY, KEY]) == [HIDDEN, "neu", f"Dank {HIDDEN} x"]


def test_a_line_of_somebodys_own_words_is_no_piece() -> None:
    of = agenda({"title": "Ziele", "points": ["Im Gespräch", {"text": "Zank", "sensitive": True}]})
    lines = ["(vertraulich – nur", "[ ] Im Gespräch"]

    assert apart(lines, of, whole=[KEY]) == lines


@pytest.mark.parametrize(("lines", "stood"), OTHERS)
def test_where_no_placeholder_is_missing_no_words_are_a_piece_of_one(
    lines: list[str], stood: int
) -> None:
    assert apart(lines, OF, whole=[KEY] * stood) == lines


@pytest.mark.parametrize(
    ("half", "there"),
    [
        ("(vertraulich", "[ ] Budget\n – nur im Gespräch) Vereinbart"),
        ("(vertraulich –", "[ ] Budget nur im Gespräch)\nVereinbart"),
        ("(vertraulich – nur", "[ ] Budget\nim\nGespräch) Vereinbart"),
    ],
)
def test_a_moved_half_and_one_joined_to_another_line_are_a_confidential_point(
    half: str, there: str
) -> None:
    of = agenda(annas({"text": "Zank", "sensitive": True}, "Budget"), agreed("Raum"))
    result = after(
        of,
        (f" [ ] {HIDDEN}\n", ""),
        ("Anna\n", f" [ ] {half}\n neu\nAnna\n"),
        ("[ ] Budget\nVereinbart", there),
    )

    assert sorted(texts(result.agenda)) == ["Budget", "Raum", "Zank", "neu"]


def test_a_placeholder_of_nothing_is_no_point_and_words_behind_it_are_confidential() -> None:
    of = agenda(annas("Budget"))
    more = f"[ ] {HIDDEN}\n [ ] {HIDDEN} Zank\n [ ] {HIDDEN}\n     Streit"
    change = ("Budget\n", f"Budget\n {more}\n")
    result = after(of, change)
    again = after(of, change, ours=result.agenda)

    assert texts(result.agenda) == ["Budget", "Zank", "Streit"]
    assert notes(result.agenda) == []
    assert [p.visibility for p in result.agenda.points[1:]] == [Visibility.SENSITIVE] * 2
    assert result.body.content.count(HIDDEN) == 2
    assert again.agenda == result.agenda
