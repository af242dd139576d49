"""What has to be done, as values; a durable engine carries them out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.model.calendar import IdempotencyKey


class ActionKind(StrEnum):
    """What an action does when it runs; it reads everything else from the store then."""

    RECONCILE = "reconcile"
    """Read a series' copies, merge, write where something changed. Subject: series id."""
    REMOVE = "remove"
    """Take our blocks out of a series' bodies. Subject: series id."""
    MIRROR = "mirror"
    """Bring one action item's task in line. Subject: item id."""
    RULES = "rules"
    """Offer what the rules suggest to all pairs of one manager. Subject: their address.

    By its name it comes last among actions of one moment: the rules see what the others did.
    """
    DELIVER = "deliver"
    """Send what waits for one webhook endpoint. Subject: endpoint id."""
    MESSAGE = "message"
    """Send one stored message. Subject: message id."""


class ActionState(StrEnum):
    """Where an action stands."""

    DUE = "due"
    DONE = "done"
    FAILED = "failed"
    """Trying again won't help; a person has to look."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One thing to do. The same key again is the same thing: it runs once more, not twice."""

    kind: ActionKind
    subject: str
    due_at: datetime
    lane: str = ""
    """Actions of one lane run one after the other."""
    wanted: int = 1
    """How often it was asked for: an ask during a run makes it run again."""
    attempts: int = 0
    state: ActionState = ActionState.DUE
    trouble: str = ""

    @property
    def key(self) -> IdempotencyKey:
        """What it is, not which attempt."""
        return IdempotencyKey(f"{self.kind}:{self.subject}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One line of what the engine saw or did: ids, counts and names of actions, never words."""

    at: datetime
    name: str
    """Such as "agenda.written", "point.added", "action.done"."""
    subject: str
    count: int = 1
    by: str | None = None
    """Address of the person who did it, where one did."""
    entry: str = ""
    """Id of the point or action item, where it is about one."""
