"""Merge one copy into the draft: what was done in it since its base."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from core.body.base import Base, keys_of
from core.body.cuts import mark_cut, mend_cut
from core.body.draft import Draft
from core.body.fields import EntryMerge
from core.body.glue import unglued
from core.body.known import Knower, texts_of
from core.body.lexicon import Lexicon
from core.body.lines import Line
from core.body.markers import without_bullet
from core.body.moves import move, reorder, retitle
from core.body.new_entries import Writer
from core.body.notes import minus
from core.body.read import Block, Reading, read
from core.body.recognise import recognise
from core.body.removals import drop_stray_notes, remove_gone
from core.body.rows import (
    MOST_LINES,
    Row,
    RowKind,
    Texts,
    headings_of,
    rows_of,
)
from core.body.signatures import is_foreign, signature
from core.body.translated import is_translated
from core.body.twins import Joined, of_second_block, pieces
from core.body.under import (
    Wordings,
    below,
    either_in,
    mark_notes,
    notes_in,
    settle_notes,
    with_wording,
)
from core.body.values import Change, Copy, Damage, DamageKind
from core.body.words import fold
from core.body.work import Work
from core.model.agenda import ActionItem, Entry, SectionKind, TalkingPoint

_EMPTY: Final = " -–*•[]☐"
"""What a line is drawn with that nobody has typed into yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyResult:
    """What one copy gave."""

    reading: Reading
    changes: tuple[Change, ...]
    damage: tuple[Damage, ...]
    outside: tuple[str, ...]
    """Lines of the block that are no agenda: they go below it."""
    boxed: bool
    """Whether the base showed boxes, or nothing was touched: a host that drops them is not
    corrected for ever."""


