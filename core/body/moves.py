"""What went elsewhere in a copy: lines to another section or order, headings to new words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from core.body.base import is_agreed
from core.body.new_entries import Writer
from core.body.rows import NOWHERE, Row, RowKind
from core.body.values import ChangeKind
from core.body.work import Work
from core.model.agenda import TalkingPoint, Visibility


def retitle(work: Work, rows: list[Row]) -> None:
    """A heading that was there and is not: the line in its place is its new wording."""
    there = {row.section for row in rows if row.kind is RowKind.HEADING}
    wanted = [
        r.section for r in work.base.rows if r.kind is RowKind.HEADING and r.section not in there
    ]
    for section in wanted:
        at = _line_above(work, rows, section)
        if at is None:
            continue
        row, place = rows[at], work.draft.places[section]
        before = place.section.title
        place.section = replace(place.section, title=row.words, titles=())
        row.kind, row.section = RowKind.HEADING, section
        for later in rows[at + 1 :]:
            if later.kind is RowKind.HEADING or later.below:
                break
            later.section = section
        work.note(ChangeKind.RENAMED, "", before, row.words)


def _line_above(work: Work, rows: Sequence[Row], section: int) -> int | None:
    """Return the line right above the first that stood in a section, where it is a title."""
    for n, row in enumerate(rows):
        base = work.base.row(row.entry) if row.entry is not None else None
        if base is not None and base.section == section:
            above = rows[n - 1] if n else None
            if above is None or above.kind is not RowKind.WORDS or above.entry is not None:
                return None
            plain = not (above.marks.box or above.marks.bullet or above.line.item)
            return n - 1 if plain and len(above.words) < 60 else None
    return None


def move(work: Work, rows: Sequence[Row]) -> None:
    """Take entries to the section under whose heading they now stand."""
    there = {row.section for row in rows if row.kind is RowKind.HEADING}
    last: str | None = None
    for row in rows:
        if row.kind is RowKind.HEADING:
            last = None
        if row.entry is None:
            continue
        before = work.base.row(row.entry)
        origin = before.section if before is not None else NOWHERE
        if (
            before is not None
            and row.entry in work.draft.entries
            and NOWHERE not in (origin, row.section)
            and origin != row.section
            and {origin, row.section} <= there
            and work.draft.home[row.entry] == origin
        ):
            _move_one(work, row.entry, row.section, last)
        last = row.entry


def _move_one(work: Work, name: str, section: int, after: str | None) -> None:
    entry = work.draft.entries[name]
    work.draft.move(name, section, after)
    shared = isinstance(entry, TalkingPoint) and entry.visibility is Visibility.SHARED
    if is_agreed(work.draft, section) and isinstance(entry, TalkingPoint) and shared:
        work.draft.entries[name] = Writer(work.draft, work.lexicon, None).promised(entry)
    work.note(ChangeKind.MOVED, name)


def reorder(work: Work, rows: Sequence[Row]) -> None:
    """Bring a section's entries into the order in which they now stand."""
    before, now = _orders(work.base.rows), _orders(rows)
    draft = work.draft
    for section, names in now.items():
        common = set(names) & set(before.get(section, ()))
        if [n for n in before.get(section, ()) if n in common] == [n for n in names if n in common]:
            continue
        wanted = [n for n in names if draft.home.get(n) == section]
        ours = [n for n in draft.places[section].ids if n in wanted]
        if ours != wanted:
            draft.reorder(section, wanted)
            work.note(ChangeKind.MOVED, wanted[0])


def _orders(rows: Sequence[Row]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for row in rows:
        if row.entry is not None and row.section != NOWHERE:
            found[row.section].append(row.entry)
    return found
