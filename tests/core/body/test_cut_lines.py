"""The last line of a body that a host cut off: what is only a rest, and what a cut took of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pytest

from core.body import DamageKind
from core.body.cuts import mark_cut
from core.body.known import texts_of
from core.body.lexicon import Lexicon, heading_keys
from core.body.lines import Line
from core.body.rows import Row, RowKind
from tests.core.body.test_damaged_bodies import CLOSE, PROMPT, cut
from tests.core.body.test_lexicon import SETTING
from tests.core.body.test_lines_and_their_meaning import after, agenda, annas, shown, texts

LINK: Final = "https://vieraugen.example/1"
OF: Final = agenda(annas("Budget klären", {"text": "R&D", "notes": ["Graz, danach"]}))


def is_rest(*lines: str, link: str | None = None) -> bool:
    """Tell whether the last of these lines is taken for what a cut left."""
    lexicon = Lexicon(replace(SETTING, link=link), [OF])
    headings = heading_keys(OF.sections, SETTING)
    known = texts_of(OF.points, (), headings, {}, lexicon)
    rows = [Row(RowKind.WORDS, Line(t, t, 0, 0), t) for t in lines]
    damage = mark_cut(rows, known, lexicon)

    assert damage == ([DamageKind.TRUNCATED] if rows[-1].cut else [])
    return rows[-1].cut


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("Budget kl", True),
        ("Budget kl…", True),
        ("Budget klären", False),
        ("Budget neu", False),
        ("Graz, da", True),
        ("R&am", True),
        ("R&am…", True),
        ("R&#3", True),
        ("oder: Bud", True),
        ("vertraulich – nur", True),
        ("1:1-Agenda (hier", True),
        ("Ende 1:1-Ag", True),
        ("New points: just", True),
        ("Ann", True),
        ("[x", True),
        ("[", True),
        ("… und 3 wei", True),
        ("...", True),
        ("… unter uns", False),
        ("Mehr dazu: https://vier", False),
        ("Mehr dazu: XX", False),
        ("hier sch", False),
        ("sonst", False),
    ],
)
def test_what_begins_like_a_line_of_ours_is_a_rest_of_it(line: str, rest: bool) -> None:
    assert is_rest("Lob", line) is rest


@pytest.mark.parametrize(
    ("line", "rest"),
    [("hier sch", True), ("write", True), ("hier &am", False), ("hier neu", False)],
)
def test_behind_the_opening_fence_its_own_last_words_may_have_been_cut(
    line: str, rest: bool
) -> None:
    assert is_rest(line) is rest


@pytest.mark.parametrize(
    ("line", "rest"),
    [("Mehr dazu: https://vier", True), ("The agenda is here: https://v", True), ("https", False)],
)
def test_the_way_to_the_agenda_may_have_been_cut(line: str, rest: bool) -> None:
    assert is_rest("Lob", line, link=LINK) is rest


@pytest.mark.parametrize(
    ("point", "typed", "until", "words"),
    [
        ("Budgetplanung", "neu Budgetplanung", "neu Budgetplanu", "neu Budgetplanung"),
        (
            "Urlaub im Mai Maiplanung",
            "neu Urlaub im Mai Maiplanung",
            "neu Urlaub im Mai",
            "neu Urlaub im Mai Maiplanung",
        ),
        (
            "Budget für Graz-Linz heute",
            "neu Budget für Graz Linz heute",
            "neu Budget für Graz Lin",
            "neu Budget für Graz-Linz heute",
        ),
        (
            "Budget für Graz Linz",
            "neu Budget für GrazLinz",
            "neu Budget für GrazLi",
            "neu Budget für Graz Linz",
        ),
        ("Budget klären", "budget Klären", "budget Klären", "budget Klären"),
    ],
)
def test_words_that_a_cut_took_come_back_behind_those_that_were_typed(
    point: str, typed: str, until: str, words: str
) -> None:
    of = agenda(annas("Lob", point))

    assert texts(cut(of, until, (point, typed)).agenda) == ["Lob", words]


@pytest.mark.parametrize("until", ["schreiben)", "schreiben)\n", "Anna"])
def test_a_body_cut_above_its_first_point_loses_none(until: str) -> None:
    of = agenda(annas("Lob", "Budget klären"))

    assert cut(of, until).agenda == of


@pytest.mark.parametrize(("size", "left"), [(199, "w198"), (200, "w196")])
def test_a_line_of_200_words_is_too_long_to_be_compared(size: int, left: str) -> None:
    words = " ".join(f"w{n}" for n in range(size))
    of = agenda(annas("Lob", words))
    result = cut(of, f"neu {words[: words.index(' w197')]}", ("w0", "neu w0"))

    assert texts(result.agenda)[1].endswith(left)


def test_the_last_line_of_a_block_without_a_prompt_is_shortened_where_nothing_was_cut() -> None:
    of = agenda(annas("Lob", "Budget klären"))
    result = after(of, ("Budget klären", "Budget"), (f"\n{PROMPT}\n -{CLOSE}", CLOSE))

    assert texts(result.agenda) == ["Lob", "Budget"]


@pytest.mark.parametrize("left", ["<", "<ht", "<https://exam", " <https:/"])
def test_the_second_half_of_a_link_that_was_cut_is_no_word(left: str) -> None:
    of = agenda(annas("Lob", "Plan https://example.com/a klären"))
    (line,) = (line for line in shown(of).splitlines() if "Plan" in line)
    until = line.removesuffix(" klären")
    result = after(of, (shown(of)[shown(of).index(line) :], f"{until}{left}"))

    assert result.agenda == of


@pytest.mark.parametrize("note", ["     Graz", "Graz"])
def test_a_note_whose_point_was_cut_off_above_is_no_new_heading(note: str) -> None:
    of = agenda(annas("Saal", {"text": "Plan", "notes": ["Graz"]}, "Lob"))
    head = shown(of)[: shown(of).index("     Graz")]
    result = after(of, (f"{head}     Graz", note))

    assert result.agenda == of
