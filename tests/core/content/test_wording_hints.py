"""Hints on wording are for the author alone, rare and kind."""

from __future__ import annotations

import pytest

from core.content.tone import forbidden_words
from core.questions import HintKind, wording_hints


def kinds(text: str, locale: str) -> set[HintKind]:
    return {hint.kind for hint in wording_hints(text, locale)}


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("Du musst die Doku fertig machen", "de"),
        ("Kümmere dich um den Kunden", "de"),
        ("Sie sollten früher Bescheid geben", "de-Sie"),
        ("You need to finish the report", "en"),
        ("Please send me the numbers", "en"),
    ],
)
def test_sd_26_telling_gets_a_question_as_an_offer(text: str, locale: str) -> None:
    hints = wording_hints(text, locale)

    assert HintKind.TELLS in {hint.kind for hint in hints}
    assert all("?" in h.text for h in hints if h.kind is HintKind.TELLS)


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("Das ist deine Schuld", "de"),
        ("Du hast schon wieder vergessen zu antworten", "de"),
        ("Wegen dir sind wir spät dran", "de"),
        ("You never reply in time", "en"),
        ("This was your fault", "en"),
    ],
)
def test_sd_28_blaming_words_get_a_kinder_wording(text: str, locale: str) -> None:
    assert HintKind.BLAMES in kinds(text, locale)


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("Wie lief die Übergabe aus deiner Sicht?", "de"),
        ("Urlaubsvertretung im August", "de"),
        ("Was fehlt dir bei diesem Thema?", "de"),
        ("Ist jetzt erledigt", "de"),
        ("How did the handover go?", "en"),
        ("Holiday cover in August", "en"),
        ("Do we meet on Friday or Monday?", "en"),
    ],
)
def test_ordinary_points_get_no_hint(text: str, locale: str) -> None:
    assert kinds(text, locale) == set()


def test_a_closed_question_gets_one_hint_in_the_authors_form_of_address() -> None:
    hints = wording_hints("Läuft das Projekt gut?", "de")

    assert [(hint.kind, hint.found) for hint in hints] == [
        (HintKind.CLOSED, "Läuft das Projekt gut?")
    ]
    assert "Ihrer Sicht" in wording_hints("Sie müssen das tun", "de-Sie")[0].text


def test_hints_themselves_pass_the_tone_check() -> None:
    for locale in ("de", "de-Sie", "en"):
        texts = [
            "Du musst",
            "Sie müssen",
            "deine Schuld",
            "You must",
            "your fault",
            "Is it?",
            "Ist es?",
        ]
        hints = [hint for text in texts for hint in wording_hints(text, locale)]
        assert hints
        assert all(forbidden_words(hint.text, locale) == () for hint in hints)
