"""A goal that lives elsewhere: its title, link and state, so that it does not slip out of sight."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import ClassVar, Final

from core.model.people import PairId

OUT_OF_SIGHT: Final = timedelta(weeks=6)


class GoalState(StrEnum):
    """Where a goal stands, as its tool or its people say."""

    OPEN = "open"
    AT_RISK = "at_risk"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """One goal of a report, linked to a pair."""

    NOUN: ClassVar[str] = "goal"

    goal_id: str
    pair_id: PairId
    title: str
    url: str = ""
    """Where it is kept."""
    state: GoalState = GoalState.OPEN
    due: date | None = None
    since: date
    touched_on: date
    """When somebody last spoke of it or changed it."""

    @property
    def key(self) -> str:
        """A pair's goal: linked twice it is one."""
        return f"{self.pair_id}/{self.goal_id}"

    @property
    def belongs_to(self) -> str:
        """The pair."""
        return self.pair_id

    def is_stale(self, today: date) -> bool:
        """Tell whether an open goal has been out of sight."""
        active = self.state in (GoalState.OPEN, GoalState.AT_RISK)
        return active and today - self.touched_on >= OUT_OF_SIGHT
