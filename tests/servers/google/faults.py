"""Troubles that a test orders, by method and person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from fnmatch import fnmatchcase

from .answers import ApiError


class Trouble(StrEnum):
    ERROR = "error"
    """A refusal in Google's shape."""
    GARBAGE = "garbage"
    """A page of a proxy where JSON belongs."""
    HANG = "hang"
    """No answer for a while, then none at all; nothing happened."""
    LOST_ANSWER = "lost answer"
    """It happened, and the line broke before the answer."""
    MEANWHILE = "meanwhile"
    """It is answered, and something happens before the answer has arrived."""


@dataclass(slots=True, kw_only=True)
class Fault:
    method: str
    """A method id, or a pattern like calendar.events.*; "token" is the token endpoint."""
    user: str | None
    trouble: Trouble
    error: ApiError | None
    status: int
    seconds: float
    left: int
    happens: Callable[[], object] = lambda: None


@dataclass(slots=True)
class Faults:
    waiting: list[Fault] = field(default_factory=list)

    def add(
        self,
        method: str,
        *,
        status: int = 500,
        reason: str = "backendError",
        message: str = "Backend Error",
        retry_after: int | None = None,
        user: str | None = None,
        times: int = 1,
    ) -> None:
        """Refuse the next calls."""
        domain = "usageLimits" if status == 429 or "xceeded" in reason else "global"
        error = ApiError(status, reason, message, domain=domain, retry_after=retry_after)
        self._wait(method, user, times, Trouble.ERROR, error=error, status=status)

    def garble(
        self, method: str, *, status: int = 502, user: str | None = None, times: int = 1
    ) -> None:
        self._wait(method, user, times, Trouble.GARBAGE, status=status)

    def hang(
        self, method: str, *, seconds: float = 1, user: str | None = None, times: int = 1
    ) -> None:
        self._wait(method, user, times, Trouble.HANG, seconds=seconds)

    def lose_answer(self, method: str, *, user: str | None = None, times: int = 1) -> None:
        self._wait(method, user, times, Trouble.LOST_ANSWER)

    def meanwhile(
        self, method: str, happens: Callable[[], object], *, user: str | None = None
    ) -> None:
        """Let something happen right behind the next such call."""
        self._wait(method, user, 1, Trouble.MEANWHILE, happens=happens)

    def _wait(
        self,
        method: str,
        user: str | None,
        times: int,
        trouble: Trouble,
        *,
        error: ApiError | None = None,
        status: int = 0,
        seconds: float = 0,
        happens: Callable[[], object] = lambda: None,
    ) -> None:
        self.waiting.append(
            Fault(
                method=method,
                user=user,
                trouble=trouble,
                error=error,
                status=status,
                seconds=seconds,
                left=times,
                happens=happens,
            )
        )

    def take(self, method: str, user: str | None) -> Fault | None:
        """The trouble that this call gets, if any."""
        for fault in self.waiting:
            if fault.left and fnmatchcase(method, fault.method) and fault.user in (None, user):
                fault.left -= 1
                return fault
        return None

    def clear(self) -> None:
        self.waiting.clear()
