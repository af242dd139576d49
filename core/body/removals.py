"""What is gone from a copy: deleted for sure, joined to another line, or lost to damage."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from core.body.grown import Grown
from core.body.links import as_typed
from core.body.markers import without_bullet
from core.body.near import is_free
from core.body.notes import is_reworded, place_of
from core.body.rows import Row, RowKind
from core.body.under import below
from core.body.values import ChangeKind, DamageKind
from core.body.words import clean, fold, same_words
from core.body.work import Work
from core.model.agenda import Entry

_COUNT: Final = re.compile(r"\((\d{1,3})\s?[×x]\)$")
_COUNT_ANYWHERE: Final = re.compile(r"\((\d{1,3})\s?[×x]\)")


def remove_gone(work: Work, rows: Sequence[Row]) -> None:
    """Take out what was surely deleted; note where so much is gone that nobody did it."""
    for name in _gone(work, rows):
        _remove(work, rows, name)


def drop_stray_notes(work: Work, rows: Sequence[Row]) -> None:
    """A note that its own entry keeps is no other line's note, and no line of its own.

    An entry keeps its notes where its line is gone and it stays, and where nothing is believed
    that is taken back: moved away from it, its note would stand there twice.
    """
    waiting = _kept_notes(work, rows)
    under = below(rows)
    there = {_note_key(work, row) for row in rows if row.words} if work.base.below else set()
    last: str | None = None
    for n, row in enumerate(rows):
        if row.kind is not RowKind.WORDS:
            continue
        own = under.get(n, [])
        if row.entry is None and own and last is not None:
            _give_back(work, last, own)
        last = row.entry
        before = Counter(_note_key(work, one) for one in work.base.notes_of(last)) if own else {}
        for note in own:
            known = _note_key(work, note)
            if note.kind is not RowKind.NOTE or before[known]:
                before[known] -= 1
            elif _take(waiting, known):
                note.words = ""
        new = row.entry is None and row.heir is None
        alone = not any(note.words for note in own)
        if waiting and new and alone and _take(waiting, _note_key(work, row)):
            row.kind = RowKind.NOTE
    _hand_back(work, rows, there)


def _hand_back(work: Work, rows: Sequence[Row], there: set[str]) -> None:
    """What is reworded below a line typed in place of a kept entry's own stays that entry's."""
    new = [n for n, row in enumerate(rows) if row.kind is RowKind.WORDS and is_free(row)]
    under = below(rows) if new else {}
    typed = [row for n in new for row in under.get(n, ()) if row.words]
    seen = work.seen(rows) if typed else set()
    for name in work.base.row_of if typed else ():
        missing = work.base.under_row(name) if name not in seen else ()
        for was in (row for row in missing if _note_key(work, row) not in there):
            fits = (r for r in typed if r.words and r.kind is was.kind)
            now = next((r for r in fits if is_reworded(was.words, r.words)), None)
            if now is not None and _reworded(work, name, was, clean(as_typed(now.words))):
                now.words = ""


def _reworded(work: Work, name: str, was: Row, words: str) -> bool:
    """Put a kept entry's note or second wording in other words; tell whether it still has it."""
    entry = work.draft.entries.get(name)
    if entry is None:
        return False
    if was.kind is RowKind.NOTE:
        at = place_of(was.words, entry.notes)
        if at is None:
            return False
        notes = (*entry.notes[:at], words, *entry.notes[at + 1 :])
        work.draft.entries[name] = replace(entry, notes=notes)
    elif same_words(entry.other_wording, was.words):
        work.draft.entries[name] = replace(entry, other_wording=words)
    else:
        return False
    work.note(ChangeKind.NOTED, name, was.words, words)
    return True


def _take(waiting: Counter[str], known: str) -> bool:
    """Count one off; tell whether there was one."""
    waiting[known] -= 1
    return waiting[known] >= 0


def _give_back(work: Work, name: str, under: Sequence[Row]) -> None:
    """A line typed between an entry and notes that came after this base does not take them."""
    entry = work.draft.entries.get(name)
    if entry is None or not entry.notes:
        return
    shown = Counter(_note_key(work, row) for row in work.base.notes_of(name))
    since = Counter(work.lexicon.key(without_bullet(note)) for note in entry.notes) - shown
    for row in under:
        if row.kind is RowKind.NOTE and _take(since, _note_key(work, row)):
            row.words = ""


def _kept_notes(work: Work, rows: Sequence[Row]) -> Counter[str]:
    """Count the notes that stay with their entry, though they do not stand below its line."""
    place = {row.entry: n for n, row in enumerate(rows) if row.entry is not None}
    under = below(rows) if work.broken else {}
    waiting: Counter[str] = Counter()
    for name in work.base.row_of:
        if name not in work.draft.entries or (name in place and not work.broken):
            continue
        kept = Counter(_note_key(work, row) for row in work.base.under_row(name))
        there = under.get(place[name], []) if name in place else []
        waiting.update(kept - Counter(_note_key(work, row) for row in there))
    return waiting


