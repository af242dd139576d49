"""Rows of what came in: how they are named, and which lane keeps them in order."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime, timedelta

from core.model.calendar import CalendarId
from core.model.received import Received, ReceivedKind, lane_of_pair
from core.model.series import ConnectionId, SeriesId
from core.store import Transaction

SETTLE = timedelta(seconds=2)
"""A save in a client, and our own write, make several pushes: together they are one reading."""
KEPT = timedelta(days=7)
"""How long a row stays after it came in: long enough to replay a bad week."""
NO_PAIR = "nobody"


def received_id(suite: str, source_id: str) -> str:
    """Name what came in by where it came from and the sender's own id of it."""
    return hashlib.sha256(f"{suite}\x1f{source_id}".encode("utf-8", "replace")).hexdigest()[:32]


def digest_of(body: bytes) -> str:
    """Name what was sent, without keeping it."""
    return hashlib.sha256(body).hexdigest()


def calendar_lane(connection_id: ConnectionId, calendar_id: CalendarId) -> str:
    """Return the lane of one calendar: its pushes are one reading."""
    return json.dumps(["calendar", connection_id, calendar_id])


def calendar_in(lane: str) -> tuple[ConnectionId, CalendarId]:
    """Return whose calendar a lane is."""
    _, connection, calendar = json.loads(lane)
    return ConnectionId(connection), CalendarId(calendar)


def pair_lane(tx: Transaction, series_id: str) -> str:
    """Return the lane of a series' pair: what its two people send is done in order."""
    series = tx.series(SeriesId(series_id)) if series_id else None
    return lane_of_pair((series.pair_id if series else None) or NO_PAIR)


def calendar_push(
    suite: str,
    connection_id: ConnectionId,
    calendar_id: CalendarId,
    now: datetime,
    *,
    source_id: str = "",
    digest: str = "",
    nth: int = 0,
) -> Received:
    """Return the row of one push; without an id of its sender it is the `nth` of this moment."""
    lane = calendar_lane(connection_id, calendar_id)
    name = source_id or f"{now.isoformat()} {nth} {digest}"
    return Received(
        received_id=received_id(suite, f"{lane} {name}"),
        suite=suite,
        kind=ReceivedKind.CALENDAR,
        lane=lane,
        source_id=source_id,
        received_at=now,
        due_at=now + SETTLE,
        digest=digest,
    )
