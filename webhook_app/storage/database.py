"""One engine for both databases: SQLite tuned to be durable, PostgreSQL by URL."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from sqlite3 import Connection as SqliteConnection

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError, OperationalError

from core.errors import Unavailable

PATIENCE = 30
"""Seconds that a transaction waits for the others."""
TURN = 1_011_500
"""Names the lock that transactions on PostgreSQL take in turn; any number would do."""


def open_engine(url: str) -> Engine:
    """Return an engine for `sqlite:///…` or `postgresql://…`."""
    if not url.startswith("sqlite"):
        engine = create_engine(url, pool_pre_ping=True)
        event.listen(engine, "begin", _one_by_one)
        return engine
    engine = create_engine(url, connect_args={"timeout": PATIENCE, "check_same_thread": False})
    event.listen(engine, "connect", _tune)
    event.listen(engine, "begin", _begin_immediate)
    return engine


def _tune(connection: SqliteConnection, _record: object) -> None:
    # The driver would open transactions late and by itself: two writers could then deadlock.
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "busy_timeout=30000",
        "foreign_keys=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _one_by_one(connection: Connection) -> None:
    connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{PATIENCE}s'")
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({TURN})")


class Database:
    """An engine whose transactions come one after the other, as core.store promises.

    What one has read is still so when it writes: of two at once PostgreSQL would keep the later
    one's values and forget what the other one had changed in them. There the database's own
    lock makes them wait, across processes; SQLite's would be polled, so that threads wait for a
    lock of ours first.
    """

    def __init__(self, url: str) -> None:
        self.engine = open_engine(url)
        self._lock = threading.Lock() if url.startswith("sqlite") else nullcontext()
        self._inside = threading.local()

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """Open a transaction: committed at the end, rolled back by an error.

        Raise Unavailable where the database itself fails: gone, locked for long, disk full.
        """
        try:
            with self._transaction() as connection:
                yield connection
        except DatabaseError as err:
            # Subclasses other than this one are faults of our own statements.
            if not isinstance(err, OperationalError) and type(err) is not DatabaseError:
                raise
            raise Unavailable(f"the database does not work: {_reason(err)}") from err

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        if getattr(self._inside, "transaction", False):
            raise RuntimeError("a transaction inside a transaction would wait for itself")
        with self._lock, self.engine.begin() as connection:
            self._inside.transaction = True
            try:
                yield connection
            finally:
                self._inside.transaction = False

    def close(self) -> None:
        """Give the connections back."""
        self.engine.dispose()


def _reason(err: DatabaseError) -> str:
    """The driver's first line; what stood in the statement is not in it."""
    return str(err.orig).strip().partition("\n")[0] or type(err.orig).__name__
