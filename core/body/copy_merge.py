"""Merge one copy into the draft: what was done in it since its base."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from core.body.align import Slot, match_exactly, match_in_place, match_moved
from core.body.draft import Draft
from core.body.fields import EntryMerge, Said, said_by
from core.body.glue import unglued
from core.body.lexicon import BOX, HIDDEN_MARK, Lexicon, heading_letters, is_ours, prompt_rest
from core.body.lines import Line
from core.body.markers import marks_of
from core.body.new_entries import Writer
from core.body.read import Reading, read
from core.body.rows import (
    NOWHERE,
    Row,
    RowKind,
    Texts,
    headings_of,
    mark_notes,
    rows_of,
    settle_notes,
)
from core.body.values import Change, ChangeKind, Copy, Damage, DamageKind
from core.body.words import bare, fold
from core.model.agenda import (
    ActionItem,
    Agenda,
    Entry,
    SectionKind,
    TalkingPoint,
    Visibility,
    entry_id,
)

_FOREIGN: Final = re.compile(
    r"(?:von meinem |sent from my |gesendet von |get outlook for |outlook für |envoyé de mon )"
    r"|(?:am|on) .{4,80} (?:schrieb|wrote)\b.{0,80}:$",
    re.IGNORECASE,
)
_COUNT: Final = re.compile(r"\((\d{1,3})\s?[×x]\)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyResult:
    """What one copy gave."""

    reading: Reading
    changes: tuple[Change, ...]
    damage: tuple[Damage, ...]
    outside: tuple[str, ...] = ()
    """Lines of the block that are no agenda: they go below it."""
    boxed: bool = True
    """Whether the base showed boxes, or nothing was touched: a host that drops them is not
    corrected for ever."""


class CopyMerge:
    """One copy, its base, and the draft."""

    def __init__(
        self, copy: Copy, draft: Draft, lexicon: Lexicon, *, overwritten: bool = False
    ) -> None:
        self.copy = copy
        self.draft = draft
        self.lexicon = lexicon
        self.by = copy.copy_of.address if copy.copy_of else None
        self.changes: list[Change] = []
        self.broken: list[DamageKind] = [DamageKind.OVERWRITTEN] if overwritten else []
        self.outside: list[str] = []
        self.base_entries = _entries_of(copy.base_agenda)
        self.base_home = self._base_home()
        self.headings = headings_of(draft.sections, lexicon)
        self.base_reading: Reading | None = None
        self.base_rows = self._read_base()
        self.base_row = {r.entry: n for n, r in enumerate(self.base_rows) if r.entry is not None}

    def _base_home(self) -> dict[str, int]:
        places = self.draft.know(self.copy.base_agenda)
        home = dict(self.draft.home)
        for n, section in enumerate(
            self.copy.base_agenda.sections if self.copy.base_agenda else ()
        ):
            home.update({entry_id(e): places[n] for e in section.entries})
        return home

    def run(self) -> CopyResult:
        """Merge; the draft is changed."""
        texts = self._texts()
        reading = self._read_theirs(texts)
        rows = self._rows(reading, texts)
        untouched = self._is_untouched(reading)
        if reading.blocks and not untouched:
            mark_notes(rows, texts, self.lexicon)
            self._match(rows)
            settle_notes(rows)
            self._apply(rows)
        return CopyResult(
            reading=reading,
            changes=tuple(self.changes),
            damage=tuple(
                Damage(kind=kind, copy=self.copy.name) for kind in dict.fromkeys(self.broken)
            ),
            outside=tuple(self.outside),
            boxed=any(row.marks.box for row in self.base_rows) or untouched,
        )

    def _is_untouched(self, reading: Reading) -> bool:
        """Tell whether the lines are those that we last wrote or saw."""
        if self.base_reading is None or len(reading.blocks) != len(self.base_reading.blocks):
            return False
        there = [line for line in reading.lines if line.text]
        before = [line for line in self.base_reading.lines if line.text]
        return len(there) == len(before) and all(
            (one.text == other.text or fold(one.text) == fold(other.text))
            and one.struck == other.struck
            for one, other in zip(there, before, strict=True)
        )

    # -- the base -----------------------------------------------------------------------------

    def _read_base(self) -> list[Row]:
        """Find which entries the base showed, and how."""
        if self.copy.base_body is None:
            return []
        entries = self.base_entries or self.draft.entries
        texts = self._texts_of(entries.values(), ())
        known = self._knower(texts)
        reading = read(self.copy.base_body, known, expected=len(entries))
        self.base_reading = reading
        rows: list[Row] = []
        for block in reading.blocks[:1]:
            lines = unglued(block.lines, self.draft.sections, texts, self.lexicon)
            rows = rows_of(lines, texts, self.lexicon)
        mark_notes(rows, texts, self.lexicon)
        slots = [
            Slot(
                name,
                self._all_keys(e),
                self.base_home.get(name, NOWHERE),
                self.lexicon.line_words(e) if self.lexicon.entry_keys(e) else None,
                n,
            )
            for n, (name, e) in enumerate(entries.items())
        ]
        match_exactly(rows, slots, self.lexicon)
        self._match_promises(rows, slots, entries)
        match_in_place(rows, slots, self.lexicon)
        match_moved(rows, slots, self.lexicon)
        settle_notes(rows)
        return rows

    def _all_keys(self, entry: Entry) -> list[str]:
        keys = self.lexicon.entry_keys(entry)
        if keys and isinstance(entry, TalkingPoint) and entry.visibility is Visibility.SENSITIVE:
            keys.append(HIDDEN_MARK + self.lexicon.words_key(entry.text))
        return keys

    def _match_promises(
        self, rows: Sequence[Row], slots: Sequence[Slot], entries: dict[str, Entry]
    ) -> None:
        """Recognise action items in the words in which a person first typed them."""
        waiting: dict[str, list[str]] = defaultdict(list)
        seen = {r.entry for r in rows}
        for slot in slots:
            entry = entries[slot.entry]
            if slot.entry not in seen and isinstance(entry, ActionItem):
                waiting[self.lexicon.key(entry.text)].append(slot.entry)
        if not waiting:
            return
        for row in rows:
            if row.kind is RowKind.WORDS and row.entry is None:
                agreed = self._is_agreed(row.section)
                promise = self.lexicon.promise(row.words, agreed=agreed)
                found = waiting.get(self.lexicon.key(promise.text))
                if promise.marked and found:
                    row.entry = found.pop(0)

    def _is_agreed(self, section: int) -> bool:
        return section != NOWHERE and self.draft.places[section].section.kind is SectionKind.AGREED

    # -- theirs -------------------------------------------------------------------------------

    def _texts(self) -> Texts:
        entries = {**self.base_entries, **self.draft.entries}
        shown = [
            (self.lexicon.line_key(r.words, r.marks), r.entry)
            for r in self.base_rows
            if r.kind is RowKind.WORDS and r.entry is not None
        ]
        return self._texts_of([*self.base_entries.values(), *entries.values()], shown)

    def _texts_of(self, entries: Iterable[Entry], shown: Iterable[tuple[str, str]]) -> Texts:
        keys: dict[str, list[str]] = defaultdict(list)
        notes: dict[str, list[str]] = defaultdict(list)
        for entry in entries:
            name = entry_id(entry)
            for known in self._all_keys(entry):
                if name not in keys[known][-1:]:
                    keys[known].append(name)
            for note in entry.notes:
                notes[self.lexicon.key(note)].append(name)
                notes[self.lexicon.key(marks_of(note).words)].append(name)
        for known, name in shown:
            keys[known].append(name)
        return Texts(headings=self.headings, entries=keys, notes=notes, home=self.base_home)

    def _knower(self, texts: Texts) -> _Knower:
        return _Knower(texts, self.lexicon)

    def _read_theirs(self, texts: Texts) -> Reading:
        shown = sum(r.entry is not None for r in self.base_rows)
        expected = shown or (0 if self.copy.base_body is None else len(self.base_rows))
        reading = read(self.copy.theirs, self._knower(texts), expected=expected)
        self.broken += reading.broken
        if reading.empty and self.base_rows:
            self.broken.append(DamageKind.EMPTIED)
        elif not reading.blocks and self.base_rows:
            self.broken.append(DamageKind.BLOCK_GONE)
        return reading

    def _rows(self, reading: Reading, texts: Texts) -> list[Row]:
        rows: list[Row] = []
        seen: set[str] = set()
        for n, block in enumerate(reading.blocks):
            lines = self._own_lines(block.lines)
            lines = unglued(lines, self.draft.sections, texts, self.lexicon)
            found = rows_of(lines, texts, self.lexicon)
            if n:
                found = self._second(found, texts, seen)
            seen.update(self.lexicon.key(r.words) for r in found if r.kind is RowKind.WORDS)
            rows += found
        if DamageKind.TRUNCATED in self.broken or DamageKind.END_MISSING in self.broken:
            self._mark_cut(rows, texts)
        _pasted(rows, texts, self.lexicon)
        return rows

    def _own_lines(self, lines: Sequence[Line]) -> list[Line]:
        kept = []
        for line in lines:
            if len(line.text) < 200 and _FOREIGN.match(line.text):
                self.outside.append(line.text)
            else:
                kept.append(line)
        return kept

    def _second(self, rows: list[Row], texts: Texts, seen: set[str]) -> list[Row]:
        """Keep of a second block what the first does not have; twins only to hold notes."""
        kept = []
        for row in rows:
            words = self.lexicon.key(row.words)
            if row.kind is RowKind.WORDS and words in texts.entries:
                row.twin = True
            elif row.kind is RowKind.WORDS and (words in texts.notes or words in seen):
                continue
            kept.append(row)
        return kept

    def _match_twins(self, rows: Sequence[Row]) -> None:
        """Give a second block's lines the entries of the first's."""
        first: dict[str, list[str]] = defaultdict(list)
        for row in rows:
            if row.entry is not None:
                first[self.lexicon.key(row.words)].append(row.entry)
        used: Counter[str] = Counter()
        for row in rows:
            if not row.twin:
                continue
            words = self.lexicon.key(row.words)
            names = first.get(words)
            if names:
                row.entry = names[used[words] % len(names)]
                used[words] += 1
            else:
                row.kind = RowKind.OURS

    def _mark_cut(self, rows: list[Row], texts: Texts) -> None:
        """Forget the last line where it is only what a cut left of one of ours."""
        while rows and rows[-1].kind is RowKind.OURS:
            rows.pop()
        if not rows or rows[-1].kind is not RowKind.WORDS:
            return
        row = rows[-1]
        rest = bare(row.words.rstrip(".… "))
        known = self.lexicon.key(row.words) in texts.entries
        if known:
            return
        ours = [*texts.headings, *(bare(k) for k in texts.entries), "neuepunkte", "newpoints"]
        prompts = [bare(k) for k in ("Neue Punkte einfach darunter schreiben", "New points: just")]
        fences = [bare("1:1-Agenda Ende"), bare("Ende 1:1-Agenda"), bare("end of 1:1 agenda")]
        if not rest or any(whole.startswith(rest) for whole in (*ours, *prompts, *fences)):
            row.cut = True
            self.broken.append(DamageKind.TRUNCATED)

    def _match(self, rows: list[Row]) -> None:
        known = {**self.base_entries, **self.draft.entries}
        shown = [s for s in self._slots(known) if s.shown is not None]
        match_exactly(rows, shown, self.lexicon)
        self._match_echo(rows, known, strictly=True)
        self._match_cut(rows, shown)
        match_in_place(rows, shown, self.lexicon)
        self._match_echo(rows, known, strictly=False)
        match_moved(rows, shown, self.lexicon)
        self._match_twins(rows)

    def _slots(self, known: dict[str, Entry]) -> list[Slot]:
        slots = []
        for name, entry in known.items():
            n = self.base_row.get(name)
            row = self.base_rows[n] if n is not None else None
            keys = self._all_keys(entry)
            if name in self.base_entries:
                keys = [*self._all_keys(self.base_entries[name]), *keys]
            if row is not None:
                keys = [self.lexicon.line_key(row.words, row.marks), *keys]
            section = row.section if row is not None else self.base_home.get(name, NOWHERE)
            shown = row.words if row is not None else None
            slots.append(Slot(name, list(dict.fromkeys(keys)), section, shown, n or 0))
        return slots

    def _match_echo(self, rows: list[Row], known: dict[str, Entry], *, strictly: bool) -> None:
        """Recognise what we wrote ourselves, or another copy brought, since this base."""
        waiting: dict[str, list[str]] = defaultdict(list)
        seen = {row.entry for row in rows}
        for name, entry in known.items():
            if name in self.base_row or name in seen:
                continue
            for words in self._all_keys(entry):
                waiting[words].append(name)
        if not waiting:
            return
        writer = Writer(self.draft, self.lexicon, self.copy.copy_of)
        for row in rows:
            if row.kind is not RowKind.WORDS or row.entry is not None or row.heir is not None:
                continue
            promise = self.lexicon.promise(row.words, agreed=self._is_agreed(row.section))
            for words in dict.fromkeys((row.words, promise.text)):
                names = waiting.get(self.lexicon.line_key(words, row.marks), [])
                fitting = (
                    n
                    for n in names
                    if self._fits(row, n, writer, strictly=strictly)
                    or (promise.marked and not strictly and self._is_promise(n))
                )
                row.entry = next(fitting, None)
                if row.entry is not None:
                    names.remove(row.entry)
                    break

    def _fits(self, row: Row, name: str, writer: Writer, *, strictly: bool) -> bool:
        """Tell whether a line may be the echo of that entry.

        What another copy brought in this very merge was carried here by a host as it stood
        there, so in the same place; else two people typed the same words.
        """
        if name in self.draft.typed:
            return self.draft.typed[name] == row.section
        home = self.draft.home.get(name, NOWHERE)
        if strictly:
            return row.section == home
        return row.section == NOWHERE or writer.landing(row) == home

    def _is_promise(self, name: str) -> bool:
        """Tell whether it stands where every action item goes, wherever it was typed."""
        home = self.draft.home.get(name, NOWHERE)
        return name not in self.draft.typed and self._is_agreed(home)

    def _match_cut(self, rows: Sequence[Row], slots: Sequence[Slot]) -> None:
        if not rows or not rows[-1].cut:
            return
        seen = {row.entry for row in rows}
        rest = bare(rows[-1].words.rstrip(".… "))
        for slot in slots:
            if slot.entry not in seen and rest and bare(slot.shown or "").startswith(rest):
                rows[-1].entry = slot.entry
                return

    # -- what it means ------------------------------------------------------------------------

    def _apply(self, rows: list[Row]) -> None:
        rows = [row for row in rows if not (row.cut and row.entry is None)]
        self._retitle(rows)
        gone = self._gone(rows)
        believed = not self.broken
        for name in gone:
            self._remove(name)
        self._drop_stray_notes(rows)
        for n, row in enumerate(rows):
            if row.entry is not None and not row.cut:
                self._entry(rows, n, believed)
        if believed:
            self._move(rows)
        writer = Writer(self.draft, self.lexicon, self.copy.copy_of)
        self.changes += writer.write(rows)
        if believed:
            self._reorder(rows)

    def _drop_stray_notes(self, rows: Sequence[Row]) -> None:
        """A note whose own entry stays, though its line is gone, is no other line's note."""
        seen = {row.entry for row in rows}
        owners: dict[str, set[str]] = defaultdict(set)
        for name, entry in self.base_entries.items():
            if name in self.base_row and name in self.draft.entries and name not in seen:
                for note in entry.notes:
                    owners[self.lexicon.key(note)].add(name)
        for row in rows if owners else ():
            if row.kind is RowKind.NOTE and owners.get(self.lexicon.key(row.words)):
                owners[self.lexicon.key(row.words)].pop()
                row.words = ""

    def _gone(self, rows: Sequence[Row]) -> list[str]:
        """Return what was surely deleted; note where so much is gone that nobody did it."""
        seen = {row.entry for row in rows}
        shown = [name for name in self.base_row if name is not None]
        missing = [n for n in shown if n not in seen and n in self.draft.entries]
        if not missing:
            return []
        missing = [name for name in missing if not self._joined(name, rows)]
        if missing and not self.broken and self._is_odd(rows, shown, missing):
            self.broken.append(DamageKind.LINES_GONE)
        return [] if self.broken else missing

    def _joined(self, name: str, rows: Sequence[Row]) -> bool:
        """Tell whether its words went into another line."""
        words = fold(self.base_rows[self.base_row[name]].words).casefold()
        if self.lexicon.is_hidden(words) or len(words) < 2:
            return False
        for row in rows:
            if row.kind is not RowKind.WORDS or words not in self.lexicon.key(row.words):
                continue
            before = ""
            if row.entry is not None and row.entry in self.base_row:
                before = self.lexicon.key(self.base_rows[self.base_row[row.entry]].words)
            if words not in before:
                self.draft.drop(name)
                self.changes.append(
                    Change(kind=ChangeKind.EDITED, entry_id=name, by=self.by, after=row.words)
                )
                return True
        return False

    def _is_odd(self, rows: Sequence[Row], shown: Sequence[str], missing: Sequence[str]) -> bool:
        if len(missing) > 3 and len(missing) * 2 > len(shown):
            return True
        there = {row.section for row in rows if row.kind is RowKind.HEADING}
        titled = {row.section for row in self.base_rows if row.kind is RowKind.HEADING}
        without = {self.base_rows[self.base_row[n]].section for n in missing}
        if any(section in titled and section not in there for section in without):
            return True
        return self._turned_back(rows)

    def _turned_back(self, rows: Sequence[Row]) -> bool:
        """A count that fell shows that a host put an older text back."""
        for row in rows:
            if row.entry is None or row.entry not in self.base_row:
                continue
            before = _COUNT.search(self.base_rows[self.base_row[row.entry]].words)
            now = _COUNT.search(row.words)
            if before and (not now or int(now[1]) < int(before[1])):
                return True
        return False

    def _retitle(self, rows: list[Row]) -> None:
        """A heading that was there and is not: the line in its place is its new wording."""
        there = {row.section for row in rows if row.kind is RowKind.HEADING}
        wanted = [
            r.section
            for r in self.base_rows
            if r.kind is RowKind.HEADING and r.section not in there
        ]
        for section in wanted:
            at = self._line_above(rows, section)
            if at is None:
                continue
            row, place = rows[at], self.draft.places[section]
            before = place.section.title
            place.section = replace(place.section, title=row.words, titles=())
            row.kind, row.section = RowKind.HEADING, section
            for later in rows[at + 1 :]:
                if later.kind is RowKind.HEADING or later.below:
                    break
                later.section = section
            self.changes.append(
                Change(
                    kind=ChangeKind.RENAMED,
                    entry_id="",
                    by=self.by,
                    before=before,
                    after=row.words,
                )
            )

    def _line_above(self, rows: Sequence[Row], section: int) -> int | None:
        for n, row in enumerate(rows):
            base = self.base_row.get(row.entry) if row.entry is not None else None
            if base is not None and self.base_rows[base].section == section:
                above = rows[n - 1] if n else None
                if above is None or above.kind is not RowKind.WORDS or above.entry is not None:
                    return None
                plain = not (above.marks.box or above.marks.bullet or above.line.item)
                return n - 1 if plain and len(above.words) < 60 else None
        return None

    def _entry(self, rows: Sequence[Row], n: int, believed: bool) -> None:
        row = rows[n]
        name = row.entry or ""
        base = self.base_entries.get(name)
        ours = self.draft.entries.get(name)
        merge = EntryMerge(
            ours or base or self.draft.removed[name], base, self.lexicon, self.by, believed
        )
        merge.line(row, self._said_before(name, merge.entry))
        notes, either = _below(rows, n)
        notes_before, either_before = self._below_before(name, merge.entry)
        merge.notes(notes, notes_before, shown=name in self.base_row)
        merge.either(either, either_before)
        if not merge.changes:
            return
        if ours is None:
            # Somebody worked on what we, or the other one, had taken out: words win.
            self.draft.add(merge.entry, self.base_home.get(name, 0), None)
        else:
            self.draft.entries[name] = merge.entry
        self.changes += merge.changes
        if isinstance(merge.entry, ActionItem) and isinstance(ours, TalkingPoint):
            agreed = self.draft.section_for(None, SectionKind.AGREED)
            self.draft.move(name, agreed, None)

    def _said_before(self, name: str, entry: Entry) -> Said:
        action = isinstance(entry, ActionItem)
        n = self.base_row.get(name)
        if n is not None:
            row = self.base_rows[n]
            return said_by(row.words, row.marks, self.lexicon, action=action)
        marks = marks_of(BOX + self.lexicon.line_words(entry))
        return said_by(marks.words, marks, self.lexicon, action=action)

    def _below_before(self, name: str, entry: Entry) -> tuple[list[str], str | None]:
        n = self.base_row.get(name)
        if n is not None:
            return _below(self.base_rows, n)
        return list(entry.notes), entry.other_wording or None

    def _remove(self, name: str) -> None:
        entry = self.draft.entries[name]
        base = self.base_entries.get(name)
        if base is not None and (fold(base.text), base.notes) != (fold(entry.text), entry.notes):
            return  # somebody else has worked on it since
        if self._is_unclear(name) or (self.by is not None and entry.owner not in (None, self.by)):
            kind = ChangeKind.REMOVAL_ASKED
        else:
            kind = ChangeKind.REMOVED
            self.draft.drop(name)
        self.changes.append(Change(kind=kind, entry_id=name, by=self.by, before=entry.text))

    def _is_unclear(self, name: str) -> bool:
        """Of several placeholders nobody can tell which one is gone."""
        row = self.base_rows[self.base_row[name]]
        if not self.lexicon.is_hidden(row.words):
            return False
        twins = [
            r
            for r in self.base_rows
            if r.section == row.section and self.lexicon.is_hidden(r.words)
        ]
        return len(twins) > 1

    def _move(self, rows: Sequence[Row]) -> None:
        there = {row.section for row in rows if row.kind is RowKind.HEADING}
        last: str | None = None
        for row in rows:
            if row.kind is RowKind.HEADING:
                last = None
            if row.entry is None:
                continue
            n = self.base_row.get(row.entry)
            origin = self.base_rows[n].section if n is not None else NOWHERE
            if (
                n is not None
                and row.entry in self.draft.entries
                and NOWHERE not in (origin, row.section)
                and origin != row.section
                and {origin, row.section} <= there
                and self.draft.home[row.entry] == origin
            ):
                self._move_one(row.entry, row.section, last)
            last = row.entry

    def _move_one(self, name: str, section: int, after: str | None) -> None:
        entry = self.draft.entries[name]
        self.draft.move(name, section, after)
        shared = isinstance(entry, TalkingPoint) and entry.visibility is Visibility.SHARED
        if self._is_agreed(section) and isinstance(entry, TalkingPoint) and shared:
            self.draft.entries[name] = Writer(self.draft, self.lexicon, None).promised(entry)
        self.changes.append(Change(kind=ChangeKind.MOVED, entry_id=name, by=self.by))

    def _reorder(self, rows: Sequence[Row]) -> None:
        before, now = _orders(self.base_rows), _orders(rows)
        for section, names in now.items():
            common = set(names) & set(before.get(section, ()))
            if [n for n in before.get(section, ()) if n in common] == [
                n for n in names if n in common
            ]:
                continue
            wanted = [n for n in names if self.draft.home.get(n) == section]
            ours = [n for n in self.draft.places[section].ids if n in wanted]
            if ours != wanted:
                self.draft.reorder(section, wanted)
                self.changes.append(Change(kind=ChangeKind.MOVED, entry_id=wanted[0], by=self.by))


