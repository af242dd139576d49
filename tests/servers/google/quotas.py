"""How many calls Google takes, counted in sliding windows on the stand-in's clock."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from .answers import ApiError, usage_limit

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
WRITES = ("insert", "patch", "update", "delete", "move", "import")


@dataclass(slots=True, kw_only=True)
class Window:
    limit: int
    span: timedelta
    taken: deque[datetime] = field(default_factory=deque)

    def wait(self, now: datetime) -> timedelta | None:
        """Count one call; where it is one too many, say how long to wait."""
        while self.taken and self.taken[0] <= now - self.span:
            self.taken.popleft()
        if len(self.taken) >= self.limit:
            return self.taken[0] + self.span - now
        self.taken.append(now)
        return None


@dataclass(slots=True)
class Quotas:
    """Limits of a project made after 2026-05; None is no limit."""

    now: Callable[[], datetime]
    calendar_user_per_minute: int | None = 600
    calendar_project_per_minute: int | None = 10_000
    tasks_project_per_day: int | None = 50_000
    chat_project_per_minute: int | None = 3_000
    blocked: dict[str, datetime] = field(default_factory=dict)
    """Calendar usage limits: until when each person's writes are refused."""
    _windows: dict[str, Window] = field(default_factory=dict)

    def check(self, method_id: str, user: str | None) -> ApiError | None:
        service, verb = method_id.split(".")[0], method_id.split(".")[-1]
        match service:
            case "calendar":
                return self._calendar(user or "", verb)
            case "tasks":
                return self._limit("tasks", self.tasks_project_per_day, DAY, "rateLimitExceeded")
            case _:
                limit = self.chat_project_per_minute
                return self._limit("chat", limit, MINUTE, "rateLimitExceeded")

    def _calendar(self, user: str, verb: str) -> ApiError | None:
        until = self.blocked.get(user)
        if until and self.now() < until and verb in WRITES:
            return usage_limit(403, "quotaExceeded", "Calendar usage limits exceeded.")
        wait = self._wait(f"calendar {user}", self.calendar_user_per_minute, MINUTE)
        if wait is not None:
            return usage_limit(403, "userRateLimitExceeded", "User Rate Limit Exceeded")
        limit = self.calendar_project_per_minute
        return self._limit("calendar", limit, MINUTE, "rateLimitExceeded")

    def _limit(self, key: str, limit: int | None, span: timedelta, reason: str) -> ApiError | None:
        wait = self._wait(key, limit, span)
        if wait is None:
            return None
        seconds = int(wait.total_seconds()) + 1
        return usage_limit(429, reason, "Rate Limit Exceeded", retry_after=seconds)

    def _wait(self, key: str, limit: int | None, span: timedelta) -> timedelta | None:
        if limit is None:
            return None
        window = self._windows.setdefault(key, Window(limit=limit, span=span))
        window.limit = limit
        return window.wait(self.now())

    def unlimited(self) -> None:
        self.calendar_user_per_minute = self.calendar_project_per_minute = None
        self.tasks_project_per_day = self.chat_project_per_minute = None
