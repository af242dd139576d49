"""The open agenda of a series, in the hands of one of its two people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from core.errors import NotFound, RevisionConflict
from core.model.actions import Happening
from core.model.agenda import Agenda, Entry, Section, TalkingPoint, Visibility, entry_id
from core.model.series import SeriesId, Sheet
from core.service.meetings import note_change
from core.service.wanting import want_reconcile
from core.store import Transaction

Expect = Callable[[Entry], None]
"""Raises RevisionConflict where an entry is no longer as somebody read it."""
NO_AGENDA = "this series has no agenda: `vieraugen series enable` turns it on"


def open_sheet_for(tx: Transaction, series_id: SeriesId, by: str) -> Sheet:
    """Return the open sheet. Raise NotFound where there is none, or for a third person."""
    sheet = tx.open_sheet(series_id)
    if sheet is None:
        raise NotFound(NO_AGENDA)
    pair = tx.pair(sheet.pair_id)
    if pair is None or pair.side(by) is None:
        raise NotFound(f"{by} is not one of the two people of this series")
    return sheet


def is_hidden_from(entry: Entry, address: str) -> bool:
    """Tell whether an entry is somebody else's private one."""
    if not isinstance(entry, TalkingPoint) or entry.visibility is not Visibility.PRIVATE:
        return False
    return entry.owner != address


def is_private(entry: Entry) -> bool:
    """Tell whether nobody but its owner knows of it."""
    return isinstance(entry, TalkingPoint) and entry.visibility is Visibility.PRIVATE


def find_entry(agenda: Agenda, entry: str, by: str) -> tuple[Section, Entry]:
    """Return an entry and where it stands. Raise NotFound, also for another's private one."""
    for section in agenda.sections:
        for found in section.entries:
            if entry_id(found) == entry and not is_hidden_from(found, by):
                return section, found
    raise NotFound(f"no entry {entry} on this agenda: somebody may have moved it on")


def with_entries(agenda: Agenda, change: Callable[[Entry], Entry | None]) -> Agenda:
    """Return the agenda with each entry changed; None takes it away."""
    sections = []
    for section in agenda.sections:
        changed = (change(entry) for entry in section.entries)
        sections.append(replace(section, entries=tuple(e for e in changed if e is not None)))
    return replace(agenda, sections=tuple(sections))


def with_entry(agenda: Agenda, changed: Entry) -> Agenda:
    """Return the agenda with one entry replaced by its new form."""
    return with_entries(agenda, lambda e: changed if entry_id(e) == entry_id(changed) else e)


def keep_agenda(
    tx: Transaction,
    sheet: Sheet,
    agenda: Agenda,
    name: str,
    *,
    entry: str,
    by: str,
    now: datetime,
    quiet: bool = False,
) -> None:
    """Keep the changed agenda and ask for the write; what changed nothing asks for nothing.

    `quiet`: only what its author alone may see has changed, so nothing is told or written.
    """
    if agenda == sheet.agenda:
        return
    changed = replace(sheet, agenda=agenda)
    tx.put_sheet(changed)
    if quiet:
        return
    note_change(tx, sheet, changed, now)
    subject = sheet.series_id
    series = tx.series(subject)
    if series is not None:
        tx.put_series(replace(series, asked_at=now))
    tx.record(Happening(at=now, name=name, subject=subject, by=by, entry=entry))
    want_reconcile(tx, subject, now)


def unchanged_since(tx: Transaction, read: Sheet) -> None:
    """Raise RevisionConflict where somebody changed the sheet since it was read.

    Calendars are read outside of transactions: what is typed on a page meanwhile must not
    be overwritten by the merge of the older agenda.
    """
    known = next((s for s in tx.sheets(read.series_id) if s.sheet_id == read.sheet_id), None)
    if known is not None and (known.agenda, known.state) != (read.agenda, read.state):
        raise RevisionConflict("somebody changed the agenda on a page just now")
