"""What came in from outside: one small row each, kept before the sender is answered."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class ReceivedKind(StrEnum):
    """What it asks for."""

    CALENDAR = "calendar"
    """A calendar may have changed: read it."""
    PRESS = "press"
    """Somebody pressed a button on a card, or sent a form."""
    REPLY = "reply"
    """Somebody answered a mail of ours."""
    PERSONNEL = "personnel"
    """The personnel system told of somebody."""


class ReceivedState(StrEnum):
    """How far it is."""

    WAITING = "waiting"
    DONE = "done"
    FAILED = "failed"
    """Given up; `trouble` says why. Replaying it tries again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """One thing that came in. The same id again is the same thing."""

    received_id: str
    """Digest of where it came from and of the sender's own id."""
    suite: str
    """Where it came from: google, outlook, chat, teams, slack, mail, hris."""
    kind: ReceivedKind
    lane: str
    """What is kept in order and, for calendars, read once for many: ids, never words."""
    source_id: str = ""
    """The sender's own id of it; empty: it gives none."""
    received_at: datetime
    due_at: datetime
    digest: str = ""
    """Of what was sent."""
    content: str = field(default="", repr=False)
    """What working it off needs beyond its lane; sealed, and never anything private."""
    state: ReceivedState = ReceivedState.WAITING
    attempts: int = 0
    trouble: str = ""
    number: int = 0
    """In order of receipt; the store gives it."""


def lane_of_pair(pair_id: str) -> str:
    """Return the lane in which what a pair's two people send is done in order."""
    return json.dumps(["pair", pair_id])
