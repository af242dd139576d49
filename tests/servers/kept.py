"""A stand-in's memory: what it holds as one JSON file, written whole after each change."""

from __future__ import annotations

import base64
import itertools
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

Parts = Mapping[str, tuple[Any, tuple[str, ...]]]
"""By name: an object, and those of its attributes that are kept."""

TAG = "$"
"""In a JSON object: the kind of value that it stands for."""


class Memory:
    """Keeps some attributes of living objects in a file; the caller holds their lock."""

    def __init__(self, file: Path, parts: Parts, classes: Iterable[type]) -> None:
        self._file = file
        self._parts = parts
        self._classes = {each.__name__: each for each in classes}
        self._written = ""

    def load(self) -> bool:
        """Put back what was kept; tell whether there was anything. Raise ValueError."""
        if not self._file.exists():
            return False
        try:
            text = self._file.read_text(encoding="utf-8")
            known = decoded(json.loads(text), self._classes)
            for name, (owner, attributes) in self._parts.items():
                for attribute in attributes:
                    _put_back(owner, attribute, known[name][attribute])
        except (ValueError, KeyError, TypeError) as err:
            raise ValueError(
                f"{self._file} can't be read ({err!r}): remove it, and the stand-in starts anew"
            ) from err
        self._written = text
        return True

    def save(self) -> None:
        """Write it where something has changed; a crash leaves the old file or the new one."""
        wanted = {
            name: {attribute: getattr(owner, attribute) for attribute in attributes}
            for name, (owner, attributes) in self._parts.items()
        }
        text = json.dumps(encoded(wanted), ensure_ascii=False)
        if text == self._written:
            return
        beside = self._file.with_name(f"{self._file.name}.new")
        beside.write_text(text, encoding="utf-8")
        beside.replace(self._file)
        self._written = text


def _put_back(owner: Any, attribute: str, value: Any) -> None:
    """A count that other stand-ins of this process share never goes back."""
    now = getattr(owner, attribute)
    if isinstance(value, itertools.count) and place(now) > place(value):
        return
    setattr(owner, attribute, value)


def place(counter: itertools.count[int]) -> int:
    """Return what it gives next, without taking it."""
    return int(repr(counter).removeprefix("count(").removesuffix(")"))


def encoded(value: Any) -> Any:
    """Return a value as JSON knows it."""
    match value:
        case None | bool() | int() | float() | str():
            return value
        case datetime() | date():
            return {TAG: type(value).__name__, "is": value.isoformat()}
        case bytes():
            return {TAG: "bytes", "is": base64.b64encode(value).decode("ascii")}
        case itertools.count():
            return {TAG: "count", "is": place(value)}
        case dict():
            if all(isinstance(key, str) for key in value) and TAG not in value:
                return {key: encoded(each) for key, each in value.items()}
            return {TAG: "dict", "is": [[encoded(k), encoded(v)] for k, v in value.items()]}
        case set() | frozenset():
            return {TAG: type(value).__name__, "is": sorted(map(encoded, value), key=json.dumps)}
        case tuple() if names := getattr(value, "_fields", ()):
            held = {name: encoded(getattr(value, name)) for name in names}
            return {TAG: type(value).__name__, "is": held}
        case tuple():
            return {TAG: "tuple", "is": [encoded(each) for each in value]}
        case list():
            return [encoded(each) for each in value]
    if not is_dataclass(value):
        raise TypeError(f"{type(value).__name__} can't be kept")
    return {
        TAG: type(value).__name__,
        "is": {each.name: encoded(getattr(value, each.name)) for each in fields(value)},
    }


PLAIN: Mapping[str, Callable[[Any], Any]] = {
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "bytes": base64.b64decode,
    "count": itertools.count,
}
GROUPS: Mapping[str, Callable[[Any], Any]] = {
    "set": set,
    "frozenset": frozenset,
    "tuple": tuple,
    "dict": dict,
}


def decoded(value: Any, classes: Mapping[str, type]) -> Any:
    """Return what `encoded` was given. Raise KeyError for a class that nobody named."""
    if isinstance(value, list):
        return [decoded(each, classes) for each in value]
    if not isinstance(value, dict):
        return value
    if TAG not in value:
        return {key: decoded(each, classes) for key, each in value.items()}
    kind, held = value[TAG], value["is"]
    if kind in PLAIN:
        return PLAIN[kind](held)
    if kind in GROUPS:
        return GROUPS[kind](decoded(held, classes))
    return classes[kind](**decoded(held, classes))
