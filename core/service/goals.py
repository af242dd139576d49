"""Goals that live elsewhere, kept in sight of a pair."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from urllib.parse import urlsplit

from core.errors import InvalidInput, NotFound
from core.model.actions import Happening
from core.model.goals import Goal, GoalState
from core.model.people import Pair, PairId
from core.service.edit import one_line
from core.service.ids import short_id
from core.store import Transaction


def link_goal(
    tx: Transaction,
    pair_id: PairId,
    title: str,
    *,
    by: str,
    now: datetime,
    url: str = "",
    due: date | None = None,
) -> Goal:
    """Link a goal to a pair; the same link or title again is the same goal."""
    _two(tx, pair_id, by)
    words, address = one_line(title), _checked(url)
    name = short_id("goal", address or words)
    known = tx.noun(Goal, f"{pair_id}/{name}")
    goal = Goal(
        goal_id=name,
        pair_id=pair_id,
        title=words,
        url=address,
        state=known.state if known else GoalState.OPEN,
        due=due or (known.due if known else None),
        since=known.since if known else now.date(),
        touched_on=now.date(),
    )
    tx.put_noun(goal)
    tx.record(Happening(at=now, name="goal.linked", subject=pair_id, by=by))
    return goal


def _checked(url: str) -> str:
    if not url:
        return ""
    parts = urlsplit(url.strip())
    if parts.scheme not in ("http", "https") or not parts.hostname or len(url) > 2000:
        raise InvalidInput("a goal's link begins with https://")
    return url.strip()


def goals_of(
    tx: Transaction, pair_id: PairId, *, reader: str, today: date
) -> list[tuple[Goal, bool]]:
    """Return a pair's goals, open ones first, each with whether it has been out of sight."""
    _two(tx, pair_id, reader)
    active = (GoalState.OPEN, GoalState.AT_RISK)
    found = sorted(tx.nouns(Goal, pair_id), key=lambda g: (g.state not in active, g.title))
    return [(goal, goal.is_stale(today)) for goal in found]


def touch_goal(
    tx: Transaction,
    pair_id: PairId,
    goal_id: str,
    *,
    by: str,
    now: datetime,
    state: GoalState | None = None,
) -> Goal:
    """Say that a goal was spoken of, or how it stands now. Raise NotFound."""
    _two(tx, pair_id, by)
    goal = tx.noun(Goal, f"{pair_id}/{goal_id}")
    if goal is None:
        raise NotFound(f"no goal {goal_id} of this pair")
    touched = replace(goal, touched_on=now.date(), state=state or goal.state)
    tx.put_noun(touched)
    tx.record(Happening(at=now, name="goal.touched", subject=pair_id, by=by))
    return touched


def unlink_goal(tx: Transaction, pair_id: PairId, goal_id: str, *, by: str, now: datetime) -> None:
    """Forget a goal; where it lives it stays."""
    _two(tx, pair_id, by)
    tx.remove_noun(Goal, f"{pair_id}/{goal_id}")
    tx.record(Happening(at=now, name="goal.unlinked", subject=pair_id, by=by))


def _two(tx: Transaction, pair_id: PairId, by: str) -> Pair:
    pair = tx.pair(pair_id)
    if pair is None or pair.side(by) is None:
        raise NotFound("there is no such pair of yours")
    return pair
