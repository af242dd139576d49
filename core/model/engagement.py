"""What the personnel system says of somebody: manager and days. No more is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
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
