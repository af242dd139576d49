"""Examples of answers, made from their schemas, so that none is forgotten or out of date."""

from __future__ import annotations

from typing import Any

STRINGS = {
    "date-time": "2026-12-01T09:30:00Z",
    "date": "2026-12-01",
}
WORDS = {
    "address": "anna@example.com",
    "owner": "anna@example.com",
    "author": "anna@example.com",
    "person": "anna@example.com",
    "name": "Anna",
    "text": "Onboarding of the new colleague",
    "title": "1:1 Anna & Ben",
    "url": "https://example.com/hook",
    "zone": "Europe/Berlin",
    "token": "ve_0123456789abcdef_…",
    "secret": "whsec_…",
    "state": "open",
    "visibility": "shared",
    "lines": "We try it for a month",
    "other_wording": "",
    "hint": "",
    "kind": "point",
}
DEEPEST = 8


def example_of(schema: dict[str, Any], known: dict[str, Any], name: str = "", deep: int = 0) -> Any:
    """Return a value that fits a schema; `known` holds what it refers to."""
    if "$ref" in schema:
        named = known[schema["$ref"].rpartition("/")[2]]
        return example_of(named, known, name, deep + 1)
    for word in ("const", "default"):
        if schema.get(word) is not None:
            return schema[word]
    if "enum" in schema:
        return schema["enum"][0]
    if "anyOf" in schema:
        return example_of(schema["anyOf"][0], known, name, deep + 1)
    match schema.get("type"):
        case "object":
            fields = schema.get("properties", {})
            return {k: example_of(v, known, k, deep + 1) for k, v in fields.items()}
        case "array":
            return [example_of(schema["items"], known, name, deep + 1)] if deep < DEEPEST else []
        case "integer" | "number":
            return max(1, schema.get("minimum", 1))
        case "boolean":
            return True
        case "string":
            return STRINGS.get(schema.get("format", ""), WORDS.get(name, "0123456789abcdef"))
        case _:
            return None
