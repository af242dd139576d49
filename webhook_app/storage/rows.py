"""Rows with clear keys and sealed values, in either database's SQL."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, TypeVar

from sqlalchemy import Connection, Row, Select, Table, select
from sqlalchemy.dialects import postgresql, sqlite

from webhook_app.storage.sealing import KeyRing
from webhook_app.storage.values import seal, unseal

T = TypeVar("T")


class Rows:
    """Puts and finds sealed values on one connection."""

    def __init__(self, connection: Connection, keys: KeyRing) -> None:
        self._c = connection
        self._keys = keys

    def _upsert(self, table: Table, keys: dict[str, Any], rest: dict[str, Any]) -> None:
        dialect = postgresql if self._c.dialect.name == "postgresql" else sqlite
        statement = dialect.insert(table).values(**keys, **rest)
        self._c.execute(statement.on_conflict_do_update(index_elements=list(keys), set_=rest))

    def _put(self, table: Table, value: object, keys: dict[str, str], **index: Any) -> None:
        sealed = seal(self._keys, value, _where(table, keys))
        self._upsert(table, dict(keys), {**index, "sealed": sealed})

    def _values(self, table: Table, kind: type[T], query: Select[Any]) -> list[T]:
        return [self._value(table, kind, row) for row in self._c.execute(query)]

    def _value(self, table: Table, kind: type[T], row: Row[Any]) -> T:
        keys = {column.name: row._mapping[column.name] for column in table.primary_key}
        return unseal(self._keys, kind, row._mapping["sealed"], _where(table, keys))

    def _one(self, table: Table, kind: type[T], /, **where: Any) -> T | None:
        found = self._values(table, kind, select(table).filter_by(**where).limit(1))
        return found[0] if found else None

    def _all(self, table: Table, kind: type[T], order: str, **where: Any) -> list[T]:
        return self._values(table, kind, select(table).filter_by(**where).order_by(table.c[order]))


def utc(value: datetime) -> datetime:
    """Return it in UTC: SQLite keeps no offset, and what we put there is UTC."""
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _where(table: Table, keys: dict[str, str]) -> str:
    return "/".join((table.name, *(keys[key] for key in sorted(keys))))
