"""Search in one's own pairs, by reading what is kept: there is no index that could leak.

Found are shared points, action items, lines below them, shared notes, and of one's own:
drafts and private notes. Words of confidential points are never searched, not even one's own:
they are for the talk.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.errors import InvalidInput
from core.model.agenda import ActionItem, TalkingPoint, Visibility, entry_id
from core.model.people import Pair, PairId
from core.model.series import SeriesId, Sheet
from core.service.notes import private_notes, shared_notes
from core.store import Transaction

LONGEST = 200
MOST = 200


class HitKind(StrEnum):
    """What was found."""

    POINT = "point"
    DRAFT = "draft"
    ACTION_ITEM = "action_item"
    NOTE = "note"
    PRIVATE_NOTE = "private_note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One place where all words stand."""

    kind: HitKind
    pair_id: PairId
    series_id: SeriesId
    number: int
    """Of the sheet."""
    start: datetime | None
    id: str
    text: str


def search(
    tx: Transaction, pairs: list[Pair], query: str, *, by: str | None, private: bool
) -> list[Hit]:
    """Return where all words of the query stand, newest meeting first. Raise InvalidInput.

    `by` None: a program, which finds no drafts. `private`: one's own private notes too.
    """
    words = query.casefold().split()
    if not words or len(query) > LONGEST:
        raise InvalidInput(f"search for 1 to {LONGEST} characters")
    hits: list[Hit] = []
    for pair in pairs:
        for series in tx.series_of(pair.pair_id):
            sheets = [s for s in tx.sheets(series.series_id) if _is_theirs(pair, s)]
            for sheet in sheets:
                hits += [h for h in _in_sheet(sheet, by) if _fits(h, words)]
            hits += [h for h in _in_notes(tx, series.series_id, sheets) if _fits(h, words)]
            if by is not None and private:
                own = _in_private(tx, pair, by, sheets)
                hits += [h for h in own if _fits(h, words)]
    return sorted(hits, key=lambda h: (-h.number, h.kind, h.id))[:MOST]


def _is_theirs(pair: Pair, sheet: Sheet) -> bool:
    """Tell whether a sheet belongs to the time in which they held 1:1s."""
    if pair.ended is None:
        return True
    return sheet.place is not None and sheet.place.slot.start < pair.ended


def _fits(hit: Hit, words: list[str]) -> bool:
    text = hit.text.casefold()
    return all(word in text for word in words)


def _hit(sheet: Sheet, kind: HitKind, name: str, text: str) -> Hit:
    return Hit(
        kind=kind,
        pair_id=sheet.pair_id,
        series_id=sheet.series_id,
        number=sheet.number,
        start=sheet.place.slot.start if sheet.place else None,
        id=name,
        text=text,
    )


def _in_sheet(sheet: Sheet, by: str | None) -> Iterator[Hit]:
    for section in sheet.agenda.sections:
        for entry in section.entries:
            text = "\n".join((entry.text, *entry.notes))
            if isinstance(entry, ActionItem):
                yield _hit(sheet, HitKind.ACTION_ITEM, entry_id(entry), text)
            elif _is_findable(entry, by):
                draft = entry.visibility is Visibility.PRIVATE
                kind = HitKind.DRAFT if draft else HitKind.POINT
                yield _hit(sheet, kind, entry_id(entry), text)


def _is_findable(point: TalkingPoint, by: str | None) -> bool:
    if point.visibility is Visibility.PRIVATE:
        return by is not None and point.owner == by
    return point.visibility is Visibility.SHARED


def _in_notes(tx: Transaction, series_id: SeriesId, sheets: list[Sheet]) -> Iterator[Hit]:
    known = {sheet.sheet_id: sheet for sheet in sheets}
    for note in shared_notes(tx, series_id, secrets=False):
        if note.sheet_id in known:
            yield _hit(known[note.sheet_id], HitKind.NOTE, note.note_id, note.text)


def _in_private(tx: Transaction, pair: Pair, by: str, sheets: list[Sheet]) -> Iterator[Hit]:
    known = {sheet.sheet_id: sheet for sheet in sheets}
    for note in private_notes(tx, pair, by):
        if note.sheet_id in known:
            yield _hit(known[note.sheet_id], HitKind.PRIVATE_NOTE, note.note_id, note.text)
