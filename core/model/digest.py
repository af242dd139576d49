"""A period of a pair in lines, for one of the two to edit before they use it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from core.model.people import PairId


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestLine:
    """One line; struck ones stay to be seen and are left out of the text."""

    line_id: str
    day: date
    kind: str
    """"talked", "done", "decision", "note", "goal" or "own"."""
    text: str
    struck: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """Its owner's alone until they hand it to somebody themselves: nothing sends it."""

    NOUN: ClassVar[str] = "digest"

    digest_id: str
    pair_id: PairId
    owner: str
    begins: date
    ends: date
    lines: tuple[DigestLine, ...]
    changed_at: datetime

    @property
    def key(self) -> str:
        """Its id."""
        return self.digest_id

    @property
    def belongs_to(self) -> str:
        """The owner."""
        return self.owner
