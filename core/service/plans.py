"""When the rules look again, and at whom. Apart from the rules: each pass asks, few load them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from core.model.actions import Action, ActionKind
from core.model.calendar import Cursor
from core.model.engagement import Engagement
from core.model.people import Pair, pair_id
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
    managers = {pair.manager for pair in live_pairs(tx, now.date())}
    for manager in sorted(managers):
        tx.want(Action(kind=ActionKind.RULES, subject=manager, due_at=now, lane=f"rules {manager}"))
    return len(managers)


def live_pairs(tx: Transaction, today: date) -> tuple[Pair, ...]:
    """Return the pairs that rules look at.

    Those whose agenda is on, those whose roles somebody confirmed, and those of the personnel
    system, met or not; nobody whose pair has ended.
    """
    enabled = {s.pair_id for s in tx.all_series(SeriesState.ENABLED)}
    known = {pair.pair_id: pair for pair in tx.pairs()}
    for place in tx.nouns(Engagement):
        if place.manager and place.works_on(max(today, place.starts_on or today)):
            name = pair_id(place.manager, place.address)
            pair = Pair(
                pair_id=name, manager=place.manager, report=place.address, roles_confirmed=True
            )
            known.setdefault(name, pair)
    return tuple(
        pair
        for _, pair in sorted(known.items())
        if pair.ended is None and (pair.pair_id in enabled or pair.roles_confirmed)
    )
