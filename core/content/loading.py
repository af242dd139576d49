"""Read our own data files, checked against their model."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import TypeVar

from core.content.texts import Content

C = TypeVar("C", bound=Content)


def names(folder: str) -> tuple[str, ...]:
    """Return the names of the data files in a folder, sorted, without their ending."""
    entries = (files("core.content") / folder).iterdir()
    return tuple(sorted(e.name[:-5] for e in entries if e.name.endswith(".toml")))


def load(model: type[C], folder: str, name: str) -> C:
    """Return one data file as its model."""
    text = (files("core.content") / folder / f"{name}.toml").read_text("utf-8")
    return model.model_validate(tomllib.loads(text))
