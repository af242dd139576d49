"""The pages' words: there in both languages, used, and kind."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from core.content.tone import forbidden_words
from webhook_app.pages.words import words_for

FOLDER = Path(__file__).parents[3] / "webhook_app" / "pages"


def read(name: str) -> dict[str, str]:
    return tomllib.loads((FOLDER / "texts" / f"{name}.toml").read_text(encoding="utf-8"))


def test_both_languages_have_the_same_words() -> None:
    assert set(read("de")) == set(read("en"))
    assert set(read("de-Sie")) <= set(read("de"))


def test_placeholders_are_the_same_in_every_language() -> None:
    def holes(text: str) -> set[str]:
        return set(re.findall(r"\{(\w+)\}", text))

    english = read("en")
    for name in ("de", "de-Sie"):
        assert {k for k, text in read(name).items() if holes(text) != holes(english[k])} == set()


def test_no_page_asks_for_a_word_that_is_not_there() -> None:
    templates = "".join(p.read_text(encoding="utf-8") for p in FOLDER.glob("templates/*.html"))
    asked = set(re.findall(r"\bw\.([a-z]\w*)", templates)) - {"items", "get"}

    assert asked - set(read("en")) == set()


@pytest.mark.parametrize("locale", ["de", "de-Sie", "en"])
def test_no_word_judges_or_presses(locale: str) -> None:
    found = {k: forbidden_words(text, locale) for k, text in words_for(locale).items()}

    assert {k: words for k, words in found.items() if words} == {}


def test_sie_never_slips_into_du() -> None:
    du = re.compile(r"\b(du|dich|dir|dein\w*|ihr|euch|euer|eure\w*)\b")

    shown = {
        k: text for k, text in words_for("de-Sie").items() if du.search(text) and k != "lang_de"
    }
    assert shown == {}
