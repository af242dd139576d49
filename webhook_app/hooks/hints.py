"""Calendars that a push called changed: marked by whoever serves the web, read by the engine.

A hint says where to look now; what is there is told by the cursor alone. Losing one costs time,
as the next poll reads the same calendar.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime, timedelta

from core.model.calendar import CalendarId, Cursor
from core.model.series import ConnectionId
from core.store import Transaction
from webhook_app.jobs.notes import ENGINE

HINTS = "hints"
SETTLE = timedelta(seconds=2)
"""A save in a client, and our own write, make several pushes: together they are one reading."""

Hint = tuple[ConnectionId, CalendarId]


def mark(
    tx: Transaction, connection_id: ConnectionId, calendars: Iterable[CalendarId], now: datetime
) -> None:
    """Note that these calendars may have changed; the first mark of a calendar counts."""
    marks = _marks(tx)
    for calendar_id in calendars:
        marks.setdefault(json.dumps([connection_id, calendar_id]), now.isoformat())
    _keep(tx, marks)


def take(tx: Transaction, now: datetime) -> list[Hint]:
    """Return and forget what was marked long enough ago."""
    marks = _marks(tx)
    ripe = [key for key, at in marks.items() if datetime.fromisoformat(at) + SETTLE <= now]
    if ripe:
        _keep(tx, {key: at for key, at in marks.items() if key not in ripe})
    pairs = [json.loads(key) for key in ripe]
    return [(ConnectionId(connection), CalendarId(calendar)) for connection, calendar in pairs]


def _marks(tx: Transaction) -> dict[str, str]:
    kept = tx.cursor(ENGINE, HINTS)
    return dict(json.loads(kept)) if kept else {}


def _keep(tx: Transaction, marks: dict[str, str]) -> None:
    tx.put_cursor(ENGINE, HINTS, Cursor(json.dumps(marks)) if marks else None)
