"""What stands below a line: its notes, and second wordings that wait to be settled."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from core.body.lexicon import Lexicon
from core.body.links import as_typed
from core.body.markers import without_bullet
from core.body.rows import Row, RowKind, Texts
from core.body.words import clean, fold
from core.model.agenda import Entry

_SIGNS: Final = ("[", "(", "!")
"""What a box begins with, and what marks a line as confidential."""


def mark_notes(rows: Sequence[Row], texts: Texts, lexicon: Lexicon) -> None:
    """Make notes of what is surely one: known as a note, or indented and known as nothing."""
    parent: int | None = None
    notes = _Notes(rows, texts, lexicon)
    for n, row in enumerate(rows):
        if row.kind in (RowKind.HEADING, RowKind.OURS):
            parent = None
        elif row.kind is RowKind.WORDS:
            if row.entry is not None or parent is None:
                parent = n  # a line that is an entry's stays one, whatever was joined to it
            elif notes.holds(row, rows[parent]):
                row.kind, row.parent, row.words = RowKind.NOTE, parent, note_words(row)
            else:
                parent = n


def note_words(row: Row) -> str:
    """Return a new line's words as a note's: a number in front that is no list's is one of them."""
    words = without_bullet(row.line.text) or row.line.text
    number = row.marks.numbered
    return f"{number}{words}" if number and row.words.startswith(number) else words


class _Notes:
    """Tells whether a line below another one is its note."""

    def __init__(self, rows: Sequence[Row], texts: Texts, lexicon: Lexicon) -> None:
        self.rows = rows
        self.texts = texts
        self.lexicon = lexicon
        self.signed = tuple(k for k in texts.notes if k[:1] in _SIGNS and self._has_signs(k))
        """Notes with signs in front that would say something in front of a point."""

    def _has_signs(self, known: str) -> bool:
        marks = self.lexicon.marks_in(known)
        return known.startswith("[") or (marks.hidden and bool(marks.words))

    def holds(self, row: Row, parent: Row) -> bool:
        under = (
            row.line.more
            or row.line.depth > parent.line.depth > 0
            or (row.line.indent >= parent.line.indent + 2 and row.line.depth == parent.line.depth)
        )
        if row.marks.box:
            # Somebody may have begun a note itself with a box.
            return under and self.lexicon.key(row.line.text).startswith(self.signed)
        if row.marks.hidden and not (parent.marks.hidden or self.lexicon.is_hidden(parent.words)):
            # A note cannot be hidden: what is confidential is a point of its own.
            return self._was_note(row)
        words = self.lexicon.key(row.words)
        listed, entry = words in self.texts.notes, words in self.texts.entries
        if listed and not entry:
            return True
        if entry and not listed:
            return False
        return under and (listed or not self.lexicon.promise(row.words, agreed=False).marked)

    def _was_note(self, row: Row) -> bool:
        """Tell whether it is a note that we know, or one with words behind it."""
        text = self._key(row)
        begun = [known for known in self.signed if text.startswith(known)]
        there = set(map(self._key, self.rows)) if begun else set()
        return text in self.texts.notes or any(known not in there for known in begun)

    def _key(self, row: Row) -> str:
        return self.lexicon.key(without_bullet(row.line.text))


def settle_notes(rows: Sequence[Row], like: Sequence[Row] = ()) -> None:
    """Give second wordings and notes their parent: the one that they had, or the line above.

    A note above all lines is a line of its own.
    """
    if not any(row.kind in (RowKind.NOTE, RowKind.EITHER) for row in rows):
        return
    place = {row.same: n for n, row in enumerate(rows) if row.same is not None}
    shows: dict[str | None, int] = {row.entry: n for n, row in enumerate(rows) if row.entry}
    parent: int | None = None
    for n, row in enumerate(rows):
        if row.kind in (RowKind.HEADING, RowKind.OURS):
            parent = None
            continue
        if row.kind is not RowKind.WORDS:
            row.parent = parent
            before = like[row.same].parent if row.same is not None else None
            if before is not None and before in place:
                row.parent = place[before]
            elif before is not None:
                row.parent = shows.get(like[before].entry, parent)
            if row.parent is None:
                row.kind = RowKind.WORDS
        if row.kind is RowKind.WORDS:
            parent = n


def below(rows: Sequence[Row]) -> dict[int, list[Row]]:
    """Return the notes and second wordings of each row."""
    found: dict[int, list[Row]] = {}
    for row in rows:
        if row.parent is not None and row.kind in (RowKind.NOTE, RowKind.EITHER):
            found.setdefault(row.parent, []).append(row)
    return found


def notes_in(rows: Sequence[Row]) -> list[str]:
    """Return the notes among the rows below one."""
    return [row.words for row in rows if row.kind is RowKind.NOTE and row.words]


def either_in(rows: Sequence[Row]) -> str | None:
    """Return the second wording among the rows below one."""
    return next((row.words for row in rows if row.kind is RowKind.EITHER), None)


def with_wording(other: str, text: str) -> str:
    """Return an entry's second wordings with one more, where it is not among them."""
    if f" / {fold(text)} / " in f" / {fold(other)} / ":
        return other
    return f"{other} / {text}" if other else text


class Wordings:
    """The second wordings that entries have: any other below a line came from one that is gone."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.known = {fold(entry.other_wording) for entry in entries if entry.other_wording}

    def __contains__(self, text: str) -> bool:
        return fold(text) in self.known

    def come(self, under: Sequence[Row]) -> list[str]:
        """Return those among the rows below a line that no entry has; from now on one has them."""
        found: list[str] = []
        for row in under:
            text = clean(as_typed(row.words)) if row.kind is RowKind.EITHER else ""
            if text and text not in self:
                self.known.add(fold(text))
                found.append(text)
        return found
