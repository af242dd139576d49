"""Words of the pages: German with du or Sie, and English."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from flask import request

FOLDER = "texts"


@cache
def words_for(locale: str) -> Mapping[str, str]:
    """Return every word in a locale; a language that we don't have reads English."""
    return _words("", locale)


@cache
def life_words(locale: str) -> Mapping[str, str]:
    """Return the words of help and changes in a locale."""
    return _words("life-", locale)


def insight_words(locale: str) -> Mapping[str, str]:
    """Return the words of the pictures: those of help and changes, and the topics' names."""
    topics = {k: v for k, v in words_for(locale).items() if k.startswith("topic_")}
    return MappingProxyType({**life_words(locale), **topics})


@cache
def pane_words(locale: str) -> Mapping[str, str]:
    """Return the words of the pane around a page in a locale."""
    return _words("pane-", locale)


@cache
def door_words(locale: str) -> Mapping[str, str]:
    """Return the words of the doors in a locale."""
    return _words("door-", locale)


def reader_door() -> Mapping[str, str]:
    """Return them as the browser asks; who is not known yet reads Sie."""
    found = request.accept_languages.best_match(["de", "en"]) or "en"
    return door_words("de-Sie" if found == "de" else found)


def _words(part: str, locale: str) -> Mapping[str, str]:
    language, _, address = locale.replace("_", "-").partition("-")
    if language.lower() != "de":
        return MappingProxyType(_read(f"{part}en"))
    formal = _read(f"{part}de-Sie") if address.lower() == "sie" else {}
    return MappingProxyType({**_read(f"{part}de"), **formal})


def _read(name: str) -> dict[str, str]:
    text = files(__package__).joinpath(FOLDER, f"{name}.toml").read_text(encoding="utf-8")
    return {key: str(value) for key, value in tomllib.loads(text).items()}
