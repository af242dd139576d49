"""How pieces of text become lines: where they stand, and what the line's list and signs are."""

from __future__ import annotations

import pytest

from core.body.line_maker import LineMaker
from core.body.lines import Line


def made(*pieces: tuple[str, int, int], hard: bool = False, **state: object) -> list[Line]:
    """Return the lines made of pieces of text (text, place, length), ended at 90."""
    maker = LineMaker(hard=hard)
    for name, value in state.items():
        setattr(maker, name, value)
    for piece in pieces:
        maker.add(*piece)
    maker.flush(90, 95)
    return maker.lines


def test_a_line_of_one_piece_stands_there_as_it_is() -> None:
    assert made(("Lob", 7, 3)) == [Line("Lob", "Lob", 7, 10)]


@pytest.mark.parametrize(
    ("pieces", "start", "end"),
    [
        # Blanks at its edges do not belong to it.
        ([("  Lob ", 7, 6)], 9, 12),
        ([("  ", 5, 2), ("Lob", 7, 3), (" ", 20, 1)], 7, 10),
        # What a reference or a tag stands for comes from all of it.
        ([("&", 7, 5)], 7, 12),
        ([("[ ] ", 7, 20), ("Lob", 27, 3)], 7, 30),
        ([("Lob", 7, 3), ("&", 10, 5)], 7, 15),
    ],
)
def test_a_line_begins_and_ends_with_its_words(
    pieces: list[tuple[str, int, int]], start: int, end: int
) -> None:
    (line,) = made(*pieces)

    assert (line.start, line.end) == (start, end)
    places = [sum(len(text) for text, _, _ in pieces[:n]) for n in range(len(pieces))]
    assert line.pieces == tuple(
        (at, start, length, len(text) == length)
        for at, (text, start, length) in zip(places, pieces, strict=True)
    )


@pytest.mark.parametrize(
    ("text", "state", "indent"),
    [
        ("   Lob", {}, 0),
        ("   Lob", {"hard": True}, 3),
        ("   Lob", {"pre": 1}, 3),
        ("\xa0 \xa0Lob\xa0", {}, 2),
    ],
)
def test_blanks_in_front_of_a_line_count_where_they_are_seen(
    text: str, state: dict[str, object], indent: int
) -> None:
    (line,) = made((text, 0, len(text)), **state)  # type: ignore[arg-type]

    assert line.indent == indent


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ({}, (0, False, False)),
        ({"depth": 2, "items": [True, False], "item": True}, (2, True, False)),
        ({"depth": 2, "items": [False, True]}, (2, False, True)),
        ({"depth": 2, "items": [True, False]}, (2, False, False)),
        ({"depth": 1, "items": [True], "item": True}, (1, True, False)),
        ({"item": True}, (0, True, False)),
        # Word's lists are paragraphs with a level.
        ({"mso_depth": 1}, (1, True, False)),
        ({"mso_depth": 2, "depth": 1}, (2, True, False)),
        ({"mso_depth": 2, "mso_more": True}, (2, False, True)),
        ({"mso_more": True}, (0, False, True)),
    ],
)
def test_a_line_knows_its_place_in_a_list(
    state: dict[str, object], told: tuple[int, bool, bool]
) -> None:
    (line,) = made(("Lob", 0, 3), **state)  # type: ignore[arg-type]

    assert (line.depth, line.item, line.more) == told


def test_below_an_items_first_line_all_others_are_more_of_it() -> None:
    maker = LineMaker(hard=False)
    maker.items, maker.item = [False, False], True
    for text in ("a", "b"):
        maker.add(text, 0, 1)
        maker.flush(1, 2)

    assert [(line.item, line.more) for line in maker.lines] == [(True, False), (False, True)]
    assert maker.items == [False, True]


def test_a_line_is_struck_where_all_its_words_are() -> None:
    maker = LineMaker(hard=False)
    for *parts, end in (["-", "Lob", 1], ["Lob", "-", 2], ["Lob", "!", 3], [" ", "-", 4]):
        for n, text in enumerate(parts):
            maker.struck = int(n == 1 if end != 2 else n == 0)
            maker.add(str(text), 0, 1)
        maker.flush(1, 1)

    assert [line.struck for line in maker.lines] == [True, True, False, True]
