"""How what came in from outside is kept until it is worked off: a part of core.store."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from core.model.received import Received, ReceivedKind, ReceivedState


class Inbox(Protocol):
    """What a transaction can do with rows that came in."""

    def receive(self, received: Received) -> bool:
        """Keep what came in, unless its id is known; tell whether it is new."""
        ...

    def receive_all(self, rows: Sequence[Received]) -> None:
        """Keep several at once, unless their ids are known."""
        ...

    def received(self, received_id: str) -> Received | None:
        """Return one thing that came in."""
        ...

    def all_received(
        self,
        *,
        since: datetime | None = None,
        suite: str = "",
        kind: ReceivedKind | None = None,
        after: int = 0,
        limit: int = 1000,
    ) -> Sequence[Received]:
        """Return what came in, in order of receipt, behind a number."""
        ...

    def heads(self, now: datetime, limit: int = 100) -> Sequence[Received]:
        """Return the first waiting one of each lane, where its time has come."""
        ...

    def head_of(self, lane: str) -> Received | None:
        """Return the first waiting one of a lane, whether or not its time has come."""
        ...

    def last_waiting(self, lane: str) -> int:
        """Return the number of the newest one that waits in a lane; 0: none does."""
        ...

    def waiting_in(self, lane: str) -> int:
        """Return how many wait in a lane."""
        ...

    def mark_received(
        self,
        lane: str,
        state: ReceivedState,
        *,
        first: int,
        last: int,
        trouble: str = "",
        due_at: datetime | None = None,
    ) -> None:
        """Say how far waiting ones of a lane are, by their numbers; `due_at`: tried again then."""
        ...

    def replay_received(self, received_id: str, now: datetime) -> None:
        """Let it wait once more, as if it had just come in."""
        ...

    def forget_received(self, *, before: datetime | None = None, lane: str = "") -> int:
        """Forget what came in before a time, or all of a lane; return how many. Waiting stays."""
        ...
