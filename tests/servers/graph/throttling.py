"""Outlook's limits: four requests at once and ten thousand in ten minutes, app and mailbox each.

Source: learn.microsoft.com/graph/throttling-limits, "Outlook service limits".
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.servers.graph.answers import GraphError

AT_ONCE = 4
IN_SPAN = 10_000
SPAN = timedelta(minutes=10)


@dataclass(slots=True)
class Throttle:
    """Counts the requests of each mailbox."""

    running: dict[str, int] = field(default_factory=dict)
    peak: int = 0
    """The most that ran at once in any mailbox."""
    recent: dict[str, deque[datetime]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def request(self, mailbox: str, now: datetime) -> Iterator[None]:
        """Hold one of the mailbox's places; refuse where none is left."""
        self._enter(mailbox, now)
        try:
            yield
        finally:
            with self.lock:
                self.running[mailbox] -= 1

    def _enter(self, mailbox: str, now: datetime) -> None:
        with self.lock:
            recent = self.recent.setdefault(mailbox, deque())
            while recent and not (timedelta() <= now - recent[0] < SPAN):
                recent.popleft()
            if self.running.get(mailbox, 0) >= AT_ONCE:
                raise throttled("MailboxConcurrency", "2.128")
            if len(recent) >= IN_SPAN:
                raise throttled("RequestCount", str(int((recent[0] + SPAN - now).total_seconds())))
            recent.append(now)
            self.running[mailbox] = self.running.get(mailbox, 0) + 1
            self.peak = max(self.peak, self.running[mailbox])


def throttled(limit: str, retry_after: str) -> GraphError:
    return GraphError(
        429,
        "ApplicationThrottled",
        f"Application is over its {limit} limit.",
        {"Retry-After": retry_after},
    )
