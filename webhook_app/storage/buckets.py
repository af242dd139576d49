"""Buckets of rate limits that several web processes share, in PostgreSQL.

One statement fills a bucket by the time that has passed and takes some out, by the database's
own clock. Losing the last moments in a crash costs nothing, so nobody waits for the disk.
"""

from __future__ import annotations

import hashlib
import time

from sqlalchemy import text

from webhook_app.storage.database import Database

OLD = 3600
"""Seconds after which every bucket is full again and its row can go."""
_FULL = "LEAST(:burst, b.tokens + GREATEST(0, EXTRACT(EPOCH FROM now()) - b.since) * :rate)"
_DRAW = text(f"""
    INSERT INTO buckets AS b (name, tokens, since, drawn)
    VALUES (:name, :burst - :first, EXTRACT(EPOCH FROM now()), :first)
    ON CONFLICT (name) DO UPDATE SET
        tokens = {_FULL} - GREATEST(0, LEAST(:most, FLOOR({_FULL}))),
        drawn = GREATEST(0, LEAST(:most, FLOOR({_FULL}))),
        since = GREATEST(b.since, EXTRACT(EPOCH FROM now()))
    RETURNING tokens, drawn
""")  # noqa: S608  only our own words
_QUICK = text("SET LOCAL synchronous_commit TO OFF")
_CLEAN = text("DELETE FROM buckets WHERE since < EXTRACT(EPOCH FROM now()) - :old")


class SharedBuckets:
    """See webhook_app.auth.limits.Pool."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._next_cleaning = time.monotonic() + OLD

    def draw(self, name: str, burst: float, a_second: float, most: int) -> tuple[int, float]:
        """See Pool. Names may hold addresses: a digest of them is kept."""
        digest = hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:32]
        first = min(most, int(burst))
        given = {"name": digest, "burst": burst, "rate": a_second, "most": most, "first": first}
        with self._database.begin() as connection:
            connection.execute(_QUICK)
            row = connection.execute(_DRAW, given).one()
            if time.monotonic() > self._next_cleaning:
                self._next_cleaning = time.monotonic() + OLD
                connection.execute(_CLEAN, {"old": OLD})
        return int(row.drawn), float(row.tokens)


def shared_buckets(database: Database) -> SharedBuckets | None:
    """Return them; None with SQLite, where one process serves."""
    return SharedBuckets(database) if database.engine.dialect.name == "postgresql" else None
