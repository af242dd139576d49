"""Notes: written, read and taken away by the two people of a pair."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from core.errors import InvalidInput, NotFound
from core.model.actions import Happening
from core.model.agenda import TalkingPoint, Visibility, entry_id
from core.model.notes import NoteKind, PrivateNote, SharedNote, owner_key
from core.model.people import Pair
from core.model.series import SeriesId, Sheet
from core.service.open_agenda import is_hidden_from
from core.store import Transaction

LONGEST = 10_000
"""Characters of a note."""


def write_shared(
    tx: Transaction,
    sheet: Sheet,
    text: str,
    *,
    kind: NoteKind,
    entry: str = "",
    by: str,
    now: datetime,
    key: str = "",
) -> SharedNote:
    """Keep a note for both; the same `key` again is the same note. Raise InvalidInput, NotFound."""
    words = _words(text)
    _require_two(tx, sheet, by)
    _require_entry(sheet, entry, by)
    note_id = _id(sheet, by, key or words, now, exact=bool(key))
    known = tx.noun(SharedNote, note_id)
    if known is not None:
        return known
    note = SharedNote(
        note_id=note_id,
        pair_id=sheet.pair_id,
        series_id=sheet.series_id,
        sheet_id=sheet.sheet_id,
        entry=entry,
        kind=kind,
        text=words,
        author=by,
        at=now,
        changed_at=now,
    )
    tx.put_noun(note)
    tx.record(
        Happening(at=now, name=f"{kind}.added", subject=sheet.series_id, by=by, entry=note_id)
    )
    return note


def shared_notes(
    tx: Transaction, series_id: SeriesId, *, sheet: Sheet | None = None, secrets: bool = True
) -> list[SharedNote]:
    """Return a series' notes, oldest first; without `secrets` none about confidential points."""
    sheets = tx.sheets(series_id)
    if not sheets:
        return []
    hidden = frozenset[str]() if secrets else _confidential(sheets)
    notes = tx.nouns(SharedNote, sheets[0].pair_id)
    ids = {s.sheet_id for s in ([sheet] if sheet else sheets)}
    found = [n for n in notes if n.sheet_id in ids and n.entry not in hidden]
    return sorted(found, key=lambda n: (n.at, n.note_id))


def _confidential(sheets: Sequence[Sheet]) -> frozenset[str]:
    return frozenset(
        p.point_id for s in sheets for p in s.agenda.points if p.visibility is not Visibility.SHARED
    )


def shared_note(tx: Transaction, note_id: str) -> SharedNote:
    """Return one. Raise NotFound."""
    found = tx.noun(SharedNote, note_id)
    if found is None:
        raise NotFound("there is no such note")
    return found


def change_shared(
    tx: Transaction, note: SharedNote, text: str, *, by: str, now: datetime
) -> SharedNote:
    """Write one's own shared note anew. Raise InvalidInput for another's."""
    if note.author != by:
        raise InvalidInput("only its author changes a note: write one of your own below")
    changed = replace(note, text=_words(text), changed_at=now)
    tx.put_noun(changed)
    return changed


def remove_shared(tx: Transaction, note: SharedNote, *, by: str) -> None:
    """Take one's own note away. Raise InvalidInput for another's."""
    if note.author != by:
        raise InvalidInput("only its author takes a note away")
    tx.remove_noun(SharedNote, note.note_id)


def write_private(
    tx: Transaction,
    sheet: Sheet,
    text: str,
    *,
    entry: str = "",
    by: str,
    now: datetime,
    key: str = "",
) -> PrivateNote:
    """Keep a note for its author alone. Nothing is told of it anywhere."""
    words = _words(text)
    _require_two(tx, sheet, by)
    _require_entry(sheet, entry, by)
    note_id = _id(sheet, by, key or words, now, exact=bool(key), kind="private")
    known = tx.noun(PrivateNote, note_id)
    if known is not None:
        return known
    note = PrivateNote(
        note_id=note_id,
        pair_id=sheet.pair_id,
        series_id=sheet.series_id,
        sheet_id=sheet.sheet_id,
        entry=entry,
        text=words,
        author=by,
        at=now,
        changed_at=now,
    )
    tx.put_noun(note)
    return note


def private_notes(tx: Transaction, pair: Pair, by: str) -> list[PrivateNote]:
    """Return somebody's own notes about a pair, oldest first."""
    found = tx.nouns(PrivateNote, owner_key(by, pair.pair_id))
    return sorted(found, key=lambda n: (n.at, n.note_id))


def private_note(tx: Transaction, note_id: str, by: str) -> PrivateNote:
    """Return one's own. Raise NotFound, also for another's."""
    found = tx.noun(PrivateNote, note_id)
    if found is None or found.author != by:
        raise NotFound("there is no such note of yours")
    return found


def change_private(
    tx: Transaction, note_id: str, text: str, *, by: str, now: datetime
) -> PrivateNote:
    """Write one's own private note anew."""
    changed = replace(private_note(tx, note_id, by), text=_words(text), changed_at=now)
    tx.put_noun(changed)
    return changed


def remove_private(tx: Transaction, note_id: str, *, by: str) -> None:
    """Take one's own private note away."""
    tx.remove_noun(PrivateNote, private_note(tx, note_id, by).note_id)


def _words(text: str) -> str:
    words = "\n".join(line.rstrip() for line in text.splitlines()).strip()
    if not words or len(words) > LONGEST:
        raise InvalidInput(f"a note has between 1 and {LONGEST} characters")
    return words


def _require_two(tx: Transaction, sheet: Sheet, by: str) -> None:
    pair = tx.pair(sheet.pair_id)
    if pair is None or pair.side(by) is None:
        raise NotFound("there is no such 1:1 of yours")


def _require_entry(sheet: Sheet, entry: str, by: str) -> None:
    known = [e for s in sheet.agenda.sections for e in s.entries if entry_id(e) == entry]
    if entry and (not known or is_hidden_from(known[0], by)):
        raise NotFound(f"no entry {entry} on this agenda: somebody may have moved it on")


def _id(
    sheet: Sheet, by: str, what: str, now: datetime, *, exact: bool, kind: str = "shared"
) -> str:
    stamp = "" if exact else now.isoformat()
    text = f"{kind}|{sheet.series_id}|{by}|{what}|{stamp}"
    return hashlib.sha256(text.encode()).hexdigest()[:20]


def is_confidential(sheet: Sheet, entry: str) -> bool:
    """Tell whether an entry's words stay between the two."""
    for section in sheet.agenda.sections:
        for found in section.entries:
            if entry_id(found) == entry and isinstance(found, TalkingPoint):
                return found.visibility is not Visibility.SHARED
    return False
