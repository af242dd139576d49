"""Sealing keys change: how much each key still seals, and sealing all of it with the first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Column, Select, Table, select, update

from webhook_app.storage import tables as t
from webhook_app.storage.database import Database
from webhook_app.storage.received import where_received
from webhook_app.storage.rows import where_row
from webhook_app.storage.sealing import KeyRing, key_name

BATCH = 500


def sealed_by(database: Database) -> Counter[str]:
    """Return how many values each key has sealed, by the key's name."""
    counts: Counter[str] = Counter()
    for table in _sealed_tables():
        with database.begin() as connection:
            for (sealed,) in connection.execute(select(table.c.sealed)):
                if sealed:
                    counts[key_name(sealed)] += 1
    return counts


def reseal(database: Database, keys: KeyRing) -> int:
    """Seal every value with the first key; return how many were sealed by another one.

    Each batch is a transaction. A value names its key, so that an end in the middle does no harm.
    """
    return sum(_reseal_batch(database, keys, table) for table in _all_batches(database, keys))


def _all_batches(database: Database, keys: KeyRing) -> Iterator[Table]:
    for table in _sealed_tables():
        while _others(database, keys, table):
            yield table


def _others(database: Database, keys: KeyRing, table: Table) -> bool:
    with database.begin() as connection:
        return connection.execute(_sealed_otherwise(keys, table).limit(1)).first() is not None


def _sealed_otherwise(keys: KeyRing, table: Table) -> Select[Any]:
    ours = f"v1.{keys.names[0]}."
    sealed = table.c.sealed
    return select(table).where(sealed != "", ~sealed.startswith(ours, autoescape=True))


def _reseal_batch(database: Database, keys: KeyRing, table: Table) -> int:
    with database.begin() as connection:
        rows = connection.execute(_sealed_otherwise(keys, table).limit(BATCH)).all()
        for row in rows:
            known = {column.name: row._mapping[column.name] for column in _key_of(table)}
            where = _where(table, dict(row._mapping))
            sealed = keys.seal(keys.open(row.sealed, where), where)
            connection.execute(update(table).filter_by(**known).values(sealed=sealed))
    return len(rows)


def _sealed_tables() -> list[Table]:
    return [table for table in t.metadata.sorted_tables if "sealed" in table.c]


def _key_of(table: Table) -> list[Column[object]]:
    return list(table.primary_key)


def _where(table: Table, row: Mapping[str, Any]) -> str:
    if table is t.received:
        return where_received(row["received_id"])
    return where_row(table, {column.name: row[column.name] for column in _key_of(table)})
