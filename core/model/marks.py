"""What is noted beside an agenda: who has read it, who wrote a line, what needs no outcome."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from core.model.people import PairId
from core.model.series import SheetId


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadMark:
    """The manager's own word that they have read an agenda; nothing sets it by itself (SD-21)."""

    NOUN: ClassVar[str] = "read_mark"

    sheet_id: SheetId
    pair_id: PairId
    person: str
    at: datetime
    points: tuple[str, ...]
    """Ids of the other one's points that stood there: what comes later was not read."""

    @property
    def key(self) -> str:
        """One an agenda: the last word counts."""
        return self.sheet_id

    @property
    def belongs_to(self) -> str:
        """The pair."""
        return self.pair_id


@dataclass(frozen=True, slots=True, kw_only=True)
class LineAuthor:
    """Who wrote a line below an entry."""

    NOUN: ClassVar[str] = "line_author"

    pair_id: PairId
    entry: str
    line: str
    """Its name (`line_key`): the words themselves stand in the agenda alone."""
    person: str

    @property
    def key(self) -> str:
        """One an entry and line."""
        return self.line

    @property
    def belongs_to(self) -> str:
        """The pair."""
        return self.pair_id


def line_key(pair: PairId, entry: str, line: str) -> str:
    """Name a line below an entry without showing its words."""
    words = " ".join(line.split()).casefold()
    return hashlib.sha256(f"{pair}|{entry}|{words}".encode()).hexdigest()[:32]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoOutcome:
    """Somebody said that a point needs no word on what came of it: it is not asked again."""

    NOUN: ClassVar[str] = "no_outcome"

    pair_id: PairId
    entry: str

    @property
    def key(self) -> str:
        """The entry's."""
        return f"{self.pair_id}/{self.entry}"

    @property
    def belongs_to(self) -> str:
        """The pair."""
        return self.pair_id
