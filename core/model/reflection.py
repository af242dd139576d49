"""A thought of one's own after a talk: how it went with listening. Nobody else ever reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar

from core.model.notes import owner_key
from core.model.people import PairId
from core.model.series import SheetId


class Listened(StrEnum):
    """How the time was shared, as its author felt it; nothing measures it."""

    MOSTLY = "mostly"
    """I mostly listened."""
    EVENLY = "evenly"
    HARDLY = "hardly"
    """I mostly talked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reflection:
    """What somebody thought after one talk."""

    NOUN: ClassVar[str] = "reflection"

    author: str
    pair_id: PairId
    sheet_id: SheetId
    listened: Listened
    text: str = ""
    on: date

    @property
    def key(self) -> str:
        """One a talk and author."""
        return f"{self.sheet_id}/{self.author}"

    @property
    def belongs_to(self) -> str:
        """Its author in this pair."""
        return owner_key(self.author, self.pair_id)
