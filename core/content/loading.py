"""Read our own data files, checked against their model."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TypeVar

from core.content.texts import Content, Words, WordsFile

C = TypeVar("C", bound=Content)


def names(folder: str) -> tuple[str, ...]:
    """Return the names of the data files in a folder, sorted, without their ending."""
    entries = (files("core.content") / folder).iterdir()
    return tuple(sorted(e.name[:-5] for e in entries if e.name.endswith(".toml")))


def load(model: type[C], folder: str, name: str) -> C:
    """Return one data file as its model."""
    text = (files("core.content") / folder / f"{name}.toml").read_text("utf-8")
    return model.model_validate(tomllib.loads(text))


@cache
def load_words(name: str) -> Mapping[str, Words]:
    """Return the short texts of one file by id."""
    entries = load(WordsFile, "words", name).entry
    return MappingProxyType({entry.id: entry.text for entry in entries})
