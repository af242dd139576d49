"""Rate limits: so many requests a minute for each who and what.

Known callers are counted by token or person, strangers by address (webhook_app.auth.remote).
With SQLite one process serves and counts in memory; several on PostgreSQL draw from buckets that
stand in the database (webhook_app.storage.buckets), so that together they grant as much as one.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol

from core.errors import RateLimited

LOTS = 12
"""A bucket is drawn in so many lots at most: small ones go one by one, and are exact."""
LOT_LIFE = 10.0
MOST_NAMES = 20_000
"""Buckets that we keep: more are attackers', and the oldest go."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A bucket that holds `burst` requests and fills by `a_minute`."""

    a_minute: float
    burst: int


class Pool(Protocol):
    """Buckets that several processes share."""

    def draw(self, name: str, burst: float, a_second: float, most: int) -> tuple[int, float]:
        """Take up to `most` requests out of a bucket; return how many, and what is left then."""
        ...


API = Limit(a_minute=600, burst=120)
STRANGERS = Limit(a_minute=60, burst=60)
"""Requests to the API by somebody we do not know, from one address."""
SIGN_IN = Limit(a_minute=6, burst=10)
CODES = Limit(a_minute=0.2, burst=5)
"""Codes that are sent to one person."""
TRIES = Limit(a_minute=0.5, burst=15)
"""Codes that are typed for one person: with six digits, one in a million is right."""
FAILED = Limit(a_minute=30, burst=30)
"""Requests with a wrong token from one address."""


@dataclass(slots=True)
class Limits:
    """Buckets in memory, or shared ones from which each process draws a few at a time."""

    clock: Callable[[], float] = time.monotonic
    factor: float = 1.0
    """How much more than usual is allowed."""
    pool: Pool | None = None
    """Shared buckets; None: nobody else serves."""
    _buckets: dict[str, tuple[float, float]] = field(default_factory=dict)
    _drawn: dict[str, tuple[int, float]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, name: str, limit: Limit) -> None:
        """Use one request up. Raise RateLimited, saying when to come again."""
        if self.pool is not None and self._draw(self.pool, name, limit):
            return
        now, burst = self.clock(), limit.burst * self.factor
        a_second = limit.a_minute * self.factor / 60
        with self._lock:
            left, since = self._buckets.pop(name, (burst, now))
            left = min(burst, left + (now - since) * a_second)
            self._buckets[name] = (max(left - 1, min(left, 0.0)), now)
            while len(self._buckets) > MOST_NAMES:
                self._buckets.pop(next(iter(self._buckets)))
        if left < 1:
            wait = timedelta(seconds=max(1, round((1 - left) / a_second)))
            raise RateLimited("too many requests: please wait", retry_after=wait)

    def _draw(self, pool: Pool, name: str, limit: Limit) -> bool:
        """Use up what was drawn before, or draw again; False: the shared bucket is empty.

        What a process has drawn it may use for ten seconds, then it is lost.
        """
        now, lot = self.clock(), max(1, int(limit.burst * self.factor) // LOTS)
        with self._lock:
            left, since = self._drawn.pop(name, (0, now))
            if left > 0 and now - since < LOT_LIFE:
                self._drawn[name] = (left - 1, since)
                return True
        a_second = limit.a_minute * self.factor / 60
        count, rest = pool.draw(name, limit.burst * self.factor, a_second, lot)
        with self._lock:
            self._buckets.pop(name, None)
            if count < 1:
                self._buckets[name] = (rest, now)
            elif count > 1:
                self._drawn[name] = (count - 1, now)
            for known in (self._buckets, self._drawn):
                while len(known) > MOST_NAMES:
                    known.pop(next(iter(known)))
        return count > 0

    def is_spent(self, name: str, limit: Limit) -> bool:
        """Tell whether nothing is left, without using anything up."""
        burst = limit.burst * self.factor
        with self._lock:
            left, since = self._buckets.get(name, (burst, self.clock()))
        return left + (self.clock() - since) * limit.a_minute * self.factor / 60 < 1
