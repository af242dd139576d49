"""The discovery documents of the client library as the law for every request and answer."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import unquote

from googleapiclient import discovery_cache

from .answers import Json

SERVICES = {"calendar": "v3", "tasks": "v1", "chat": "v1"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """One API method: where it lives, what it takes and gives."""

    id: str
    service: str
    verb: str
    path: re.Pattern[str]
    spec: Json = field(repr=False)
    common: Json = field(repr=False)
    """Query parameters that every method of the service has."""

    @property
    def scopes(self) -> tuple[str, ...]:
        return tuple(self.spec.get("scopes", ()))

    def parameters(self, location: str) -> Json:
        own: Json = self.spec.get("parameters", {})
        return {name: each for name, each in own.items() if each["location"] == location}


@cache
def document(service: str) -> Json:
    text = discovery_cache.get_static_doc(service, SERVICES[service])
    if text is None:
        raise LookupError(f"google-api-python-client ships no discovery document for {service}")
    loaded: Json = json.loads(text)
    return loaded


@cache
def methods() -> tuple[Method, ...]:
    return tuple(each for service in SERVICES for each in _methods_of(service))


def _methods_of(service: str) -> Iterator[Method]:
    doc = document(service)
    for spec in _specs(doc):
        path = doc["servicePath"] + spec.get("flatPath", spec["path"])
        yield Method(
            id=spec["id"],
            service=service,
            verb=spec["httpMethod"],
            path=_pattern(path, service),
            spec=spec,
            common=doc["parameters"],
        )


def _specs(resource: Json) -> Iterator[Json]:
    yield from resource.get("methods", {}).values()
    for child in resource.get("resources", {}).values():
        yield from _specs(child)


def _pattern(path: str, service: str) -> re.Pattern[str]:
    # Chat has verbs behind a colon ("spaces:setup"), so no id there contains one.
    part = "[^/:]+" if service == "chat" else "[^/]+"
    pieces = re.split(r"\{\+?([^}]+)\}", path)
    return re.compile(
        "".join(
            f"(?P<{piece}>{part})" if index % 2 else re.escape(piece)
            for index, piece in enumerate(pieces)
        )
    )


def find(verb: str, raw_path: str) -> tuple[Method, dict[str, str]] | None:
    """The method at a path that is still percent-encoded, and its path parameters."""
    for method in methods():
        match = method.path.fullmatch(raw_path.lstrip("/"))
        if match and method.verb == verb:
            return method, {name: unquote(value) for name, value in match.groupdict().items()}
    return None


def problems(service: str, schema: Json, value: object, where: str = "") -> Iterator[str]:
    """Say everything in which a value differs from its schema."""
    if "$ref" in schema:
        schema = document(service)["schemas"][schema["$ref"]]
    match schema.get("type"):
        case "object":
            yield from _object_problems(service, schema, value, where)
        case "array":
            yield from _array_problems(service, schema, value, where)
        case "any" | None:
            return
        case kind:
            yield from _scalar_problems(schema, kind, value, where)


def _object_problems(service: str, schema: Json, value: object, where: str) -> Iterator[str]:
    if not isinstance(value, dict):
        yield f"{where or 'body'}: {type(value).__name__} where an object belongs"
        return
    known, rest = schema.get("properties", {}), schema.get("additionalProperties")
    for name, each in value.items():
        place = f"{where}.{name}" if where else name
        if name in known:
            yield from problems(service, known[name], each, place)
        elif rest is not None:
            yield from problems(service, rest, each, place)
        else:
            yield f"{place}: no such field"


def _array_problems(service: str, schema: Json, value: object, where: str) -> Iterator[str]:
    if not isinstance(value, list):
        yield f"{where}: {type(value).__name__} where a list belongs"
        return
    for index, each in enumerate(value):
        yield from problems(service, schema["items"], each, f"{where}[{index}]")


TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, float),
}


def _scalar_problems(schema: Json, kind: str, value: object, where: str) -> Iterator[str]:
    if not isinstance(value, TYPES[kind]) or (kind != "boolean" and isinstance(value, bool)):
        yield f"{where}: {type(value).__name__} where a {kind} belongs"
    elif "enum" in schema and value not in schema["enum"]:
        yield f"{where}: {value!r} is none of {', '.join(schema['enum'])}"
    elif schema.get("format") in ("int64", "uint64") and not re.fullmatch(r"-?\d+", str(value)):
        yield f"{where}: {value!r} is no whole number"
