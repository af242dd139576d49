"""The `fields` parameter: only the named parts of an answer."""

from __future__ import annotations

from .answers import Json, invalid

Mask = dict[str, "Mask"]
"""Nested names; an empty mask means everything below."""


def parse(text: str) -> Mask:
    """Read `a,b(c,d),e/f`."""
    mask, rest = _names(text)
    if rest:
        raise invalid(f"Invalid field selection {text}")
    return mask


def _names(text: str) -> tuple[Mask, str]:
    mask: Mask = {}
    while text and not text.startswith(")"):
        name, below, text = _one(text.lstrip(","))
        mask.setdefault(name, {}).update(below)
    return mask, text


def _one(text: str) -> tuple[str, Mask, str]:
    end = next((index for index, sign in enumerate(text) if sign in ",()/"), len(text))
    name, rest = text[:end], text[end:]
    if not name:
        raise invalid("Invalid field selection")
    if rest.startswith("("):
        below, rest = _names(rest[1:])
        if not rest.startswith(")"):
            raise invalid("Invalid field selection: a bracket is open")
        return name, below, rest[1:]
    if rest.startswith("/"):
        child, below, rest = _one(rest[1:])
        return name, {child: below}, rest
    return name, {}, rest


def cut(value: Json, mask: Mask) -> Json:
    if not mask or "*" in mask:
        return value
    return {name: _cut(value[name], below) for name, below in mask.items() if name in value}


def _cut(value: object, below: Mask) -> object:
    if isinstance(value, list):
        return [_cut(each, below) for each in value]
    return cut(value, below) if isinstance(value, dict) else value
