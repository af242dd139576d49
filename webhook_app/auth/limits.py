"""Rate limits of this process: so many requests a minute for each who and what.

Known callers are counted by token or person, strangers by address (webhook_app.auth.remote).
With SQLite there is one process that serves; several on PostgreSQL each count for themselves, so
that together they grant as many times as much.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from core.errors import RateLimited

MOST_NAMES = 20_000
"""Buckets that we keep: more are attackers', and the oldest go."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A bucket that holds `burst` requests and fills by `a_minute`."""

    a_minute: float
    burst: int


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
    """Buckets in memory: several processes have several."""

    clock: Callable[[], float] = time.monotonic
    factor: float = 1.0
    """How much more than usual is allowed."""
    _buckets: dict[str, tuple[float, float]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, name: str, limit: Limit) -> None:
        """Use one request up. Raise RateLimited, saying when to come again."""
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

    def is_spent(self, name: str, limit: Limit) -> bool:
        """Tell whether nothing is left, without using anything up."""
        burst = limit.burst * self.factor
        with self._lock:
            left, since = self._buckets.get(name, (burst, self.clock()))
        return left + (self.clock() - since) * limit.a_minute * self.factor / 60 < 1
