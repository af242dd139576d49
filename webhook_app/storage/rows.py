"""Rows with clear keys and sealed values, in either database's SQL."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from importlib import import_module
from typing import Any, TypeVar

from sqlalchemy import Connection, Executable, Row, Select, Table, bindparam, select

from webhook_app.storage.sealing import KeyRing
from webhook_app.storage.values import seal, unseal

T = TypeVar("T")


class Rows:
    """Puts and finds sealed values on one connection.

    What was found once in a transaction is not asked for again until its table changes: a pass
    over a calendar asks for the same two people a thousand times.
    """

    def __init__(self, connection: Connection, keys: KeyRing) -> None:
        self._c = connection
        self._keys = keys
        self._found: dict[str, dict[tuple[Any, ...], list[Any]]] = {}

    def _change(self, table: Table, statement: Executable, values: Any = None) -> Any:
        self._found.pop(table.name, None)
        return self._c.execute(statement, values)

    def _upsert(self, table: Table, keys: dict[str, Any], rest: dict[str, Any]) -> None:
        statement = _upsert_into(table, self._c.dialect.name, tuple(keys), tuple(rest))
        self._change(table, statement, {**keys, **rest})

    def _put(self, table: Table, value: object, keys: dict[str, str], **index: Any) -> None:
        sealed = seal(self._keys, value, where_row(table, keys))
        self._upsert(table, dict(keys), {**index, "sealed": sealed})

    def _values(self, table: Table, kind: type[T], query: Select[Any]) -> list[T]:
        return [self._value(table, kind, row) for row in self._c.execute(query)]

    def _value(self, table: Table, kind: type[T], row: Row[Any]) -> T:
        keys = {column.name: row._mapping[column.name] for column in table.primary_key}
        return unseal(self._keys, kind, row._mapping["sealed"], where_row(table, keys))

    def _one(self, table: Table, kind: type[T], /, **where: Any) -> T | None:
        found = self._known(table, kind, None, where)
        return found[0] if found else None

    def _all(self, table: Table, kind: type[T], order: str, **where: Any) -> list[T]:
        return list(self._known(table, kind, order, where))

    def _known(
        self, table: Table, kind: type[T], order: str | None, where: dict[str, Any]
    ) -> list[T]:
        known = self._found.setdefault(table.name, {})
        asked = (order, *where.items())
        if asked not in known:
            rows = self._c.execute(_select_from(table, tuple(where), order), where)
            known[asked] = [self._value(table, kind, row) for row in rows]
        return known[asked]


@lru_cache(maxsize=256)
def _select_from(table: Table, names: tuple[str, ...], order: str | None) -> Select[Any]:
    """Return the query for rows with these columns; making one costs more than asking it."""
    query = select(table).where(*(table.c[name] == bindparam(name) for name in names))
    return query.order_by(table.c[order]) if order else query.limit(1)


@lru_cache(maxsize=256)
def _upsert_into(
    table: Table, dialect: str, keys: tuple[str, ...], rest: tuple[str, ...]
) -> Executable:
    # The other database's dialect costs every command 30 ms to import.
    insert = import_module(f"sqlalchemy.dialects.{dialect}").insert(table)
    changed = {name: insert.excluded[name] for name in rest}
    upsert: Executable = insert.on_conflict_do_update(index_elements=list(keys), set_=changed)
    return upsert


def utc(value: datetime) -> datetime:
    """Return it in UTC: SQLite keeps no offset, and what we put there is UTC."""
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def where_row(table: Table, keys: dict[str, str]) -> str:
    """Return what a sealed value is bound to: its table and its row."""
    return "/".join((table.name, *(keys[key] for key in sorted(keys))))
