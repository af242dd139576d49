"""The line that stands for a confidential point, whole or in halves, with words beside it."""

from __future__ import annotations

import pytest

from core.body.placeholder import (
    begun_in,
    beside_placeholder,
    pieces_in,
)


@pytest.mark.parametrize(
    ("line", "beside"),
    [
        ("(vertraulich – nur im Gespräch)", ""),
        ("(confidential – in person only)", ""),
        ("(Confidential - In Person Only)", ""),
        ("(vertraulich – nur im Gespra\u0308ch)", ""),
        ("(vertraulich – nur im Gespr?ch)", ""),
        ("(vertraulich – nur im Gespräch", ""),
        ("(vertraulich nur im Gespräch) ?", "?"),
        ("Lob (vertraulich morgen – nur im Gespräch) danach", "Lob morgen danach"),
        ("Lob(vertraulich – nur im Gespräch)", "Lob"),
        ("(vertraulich – nur im Gespräch)Lob", "Lob"),
        ("（vertraulich – nur im Gespräch） neu", "neu"),
        ("(vertraulich – nur im Gespräch) ［x］", "［x］"),
        ("vertraulich – nur im Gespräch", None),
        ("(vertraulich – im Gespräch)", None),
        ("(confidential – nur im Gespräch)", None),
        ("(vertraulich – nur im Gesprächskreis)", None),
        ("Budget", None),
    ],
)
def test_words_beside_a_placeholder_are_kept(line: str, beside: str | None) -> None:
    assert beside_placeholder(line) == beside


@pytest.mark.parametrize(
    ("line", "pieces"),
    [
        ("im Gespräch)", ["im Gespräch) closes"]),
        ("– nur im Gespräch)", ["nur im Gespräch) closes"]),
        ("– nur im Gespräch) Vereinbart", ["nur im Gespräch) closes"]),
        ("Budget – nur im Gespräch)Vereinbart", ["nur im Gespräch) closes"]),
        ("Budget im Gespra\u0308ch) (neu)", ["im Gespra\u0308ch) closes"]),
        ("person only).", ["person only). closes"]),
        ("im Gespräch）", ["im Gespräch） closes"]),
        ("[ ] im", ["im"]),
        ("[ ] Budget nur im", ["nur im"]),
        ("nur im Gespräch", ["nur im Gespräch"]),
        ("im in", ["im", "in"]),
        ("Budget im Mai", []),
        ("vertraulich", []),
        ("(nur im Gespräch)", []),
        ("(Lob im Gespräch)", []),
        ("(Lob) (oder im Gespräch)", []),
        ("(neu)", []),
        (")", []),
    ],
)
def test_a_placeholders_pieces_are_told_from_other_words(line: str, pieces: list[str]) -> None:
    found = pieces_in(line)

    assert [line[p.start : p.end] + " closes" * p.closes for p in found] == pieces


def test_a_piece_tells_which_words_are_missing_in_front_of_it() -> None:
    (piece,) = pieces_in("Gespräch)")

    assert (piece.words, piece.before) == (("gespräch",), ("nur", "im"))


@pytest.mark.parametrize(
    ("line", "ends"),
    [
        ("Lob (vertraulich", ["Lob (vertraulich"]),
        ("( Confidential – in", ["( Confidential", "( Confidential – in"]),
        ("(vertraulich neu – nur Ziele im", ["(vertraulich", "… nur", "… im"]),
        ("（vertraulich nur", ["（vertraulich", "（vertraulich nur"]),
        ("nur (vertraulich", ["nur (vertraulich"]),
        ("(vertraulich) Lob", []),
        ("(vertraulicher", []),
    ],
)
def test_a_placeholder_may_begin_in_a_line(line: str, ends: list[str]) -> None:
    _, found = begun_in(line) or ((), [])

    assert len(found) == len(ends)
    assert all(line[:n].endswith(end.removeprefix("…")) for n, end in zip(found, ends, strict=True))
