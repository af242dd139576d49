"""A request to erase what we hold about somebody: asked for by one, carried out by a second."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureRequest:
    """The first of two yeses."""

    NOUN: ClassVar[str] = "erasure_request"

    person: str
    asked_by: str
    at: datetime

    @property
    def key(self) -> str:
        """One a person."""
        return self.person

    @property
    def belongs_to(self) -> str:
        """The person."""
        return self.person
