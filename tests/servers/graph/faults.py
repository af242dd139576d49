"""Faults on demand: what a busy or broken service answers."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal

Kind = Literal[
    "throttle", "unavailable", "lost_answer", "meanwhile", "gone", "garbage", "timeout", "refuse",
    "error",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One planned fault; `times` says how often it still strikes."""

    kind: Kind
    method: str = "*"
    path: str = ""
    """Regular expression searched in the path below the root."""
    times: int = 1
    status: int = 503
    code: str = "ServiceUnavailable"
    retry_after: str = "2.128"
    seconds: float = 30.0
    """How long a time-out hangs."""
    happens: Callable[[], object] = lambda: None
    """What somebody does behind a request that is answered "meanwhile"."""

    def meets(self, method: str, path: str) -> bool:
        return self.method in ("*", method) and bool(re.search(self.path, path))


@dataclass(slots=True)
class Faults:
    """Planned faults, struck in the order in which they were planned."""

    planned: list[Fault] = field(default_factory=list)
    delta_replays: bool = False
    """Delta answers rows twice and in another order, as the documentation allows."""
    slow: float = 0.0
    """Seconds that every request of a mailbox takes."""
    stopped: threading.Event = field(default_factory=threading.Event)

    def add(self, kind: Kind, **options: object) -> None:
        """Plan a fault: add("throttle", method="PATCH", path="/events/", times=2)."""
        self.planned.append(replace(Fault(kind=kind), **options))  # type: ignore[arg-type]  # open

    def meanwhile(self, method: str, path: str, happens: Callable[[], object]) -> None:
        """Answer the next such request, and let something happen before the answer arrives."""
        self.add("meanwhile", method=method, path=path, happens=happens)

    def take(self, method: str, path: str) -> Fault | None:
        """Return the fault that strikes this request, and use it up."""
        for place, fault in enumerate(self.planned):
            if fault.meets(method, path):
                rest = replace(fault, times=fault.times - 1)
                self.planned[place : place + 1] = [rest] if rest.times > 0 else []
                return fault
        return None

    def wait(self, seconds: float) -> None:
        """Hang, but not beyond the server's end."""
        if seconds > 0:
            self.stopped.wait(seconds)

    def clear(self) -> None:
        self.planned.clear()
        self.delta_replays, self.slow = False, 0.0
