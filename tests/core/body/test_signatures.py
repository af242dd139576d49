"""Letters that people type into the block: the greeting at their end goes below it."""

from __future__ import annotations

import pytest

from core.body.lines import scan_text
from core.body.promise import Names
from core.body.scan_html import scan_html
from core.body.signatures import signature
from tests.core.body.samples.cases import ANNA, BEN
from tests.core.body.test_lines_and_their_meaning import after, agenda, annas, shown, texts

LAST = "schreiben:\n -"
OPEN = "▼ 1:1-Agenda (hier schreiben)\n"
END = "▲ Ende 1:1-Agenda"
SIGNED = (END, f"Anna\n{END}")


@pytest.mark.parametrize(
    ("lines", "at"),
    [
        ("Lob\nViele Grüße\nAnna", 1),
        ("Lob\n\nViele Grüße,\nAnna Ahrens\nTel. 030 123", 2),
        ("Lob\nLG Anna", 1),
        ("Lob\nVG", 1),
        ("Lob\nMit freundlichen Grüßen\nAnna", 1),
        ("Lob\nBest regards,\nAnna", 1),
        ("Lob\n--\nAnna", 1),
        ("Lob\nDanke!\nAnna", 1),
        ("Lob\nThanks,\nAnna\n", 1),
        ("Anna\nLob\nBen:\nRad\nAnna", 4),
        ("Anna\nLob\nAnna Ahrens", 2),
        ("Lob\nDanke\nAnna von der Au", 1),
        (f"Lob\nViele Grüße\n{'x' * 60}", 1),
        (f"Lob\nViele Grüße A{'n' * 46}", 1),
        ("Anna:\nLob\nAnna", 2),
        # Somebody's points: no greeting, no name, or no end.
        ("Lob\nDanke!", 2),
        ("Lob\nAnna", 2),
        ("Anna\nLob\nBen", 3),
        ("Anna\nLob\nAnna\n- Rad", 4),
        ("Viele Grüße an Cara ausrichten", 1),
        ("Lob\nViele Grüße\n- Urlaub", 3),
        ("Lob\nDanke\nWie war der Umzug in das Haus?", 3),
        ("Lob\nDanke\nBüro im August für Cara räumen", 3),
        ("Lob\nViele Grüße\nNoch eins:", 3),
        (f"Lob\nViele Grüße\n{'x' * 61}", 3),
        (f"Lob\nViele Grüße A{'n' * 47}", 2),
        ("Lob\nDanke\n1. Urlaub", 3),
        ("Lob\nVG\n1\n2\n3\n4\n5", 7),
        ("- LG Fernseher bestellen", 1),
        ("", 1),
    ],
)
def test_a_signature_begins_with_a_greeting_and_ends_the_block(lines: str, at: int) -> None:
    assert signature(scan_text(lines), Names((ANNA, BEN))) == at


def test_an_item_of_a_list_is_nobodys_name_below_a_greeting() -> None:
    lines = scan_html("<p>Lob</p><p>Viele Grüße</p><ul><li>Urlaub</li></ul>").lines

    assert signature(lines, None) == 3


def test_a_signature_goes_below_the_block_and_what_stands_above_it_are_points() -> None:
    of = agenda(annas("Urlaub"))
    letter = "Lieber Ben,\nzwei Dinge noch:\n- Kurs\n- Rad\n\nViele Grüße\nAnna"
    result = after(of, (LAST, f"schreiben:\n -\n{letter}"))

    assert texts(result.agenda) == ["Urlaub", "Lieber Ben,", "Kurs", "Rad"]
    assert result.body.content.endswith("▲ Ende 1:1-Agenda\nViele Grüße\nAnna")
    assert [section.title for section in result.agenda.sections][1:] == ["zwei Dinge noch:"]


def test_a_sentence_with_a_colon_is_a_point_and_no_heading() -> None:
    sentence = "ich wollte mich bedanken für das letzte Gespräch, zwei Dinge:"
    result = after(agenda(annas("Urlaub")), (LAST, f"schreiben:\n{sentence}\n- Kurs"))

    assert texts(result.agenda) == ["Urlaub", sentence, "Kurs"]
    assert len(result.agenda.sections) == 1


@pytest.mark.parametrize(
    ("changes", "signed"),
    [
        ([SIGNED], True),
        ([(END, "Anna")], False),
        ([(OPEN, ""), SIGNED], False),
        ([(END, f"{END}\n{shown(agenda(annas('Urlaub'))).replace(*SIGNED)}")], False),
    ],
)
def test_a_name_alone_signs_a_whole_block_and_is_a_heading_in_a_cut_or_pasted_one(
    changes: list[tuple[str, str]], *, signed: bool
) -> None:
    result = after(agenda(annas("Urlaub")), *changes)

    assert texts(result.agenda) == ["Urlaub"]
    assert result.body.content.endswith(f"{END}\nAnna" if signed else f"-\n{END}")
