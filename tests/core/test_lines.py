"""What a line below an entry is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.lines import LineKind, bare_line, line_kind, marked_line


@pytest.mark.parametrize(
    ("line", "kind", "bare"),
    [
        ("Vertretung macht Cleo", LineKind.NOTE, "Vertretung macht Cleo"),
        ("Beschluss: zwei Wochen", LineKind.DECISION, "zwei Wochen"),
        ("DECIDED: two weeks", LineKind.DECISION, "two weeks"),
        ("Möglichkeit: erst die Tests", LineKind.IDEA, "erst die Tests"),
        ("Option: tests first", LineKind.IDEA, "tests first"),
        ("Hilfe: eine Stunde zu zweit", LineKind.HELP, "eine Stunde zu zweit"),
        ("Optional: nothing", LineKind.NOTE, "Optional: nothing"),
    ],
)
def test_sd_23_a_first_word_says_what_a_line_is(line: str, kind: LineKind, bare: str) -> None:
    assert (line_kind(line), bare_line(line)) == (kind, bare)


@given(st.text(min_size=1).map(str.strip).filter(bool), st.sampled_from(LineKind))
def test_a_line_that_is_marked_is_of_that_kind_and_keeps_its_words(
    text: str, kind: LineKind
) -> None:
    line = marked_line(text, kind, "de")

    assert line.endswith(text)
    assert kind is LineKind.NOTE or line_kind(line) is kind
    assert marked_line(line, kind, "en") == line
