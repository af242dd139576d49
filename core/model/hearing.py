"""How we come to hear that a calendar has changed, where it is not by an announcement of its own.

Both are kept by a digest of the calendar's id, which names a person.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from core.model.calendar import CalendarId


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """That a calendar was listed outside its turn: the next poll may leave it out."""

    NOUN: ClassVar[str] = "calendar_asked"

    calendar_id: CalendarId
    at: datetime

    @property
    def key(self) -> str:
        """One a calendar."""
        return calendar_key(self.calendar_id)

    @property
    def belongs_to(self) -> str:
        """Nothing."""
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unheard:
    """That a calendar has no channel of its own: its guests' calendars announce what changes."""

    NOUN: ClassVar[str] = "calendar_unheard"

    calendar_id: CalendarId

    @property
    def key(self) -> str:
        """One a calendar."""
        return calendar_key(self.calendar_id)

    @property
    def belongs_to(self) -> str:
        """Nothing."""
        return ""


def calendar_key(calendar_id: CalendarId) -> str:
    """Name a calendar without showing whose it is."""
    return hashlib.sha256(calendar_id.encode()).hexdigest()[:32]
