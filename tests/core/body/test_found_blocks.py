"""Where a block begins and ends in a body, by its fences and by the lines that we know."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

import pytest

from core.body.lines import Line
from core.body.read import Reading, read
from core.body.splice import replaced
from core.body.values import DamageKind
from core.model.calendar import Body, BodyForm

OPEN: Final = "▼ 1:1-Agenda (hier schreiben)"
CLOSE: Final = "▲ Ende 1:1-Agenda"
PROMPT: Final = "Neue Punkte einfach darunter schreiben:"
TEAMS: Final = "https://teams.microsoft.com/l/meetup-join/1"
JOIN: Final = ("Microsoft Teams", TEAMS, "Telefon: 1")
NAMES: Final = ("Anna", "Ben")
FILLERS: Final = tuple(f"fremd {n}" for n in range(1, 20))


class Known:
    """Knows some lines, names as headings, and what begins with "neu" as a line of ours, edited."""

    def __init__(self, lines: Collection[str]) -> None:
        self.lines = lines

    def __call__(self, line: Line, /) -> bool:
        return line.text in self.lines or line.text in NAMES or line.text == PROMPT

    def heads(self, line: Line, /) -> bool:
        return line.text in NAMES

    def holds(self, line: Line, /) -> bool:
        return line.text.startswith("neu")

    goes_on = holds


def reading(
    *lines: str, known: Collection[str] = ("Lob", "Dank"), expected: int = 2, html: str = ""
) -> Reading:
    """Read a text of such lines, or HTML."""
    form = BodyForm.HTML if html else BodyForm.TEXT
    body = Body(form=form, content=html or "\n".join(lines))
    return read(body, Known(known), expected=expected)


def texts(found: Reading) -> list[list[str]]:
    """Return the lines of each block."""
    return [[line.text for line in block.lines] for block in found.blocks]


BROKEN_IN_HTML: Final = {
    "a fence": (f"{OPEN}<br>Lob<br>▲ Ende\n1:1-Agenda", ["Lob"]),
    "a line that we know": (
        f"{OPEN}<br>Urlaub im\nMai<br>Lob<br>{CLOSE}",
        ["Urlaub im Mai", "Lob"],
    ),
    "a line that we know above others": (
        f"{OPEN}<br>Urlaub im\nMai<br>Lob\nDank<br>{CLOSE}",
        ["Urlaub im Mai", "Lob", "Dank"],
    ),
    "two lines in a document": (
        f"<div>{OPEN}</div><div>Lob\nDank</div><div>{CLOSE}</div>",
        ["Lob", "Dank"],
    ),
    "a line in a document": (
        f"<div>{OPEN}</div><div>Urlaub im\nMai</div><div>{CLOSE}</div>",
        ["Urlaub im Mai"],
    ),
    "what nobody knows": (f"{OPEN}<br>fremde\nZeile<br>{CLOSE}", ["fremde", "Zeile"]),
}


@pytest.mark.parametrize("name", BROKEN_IN_HTML)
def test_a_newline_in_html_is_read_as_it_makes_more_sense(name: str) -> None:
    html, lines = BROKEN_IN_HTML[name]
    found = reading(html=html, known=("Lob", "Dank", "Urlaub im Mai"))

    assert texts(found) == [lines]
    assert found.broken == ()


def test_in_a_document_a_newline_among_foreign_words_is_a_blank() -> None:
    lines = (OPEN, "fremd", "Lob", "Hallo\nEnde 1:1-Agenda", "x", "y")
    found = reading(html="".join(f"<div>{line}</div>" for line in lines))

    assert texts(found) == [["fremd", "Lob"]]
    assert found.broken == (DamageKind.END_MISSING,)


def test_lines_without_fences_are_found_though_newlines_cut_them() -> None:
    known = ("Urlaub im Mai", "Budget klären", "Lob")
    found = reading(html="Urlaub im\nMai<br>Budget\nklären<br>Lob", known=known, expected=3)

    assert texts(found) == [list(known)]
    assert (found.blocks[0].opened, found.blocks[0].closed) == (False, False)
    assert found.broken == (DamageKind.START_MISSING, DamageKind.END_MISSING)


WITHOUT_END: Final = {
    "the last line that we know": (("Lob", "fremd", "fremd"), ["Lob"]),
    "nothing that we know": (("fremd", "fremd"), []),
    "one line at the very end": (("Lob", "frem"), ["Lob", "frem"]),
    "an edited line 12 below": (("Lob", *FILLERS[:11], "neu"), ["Lob", *FILLERS[:11], "neu"]),
    "an edited line 13 below": (("Lob", *FILLERS[:12], "neu", "x"), ["Lob"]),
    "a heading above foreign words": (("Anna", "fremd", "fremd"), ["Anna"]),
    "a name below the prompt": ((PROMPT, "Anna", "fremd"), [PROMPT]),
    "a name alone below the prompt": ((PROMPT, "", "Anna"), [PROMPT, "", "Anna"]),
    "a name above a name": ((PROMPT, "Anna", "Ben"), [PROMPT, "Anna", "Ben"]),
    "a heading above an edited line": (
        (PROMPT, "Anna", "", "neu dazu", "fremd", "fremd"),
        [PROMPT, "Anna", "", "neu dazu"],
    ),
    "a heading above a list": ((PROMPT, "Anna", "- x", "fremd", "fremd"), [PROMPT, "Anna", "- x"]),
    "a line that we know below the prompt": ((PROMPT, "fremd", "Lob"), [PROMPT, "fremd", "Lob"]),
    "a list behind": (("Lob", "- x", "[ ] y", "fremd", "z"), ["Lob", "- x", "[ ] y"]),
    "a join block": (("Lob", *JOIN, "Dank"), ["Lob"]),
}


@pytest.mark.parametrize("name", WITHOUT_END)
def test_a_block_without_its_end_reaches_to(name: str) -> None:
    lines, inside = WITHOUT_END[name]
    found = reading("Lob", OPEN, *lines)

    assert texts(found) == [inside]
    assert found.spans[0][0] == len("Lob\n")
    assert DamageKind.END_MISSING in found.broken


WITHOUT_START: Final = {
    "the first line that we know": (("fremd", "Lob", "fremd"), ["Lob", "fremd"]),
    "nothing that we know": (("fremd", "fremd"), []),
    "an edited line 12 above": (("neu", *FILLERS[:11], "Lob"), ["neu", *FILLERS[:11], "Lob"]),
    "an edited line 13 above": (("neu", *FILLERS[:12], "Lob"), ["Lob"]),
    "a name in a greeting": (("Anna", "fremd", "Lob"), ["Lob"]),
    "a heading": (("fremd", "Anna", "", "Lob"), ["Anna", "", "Lob"]),
    "a heading above the end": (("fremd", "Anna"), ["Anna"]),
    "a line behind a join block": (("neu", *JOIN, "Lob"), ["Lob"]),
    "a join block of which we know a line": (("neu", *JOIN[:2], "Telefon: 1"), []),
}


@pytest.mark.parametrize("name", WITHOUT_START)
def test_a_block_without_its_start_begins_with(name: str) -> None:
    lines, inside = WITHOUT_START[name]
    found = reading(*lines, CLOSE, "neu danach", known=("Lob", "Telefon: 1"))

    assert texts(found) == [inside]
    assert found.broken == (DamageKind.START_MISSING,)


@pytest.mark.parametrize(
    ("between", "second"),
    [
        (("- x", "    y"), ["- x", "y", "Lob"]),
        (("- x", "   y"), ["Lob"]),
        (("- x", "fremd"), ["Lob"]),
        (("neu",), ["neu", "Lob"]),
        ((), ["Lob"]),
    ],
)
def test_a_block_pasted_behind_another_takes_the_list_between_them_along(
    between: tuple[str, ...], second: list[str]
) -> None:
    found = reading(OPEN, "Lob", CLOSE, *between, "Lob", CLOSE)

    assert texts(found) == [["Lob"], second]


WITHOUT_BOTH: Final = {
    "two lines that we know": (("fremd", "Lob", "x", "Dank", "fremd"), ["Lob", "x", "Dank"]),
    "an edited line above them": (("fremd", "neu", "Lob", "Dank"), ["neu", "Lob", "Dank"]),
    "a line alone": (("fremd", "Lob", "fremd"), None),
    "a line and a join block's": (("Lob", *JOIN), None),
    "names in a signature": (("Anna", "fremd", "Ben", "fremd"), None),
    "a list above a signature": (
        ("Lob", PROMPT, "- x", "Anna", "fremd", "fremd"),
        ["Lob", PROMPT, "- x"],
    ),
    "a list far above a signature": (
        ("Lob", PROMPT, "- x", "fremd", "Anna", "fremd"),
        ["Lob", PROMPT, "- x"],
    ),
    "a signature below": (("Lob", PROMPT, "Anna", "fremd"), ["Lob", PROMPT]),
    "a join block between": (("Lob", *JOIN, "Dank", "fremd"), ["Lob", "Dank"]),
    "lines behind a join block": (("neu", *JOIN, "Lob", "Dank"), ["Lob", "Dank"]),
}


@pytest.mark.parametrize("name", WITHOUT_BOTH)
def test_a_block_without_fences_is_found_by(name: str) -> None:
    lines, inside = WITHOUT_BOTH[name]
    found = reading(*lines, known=("Lob", "Dank", "Microsoft Teams"))

    assert texts(found) == ([] if inside is None else [inside])
    assert found.broken == (
        (DamageKind.BLOCK_GONE,)
        if inside is None
        else (DamageKind.START_MISSING, DamageKind.END_MISSING)
    )


def test_where_no_line_should_be_shown_none_is_looked_for() -> None:
    assert reading("Lob", "Dank", expected=0).broken == ()
    assert texts(reading("fremd", "Lob", expected=1)) == [["Lob"]]
    assert texts(reading("Lob", "Dank", expected=3)) == [["Lob", "Dank"]]


SEVERAL: Final = {
    "two without a start": (("Lob", CLOSE, "Dank", CLOSE), [["Lob"], ["Dank"]]),
    "one whole, and a line like ours": ((OPEN, "Lob", CLOSE, "Dank", "x"), [["Lob"]]),
    "one pasted into an open one": (
        (OPEN, "Lob", OPEN, "Lob", CLOSE, "", "Dank", "fremd", "fremd"),
        [["Lob"], ["Lob"], ["Dank"]],
    ),
    "one pasted above foreign words": (
        (OPEN, "Lob", OPEN, "Lob", CLOSE, "fremd", "Dank", "fremd"),
        [["Lob"], ["Lob"]],
    ),
    "one pasted above nothing": ((OPEN, "Lob", OPEN, "Lob", CLOSE, ""), [["Lob"], ["Lob"]]),
    "one pasted into a whole one": (
        (OPEN, "Lob", OPEN, "Lob", CLOSE, "Dank", CLOSE, "Dank", "x"),
        [["Lob"], ["Lob"], ["Dank"]],
    ),
    "two pasted into a whole one": (
        (OPEN, "Lob", OPEN, "Lob", OPEN, "Lob", CLOSE, "Dank", CLOSE, "Dank", "fremd", "x"),
        [["Lob"], ["Lob"], ["Lob"], ["Dank"], ["Dank"]],
    ),
    "one pasted into an open one above another": (
        (OPEN, "Lob", OPEN, "Lob", CLOSE, "Dank", OPEN, "Lob", CLOSE),
        [["Lob"], ["Lob"], ["Dank"], ["Lob"]],
    ),
}


@pytest.mark.parametrize("name", SEVERAL)
def test_of_several_blocks_each_has_its_own_lines(name: str) -> None:
    lines, inside = SEVERAL[name]
    found = reading(*lines)

    assert texts(found) == inside
    assert (DamageKind.DOUBLED in found.broken) is (len(inside) > 1)


def test_what_a_pasted_block_pushed_down_has_no_fences() -> None:
    found = reading(OPEN, "Lob", OPEN, "Lob", CLOSE, "Dank", "fremd", "fremd")
    fences = [(block.opened, block.closed) for block in found.blocks]

    assert fences == [(True, False), (True, True), (False, False)]


@pytest.mark.parametrize(
    ("around", "apart"),
    [
        ("<p>Hallo {} Gruß</p>", "<p>Hallo <br>{}<br> Gruß</p>"),
        ("<b>Hallo</b> {}<br>Gruß", "<b>Hallo</b> <br>{}<br>Gruß"),
        ("&nbsp; &gt;{}<p>Gruß</p>", "&nbsp; {}<p>Gruß</p>"),
        # What holds nothing but the block goes along with it.
        ("Hallo<div>{}</div>Gruß", "Hallo<br>{}<br>Gruß"),
        ("<p>Hallo</p><div>{}</div><p>Gruß</p>", "<p>Hallo</p>{}<p>Gruß</p>"),
    ],
)
def test_a_block_in_one_line_with_text_in_html_gets_lines_of_its_own(
    around: str, apart: str
) -> None:
    body = Body(form=BodyForm.HTML, content=around.format(f"{OPEN}<br>Lob<br>{CLOSE}"))

    assert replaced(read(body), "neu") == apart.format("neu")
