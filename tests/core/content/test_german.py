"""German reads like German: umlauts, du and Sie kept apart, no gender signs."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from core.content.guide_model import TipFile
from core.content.loading import load, names
from core.content.texts import Content, Label, Texts, WordsFile, all_texts, text_for
from core.content.tone import forbidden_words
from core.guides import guide_ids, load_guide
from core.questions import load_questions
from core.rules.texts import load_texts
from core.templates import load_templates

DU = re.compile(r"\b(?:du|dich|dir|deine?[rnms]?|euch|eure?[rnms]?)\b", re.IGNORECASE)
DU_VERB = re.compile(r"(?<!welche )\b\w{2,}st Sie\b")
SIE = re.compile(r"\bIhnen\b|(?<=[a-zäöüß,:] )(?:Sie|Ihre?[rnms]?)\b")
GENDER_SIGNS = re.compile(r"\w[*:_·]in(?:nen)?\b|\w/-?in(?:nen)?\b|\wInnen\b|\(in(?:nen)?\)")
NO_UMLAUT = re.compile(
    r"\b(?:fuer|ueber|koenn|moech|waer|naechst|muess|wuerd|haett|laeuf|gespraech)", re.IGNORECASE
)


def words_in(value: object) -> Iterator[Texts | Label]:
    """Return every piece of wording inside a piece of content."""
    if isinstance(value, Texts | Label):
        yield value
    elif isinstance(value, Content):
        for name in type(value).model_fields:
            yield from words_in(getattr(value, name))
    elif isinstance(value, tuple):
        for part in value:
            yield from words_in(part)


def everything() -> tuple[Texts | Label, ...]:
    pieces: list[Content] = [*load_questions().values(), *load_templates().values()]
    pieces += load_texts().values()
    pieces += [load_guide(guide_id) for guide_id in guide_ids()]
    pieces.append(load(TipFile, "words", "tips"))
    pieces += [load(WordsFile, "words", name) for name in names("words") if name != "tips"]
    return tuple(words for piece in pieces for words in words_in(piece))


ALL = everything()
SPOKEN = [words for words in ALL if isinstance(words, Texts)]
PLAIN = [words for words in ALL if isinstance(words, Label)]


def test_there_is_a_lot_to_check() -> None:
    assert len(SPOKEN) > 300
    assert len(PLAIN) > 300


def test_sie_texts_say_no_du() -> None:
    assert [w.de_sie for w in SPOKEN if DU.search(w.de_sie) or DU_VERB.search(w.de_sie)] == []


def test_du_texts_say_no_sie() -> None:
    assert [w.de_du for w in SPOKEN if SIE.search(w.de_du)] == []


def test_texts_for_du_and_sie_differ_exactly_where_somebody_is_addressed() -> None:
    wrong = [w.de_du for w in SPOKEN if (w.de_du != w.de_sie) != bool(_addresses(w))]

    assert wrong == []


def test_labels_address_nobody() -> None:
    assert [
        w.de for w in PLAIN if DU.search(w.de) or re.search(r"\bIhnen\b|\bIhre?[rn]?\b", w.de)
    ] == []


def test_no_gender_signs_and_no_missing_umlauts() -> None:
    german = [text for words in ALL for locale, text in all_texts(words) if locale != "en"]

    assert [text for text in german if GENDER_SIGNS.search(text) or NO_UMLAUT.search(text)] == []


def test_english_holds_no_german() -> None:
    assert [w.en for w in ALL if re.search(r"[äöüßÄÖÜ„“]|\b(?:und|nicht|der|das)\b", w.en)] == []


def test_r_g4_no_text_of_ours_judges_presses_or_counts() -> None:
    found = {
        text: forbidden_words(text, locale)
        for words in ALL
        for locale, text in all_texts(words)
        if forbidden_words(text, locale)
    }

    assert found == {}


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("Du hast nicht geantwortet.", "de"),
        ("Dein Punkt ist überfällig.", "de"),
        ("Du solltest öfter sprechen.", "de"),
        ("Sie müssen das Gespräch führen.", "de-Sie"),
        ("Jetzt handeln!", "de"),
        ("Dreimal in Folge abgesagt.", "de"),
        ("You failed to meet.", "en"),
        ("Two items are overdue.", "en"),
        ("You should talk more.", "en"),
        ("Your streak is 4.", "en"),
        ("Well done!", "en"),
    ],
)
def test_forbidden_words_are_found(text: str, locale: str) -> None:
    assert forbidden_words(text, locale)


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("Eure letzten Gespräche lagen rund drei Wochen auseinander.", "de"),
        ("Ist etwas dabei, wofür du Danke sagen magst?", "de"),
        ("Your last talks were about three weeks apart. Keep it?", "en"),
    ],
)
def test_offers_pass_the_tone_check(text: str, locale: str) -> None:
    assert forbidden_words(text, locale) == ()


def test_text_for_knows_both_forms_of_address_and_falls_back_to_english() -> None:
    words = Texts(de_du="Was brauchst du?", de_sie="Was brauchen Sie?", en="What do you need?")

    assert [text_for(words, x) for x in ("de", "de-Sie", "de_SIE", "de-AT", "en-GB", "fr")] == [
        "Was brauchst du?",
        "Was brauchen Sie?",
        "Was brauchen Sie?",
        "Was brauchst du?",
        "What do you need?",
        "What do you need?",
    ]


def _addresses(words: Texts) -> bool:
    plural_du = re.search(
        r"\b(?:ihr|euch|tragt|haltet|verabredet|besprecht|notiert)\b", words.de_du
    )
    imperative = re.search(r"\bSie\b", words.de_sie)
    return bool(DU.search(words.de_du) or plural_du or imperative)
