"""What the report of a simulation says, in German and English."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def words_of(locale: str) -> dict[str, str]:
    """Return the words in a language."""
    language = "de" if locale.startswith("de") else "en"
    text = files("webhook_app.simulation").joinpath(f"words-{language}.toml").read_text("utf-8")
    return {key: str(value) for key, value in tomllib.loads(text).items()}
