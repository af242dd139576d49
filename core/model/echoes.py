"""Announcements that a calendar will send of what we know already."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from core.model.calendar import CalendarId


@dataclass(frozen=True, slots=True, kw_only=True)
class Echo:
    """What one calendar is about to announce."""

    NOUN: ClassVar[str] = "echo"

    calendar_id: CalendarId
    times: tuple[datetime, ...] = ()
    """When each came to be expected."""

    @property
    def key(self) -> str:
        """One a calendar."""
        return echo_key(self.calendar_id)

    @property
    def belongs_to(self) -> str:
        """Nothing."""
        return ""


def echo_key(calendar_id: CalendarId) -> str:
    """Name a calendar without showing whose it is."""
    return hashlib.sha256(calendar_id.encode()).hexdigest()[:32]
