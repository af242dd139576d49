"""Words in every language and form of address that we speak."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints


def _one_line(value: object) -> object:
    return " ".join(value.split()) if isinstance(value, str) else value


Line = Annotated[
    str,
    StringConstraints(
        min_length=1,
        max_length=2000,
        pattern=r"^[^\s\x00-\x1f\x7f]+( [^\s\x00-\x1f\x7f]+)*$",
    ),
    BeforeValidator(_one_line),
]
"""One line of words, single spaces between them: it survives every calendar and file format."""

Slug = Annotated[str, StringConstraints(max_length=64, pattern=r"^[a-z][a-z0-9_]*$")]
"""A name in files, never shown to people."""


class Content(BaseModel):
    """A frozen piece of content that refuses words it doesn't know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Label(Content):
    """Words that address nobody, so that du and Sie read the same."""

    de: Line
    en: Line


class Texts(Content):
    """Words that speak to somebody."""

    de_du: Line
    de_sie: Line
    en: Line


Words = Texts | Label


class Entry(Content):
    """A short text with a name."""

    id: Slug
    text: Words


class WordsFile(Content):
    """Short texts that code looks up by name."""

    version: Annotated[int, Field(ge=1)]
    entry: tuple[Entry, ...]


def text_for(words: Words, locale: str) -> str:
    """Return the words in this locale; a language we don't have reads English."""
    language, _, address = locale.replace("_", "-").partition("-")
    if language.lower() != "de":
        return words.en
    if isinstance(words, Label):
        return words.de
    return words.de_sie if address.lower() == "sie" else words.de_du


def all_texts(words: Words) -> tuple[tuple[str, str], ...]:
    """Return (locale, text) for each text that is written down."""
    if isinstance(words, Label):
        return (("de", words.de), ("en", words.en))
    return (("de", words.de_du), ("de-Sie", words.de_sie), ("en", words.en))
