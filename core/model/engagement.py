"""What the personnel system says of somebody: manager and days. No more is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Engagement:
    """One person's place in the company."""

    NOUN: ClassVar[str] = "engagement"

    address: str
    manager: str = ""
    """Address; empty at the top."""
    starts_on: date | None = None
    probation_ends_on: date | None = None
    review_on: date | None = None
    ends_on: date | None = None
    """Last day."""
    manager_since: date | None = None
    department: str = ""
    """Where they belong in the company's figures, should it want any."""
    as_of: datetime | None = None
    """When the personnel system said so: older news changes nothing."""

    def __post_init__(self) -> None:
        if self.manager == self.address:
            raise ValueError("nobody manages themselves")
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValueError("the last day comes before the first")

    @property
    def key(self) -> str:
        """One a person."""
        return self.address

    @property
    def belongs_to(self) -> str:
        """The person."""
        return self.address

    def works_on(self, day: date) -> bool:
        """Tell whether they work here that day."""
        begun = self.starts_on is None or self.starts_on <= day
        return begun and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class HrisEvent:
    """One event that was taken in: the same id again has no second effect."""

    NOUN: ClassVar[str] = "hris_event"

    event_id: str
    kind: str
    at: datetime
    body: str
    """As it came, so that it can be taken in again."""
    result: str = ""

    @property
    def key(self) -> str:
        """The sender's id."""
        return self.event_id

    @property
    def belongs_to(self) -> str:
        """The source."""
        return "hris"


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDay:
    """Something that a day brings: the earliest sorts first, so that looking is cheap."""

    NOUN: ClassVar[str] = "due_day"

    on: date
    what: str
    """"manager_change" or "last_day"."""
    subject: str

    @property
    def key(self) -> str:
        """Day, kind and subject."""
        return f"{self.on.isoformat()}/{self.what}/{self.subject}"

    @property
    def belongs_to(self) -> str:
        """What it is about."""
        return self.subject
