"""What people write into an entry: other words, lines below it, and how a clash is settled."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from core.errors import InvalidInput
from core.model.agenda import ActionItem, Entry, entry_id
from core.model.series import SeriesId, Sheet
from core.service.edit import one_line
from core.service.line_authors import forget_author, note_author
from core.service.open_agenda import (
    Expect,
    find_entry,
    is_private,
    keep_agenda,
    open_sheet_for,
    with_entry,
)
from core.service.services import Services
from core.store import Transaction

MOST_LINES = 100
"""Lines below one entry."""


def reword(
    services: Services,
    series_id: SeriesId,
    entry: str,
    text: str,
    *,
    base: str | None = None,
    by: str,
    now: datetime,
    expect: Expect | None = None,
) -> Entry:
    """Write an entry anew. Raise InvalidInput, NotFound, and what `expect` raises.

    `base` is what its author saw before. Where somebody changed it meanwhile, both wordings
    stay and wait to be settled. The same twice is once.
    """
    words = one_line(text)
    with services.store.transaction() as tx:
        sheet = open_sheet_for(tx, series_id, by)
        _, found = find_entry(sheet.agenda, entry, by)
        if expect:
            expect(found)
        changed = _reworded(found, words, base)
        _keep(tx, sheet, found, changed, by=by, now=now)
    return changed


def _reworded(found: Entry, words: str, base: str | None) -> Entry:
    if words in (found.text, found.other_wording):
        return found
    if base is None or " ".join(base.split()) == found.text:
        return replace(found, text=words)
    if not found.other_wording:
        return replace(found, other_wording=words)
    # A third wording at the same time: a line below keeps it.
    return found if words in found.notes else replace(found, notes=(*found.notes, words))


def settle(
    services: Services, series_id: SeriesId, entry: str, text: str, *, by: str, now: datetime
) -> Entry:
    """End a clash with the wording that people agree on. Raise InvalidInput, NotFound."""
    words = one_line(text)
    with services.store.transaction() as tx:
        sheet = open_sheet_for(tx, series_id, by)
        _, found = find_entry(sheet.agenda, entry, by)
        changed = replace(found, text=words, other_wording="")
        _keep(tx, sheet, found, changed, by=by, now=now)
    return changed


def add_line(
    services: Services, series_id: SeriesId, entry: str, line: str, *, by: str, now: datetime
) -> Entry:
    """Write a line below an entry: a note or a decision. The same line twice is once."""
    words = one_line(line)
    with services.store.transaction() as tx:
        sheet = open_sheet_for(tx, series_id, by)
        _, found = find_entry(sheet.agenda, entry, by)
        if words in found.notes:
            return found
        if len(found.notes) >= MOST_LINES:
            raise InvalidInput(f"an entry has at most {MOST_LINES} lines below it")
        changed = replace(found, notes=(*found.notes, words))
        note_author(tx, sheet.pair_id, entry, words, by)
        _keep(tx, sheet, found, changed, by=by, now=now)
    return changed


def remove_line(
    services: Services, series_id: SeriesId, entry: str, line: str, *, by: str, now: datetime
) -> Entry:
    """Take a line below an entry away; twice is once. Raise NotFound."""
    with services.store.transaction() as tx:
        sheet = open_sheet_for(tx, series_id, by)
        _, found = find_entry(sheet.agenda, entry, by)
        changed = replace(found, notes=tuple(note for note in found.notes if note != line))
        forget_author(tx, sheet.pair_id, entry, line)
        _keep(tx, sheet, found, changed, by=by, now=now)
    return changed


def _keep(
    tx: Transaction, sheet: Sheet, found: Entry, changed: Entry, *, by: str, now: datetime
) -> None:
    agenda, quiet = with_entry(sheet.agenda, changed), is_private(found)
    name = "action.changed" if isinstance(found, ActionItem) else "point.edited"
    keep_agenda(tx, sheet, agenda, name, entry=entry_id(found), by=by, now=now, quiet=quiet)
