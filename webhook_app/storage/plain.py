"""Values of text, words and lists of text out of JSON, without loading pydantic.

A pass in which nothing has changed reads connections and passwords only, and is to be quick.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, NewType, Union, get_args, get_origin, get_type_hints

Reader = Callable[[Any], Any]


def plain_reader(kind: Any) -> Reader | None:
    """Return what makes a value of this kind out of JSON; None where that takes more."""
    if isinstance(kind, NewType):
        return plain_reader(kind.__supertype__)
    if kind is str or (isinstance(kind, type) and issubclass(kind, StrEnum)):
        return kind
    if is_dataclass(kind):
        return _of_fields(kind)
    match get_origin(kind), get_args(kind):
        case origin, (inner, last) if origin is tuple and last is Ellipsis:
            return _of_list(plain_reader(inner))
        case origin, parts if origin is tuple and parts:
            return _of_parts([plain_reader(part) for part in parts])
        case origin, (inner, last) if origin in (Union, UnionType) and last is NoneType:
            return _of_optional(plain_reader(inner))
    return None


def _of_fields(kind: Any) -> Reader | None:
    types = get_type_hints(kind)
    readers = {field.name: plain_reader(types[field.name]) for field in fields(kind)}
    known = {name: reader for name, reader in readers.items() if reader}
    if len(known) < len(readers):
        return None
    return lambda data: kind(**{name: known[name](data[name]) for name in known if name in data})


def _of_list(inner: Reader | None) -> Reader | None:
    return (lambda data: tuple(inner(one) for one in data)) if inner else None


def _of_parts(parts: list[Reader | None]) -> Reader | None:
    known = [part for part in parts if part]
    if len(known) < len(parts):
        return None
    return lambda data: tuple(read(one) for read, one in zip(known, data, strict=True))


def _of_optional(inner: Reader | None) -> Reader | None:
    return (lambda data: None if data is None else inner(data)) if inner else None
