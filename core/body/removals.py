"""What is gone from a copy: deleted for sure, joined to another line, or lost to damage."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import zip_longest
from typing import Final

from core.body.rows import Row, RowKind
from core.body.values import ChangeKind, DamageKind
from core.body.words import fold
from core.body.work import Work

_COUNT: Final = re.compile(r"\((\d{1,3})\s?[×x]\)$")
_COUNT_ANYWHERE: Final = re.compile(r"\((\d{1,3})\s?[×x]\)")


def remove_gone(work: Work, rows: Sequence[Row]) -> None:
    """Take out what was surely deleted; note where so much is gone that nobody did it."""
    for name in _gone(work, rows):
        _remove(work, name)


def drop_stray_notes(work: Work, rows: Sequence[Row]) -> None:
    """A note whose own entry stays, though its line is gone, is no other line's note."""
    seen = work.seen(rows)
    owners: dict[str, set[str]] = defaultdict(set)
    for name, entry in work.base.entries.items():
        if name in work.base.row_of and name in work.draft.entries and name not in seen:
            for note in entry.notes:
                owners[work.lexicon.key(note)].add(name)
    for row in rows if owners else ():
        if row.kind is RowKind.NOTE and owners.get(work.lexicon.key(row.words)):
            owners[work.lexicon.key(row.words)].pop()
            row.words = ""


def _gone(work: Work, rows: Sequence[Row]) -> list[str]:
    seen = work.seen(rows)
    shown = [name for name in work.base.row_of if name is not None]
    missing = [n for n in shown if n not in seen and n in work.draft.entries]
    if not missing:
        return []
    missing = [name for name in missing if not _joined(work, name, rows)]
    if missing and not work.broken and _is_odd(work, rows, shown, missing):
        work.broken.append(DamageKind.LINES_GONE)
    return [] if work.broken else missing


def _joined(work: Work, name: str, rows: Sequence[Row]) -> bool:
    """Tell whether its words went into another line."""
    own = work.base.row(name)
    words = fold(own.words if own else "").casefold()
    if work.lexicon.is_hidden(words) or len(words) < 2:
        return False
    typed = [row for row in rows if row.kind is RowKind.WORDS]
    for row, after in zip_longest(typed, typed[1:]):
        now, before = work.lexicon.key(row.words), _before(work, row)
        if words not in now and after is not None:
            # Broken in two, and each half joined to a neighbour.
            now = f"{now} {work.lexicon.key(after.words)}"
            before = f"{before} {_before(work, after)}"
        if words in now and words not in before:
            work.draft.drop(name)
            work.draft.joined.add(name)
            work.note(ChangeKind.EDITED, name, after=row.words)
            return True
    return False


def _before(work: Work, row: Row) -> str:
    """Return what a line's entry said in the base."""
    own = work.base.row(row.entry) if row.entry is not None else None
    return work.lexicon.key(own.words) if own else ""


def _is_odd(work: Work, rows: Sequence[Row], shown: Sequence[str], missing: Sequence[str]) -> bool:
    if len(missing) > 3 and len(missing) * 2 > len(shown):
        return True
    base = work.base
    there = {row.section for row in rows if row.kind is RowKind.HEADING}
    titled = {row.section for row in base.rows if row.kind is RowKind.HEADING}
    without = {base.rows[base.row_of[n]].section for n in missing}
    if any(section in titled and section not in there for section in without):
        return True
    return _turned_back(work, rows)


def _turned_back(work: Work, rows: Sequence[Row]) -> bool:
    """A count that fell shows that a host put an older text back."""
    for row in rows:
        own = work.base.row(row.entry) if row.entry is not None else None
        if own is None:
            continue
        before, now = _COUNT.search(own.words), _COUNT_ANYWHERE.search(row.words)
        if before and (not now or int(now[1]) < int(before[1])):
            return True
    return False


def _remove(work: Work, name: str) -> None:
    entry = work.draft.entries[name]
    base = work.base.entries.get(name)
    if base is not None and base != entry:
        return  # somebody else has worked on it since
    others = work.by is not None and entry.owner not in (None, work.by)
    if others or _is_unclear(work, name):
        work.note(ChangeKind.REMOVAL_ASKED, name, entry.text)
        return
    work.draft.drop(name)
    work.note(ChangeKind.REMOVED, name, entry.text)


def _is_unclear(work: Work, name: str) -> bool:
    """Of several placeholders nobody can tell which one is gone."""
    rows = work.base.rows
    row = rows[work.base.row_of[name]]
    if not work.lexicon.is_hidden(row.words):
        return False
    twins = [r for r in rows if r.section == row.section and work.lexicon.is_hidden(r.words)]
    return len(twins) > 1
