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

    at_once: int = AT_ONCE
    in_span: int = IN_SPAN
    storm: int = 0
    """Of so many requests one is refused, whoever makes it; 0: only what is over a limit."""
    asked: int = 0
    refused: int = 0
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
            self.asked += 1
            self.refused += 1  # taken back below, where it is let in
            if self.running.get(mailbox, 0) >= self.at_once:
                raise throttled("MailboxConcurrency", "2.128")
            if self.storm and self.asked % self.storm == 0:
                raise throttled("RequestRate", f"{1 + self.asked % 7}.128")
            if len(recent) >= self.in_span:
                raise throttled("RequestCount", f"{(recent[0] + SPAN - now).total_seconds():.3f}")
            self.refused -= 1
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
