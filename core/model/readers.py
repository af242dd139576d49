"""Who was found to read a calendar, and when that is looked at again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Final

from core.model.calendar import CalendarId, Readers

NOBODY: Final = Readers()


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenReaders:
    """What a suite said of one calendar."""

    NOUN: ClassVar[str] = "seen_readers"

    calendar_id: CalendarId
    readers: Readers = NOBODY
    told: bool = True
    """False: the suite does not tell, or we may not ask."""
    look_again: datetime

    @property
    def key(self) -> str:
        """One a calendar."""
        return self.calendar_id

    @property
    def belongs_to(self) -> str:
        """The calendar."""
        return self.calendar_id
