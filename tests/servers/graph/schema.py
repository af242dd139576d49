"""Checks payloads and paths against Microsoft's published metadata, reduced to what we serve."""

from __future__ import annotations

import re
import tomllib
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent.parent / "data" / "graph"
EDM = "{http://docs.oasis-open.org/odata/ns/edm}"
COLLECTION = re.compile(r"^Collection\((.+)\)$")
DATE_TIME = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,7})?(Z|[+-]\d\d:\d\d)$")
DATE = re.compile(r"^\d{4}-\d\d-\d\d$")
TIME = re.compile(r"^\d\d:\d\d:\d\d(\.\d{1,7})?$")
DICTIONARIES = {
    "plannerAssignments": "plannerAssignment",
    "plannerChecklistItems": "plannerChecklistItem",
    "plannerExternalReferences": "plannerExternalReference",
}
"""Open types without properties: each member is one entry, null takes the entry away."""
UNCHECKED = {"internetMessageHeaders"}

PRIMITIVES: dict[str, Callable[[Any], bool]] = {
    "String": lambda value: isinstance(value, str),
    "Boolean": lambda value: isinstance(value, bool),
    "Int32": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "Int64": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "Double": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "Guid": lambda value: isinstance(value, str),
    "Binary": lambda value: isinstance(value, str),
    "DateTimeOffset": lambda value: isinstance(value, str) and bool(DATE_TIME.match(value)),
    "Date": lambda value: isinstance(value, str) and bool(DATE.match(value)),
    "TimeOfDay": lambda value: isinstance(value, str) and bool(TIME.match(value)),
    "Duration": lambda value: isinstance(value, str),
}


@dataclass(frozen=True, slots=True)
class Schema:
    """The metadata in a form that can be asked."""

    types: dict[str, ET.Element] = field(default_factory=dict)
    enums: dict[str, frozenset[str]] = field(default_factory=dict)
    actions: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    """(action, bound type) -> parameter -> type."""
    paths: frozenset[str] = frozenset()
    gaps: dict[str, dict[str, str]] = field(default_factory=dict)

    def properties(self, type_name: str) -> dict[str, str]:
        """Name and type of each property, inherited ones and known gaps included."""
        element = self.types[type_name]
        base = element.get("BaseType", "")
        found = self.properties(_short(base)) if _short(base) in self.types else {}
        for child in element:
            if child.tag in (EDM + "Property", EDM + "NavigationProperty"):
                found[child.get("Name", "")] = child.get("Type", "")
        return found | dict.fromkeys(self.gaps.get(type_name, {}), "Edm.String")

    def check(self, type_name: str, payload: object, *, exact_enums: bool = True) -> list[str]:
        """List everything in the payload that the metadata does not know."""
        return list(self._check_object(type_name, payload, type_name, exact_enums))

    def check_collection(self, type_name: str, payload: dict[str, Any]) -> list[str]:
        extra = [f"{k}: unknown" for k in payload if k != "value" and not k.startswith("@odata.")]
        rows = payload.get("value")
        if not isinstance(rows, list):
            return [*extra, "value: not a list"]
        return extra + [bad for row in rows for bad in self.check(type_name, row)]

    def check_action(self, name: str, bound: str, payload: dict[str, Any]) -> list[str]:
        """Check an action's parameters; their names may be in any case."""
        known = {param.lower(): kind for param, kind in self.actions[name, bound].items()}
        found: list[str] = []
        for key, value in payload.items():
            if key.lower() not in known:
                found.append(f"{name}.{key}: unknown parameter")
            else:
                found += self._check_value(known[key.lower()], value, f"{name}.{key}", False)
        return found

    def require_path(self, template: str) -> None:
        """Refuse to serve a path that Graph does not have."""
        head, _, last = template.rpartition("/")
        if template in self.paths or template in self.gaps["paths"]:
            return
        bound = {"/calendar": "calendar", "/users/{user-id}": "user"}.get(
            head if head == "/users/{user-id}" else "/" + head.rpartition("/")[2], "event"
        )
        if (last, bound) not in self.actions:
            raise LookupError(f"Graph has no path {template}")

    def _check_object(
        self, type_name: str, payload: object, where: str, exact: bool
    ) -> Iterator[str]:
        if not isinstance(payload, dict):
            yield f"{where}: not an object"
            return
        known = self.properties(type_name)
        for key, value in payload.items():
            at = f"{where}.{key}"
            if "@odata." in key or key == "@removed" or key in UNCHECKED:
                continue
            if type_name in DICTIONARIES:
                if value is not None:
                    yield from self._check_object(DICTIONARIES[type_name], value, at, exact)
            elif key not in known:
                yield f"{at}: unknown property"
            elif value is not None:
                yield from self._check_value(known[key], value, at, exact)

    def _check_value(self, kind: str, value: object, at: str, exact: bool) -> Iterator[str]:
        collection = COLLECTION.match(kind)
        if collection:
            if not isinstance(value, list):
                yield f"{at}: not a list"
                return
            for number, entry in enumerate(value):
                yield from self._check_value(collection[1], entry, f"{at}[{number}]", exact)
        elif kind.startswith("Edm."):
            if not PRIMITIVES[kind.removeprefix("Edm.")](value):
                yield f"{at}: not a {kind}: {value!r}"
        elif (name := _short(kind)) in self.enums:
            yield from self._check_enum(name, value, at, exact)
        elif name in self.types:
            yield from self._check_object(self._said_type(name, value), value, at, exact)
        else:
            yield f"{at}: type {name} is not served"

    def _check_enum(self, name: str, value: object, at: str, exact: bool) -> Iterator[str]:
        values = self.enums[name]
        if value in values or (
            not exact and str(value).lower() in {member.lower() for member in values}
        ):
            return
        yield f"{at}: {value!r} is no {name}"

    def _said_type(self, name: str, value: object) -> str:
        """Follow @odata.type to a derived type, where it is one of ours."""
        said = value.get("@odata.type", "") if isinstance(value, dict) else ""
        said = str(said).removeprefix("#").removeprefix("microsoft.graph.")
        return said if said in self.types else name


def load() -> Schema:
    """Read the reduced metadata."""
    schema = Schema(
        paths=frozenset((DATA / "paths.txt").read_text().split()),
        gaps=tomllib.loads((DATA / "known_gaps.toml").read_text()),
    )
    for element in ET.parse(DATA / "v1.0-reduced.csdl").getroot().iter():
        name = element.get("Name", "")
        if element.tag in (EDM + "EntityType", EDM + "ComplexType"):
            schema.types[name] = element
        elif element.tag == EDM + "EnumType":
            schema.enums[name] = frozenset(member.get("Name", "") for member in element)
        elif element.tag == EDM + "Action":
            bound, *params = element.findall(EDM + "Parameter")
            schema.actions[name, _short(bound.get("Type", ""))] = {
                param.get("Name", ""): param.get("Type", "") for param in params
            }
    return schema


def _short(type_name: str) -> str:
    return type_name.removeprefix("microsoft.graph.").removeprefix("graph.")