def _note_key(work: Work, row: Row) -> str:
    return work.lexicon.key(without_bullet(row.words))


def _gone(work: Work, rows: Sequence[Row]) -> list[str]:
    # What a cut left of a line says only that the line was there.
    seen = work.seen([row for row in rows if not row.cut])
    shown = list(work.base.row_of)
    missing = [n for n in shown if n not in seen and n in work.draft.entries]
    if not missing:
        return []
    grown = Grown(work, rows)
    place = {row.entry: row for row in rows if row.entry is not None}
    missing = [
        name
        for name in missing
        if not (_joined(work, name, grown) or _joined_and_edited(work, name, place))
    ]
    if missing and not work.broken and _is_odd(work, rows, shown, missing):
        work.broken.append(DamageKind.LINES_GONE)
    return [] if work.broken else missing


def _joined(work: Work, name: str, grown: Grown) -> bool:
    """Tell whether its words went into another line."""
    words = fold(work.base.rows[work.base.row_of[name]].words).casefold()
    if work.lexicon.is_hidden(words) or len(words) < 2:
        return False
    row = grown.with_words(words)
    return row is not None and _goes_into(work, name, row)


def _joined_and_edited(work: Work, name: str, place: Mapping[str, Row]) -> bool:
    """Tell whether its line was joined to the one above or below, and a word of it changed."""
    base, at = work.base.rows, work.base.row_of[name]
    words = base[at].words
    for other in (*base[:at][-1:], *base[at:][1:2]):
        row = place.get(other.entry or "")
        if row is None or work.lexicon.is_hidden(words):
            continue
        now, before = work.lexicon.key(row.words), work.lexicon.key(other.words)
        rest = now.removeprefix(before) if now.startswith(before) else now.removesuffix(before)
        if now != rest and is_reworded(words, rest):
            return _goes_into(work, name, row)
    return False


def _goes_into(work: Work, name: str, row: Row) -> bool:
    """Take an entry out whose words stand in another line, where nothing is lost with it."""
    if not _may_go(work, name, row):
        return False
    work.draft.drop(name)
    work.draft.joined.add(name)
    work.note(ChangeKind.EDITED, name, after=row.words)
    return True


def _may_go(work: Work, name: str, joined: Row) -> bool:
    """Tell whether no words are lost with a line whose words stand in another.

    Notes that are not shown go along with the words.
    """
    entry, base = work.draft.entries[name], work.base.entries.get(name)
    if base is not None and base != entry and _words_of(base) != _words_of(entry):
        return False
    unseen = [] if work.base.notes_of(name) else list(entry.notes)
    target = work.draft.entries.get(joined.entry or "")
    if unseen and target is None:
        return False
    if unseen and target is not None:
        work.draft.entries[joined.entry or ""] = replace(target, notes=(*target.notes, *unseen))
    return True


def _words_of(entry: Entry) -> tuple[str, ...]:
    return (entry.text, entry.other_wording, *entry.notes)


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
    broken_up = {row.heir for row in rows}
    for row in rows:
        own = work.base.row(row.entry)
        if own is None or row.entry in broken_up:
            continue
        before, now = _COUNT.search(own.words), _COUNT_ANYWHERE.search(row.words)
        if before is None:
            continue
        if now is not None and int(now[1]) < int(before[1]):
            return True
        first = now is None and before[1] == "1"
        if first and work.lexicon.key(row.words) == work.lexicon.key(own.words[: before.start()]):
            return True
    return False


def _remove(work: Work, rows: Sequence[Row], name: str) -> None:
    entry = work.draft.entries[name]
    base = work.base.entries.get(name)
    if base is not None and base != entry:
        return  # somebody else has worked on it since
    others = work.by is not None and entry.owner not in (None, work.by)
    if others or _is_unclear(work, rows, name):
        work.note(ChangeKind.REMOVAL_ASKED, name, entry.text)
        return
    work.draft.drop(name)
    work.note(ChangeKind.REMOVED, name, entry.text)


def _is_unclear(work: Work, rows: Sequence[Row], name: str) -> bool:
    """Of several placeholders with no sure line between them nobody can tell which one is gone."""
    base, at = work.base.rows, work.base.row_of[name]
    if not work.lexicon.is_hidden(base[at].words):
        return False
    sure = {id(base[row.same]) for row in rows if row.same is not None}
    for side in (reversed(base[:at]), base[at + 1 :]):
        lines = (row for row in side if row.kind is RowKind.WORDS)
        told = (row for row in lines if work.lexicon.is_hidden(row.words) or id(row) in sure)
        first = next((row for row in told if row.section == base[at].section), None)
        if first is not None and work.lexicon.is_hidden(first.words):
            return True
    return False
