"""Frozen values as sealed JSON, and back."""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import TypeAdapter

from webhook_app.storage.sealing import KeyRing

T = TypeVar("T")


_ADAPTERS: dict[type[Any], TypeAdapter[Any]] = {}
"""Building one costs milliseconds, using one microseconds."""


def _adapter(kind: type[T]) -> TypeAdapter[T]:
    if kind not in _ADAPTERS:
        _ADAPTERS[kind] = TypeAdapter(kind)
    return _ADAPTERS[kind]


def seal(keys: KeyRing, value: object, where: str) -> str:
    """Return a value as sealed JSON."""
    return keys.seal(_adapter(type(value)).dump_json(value), where)


def unseal(keys: KeyRing, kind: type[T], sealed: str, where: str) -> T:
    """Return the value that was sealed there."""
    return _adapter(kind).validate_json(keys.open(sealed, where))
