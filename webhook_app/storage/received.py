"""What came in, in SQL: one insert each, found by lane and by time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from importlib import import_module
from typing import Any

from sqlalchemy import Row, delete, func, select, update

from core.model.received import Received, ReceivedKind, ReceivedState
from webhook_app.storage import tables as t
from webhook_app.storage.rows import Rows, utc

WAITING = ReceivedState.WAITING.value
CLEAR = (
    *("received_id", "suite", "kind", "lane", "source_id", "received_at", "due_at"),
    *("digest", "state", "attempts", "trouble"),
)


class ReceivedRows(Rows):
    """See core.store.Transaction: `receive` to `forget_received`."""

    def receive(self, received: Received) -> bool:
        statement = _insert_into(self._c.dialect.name).returning(t.received.c.number)
        return self._c.execute(statement, self._row(received)).first() is not None

    def receive_all(self, rows: Sequence[Received]) -> None:
        if rows:
            # Without RETURNING the driver sends all of them in one go.
            statement = _insert_into(self._c.dialect.name)
            self._c.execute(statement, [self._row(row) for row in rows])

    def _row(self, received: Received) -> dict[str, Any]:
        values = {name: getattr(received, name) for name in CLEAR}
        values |= {"received_at": utc(received.received_at), "due_at": utc(received.due_at)}
        values |= {"kind": received.kind.value, "state": received.state.value}
        return values | {"sealed": self._sealed(received.content, received.received_id)}

    def received(self, received_id: str) -> Received | None:
        row = self._c.execute(select(t.received).filter_by(received_id=received_id)).first()
        return self._received(row) if row else None

    def all_received(
        self,
        *,
        since: datetime | None = None,
        suite: str = "",
        kind: ReceivedKind | None = None,
        after: int = 0,
        limit: int = 1000,
    ) -> Sequence[Received]:
        query = select(t.received).where(t.received.c.number > after)
        if since is not None:
            query = query.where(t.received.c.received_at >= utc(since))
        if suite:
            query = query.filter_by(suite=suite)
        if kind is not None:
            query = query.filter_by(kind=kind.value)
        rows = self._c.execute(query.order_by(t.received.c.number).limit(limit))
        return [self._received(row) for row in rows]

    def heads(self, now: datetime, limit: int = 100) -> Sequence[Received]:
        number = t.received.c.number
        first = select(func.min(number)).filter_by(state=WAITING).group_by(t.received.c.lane)
        query = select(t.received).where(number.in_(first), t.received.c.due_at <= utc(now))
        rows = self._c.execute(query.order_by(number).limit(limit))
        return [self._received(row) for row in rows]

    def head_of(self, lane: str) -> Received | None:
        first = select(t.received).filter_by(lane=lane, state=WAITING)
        row = self._c.execute(first.order_by(t.received.c.number).limit(1)).first()
        return self._received(row) if row else None

    def last_waiting(self, lane: str) -> int:
        query = select(func.max(t.received.c.number)).filter_by(lane=lane, state=WAITING)
        return int(self._c.execute(query).scalar() or 0)

    def waiting_in(self, lane: str) -> int:
        query = select(func.count()).select_from(t.received).filter_by(lane=lane, state=WAITING)
        return int(self._c.execute(query).scalar() or 0)

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
        number = t.received.c.number
        those = update(t.received).filter_by(lane=lane, state=WAITING)
        values: dict[str, Any] = {"state": state.value, "trouble": trouble}
        values["attempts"] = t.received.c.attempts + 1
        if due_at is not None:
            values["due_at"] = utc(due_at)
        self._c.execute(those.where(number >= first, number <= last).values(values))

    def replay_received(self, received_id: str, now: datetime) -> None:
        again = {"state": WAITING, "attempts": 0, "trouble": "", "due_at": utc(now)}
        self._c.execute(update(t.received).filter_by(received_id=received_id).values(again))

    def forget_received(self, *, before: datetime | None = None, lane: str = "") -> int:
        gone = 0
        if before is not None:
            old = delete(t.received).where(t.received.c.received_at < utc(before))
            gone += self._c.execute(old.where(t.received.c.state != WAITING)).rowcount
        if lane:
            gone += self._c.execute(delete(t.received).filter_by(lane=lane)).rowcount
        return gone

    def _sealed(self, content: str, received_id: str) -> str:
        # Most rows have none, and a push is to be answered within milliseconds.
        return self._keys.seal(content.encode(), where_received(received_id)) if content else ""

    def _received(self, row: Row[Any]) -> Received:
        values = {name: row._mapping[name] for name in CLEAR}
        values |= {"kind": ReceivedKind(row.kind), "state": ReceivedState(row.state)}
        values |= {"received_at": utc(row.received_at), "due_at": utc(row.due_at)}
        sealed = row.sealed
        content = (
            self._keys.open(sealed, where_received(row.received_id)).decode() if sealed else ""
        )
        return Received(**values, content=content, number=row.number)


def where_received(received_id: str) -> str:
    """Return what the sealed content is bound to."""
    return f"received/{received_id}"


@cache
def _insert_into(dialect: str) -> Any:
    # The other database's dialect costs every command 30 ms to import.
    statement = import_module(f"sqlalchemy.dialects.{dialect}").insert(t.received)
    return statement.on_conflict_do_nothing(index_elements=["received_id"])
