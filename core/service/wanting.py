"""Ask for a series to be read, merged and written."""

from __future__ import annotations

from datetime import datetime

from core.model.actions import Action, ActionKind
from core.model.series import SeriesId
from core.store import Transaction


def want_reconcile(tx: Transaction, series_id: SeriesId, now: datetime) -> None:
    """Ask once; asked for again before it is done, it is done once more."""
    tx.want(Action(kind=ActionKind.RECONCILE, subject=series_id, due_at=now, lane=series_id))
