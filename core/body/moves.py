"""What went elsewhere in a copy: lines to another section or order, headings to new words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

from core.body.base import is_agreed
from core.body.headings import known_headings
from core.body.near import TITLE, is_free, is_listed
from core.body.new_entries import promised
from core.body.rows import NOWHERE, Row, RowKind
from core.body.values import ChangeKind
from core.body.words import bare, key
from core.body.work import Work
from core.model.agenda import TalkingPoint, Visibility


def retitle(work: Work, rows: list[Row]) -> None:
    """A heading that was there and is not: the line in its place is its new wording."""
    there = {row.section for row in rows if row.kind is RowKind.HEADING}
    wanted = [
        r.section for r in work.base.rows if r.kind is RowKind.HEADING and r.section not in there
    ]
    if not wanted:
        return
    titles = _Titles(work, rows)
    for section in wanted:
        if titles.mend(section):
            continue
        at = titles.line_above(section)
        if at is None or _was_note(work, rows[at]):
            continue
        if work.translated:
            _head(rows, at, section)
            continue
        words, place = rows[at].words, work.draft.places[section]
        before = place.section.title
        place.section = replace(place.section, title=_title(work, section, words), titles=())
        _head(rows, at, section)
        work.note(ChangeKind.RENAMED, "", before, words)


def _was_note(work: Work, row: Row) -> bool:
    """Tell whether a line is a note of ours, whose entry a cut took."""
    words = work.lexicon.key(row.words)
    kinds = (RowKind.NOTE, RowKind.EITHER)
    return any(r.kind in kinds and work.lexicon.key(r.words) == words for r in work.base.rows)


def _title(work: Work, section: int, words: str) -> str:
    """Return a heading's new wording; where it was renamed twice since the base, both of them."""
    known = work.draft.places[section].section.title
    agenda = work.copy.base_agenda
    first = next((n for n, place in work.base.places.items() if place == section), None)
    base = agenda.sections[first].title if agenda is not None and first is not None else known
    if not known or known == base:
        return words
    return known if key(words) in map(key, known.split(" / ")) else f"{known} / {words}"


def _head(rows: Sequence[Row], at: int, section: int) -> None:
    """Make a line the heading of all that stands below it."""
    rows[at].kind, rows[at].section = RowKind.HEADING, section
    for later in rows[at + 1 :]:
        if later.kind is RowKind.HEADING or later.below:
            break
        later.section = section


class _Titles:
    """Finds what became of headings that are gone."""

    def __init__(self, work: Work, rows: Sequence[Row]) -> None:
        self.work = work
        self.rows = rows
        self.first: dict[int, int] = {}
        """The first line that stood in a section."""
        for n, row in enumerate(rows):
            base = work.base.row(row.entry)
            if base is not None:
                self.first.setdefault(base.section, n)
        self.halves: dict[str, list[int]] = defaultdict(list)
        """Where two lines, one below the other, read so together."""
        for n, (one, other) in enumerate(pairwise(rows)):
            if is_free(one) and is_free(other):
                self.halves[bare(one.words) + bare(other.words)].append(n)

    def mend(self, section: int) -> bool:
        """Put a heading together again that somebody broke in two lines."""
        rows, people = self.rows, self.work.lexicon.setting.people
        titles = known_headings(self.work.draft.places[section].section, people)
        halves = sorted(n for title in set(map(bare, titles)) for n in self.halves.get(title, ()))
        for n in halves:
            if is_free(rows[n]) and is_free(rows[n + 1]):
                rows[n + 1].kind = RowKind.OURS
                _head(rows, n, section)
                return True
        return False

    def line_above(self, section: int) -> int | None:
        """Return the line right above the first that stood in a section, where it is a title.

        Of two lines that nobody knows the first in a block is the heading in another language.
        Elsewhere it may be either: then both are kept as typed.
        """
        n = self.first.get(section)
        if n is None:
            return None
        above = (self.rows[m] for m in range(n - 1, -1, -1))
        titles = len(list(takewhile(_may_be_title, above)))
        if self.work.translated and titles > 1:
            return 0 if titles == n else None
        return n - 1 if titles else None


def _may_be_title(row: Row) -> bool:
    new = row.kind is RowKind.WORDS and row.entry is None
    return new and not is_listed(row) and len(row.words) < TITLE


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
        work.draft.entries[name] = promised(entry, work.lexicon)
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
        chosen = set(wanted)
        ours = [n for n in draft.places[section].ids if n in chosen]
        if ours != wanted:
            draft.reorder(section, wanted)
            work.note(ChangeKind.MOVED, wanted[0])


def _orders(rows: Sequence[Row]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for row in rows:
        if row.entry is not None and row.section != NOWHERE:
            found[row.section].append(row.entry)
    return found
