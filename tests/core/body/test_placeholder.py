"""The line that stands for a confidential point, whole or in halves, with words beside it."""

from __future__ import annotations

import pytest

from core.body.placeholder import (
    beside_placeholder,
    is_end_of_placeholder,
    may_begin_placeholder,
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
    ("line", "ends"),
    [
        ("im Gespräch)", True),
        ("– nur im Gespräch)", True),
        ("person only).", True),
        ("nur im Gespräch", False),
        ("im Gespräch) morgen", False),
        ("(neu)", False),
        (")", False),
        ("(vertraulich – nur im Gespräch)", False),
    ],
)
def test_a_placeholders_end_is_told_from_other_words(line: str, ends: bool) -> None:
    assert is_end_of_placeholder(line) is ends


@pytest.mark.parametrize(
    ("line", "begins"),
    [("Lob (vertraulich", True), ("( Confidential – in", True), ("(vertraulich) Lob", False)],
)
def test_a_placeholder_may_begin_in_a_line(line: str, begins: bool) -> None:
    assert may_begin_placeholder(line) is begins
