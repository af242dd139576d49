"""Recognise a copy's lines as entries: by the base, as an echo, in place, and moved."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Final

from core.body.align import likeness, match_exactly, match_in_place, match_moved, unmatched
from core.body.base import is_agreed
from core.body.draft import made_id
from core.body.known import all_keys
from core.body.lexicon import without_count
from core.body.near import Slot, is_free, is_listed
from core.body.new_entries import Writer
from core.body.notes import is_reworded
from core.body.rows import NOWHERE, Row, RowKind
from core.body.translated import match_places, match_translated
from core.body.twins import match_twins
from core.body.under import note_words
from core.body.values import DamageKind
from core.body.words import bare, clean
from core.body.work import Work

_MOST: Final = 40_000
"""Pairs up to which the lines of a doubled block are compared."""
_TIMES: Final = 8
"""How often one person may have typed the same words into one agenda."""


def recognise(work: Work, rows: Sequence[Row]) -> None:
    """Say for each line which entry it is, as far as it is one."""
    shown = _shown(work)
    match_exactly(rows, unmatched(rows, shown), work.lexicon)
    _match_own_echo(work, rows)
    _match_echo(work, rows, strictly=True)
    _match_cut(rows, shown)
    if work.translated:
        match_translated(work, rows)
    match_in_place(rows, shown, work.lexicon, whole=not work.broken)
    if work.translated:
        match_places(rows, shown)
    _match_echo(work, rows, strictly=False)
    match_moved(rows, shown, work.lexicon)
    if DamageKind.DOUBLED in work.broken:
        typed = _mark_twins(work, rows)
        _match_edited(work, [row for row in rows if id(row) not in typed], shown)
        _match_alone(work, rows, shown)
    match_twins(rows, work.lexicon)
    _match_notes(work, rows)


def _match_notes(work: Work, rows: Sequence[Row]) -> None:
    """A note in other words is one still, where no indent or list shows any more whose it is."""
    missing: list[str] = []
    for n, row in enumerate(rows):
        if row.kind in (RowKind.HEADING, RowKind.OURS):
            missing = []
        elif row.kind is RowKind.WORDS and row.entry is not None:
            missing = _missing_notes(work, rows, n)
        elif row.kind is RowKind.WORDS and missing:
            plain = not (is_listed(row) or row.heir)
            text = note_words(row)
            note = next((one for one in missing if plain and is_reworded(one, text)), None)
            if note is None:
                missing = []
                continue
            missing.remove(note)
            row.kind, row.words = RowKind.NOTE, text


def _missing_notes(work: Work, rows: Sequence[Row], at: int) -> list[str]:
    """Return an entry's notes that do not stand below its line any more."""
    notes = work.base.notes_of(rows[at].entry)
    there: set[str] = set()
    for row in rows[at + 1 :]:
        if row.kind is not RowKind.NOTE and (row.kind is not RowKind.WORDS or row.entry):
            break
        there.add(work.lexicon.key(row.words))
    return [note.words for note in notes if work.lexicon.key(note.words) not in there]


