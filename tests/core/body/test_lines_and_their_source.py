"""Each character of a line, and of a part of it, is found again in the source."""

from __future__ import annotations

from itertools import combinations

import pytest

from core.body.lines import as_text, place_in, scan, scan_text
from core.body.scan_html import scan_html
from core.model.calendar import Body


@pytest.mark.parametrize("html", ["R&amp;D<b>&nbsp;klären</b> im", "a&lt;&gt;b<i>c</i>&amp;"])
def test_a_part_of_a_line_stands_where_it_stood_in_the_whole(html: str) -> None:
    (line,) = scan_html(html).lines
    for start, end in combinations(range(len(line.raw) + 1), 2):
        part = line.cut(start, end)

        assert part.raw == line.raw[start:end]
        assert (part.start, part.end) == (line.source(start), line.source(end, behind=True))
        assert [part.source(n) for n in range(end - start)] == [
            line.source(n) for n in range(start, end)
        ]
        assert [part.source(n, behind=True) for n in range(1, end - start + 1)] == [
            line.source(n, behind=True) for n in range(start + 1, end + 1)
        ]


def test_a_part_of_a_line_has_only_the_pieces_that_it_is_made_of() -> None:
    (line,) = scan_html("ab&amp;cd").lines

    assert line.cut(1, 3).pieces == ((0, 1, 1, True), (1, 2, 5, False))
    assert line.cut(0, 2).pieces == ((0, 0, 2, True),)


def test_a_part_of_what_stands_for_a_tag_comes_from_the_whole_tag() -> None:
    (line,) = scan_html("a<input type=checkbox>b").lines

    assert line.cut(2, 6).pieces == ((0, 1, 21, False), (3, 22, 1, True))


def test_what_ends_where_a_line_begins_ends_at_its_first_character() -> None:
    assert place_in(((0, 7, 2, True), (2, 20, 1, True)), 0, behind=True) == 7


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("a\\, b\\; c", "a, b; c"),
        ("a\\\\\\, b", "a, b"),
        ("C:\\temp", "C:\\temp"),
        ("a\u200bb\xadc", "abc"),
        ("\u202aa b\u202c \u200f", "a b"),
        ("a\u200fb", "a\u200fb"),
        ("o   Lob", "• Lob"),
        ("o Lob", "o Lob"),
        ("X   Lob", "X Lob"),
        ("§", "•"),
        ("o", "•"),
    ],
)
def test_a_line_is_read_without_what_its_way_added(raw: str, text: str) -> None:
    assert as_text(raw) == text


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        (
            "1:1-Agenda (hier schreiben)\\nLob\\NDank",
            ["1:1-Agenda (hier schreiben)", "Lob", "Dank"],
        ),
        ("1:1-Agenda (hier schreiben) C:\\name", ["1:1-Agenda (hier schreiben) C:\\name"]),
        ("Lob\\nDank", ["Lob\\nDank"]),
    ],
)
def test_line_ends_that_a_way_wrote_out_are_line_ends_where_our_fence_shows_it(
    content: str, lines: list[str]
) -> None:
    assert [line.text for line in scan_text(content)] == lines
    assert scan(Body(content=content)).html is False


@pytest.mark.parametrize(
    ("content", "lines"),
    [
        ("Lob" + "\n" * 101 + "Dank", 1 + 100 + 1),
        ("Lob" + "\n" * 102 + "Dank", 1 + 100 + 1),
        ("\n" * 100 + "Dank", 100 + 1),
        ("\n" * 101 + "Dank", 100 + 1),
        ("Lob\n" * 150, 150 + 1),
    ],
)
def test_of_blank_lines_one_below_the_other_a_hundred_are_seen(content: str, lines: int) -> None:
    assert len(scan_text(content)) == lines
