"""Templates as Markdown, out and in without loss: headings, and a line for each field."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, get_origin

from pydantic import ValidationError

from core.content.prompts import Prompt
from core.content.template_model import Section, Template, Trigger
from core.errors import InvalidInput
from core.templates.exchange import what_is_wrong

Fields = dict[str, Any]

_PARTS: Final = {"triggers": "Trigger", "sections": "Section", "prompts": "Prompt"}
_NAMED_BY: Final = {"triggers": "on", "sections": "id", "prompts": "id"}
_LISTS: Final = frozenset(
    name
    for model in (Template, Trigger, Section, Prompt)
    for name, field in model.model_fields.items()
    if get_origin(field.annotation) is tuple and name not in _PARTS
)
_HEADING: Final = re.compile(r"^(#{1,2}) (Template|Trigger|Section|Prompt): (\S+)$")
_FIELD: Final = re.compile(r"^- (\w+)(?: \((\w+)\))?:(?: (.*))?$")


def to_markdown(template: Template) -> str:
    """Return a template as Markdown that `from_markdown` reads back to an equal one."""
    data = template.model_dump(mode="json", exclude_defaults=True)
    parts = {key: data.pop(key, []) for key in _PARTS}
    lines = [f"# Template: {data.pop('id')}", "", *_fields(data)]
    for key, heading in _PARTS.items():
        for part in parts[key]:
            name = part.pop(_NAMED_BY[key])
            lines += ["", f"## {heading}: {name}", "", *_fields(part)]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def _fields(data: Mapping[str, Any]) -> Iterator[str]:
    for key, value in data.items():
        match value:
            case dict():
                yield from (f"- {key} ({locale}): {text}" for locale, text in value.items())
            case list():
                yield f"- {key}: {', '.join(value)}".rstrip()
            case _:
                yield f"- {key}: {value}"


def from_markdown(text: str) -> Template:
    """Read a template from Markdown; raise InvalidInput with the line that doesn't fit."""
    try:
        return Template.model_validate(_read(text))
    except ValidationError as err:
        raise InvalidInput(what_is_wrong(err)) from err


def _read(text: str) -> Fields:
    top: Fields = {}
    here = top
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        if heading := _HEADING.match(line.rstrip()):
            here = _begin(top, heading[2], heading[3])
        elif field := _FIELD.match(line.rstrip()):
            _add(here, field[1], field[2], field[3] or "", number)
        else:
            raise InvalidInput(f"line {number} is neither a heading nor a field: {line[:60]!r}")
    return top


def _begin(top: Fields, heading: str, name: str) -> Fields:
    if heading == "Template":
        top["id"] = name
        return top
    key = next(key for key, word in _PARTS.items() if word == heading)
    part: Fields = {_NAMED_BY[key]: name}
    top.setdefault(key, []).append(part)
    return part


def _add(here: Fields, key: str, locale: str | None, value: str, number: int) -> None:
    if locale is not None:
        texts = here.setdefault(key, {})
        if isinstance(texts, dict) and locale not in texts:
            texts[locale] = value
            return
    elif key not in here:
        here[key] = [v for v in value.split(", ") if v] if key in _LISTS else value
        return
    raise InvalidInput(f"line {number}: {key} stands here twice")
