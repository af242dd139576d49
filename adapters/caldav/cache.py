"""Entries as they were at the last look: saves requests, and nothing depends on it."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from adapters.caldav.ical_resource import Resource
from core.model.calendar import Cursor, Revision

MAX_AGE = 120.0
"""Seconds after which an entry is read again."""
LINEAGE = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """One entry that was read."""

    resource: Resource
    revision: Revision


@dataclass(slots=True)
class CalendarCache:
    """What we know of one calendar, as of the last cursor of an unbroken chain of passes."""

    entries: dict[str, Known] = field(default_factory=dict)
    complete: bool = False
    """Whether it has every entry."""
    looked_at: float = 0.0
    _chain: deque[Cursor] = field(default_factory=lambda: deque(maxlen=LINEAGE))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def take(
        self,
        since: Cursor | None,
        cursor: Cursor,
        news: Mapping[str, Known],
        gone: Iterable[str],
        *,
        last: bool,
    ) -> None:
        """Take in one pass; what does not follow on what is known starts over."""
        with self._lock:
            if since is None or since not in self._chain:
                self.entries, self.complete = {}, False
                self._chain.clear()
            self.entries.update(news)
            for href in gone:
                self.entries.pop(href, None)
            self._chain.append(cursor)
            self.complete = last and (self.complete or since is None)
            self.looked_at = time.monotonic()

    def known(self, href: str) -> Known | None:
        """Return an entry that was looked at a short while ago."""
        with self._lock:
            return self.entries.get(href) if self._is_young() else None

    def everything(self) -> Mapping[str, Known] | None:
        """Return all entries, where all are known and young."""
        with self._lock:
            return dict(self.entries) if self.complete and self._is_young() else None

    @property
    def cursor(self) -> Cursor | None:
        """Where this cache stands; None where only a new start makes it complete."""
        with self._lock:
            return self._chain[-1] if self._chain and self.complete else None

    def forget(self, href: str) -> None:
        """Drop an entry that we have just written."""
        with self._lock:
            self.entries.pop(href, None)
            self.complete = False

    def _is_young(self) -> bool:
        return time.monotonic() - self.looked_at < MAX_AGE
