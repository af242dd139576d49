"""Ask for what is to be done: once; asked for again before it is done, it is done once more."""

from __future__ import annotations

from datetime import datetime

from core.model.actions import Action, ActionKind
from core.model.series import SeriesId, TaskLink
from core.store import Transaction


def want_reconcile(tx: Transaction, series_id: SeriesId, now: datetime) -> None:
    """Ask for a series to be read, merged and written."""
    tx.want(Action(kind=ActionKind.RECONCILE, subject=series_id, due_at=now, lane=series_id))


def want_mirror(tx: Transaction, link: TaskLink, now: datetime) -> None:
    """Ask for an action item's task to be brought in line."""
    tx.want(Action(kind=ActionKind.MIRROR, subject=link.item_id, due_at=now, lane=link.series_id))
