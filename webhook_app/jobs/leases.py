"""Who is alive and who reads the calendars: rows that end by themselves.

Several workers share one PostgreSQL. Each beats while it lives, and one of them at a time
reads the calendars. Their clocks must agree within half of LIFE.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from importlib import import_module

from sqlalchemy import delete, or_

from webhook_app.jobs.notes import ENGINE
from webhook_app.storage import tables as t
from webhook_app.storage.database import Database

LIFE = timedelta(seconds=30)
READER = "reader"


def worker_subject(name: str) -> str:
    """Return the lease that the worker of a name holds while it lives."""
    return f"worker {name}"


class Leases:
    """Leases of one process, called `holder`; each row says until when and who."""

    def __init__(self, database: Database, holder: str) -> None:
        self._database = database
        self._holder = holder
        # The other database's dialect costs every command 30 ms to import.
        self._insert = import_module(f"sqlalchemy.dialects.{database.engine.dialect.name}").insert

    def take(self, subject: str, now: datetime, life: timedelta = LIFE) -> bool:
        """Take or prolong a lease, in one statement; tell whether it is ours now."""
        text = f"{(now + life).isoformat(timespec='seconds')}|{self._holder}"
        cursor = t.cursors.c.cursor
        free = or_(cursor < _instant(now), cursor.endswith(f"|{self._holder}", autoescape=True))
        statement = self._insert(t.cursors).values(
            connection_id=ENGINE, subject=subject, cursor=text
        )
        taken = statement.on_conflict_do_update(
            index_elements=["connection_id", "subject"], set_={"cursor": text}, where=free
        )
        with self._database.begin() as connection:
            return connection.execute(taken.returning(t.cursors.c.subject)).first() is not None

    def is_held(self, subject: str, now: datetime) -> bool:
        """Tell whether anybody holds it."""
        with self._database.begin() as connection:
            query = t.cursors.select().filter_by(connection_id=ENGINE, subject=subject)
            row = connection.execute(query).first()
        return row is not None and str(row.cursor) >= _instant(now)

    def drop(self, subject: str) -> None:
        """Give a lease back, if it is ours."""
        mine = t.cursors.c.cursor.endswith(f"|{self._holder}", autoescape=True)
        statement = delete(t.cursors).filter_by(connection_id=ENGINE, subject=subject)
        with self._database.begin() as connection:
            connection.execute(statement.where(mine))


def _instant(now: datetime) -> str:
    return now.isoformat(timespec="seconds")
