"""When the rules look again, and at whom. Apart from the rules: each pass asks, few load them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from core.model.actions import Action, ActionKind
from core.model.calendar import Cursor
from core.model.people import Pair
from core.model.series import ConnectionId, SeriesState
from core.store import Transaction

PLANNER = ConnectionId("rules")
NEXT_PLAN = "next plan"
EACH = timedelta(hours=1)
"""How often the rules look: time alone changes what they see."""


def want_plans(tx: Transaction, now: datetime) -> int:
    """Ask for the rules to look at every manager's pairs, once in a while; return how many."""
    due = tx.cursor(PLANNER, NEXT_PLAN)
    if due is not None and now < datetime.fromisoformat(due):
        return 0
    tx.put_cursor(PLANNER, NEXT_PLAN, Cursor((now + EACH).isoformat()))
    managers = {pair.manager for pair in live_pairs(tx)}
    for manager in sorted(managers):
        tx.want(Action(kind=ActionKind.RULES, subject=manager, due_at=now, lane=f"rules {manager}"))
    return len(managers)


def live_pairs(tx: Transaction) -> Iterable[Pair]:
    """Pairs whose agenda is on, and those that somebody confirmed and that have no series."""
    enabled = {s.pair_id for s in tx.all_series(SeriesState.ENABLED)}
    for pair in tx.pairs():
        if pair.ended is None and (pair.pair_id in enabled or pair.roles_confirmed):
            yield pair
