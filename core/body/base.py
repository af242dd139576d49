"""What a copy showed when we last wrote or saw it: each line, and which entry it is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from core.body.align import match_exactly, match_in_place, match_moved, unmatched
from core.body.draft import Draft
from core.body.glue import unglued
from core.body.known import Knower, all_keys, entries_of, texts_of
from core.body.lexicon import BOX, Lexicon
from core.body.lines import Line
from core.body.near import Slot
from core.body.read import Reading, read
from core.body.rows import (
    MOST_LINES,
    NOWHERE,
    Row,
    RowKind,
    Texts,
    rows_of,
)
from core.body.said import Said, as_shown, said_by
from core.body.shown import Kind, shown_lines
from core.body.under import below, either_in, mark_notes, notes_in, settle_notes
from core.body.values import Copy
from core.model.agenda import ActionItem, Agenda, Entry, SectionKind, entry_id

_KINDS = {
    Kind.HEADING: RowKind.HEADING,
    Kind.ENTRY: RowKind.WORDS,
    Kind.NOTE: RowKind.NOTE,
    Kind.EITHER: RowKind.EITHER,
}


class Base:
    """A copy's base, read line by line."""

    def __init__(
        self,
        copy: Copy,
        draft: Draft,
        lexicon: Lexicon,
        places: Mapping[int, int],
        headings: Mapping[str, Sequence[int]],
    ) -> None:
        self.copy = copy
        self.draft = draft
        self.lexicon = lexicon
        self.entries = entries_of(copy.base_agenda)
        self.places = places
        """Where each of the base's sections is in the draft."""
        self.home = {**draft.home, **self._homes()}
        self.reading: Reading | None = None
        self.rows = self._read(headings)
        self.row_of = {r.entry: n for n, r in enumerate(self.rows) if r.entry is not None}
        self.below = below(self.rows)

    def _homes(self) -> dict[str, int]:
        agenda = self.copy.base_agenda or Agenda()
        return {
            entry_id(e): self.places[n] for n, s in enumerate(agenda.sections) for e in s.entries
        }

    def row(self, name: str | None) -> Row | None:
        """Return the line that showed an entry; None: nothing is known by that name."""
        n = self.row_of.get(name) if name else None
        return None if n is None else self.rows[n]

    def under_row(self, name: str | None) -> list[Row]:
        """Return what stood below an entry's line."""
        n = self.row_of.get(name) if name else None
        return [] if n is None else self.below.get(n, [])

    def notes_of(self, name: str | None) -> list[Row]:
        """Return the notes that stood below an entry's line."""
        return [row for row in self.under_row(name) if row.kind is RowKind.NOTE]

    def _read(self, headings: Mapping[str, Sequence[int]]) -> list[Row]:
        """Find which entries the base showed, and how."""
        if self.copy.base_body is None:
            return []
        entries = self.entries or self.draft.entries
        texts = texts_of(entries.values(), (), headings, self.home, self.lexicon)
        reading = read(self.copy.base_body, Knower(texts, self.lexicon), expected=len(entries))
        self.reading = reading
        if not reading.blocks:
            return []
        like = list(self._rendered())
        rows = self._rows(reading.blocks[0].lines[:MOST_LINES], texts, like)
        found = {row.entry for row in rows}
        if any(n not in found and self.lexicon.entry_keys(e) for n, e in entries.items()):
            self._match(rows, entries)
        settle_notes(rows, like)
        return rows

    def _match(self, rows: Sequence[Row], entries: Mapping[str, Entry]) -> None:
        """Find the entries whose lines are not as we would have rendered them."""
        slots = [self._slot(name, e) for name, e in entries.items()]
        match_exactly(rows, unmatched(rows, slots), self.lexicon)
        self._match_promises(rows, slots, entries)
        match_in_place(rows, slots, self.lexicon, whole=True)
        match_moved(rows, slots, self.lexicon)

    def _rows(self, lines: Sequence[Line], texts: Texts, like: Sequence[Row]) -> list[Row]:
        """Read the lines; those that we rendered as what they were rendered from."""
        whole = keys_of(like, self.lexicon)
        apart = unglued(lines, self.draft.sections, texts, self.lexicon, whole)
        rows = rows_of(apart, texts, self.lexicon, like, written=True)
        mark_notes(rows, texts, self.lexicon)
        return rows

    def _rendered(self) -> Iterator[Row]:
        """Yield the lines in which the base's agenda is rendered."""
        agenda = self.copy.base_agenda
        parent: int | None = None
        shown = shown_lines(agenda.shared().sections, self.lexicon.style) if agenda else []
        for n, line in enumerate(shown[1:-1]):
            kind = _KINDS.get(line.kind, RowKind.OURS)
            seen = Line(line.text, line.text, 0, 0)
            section = self.places.get(line.section, NOWHERE)
            row = Row(kind, seen, marks=self.lexicon.marks(seen), section=section)
            if kind is RowKind.WORDS:
                row.entry, parent = line.entry, n
            elif kind in (RowKind.NOTE, RowKind.EITHER):
                row.parent = parent
            yield row

    def _slot(self, name: str, entry: Entry) -> Slot:
        return Slot(
            name,
            all_keys(entry, self.lexicon),
            self.home[name],
            self.lexicon.line_words(entry) if self.lexicon.entry_keys(entry) else None,
        )

    def _match_promises(
        self, rows: Sequence[Row], slots: Sequence[Slot], entries: Mapping[str, Entry]
    ) -> None:
        """Recognise action items in the words in which a person first typed them."""
        waiting: dict[str, list[str]] = defaultdict(list)
        for slot in unmatched(rows, slots):
            entry = entries[slot.entry]
            if isinstance(entry, ActionItem):
                waiting[self.lexicon.key(entry.text)].append(slot.entry)
        for row in rows:
            if row.kind is RowKind.WORDS and row.entry is None:
                agreed = is_agreed(self.draft, row.section)
                promise = self.lexicon.promise(row.words, agreed=agreed)
                found = waiting.get(self.lexicon.key(promise.text))
                if promise.marked and found:
                    row.entry = found.pop(0)

    def said(self, name: str, entry: Entry) -> Said:
        """Return what the entry's line said, or would have said."""
        entry = self.entries.get(name, entry)
        action = isinstance(entry, ActionItem)
        row = self.row(name)
        if row is not None:
            said = said_by(row.words, row.marks, self.lexicon, action=action)
            return as_shown(said, entry, self.lexicon)
        marks = self.lexicon.marks_in(BOX + self.lexicon.line_words(entry))
        said = said_by(marks.words, marks, self.lexicon, action=action)
        return as_shown(said, entry, self.lexicon)

    def under(self, name: str, entry: Entry) -> tuple[list[str], str | None]:
        """Return the notes and the second wording that stood below it."""
        n = self.row_of.get(name)
        if n is None:
            return list(entry.notes), entry.other_wording or None
        found = self.below.get(n, [])
        return notes_in(found), either_in(found)


def keys_of(rows: Sequence[Row], lexicon: Lexicon) -> Counter[str]:
    """Count the keys of lines that are whole as they stand."""
    return Counter(lexicon.row_key(row.line) for row in rows)


def is_agreed(draft: Draft, section: int) -> bool:
    """Tell whether action items stand there."""
    return section != NOWHERE and draft.places[section].section.kind is SectionKind.AGREED