class _Knower:
    """Tells whether a line is one that we know."""

    def __init__(self, texts: Texts, lexicon: Lexicon) -> None:
        self.texts = texts
        self.lexicon = lexicon

    def __call__(self, line: Line) -> bool:
        if prompt_rest(line.text) is not None or is_ours(line.text, self.lexicon.setting.link):
            return True
        marks = self.lexicon.marks(line)
        for words in self.lexicon.keys_of(marks.words, marks):
            if words and (words in self.texts.entries or words in self.texts.notes):
                return True
        return not marks.box and (
            heading_letters(line.text) in self.texts.headings
            or heading_letters(marks.words) in self.texts.headings
        )


def _entries_of(agenda: Agenda | None) -> dict[str, Entry]:
    if agenda is None:
        return {}
    return {entry_id(e): e for s in agenda.sections for e in s.entries}


def _below(rows: Sequence[Row], n: int) -> tuple[list[str], str | None]:
    """Return the notes and the second wording below a row."""
    notes: list[str] = []
    either: str | None = None
    at = n + 1
    while at < len(rows) and rows[at].parent == n:
        if rows[at].kind is RowKind.NOTE:
            notes += [rows[at].words] if rows[at].words else []
        else:
            either = rows[at].words
        at += 1
    return notes, either


def _orders(rows: Sequence[Row]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for row in rows:
        if row.entry is not None and row.section != NOWHERE:
            found[row.section].append(row.entry)
    return found


def _pasted(rows: list[Row], texts: Texts, lexicon: Lexicon) -> None:
    """Where the whole block was pasted into itself, its lines are twins from there on."""
    headings = Counter(row.section for row in rows if row.kind is RowKind.HEADING)
    if sum(count > 1 for count in headings.values()) < 2:
        return
    seen: set[str] = set()
    for row in rows:
        words = lexicon.key(row.words)
        known = row.kind is RowKind.WORDS and words in texts.entries
        row.twin = row.twin or (known and len(texts.entries[words]) < 2 and words in seen)
        seen.add(words)
