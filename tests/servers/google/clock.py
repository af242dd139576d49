"""The stand-in's time, which a test can set and move."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta


class Clock:
    """Runs with the machine's clock until it is set; from then on it stands still."""

    def __init__(self) -> None:
        self._fixed: datetime | None = None

    def now(self) -> datetime:
        return self._fixed or datetime.fromtimestamp(time.time(), UTC)

    def set(self, now: datetime) -> None:
        if now.utcoffset() is None:
            raise ValueError("the clock needs an aware time")
        self._fixed = now.astimezone(UTC)

    def advance(self, span: timedelta) -> None:
        self.set(self.now() + span)
