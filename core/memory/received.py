"""What came in, in memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from core.model.received import Received, ReceivedKind, ReceivedState

WAITING = ReceivedState.WAITING


class MemoryReceived:
    """See core.store.Transaction: `receive` to `forget_received`."""

    def __init__(self, kept: dict[str, Received]) -> None:
        self._received = kept
        """By id."""

    def receive(self, received: Received) -> bool:
        if received.received_id in self._received:
            return False
        number = max((r.number for r in self._received.values()), default=0) + 1
        self._received[received.received_id] = replace(received, number=number)
        return True

    def receive_all(self, rows: Sequence[Received]) -> None:
        for row in rows:
            self.receive(row)

    def received(self, received_id: str) -> Received | None:
        return self._received.get(received_id)

    def all_received(
        self,
        *,
        since: datetime | None = None,
        suite: str = "",
        kind: ReceivedKind | None = None,
        after: int = 0,
        limit: int = 1000,
    ) -> Sequence[Received]:
        found = [
            r
            for r in self._in_order()
            if r.number > after
            and (since is None or r.received_at >= since)
            and suite in ("", r.suite)
            and kind in (None, r.kind)
        ]
        return found[:limit]

    def heads(self, now: datetime, limit: int = 100) -> Sequence[Received]:
        first: dict[str, Received] = {}
        for received in self._in_order():
            if received.state is WAITING:
                first.setdefault(received.lane, received)
        return [r for r in first.values() if r.due_at <= now][:limit]

    def head_of(self, lane: str) -> Received | None:
        return next(iter(self._waiting(lane)), None)

    def last_waiting(self, lane: str) -> int:
        return max((r.number for r in self._waiting(lane)), default=0)

    def waiting_in(self, lane: str) -> int:
        return len(self._waiting(lane))

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
        for received in self._waiting(lane):
            if first <= received.number <= last:
                self._received[received.received_id] = replace(
                    received,
                    state=state,
                    trouble=trouble,
                    attempts=received.attempts + 1,
                    due_at=due_at or received.due_at,
                )

    def replay_received(self, received_id: str, now: datetime) -> None:
        known = self._received.get(received_id)
        if known is not None:
            again = replace(known, state=WAITING, attempts=0, trouble="", due_at=now)
            self._received[received_id] = again

    def forget_received(self, *, before: datetime | None = None, lane: str = "") -> int:
        old = [
            key
            for key, r in self._received.items()
            if (before and r.received_at < before and r.state is not WAITING)
            or (lane and r.lane == lane)
        ]
        for key in old:
            del self._received[key]
        return len(old)

    def _in_order(self) -> list[Received]:
        return sorted(self._received.values(), key=lambda r: r.number)

    def _waiting(self, lane: str) -> list[Received]:
        return [r for r in self._in_order() if r.lane == lane and r.state is WAITING]