def _mark_twins(work: Work, rows: Sequence[Row]) -> set[int]:
    """Of a block that stands there twice, a line of ours may have been moved to the other one.

    What stands more often than in that many whole blocks was typed again: return those lines.
    """
    shown = Counter(work.lexicon.row_key(r.line) for r in work.base.rows if r.entry is not None)
    there: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        known = work.lexicon.row_key(row.line)
        if row.kind is RowKind.WORDS and row.heir is None and known in shown:
            there[known].append(row)
    typed: set[int] = set()
    for known, some in there.items():
        more = max(0, -(-len(some) // work.blocks) - shown[known])
        free = [row for row in some if row.entry is None]
        kept = [] if known in work.lexicon.hidden_keys else free[:more]
        typed.update(map(id, kept))
        for row in free:
            row.twin = id(row) not in typed
    return typed


def _match_alone(work: Work, rows: Sequence[Row], slots: Sequence[Slot]) -> None:
    """Of a block a part of which was pasted, a line may stand in the other one alone."""

    def place(row: Row) -> tuple[str, int]:
        # Placeholders are alike: of them one stands for another.
        section = NOWHERE if work.lexicon.is_hidden(row.words) else row.section
        return work.lexicon.key(row.words), section

    there = {place(row) for row in rows if row.entry is not None}
    alone = [r for r in rows if r.twin and r.entry is None and place(r) not in there]
    for row in alone:
        row.twin = False
    match_moved(alone, unmatched(rows, slots), work.lexicon)
    for row in alone:
        row.twin = row.entry is None


def _match_edited(work: Work, rows: Sequence[Row], slots: Sequence[Slot]) -> None:
    """Of a block that stands there twice, a line may have been edited in the other one alone."""
    as_before: set[str | None] = set()
    for row in rows:
        own = work.base.row(row.entry)
        if own is not None and work.lexicon.key(own.words) == work.lexicon.key(row.words):
            as_before.add(row.entry)
    left = [slot for slot in slots if slot.entry in as_before]
    free = [row for row in rows if is_free(row)]
    if len(left) * len(free) > _MOST:
        return
    for row in free:
        near = [slot for slot in left if slot.section == row.section] or left
        scores = [(likeness(slot, row, work.lexicon, in_place=False), slot) for slot in near]
        score, slot = max(scores, key=lambda pair: pair[0], default=(0.0, None))
        if slot is not None and score:
            row.entry = slot.entry
            left.remove(slot)


def _shown(work: Work) -> list[Slot]:
    """Return the entries that the base showed."""
    slots = []
    base, lexicon = work.base, work.lexicon
    for name, entry in work.known.items():
        row, before = base.row(name), base.entries.get(name, entry)
        if row is not None:
            keys = [lexicon.line_key(row.words, row.marks), *all_keys(before, lexicon)]
            if entry is not before:
                keys += all_keys(entry, lexicon)
            found = list(dict.fromkeys(keys))
            at = base.row_of[name]
            slots.append(Slot(name, found, row.section, row.words, at, before.text))
    return slots


def _match_echo(work: Work, rows: Sequence[Row], *, strictly: bool) -> None:
    """Recognise what we wrote ourselves, or another copy brought, since this base."""
    waiting: dict[str, list[str]] = defaultdict(list)
    seen = work.seen(rows)
    for name, entry in work.draft.entries.items():
        if name in work.base.row_of or name in seen:
            continue
        for words in all_keys(entry, work.lexicon):
            waiting[words].append(name)
    if not waiting:
        return
    writer = Writer(work.draft, work.lexicon, work.copy.copy_of)
    for row in rows:
        if row.kind is not RowKind.WORDS or row.entry is not None or row.heir is not None:
            continue
        agreed = is_agreed(work.draft, row.section)
        promise = work.lexicon.promise(row.words, agreed=agreed)
        for words in dict.fromkeys((row.words, promise.text)):
            names = waiting.get(work.lexicon.line_key(words, row.marks), [])
            fitting = (
                n
                for n in names
                if _fits(work, row, n, writer, strictly=strictly)
                or (promise.marked and _is_promise(work, n))
            )
            row.entry = next(fitting, None)
            if row.entry is not None:
                names.remove(row.entry)
                break


def _match_own_echo(work: Work, rows: Sequence[Row]) -> None:
    """Recognise by their ids the entries that were made of these very lines before."""
    alone = _ours_alone(work, work.seen(rows))
    for row in rows if alone else ():
        if row.kind is not RowKind.WORDS or row.entry is not None or row.twin:
            continue
        for words in _readings(work, row):
            names = (made_id(work.by or "", words, n) for n in range(_TIMES))
            row.entry = next((name for name in names if name in alone), None)
            if row.entry is not None:
                alone.remove(row.entry)
                break


def _readings(work: Work, row: Row) -> list[str]:
    promise = work.lexicon.promise(row.words, agreed=True)
    texts = (row.words, promise.text, without_count(row.words))
    secret = work.lexicon.beside_hidden(row.words)
    return list(dict.fromkeys(clean(text) for text in (*texts, secret or row.words)))


def _ours_alone(work: Work, seen: set[str | None]) -> set[str]:
    """Return the entries of which this copy's base knows nothing, and that have no line yet."""
    known = (work.base.entries, work.draft.typed, seen)
    return {name for name in work.draft.entries if not any(name in names for names in known)}


def _fits(work: Work, row: Row, name: str, writer: Writer, *, strictly: bool) -> bool:
    """Tell whether a line may be the echo of that entry.

    What another copy brought in this very merge was carried here by a host as it stood
    there, so in the same place; else two people typed the same words. A line with a box
    where we do not know what we wrote is ours, wherever it stands.
    """
    if name in work.draft.typed:
        return work.draft.typed[name] == row.section
    home = work.draft.home[name]
    if strictly:
        return row.section == home
    if work.copy.base_body is None and row.marks.box:
        return True
    return row.section == NOWHERE or writer.landing(row) == home


def _is_promise(work: Work, name: str) -> bool:
    """Tell whether it stands where every action item goes, wherever it was typed."""
    home = work.draft.home[name]
    return name not in work.draft.typed and is_agreed(work.draft, home)


def _match_cut(rows: Sequence[Row], slots: Sequence[Slot]) -> None:
    if not rows or not rows[-1].cut:
        return
    seen = {row.entry for row in rows}
    rest = bare(rows[-1].words)
    for slot in slots:
        if slot.entry not in seen and rest and bare(slot.shown or "").startswith(rest):
            rows[-1].entry = slot.entry
            return
