"""The company's figures of one month: shares of departments, never of a person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """One department."""

    department: str
    met: int
    """How many in a hundred had a 1:1 that month, rounded so that nobody can be told from it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """A month as it was counted once: asked again, it says the same."""

    NOUN: ClassVar[str] = "coverage"

    month: str
    """Such as 2026-10."""
    shares: tuple[Share, ...] = ()
    made_at: datetime

    @property
    def key(self) -> str:
        """The month."""
        return self.month

    @property
    def belongs_to(self) -> str:
        """The company."""
        return "company"
