"""Templates as files: TOML and JSON in, JSON and readable text out."""

from __future__ import annotations

import tomllib
from typing import Final

from pydantic import ValidationError

from core.content.template_model import FirstSide, Template
from core.content.texts import text_for
from core.errors import InvalidInput
from core.templates.library import localize

_STARTS: Final = {
    "de": {
        FirstSide.REPORT: "Mitarbeitende",
        FirstSide.MANAGER: "Führungskraft",
        FirstSide.BOTH: "beide",
    },
    "en": {FirstSide.REPORT: "report", FirstSide.MANAGER: "manager", FirstSide.BOTH: "both"},
}


def to_json(template: Template) -> str:
    """Return a template as JSON, every field of it."""
    return template.model_dump_json(indent=2) + "\n"


def from_json(text: str) -> Template:
    """Read a template from JSON; raise InvalidInput with every place that doesn't fit."""
    try:
        return Template.model_validate_json(text)
    except ValidationError as err:
        raise InvalidInput(what_is_wrong(err)) from err


def from_toml(text: str) -> Template:
    """Read a template from TOML; raise InvalidInput with every place that doesn't fit."""
    try:
        return Template.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as err:
        raise InvalidInput(f"this is not TOML: {err}") from err
    except ValidationError as err:
        raise InvalidInput(what_is_wrong(err)) from err


def what_is_wrong(err: ValidationError) -> str:
    """Say in one line a place what a file got wrong."""
    places = (
        f"{'.'.join(str(part) for part in problem['loc']) or 'file'}: {problem['msg']}"
        for problem in err.errors(include_url=False, include_input=False)
    )
    return "\n".join(dict.fromkeys(places))


def to_text(template: Template, locale: str) -> str:
    """Return a template as plain text to read or print, in one language."""
    local = localize(template, locale, sensitive=True)
    starts = _STARTS["de" if locale.startswith("de") else "en"]
    lines = [f"{local.title} ({local.minutes} min)", local.purpose]
    if template.location:
        lines.append(text_for(template.location, locale))
    for section in local.sections:
        lines += ["", f"{section.title} ({section.minutes} min, {starts[section.first_side]})"]
        lines += [f"  ? {text}" for text in section.asks_manager]
        lines += [f"  - {text}" for text in section.raises_report]
    return "\n".join(lines) + "\n"
