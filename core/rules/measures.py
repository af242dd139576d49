"""Numbers about a pair that a company's own rules may use: never words, never a score."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from itertools import pairwise
from types import MappingProxyType
from typing import Final

from core.model.meetings import MeetingState
from core.model.people import Side
from core.rules.seen import Seen, typical

A_DAY = timedelta(days=1)
NEVER = 9999
"""Days since what never happened."""

SAMPLE: Final[Mapping[str, object]] = MappingProxyType(
    {
        "agreed_days": 7,
        "cancelled_of_last_5": 1,
        "carried_most": 2,
        "days_since_held": 8,
        "days_to_next": 6,
        "held": 12,
        "late_actions_of_manager": 0,
        "late_actions_of_report": 0,
        "moved_of_last_5": 1,
        "next_minutes": 30,
        "open_points": 4,
        "points_by_manager": 2,
        "points_by_report": 3,
        "remote": True,
        "talks": [{"days_ago": 8, "minutes": 30, "held": True, "moved": False}],
        "team_size": 5,
        "template": "weekly",
        "typical_gap_days": 7,
    }
)
"""What a condition may use, with values of the right kind."""


def measures(seen: Seen) -> Mapping[str, object]:
    """Return the numbers of a pair, under the names of SAMPLE."""
    coming, last = seen.history.next, seen.gone_by[-5:]
    gap = typical(b.start - a.start for a, b in pairwise(seen.held[-5:]))
    return {
        "agreed_days": seen.agreed.days,
        "cancelled_of_last_5": sum(t.state is MeetingState.CANCELLED for t in last),
        "carried_most": max((p.carried for p in seen.waiting), default=0),
        "days_since_held": (seen.now - seen.held[-1].start).days if seen.held else NEVER,
        "days_to_next": (coming.start - seen.now).days if coming else NEVER,
        "held": len(seen.held),
        "late_actions_of_manager": _late(seen, Side.MANAGER),
        "late_actions_of_report": _late(seen, Side.REPORT),
        "moved_of_last_5": sum(t.moved_same_day for t in last),
        "next_minutes": coming.minutes if coming else 0,
        "open_points": sum(p.is_open for p in seen.waiting),
        "points_by_manager": sum(p.by is Side.MANAGER for p in seen.waiting),
        "points_by_report": sum(p.by is Side.REPORT for p in seen.waiting),
        "remote": seen.history.setting.remote,
        "talks": [
            {
                "days_ago": (seen.now - t.start).days,
                "minutes": t.minutes,
                "held": t.state is MeetingState.HELD,
                "moved": t.moved_same_day,
            }
            for t in seen.gone_by[-12:]
        ],
        "team_size": len(seen.team),
        "template": coming.template if coming else "",
        "typical_gap_days": round(gap / A_DAY),
    }


def _late(seen: Seen, side: Side) -> int:
    return sum(
        a.owner is side
        and a.done_on is None
        and not a.dropped
        and a.due is not None
        and a.due < seen.today
        for a in seen.history.actions
    )