class CopyMerge:
    """One copy, its base, and the draft."""

    def __init__(self, copy: Copy, draft: Draft, lexicon: Lexicon, *, overwritten: bool) -> None:
        places = draft.know(copy.base_agenda)
        self.headings = headings_of(draft.sections, lexicon)
        base = Base(copy, draft, lexicon, places, self.headings)
        self.work = Work(copy, draft, lexicon, base)
        self.broken = self.work.broken
        if overwritten:
            self.broken.append(DamageKind.OVERWRITTEN)
        self.outside: list[str] = []
        self.room = MOST_LINES + len(base.rows)
        """How many lines may still be read as an agenda's."""
        self.crowded = False
        self.eithers: set[str] = set()

    def run(self) -> CopyResult:
        """Merge; the draft is changed."""
        texts = self._texts()
        reading = self._read(texts)
        untouched = self._is_untouched(reading)
        rows = self._rows(reading, texts)
        if reading.blocks and not untouched:
            base = self.work.base.reading
            before = base.scan.lines if base is not None else ()
            self.work.translated = is_translated(reading.scan.lines, before)
            recognise(self.work, rows)
            settle_notes(rows, self.work.base.rows)
            self._apply(rows)
        name = self.work.copy.name
        return CopyResult(
            reading=reading,
            changes=tuple(self.work.changes),
            damage=tuple(Damage(kind=kind, copy=name) for kind in dict.fromkeys(self.broken)),
            outside=tuple(self.outside),
            boxed=any(row.marks.box for row in self.work.base.rows)
            or self._is_untouched(reading, without_bullet),
        )

    def _is_untouched(self, reading: Reading, as_seen: Callable[[str], str] = str) -> bool:
        """Tell whether the lines are those that we last wrote or saw."""
        base = self.work.base.reading
        if base is None or len(reading.blocks) != len(base.blocks):
            return False
        there = [line for line in reading.lines if line.text]
        before = [line for line in base.lines if line.text]
        return len(there) == len(before) and all(
            (one.text == other.text or fold(as_seen(one.text)) == fold(as_seen(other.text)))
            and one.struck == other.struck
            for one, other in zip(there, before, strict=True)
        )

    def _texts(self) -> Texts:
        work = self.work
        shown = [
            (work.lexicon.line_key(r.words, r.marks), r.entry)
            for r in work.base.rows
            if r.kind is RowKind.WORDS and r.entry is not None
        ]
        # An entry that nobody changed is one and the same in both.
        entries = {id(e): e for e in (*work.base.entries.values(), *work.known.values())}
        return texts_of(entries.values(), shown, self.headings, work.base.home, work.lexicon)

    def _read(self, texts: Texts) -> Reading:
        base, copy = self.work.base, self.work.copy
        shown = sum(r.entry is not None for r in base.rows)
        known = Knower(texts, self.work.lexicon)
        reading = read(copy.theirs, known, expected=shown or len(base.rows))
        self.broken += reading.broken
        if reading.empty and base.rows:
            self.broken.append(DamageKind.EMPTIED)
        elif not reading.blocks and base.rows:
            self.broken.append(DamageKind.BLOCK_GONE)
        return reading

    def _rows(self, reading: Reading, texts: Texts) -> list[Row]:
        lexicon, base = self.work.lexicon, self.work.base.rows
        rows: list[Row] = []
        seen: set[str] = set()
        whole = keys_of(base, lexicon)
        apart: list[Sequence[Line]] = []
        for block in reading.blocks:
            own = self._own_lines(block, alone=len(reading.blocks) == 1)
            single = unglued(own, self.work.draft.sections, texts, lexicon, whole)
            apart += pieces(single, texts, lexicon)
        if self.crowded:
            self.broken.append(DamageKind.CROWDED)
        if len(apart) > len(reading.blocks):
            self.broken.append(DamageKind.DOUBLED)
        if len(apart) > 1 or DamageKind.GLUED in self.broken:
            joined = Joined(base, lexicon)
            apart = [joined.apart(part) for part in apart]
        self.work.blocks = len(apart)
        for n, part in enumerate(_fullest_first(apart, Knower(texts, lexicon))):
            found = rows_of(part, texts, lexicon, () if n else base)
            if n:
                found = of_second_block(found, texts, seen, lexicon)
            seen.update(lexicon.key(r.words) for r in found if r.kind is RowKind.WORDS)
            rows += found
        if DamageKind.TRUNCATED in self.broken or DamageKind.END_MISSING in self.broken:
            self.broken += mark_cut(rows, texts, lexicon)
        mark_notes(rows, texts, lexicon)
        return rows

    def _own_lines(self, block: Block, *, alone: bool) -> list[Line]:
        """Return the lines that are an agenda's; all others go below the block."""
        kept, lines = [], block.lines
        # At the end of what was cut, or pasted twice, a name is a heading.
        names = self.work.lexicon.names if alone and block.opened and block.closed else None
        end = signature(lines, names)
        for n, line in enumerate(lines):
            crowded = bool(line.text) and self.room == 0
            if crowded or n >= end or is_foreign(line.text):
                if line.text.strip(_EMPTY):
                    self.outside.append(line.text)
                    self.crowded = self.crowded or crowded
            else:
                kept.append(line)
                self.room -= bool(line.text)
        return kept

    def _apply(self, rows: list[Row]) -> None:
        work = self.work
        if rows and rows[-1].cut and (rows[-1].entry is None or rows[-1].kind is RowKind.NOTE):
            rows = rows[:-1]
        mend_cut(work, rows)
        retitle(work, rows)
        remove_gone(work, rows)
        believed = not self.broken
        drop_stray_notes(work, rows)
        wordings = Wordings(work.draft.entries.values())
        under = below(rows)
        self.eithers = {fold(row.words) for row in rows if row.kind is RowKind.EITHER}
        for n, row in enumerate(rows):
            if row.entry is not None and not row.cut and not self._is_same(row, under.get(n, [])):
                self._entry(row, under.get(n, []), wordings, believed)
        if believed:
            move(work, rows)
        writer = Writer(work.draft, work.lexicon, work.copy.copy_of)
        work.changes += writer.write(rows, wordings)
        if believed:
            reorder(work, rows)

    def _is_same(self, row: Row, under: Sequence[Row]) -> bool:
        """Tell whether a line and what stands below it are as they were, to the letter."""
        base = self.work.base
        n = base.row_of.get(row.entry or "")
        if n is None or row.same != n:
            return False
        before = base.below.get(n, [])
        return len(under) == len(before) and all(
            one.line.text == other.line.text and one.line.struck == other.line.struck
            for one, other in zip((row, *under), (base.rows[n], *before), strict=True)
        )

    def _entry(self, row: Row, under: Sequence[Row], wordings: Wordings, believed: bool) -> None:
        work, name = self.work, row.entry or ""
        base, ours = work.base.entries.get(name), work.draft.entries.get(name)
        entry = ours or base or work.draft.removed[name]
        # Of a line that the base did not show nothing can have been taken back.
        believed = believed and name in work.base.row_of
        merge = EntryMerge(entry, base, work.lexicon, work.by, believed)
        merge.line(row, work.base.said(name, entry))
        notes, either = work.base.under(name, merge.entry)
        # Below the placeholder of a point that was hidden since nothing is shown.
        hidden = work.lexicon.row_key(row.line) in work.lexicon.hidden_keys
        merge.notes(notes_in(under), notes, shown=name in work.base.row_of and not hidden)
        if not hidden:
            elsewhere = either is not None and fold(either) in self.eithers
            merge.either(either_in(under), either, elsewhere=elsewhere)
        own = either is not None and either_in(under) is not None
        merge.come(wordings.come(_without_first(under) if own else under))
        if not merge.changes or (name in work.draft.joined and not merge.brings_words):
            return
        if ours is None:
            # Somebody worked on what we, or the other one, had taken out: words win.
            back = self._revived(merge.entry) if name in work.draft.removed else merge.entry
            work.draft.add(back, work.base.home[name], None)
        else:
            work.draft.entries[name] = merge.entry
        work.changes += merge.changes
        if isinstance(merge.entry, ActionItem) and isinstance(ours, TalkingPoint):
            agreed = work.draft.section_for(None, SectionKind.AGREED)
            work.draft.move(name, agreed, None)

    def _revived(self, entry: Entry) -> Entry:
        """Return an entry that comes back without what stands below a new line since."""
        draft = self.work.draft
        new = [draft.entries[name] for name in draft.typed if name in draft.entries]
        notes = minus(list(entry.notes), [note for one in new for note in one.notes])
        taken = any(
            with_wording(one.other_wording, entry.other_wording) == one.other_wording for one in new
        )
        other = "" if taken else entry.other_wording
        return replace(entry, notes=tuple(notes), other_wording=other)


def _without_first(under: Sequence[Row]) -> list[Row]:
    """Return the rows below a line without its own second wording."""
    return [row for row in under if row.kind is RowKind.EITHER][1:]


def _fullest_first(apart: Sequence[Sequence[Line]], known: Knower) -> Sequence[Sequence[Line]]:
    """Of several blocks the one with the most of our lines comes first."""
    if len(apart) < 2:
        return apart
    return sorted(apart, key=lambda lines: -sum(map(known, lines)))
