"""Query parameters: checked against the discovery document, then given their types."""

from __future__ import annotations

from collections.abc import Iterator

from werkzeug.datastructures import MultiDict

from .answers import Json
from .schema import Method

BOOLEANS = {"true": True, "false": False}


def problems(method: Method, arguments: MultiDict[str, str]) -> Iterator[str]:
    """Say what is wrong with a request's query."""
    own = method.parameters("query")
    for name in arguments:
        spec = own.get(name) or method.common.get(name)
        if spec is None:
            yield f"{name}: {method.id} has no such parameter"
            continue
        values = arguments.getlist(name)
        if len(values) > 1 and not spec.get("repeated"):
            yield f"{name}: given {len(values)} times"
        for value in values:
            yield from _value_problems(name, spec, value)
    for name, spec in own.items():
        if spec.get("required") and name not in arguments:
            yield f"{name}: {method.id} needs this parameter"


def _value_problems(name: str, spec: Json, value: str) -> Iterator[str]:
    if spec["type"] == "boolean" and value not in BOOLEANS:
        yield f"{name}: {value!r} is neither true nor false"
    elif spec["type"] == "integer":
        yield from _integer_problems(name, spec, value)
    elif "enum" in spec and value not in spec["enum"]:
        yield f"{name}: {value!r} is none of {', '.join(spec['enum'])}"


def _integer_problems(name: str, spec: Json, value: str) -> Iterator[str]:
    if not value.lstrip("-").isdigit():
        yield f"{name}: {value!r} is no whole number"
    elif int(value) < int(spec.get("minimum", value)) or int(value) > int(
        spec.get("maximum", value)
    ):
        yield f"{name}: {value} is out of range"


def typed(method: Method, arguments: MultiDict[str, str]) -> Json:
    """The query as values: bool, int, text, or a list where a parameter may repeat."""
    own = method.parameters("query") | method.common
    return {name: _typed_value(own[name], arguments.getlist(name)) for name in arguments}


def _typed_value(spec: Json, values: list[str]) -> object:
    if spec.get("repeated"):
        return values
    match spec["type"]:
        case "boolean":
            return BOOLEANS[values[0]]
        case "integer":
            return int(values[0])
        case _:
            return values[0]
