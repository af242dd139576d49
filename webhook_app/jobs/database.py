"""The queue's database, tuned to survive a power cut."""

from __future__ import annotations

import sqlite3
import time

from sqlalchemy import Engine, create_engine, event

from webhook_app.config import Settings


def jobs_url(settings: Settings) -> str:
    """Return the queue's database: its own file beside SQLite, the same PostgreSQL.

    The domain's row decides what is due, so the two files need no common transaction.
    """
    if settings.is_sqlite:
        return f"sqlite:///{settings.data / 'jobs.db'}"
    return settings.sql_url.replace("postgresql://", "postgresql+psycopg://", 1)


def jobs_engine(url: str) -> Engine:
    """Return an engine; DBOS's own would keep SQLite's slow rollback journal."""
    if not url.startswith("sqlite"):
        return create_engine(url, pool_size=10, pool_pre_ping=True)
    engine = create_engine(url, connect_args={"timeout": 30}, pool_size=10)
    event.listen(engine, "connect", _tune)
    return engine


def _tune(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = "IMMEDIATE"
    if sqlite3.sqlite_version_info < (3, 42):
        # DBOS 3.4 believes that Python 3.12 brings a SQLite that knows unixepoch('subsec').
        connection.create_function("unixepoch", 1, lambda _mode: time.time())
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=30000"):
        connection.execute(f"PRAGMA {pragma}")
