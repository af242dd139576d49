"""Notes about a meeting: shared ones and decisions, and one person's private ones.

They are two types on purpose: nothing that renders, sends or announces takes a PrivateNote.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from core.model.people import PairId
from core.model.series import SeriesId, SheetId


class NoteKind(StrEnum):
    """What a shared note is."""

    NOTE = "note"
    DECISION = "decision"


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedNote:
    """What both people of a pair read, about a meeting or one entry of its agenda."""

    NOUN: ClassVar[str] = "shared_note"

    note_id: str
    pair_id: PairId
    series_id: SeriesId
    sheet_id: SheetId
    entry: str = ""
    """Id of the point or action item; empty: the meeting."""
    kind: NoteKind = NoteKind.NOTE
    text: str
    author: str
    at: datetime
    changed_at: datetime

    @property
    def key(self) -> str:
        """Its id: later ones sort behind."""
        return self.note_id

    @property
    def belongs_to(self) -> str:
        """The pair."""
        return self.pair_id


@dataclass(frozen=True, slots=True, kw_only=True)
class PrivateNote:
    """What its author alone reads, and nobody else by any way."""

    NOUN: ClassVar[str] = "private_note"

    note_id: str
    pair_id: PairId
    series_id: SeriesId
    sheet_id: SheetId
    entry: str = ""
    text: str
    author: str
    at: datetime
    changed_at: datetime

    @property
    def key(self) -> str:
        """Its id: later ones sort behind."""
        return self.note_id

    @property
    def belongs_to(self) -> str:
        """Its author in this pair."""
        return owner_key(self.author, self.pair_id)


def owner_key(author: str, pair_id: PairId) -> str:
    """Name what one person keeps about one pair."""
    return f"{author}|{pair_id}"
