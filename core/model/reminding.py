"""A reminder that is planned, and whether it went out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from core.model.people import PairId
from core.model.series import SeriesId, SheetId


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedReminder:
    """One message to one person about one talk. Its words are made when it goes out."""

    NOUN: ClassVar[str] = "planned_reminder"

    reminder_id: str
    sheet_id: SheetId
    series_id: SeriesId
    pair_id: PairId
    person: str
    kind: str
    """Of core.reminders.Reminder."""
    due: datetime

    @property
    def key(self) -> str:
        """Follows from talk, person, kind and time: a moved talk has another one."""
        return self.reminder_id

    @property
    def belongs_to(self) -> str:
        """The person."""
        return self.person


@dataclass(frozen=True, slots=True, kw_only=True)
class SentReminder:
    """That somebody was reminded of a talk: once before and once after, however it moves."""

    NOUN: ClassVar[str] = "sent_reminder"

    sheet_id: SheetId
    person: str
    kind: str
    at: datetime

    @property
    def key(self) -> str:
        """One a talk, person and kind."""
        return f"{self.sheet_id}/{self.person}/{self.kind}"

    @property
    def belongs_to(self) -> str:
        """The person."""
        return self.person
