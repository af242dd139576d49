"""Which differences between two texts are the work of clients, and which are people's."""

from __future__ import annotations

import pytest

from core.body.remembered import MOST, SHORT, remembered
from core.body.words import bare, bared, clean, fold, key, same_words


@pytest.mark.parametrize(
    ("seen", "known", "same"),
    [
        ("Urlaub", "Urlaub", True),
        ("Urlaub", "urlaub", False),
        ("„Urlaub“", '"Urlaub"', True),
        ("Urlaubim Mai", "Urlaub im Mai", True),
        ("Urlaub im Mai", "Urlaubim Mai", False),
        ("a bc", "ab c", False),
        ("Plan", "Plan (https://example.com/a)", False),
        ("Plan https://a.de", "Plan <https://a.de>", True),
        ("Plan", "Plan (example.com)", False),
        ("Gespr?ch", "Gespräch", True),
        ("? 讨论", "ä 讨论", False),
        ("?? Plan", "讨论 Plan", True),
        ("? Plan", "讨论 Plan", True),
        ("?? Plan", "讨论 Plan B", False),
        ("讨论 Plan", "?? Plan", False),
    ],
)
def test_what_hosts_do_on_the_way_makes_no_other_words(seen: str, known: str, same: bool) -> None:
    assert same_words(seen, known) is same


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("  a \t b\n", "a b"),
        ("a\u200bb\ufeff", "ab"),
        ("a\x00b\x07", "ab"),
        ("a – b — c -- d --- e", "a - b - c - d - e"),
        ("‚a‘ `b´ «c»", "'a' 'b' \"c\""),
        ("☐ a ☑ b ☒", "[ ] a [x] b [x]"),
        ("→ ⇒ ←", "-> => <-"),
        ("e\u0301", "é"),
        ("ﬁ", "fi"),
        ("…", "..."),
        ("① ½", "1 1/2"),
        ("△▽", "▲▼"),
        ("😀\ufe0f", "😀"),
        ("https://a.de<https://a.de> x", "https://a.de x"),
        ("<mailto:a@b.de>", "mailto:a@b.de"),
        ("Q&amp;A", "Q&A"),
        ("Reise &amp", "Reise &amp"),
        *((sign.encode().decode("cp1252"), sign) for sign in ("für", "▲ Ende", "5°", "😀")),
        ("Pâté für 5 €", "Pâté für 5 €"),
        ("a\udcfeb", "a�b"),
    ],
)
def test_a_reader_sees_the_same(typed: str, folded: str) -> None:
    assert fold(typed) == folded


def test_keys_leave_capitals_out_and_letters_signs() -> None:
    assert key("  Straße – ÄRGER ") == "strasse - ärger"
    assert bare("1:1-Agenda_(neu)!") == "11agendaneu"
    assert bared("1:1\u200b-Agen\u00adda") == "1:1-Agenda"
    assert clean(" a\x00 b \n c ") == "a b c"
    assert clean("a\ud800b") == "a\ufffdb"


def test_no_more_answers_are_kept_than_there_is_room_for() -> None:
    asked: list[str] = []

    @remembered
    def size(text: str) -> int:
        asked.append(text)
        return len(text)

    for number in range(MOST + 1):
        size(str(number))
    size("0")

    assert asked.count("0") == 2


def test_long_texts_are_read_each_time_and_short_ones_once() -> None:
    asked: list[str] = []

    @remembered
    def size(text: str) -> int:
        asked.append(text)
        return len(text)

    short, long = "a" * SHORT, "a" * (SHORT + 1)

    assert [size(short), size(short), size(long), size(long)] == [
        SHORT,
        SHORT,
        SHORT + 1,
        SHORT + 1,
    ]
    assert asked == [short, long, long]
