"""Read the block's lines as headings, entries, notes and our own words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from core.body.anchors import Text, anchors, told_apart
from core.body.lexicon import (
    Lexicon,
    bare_either,
    either_rest,
    heading_keys,
    is_count,
    is_sign,
    prompt_rest,
)
from core.body.lines import Line
from core.body.markers import Marks, marks_of, without_bullet
from core.body.own_lines import own_rest
from core.body.words import is_drawn
from core.model.agenda import Section

_NO_MARKS: Final = Marks("")
MOST_LINES: Final = 5_000
"""Lines that are read as an agenda's; who types more into a calendar event types something else."""
NOWHERE: Final = -1
"""Section of a line above all headings or below the prompt."""


class RowKind(StrEnum):
    """What a line is."""

    HEADING = "heading"
    WORDS = "words"
    """An entry or a new line."""
    NOTE = "note"
    EITHER = "either"
    OURS = "ours"


@dataclass(slots=True)
class Row:
    """One line, as far as it has been understood. (It is filled step by step.)"""

    kind: RowKind
    line: Line
    words: str = ""
    marks: Marks = _NO_MARKS
    section: int = NOWHERE
    entry: str | None = None
    parent: int | None = None
    """Row that a note belongs to."""
    below: bool = False
    """Below the prompt."""
    heir: str | None = None
    """Entry of which this is the part behind a split."""
    twin: bool = False
    """A line of ours that stands here a second time, in a block pasted twice."""
    cut: bool = False
    """What a host left of a longer line."""
    same: int | None = None
    """Row of the text that it is compared with: it says the same in the same place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """What may stand in a block."""

    headings: Mapping[str, Sequence[int]]
    entries: Mapping[str, int]
    """Section of the first entry that reads so, by key."""
    notes: Collection[str]
    """Keys of notes and second wordings."""

    def knows(self, key: str) -> bool:
        """Tell whether it is an entry's line or a note."""
        return key in self.entries or key in self.notes


def headings_of(sections: Sequence[Section], lexicon: Lexicon) -> Mapping[str, Sequence[int]]:
    """Return sections by their headings' letters."""
    return heading_keys(sections, lexicon.setting)


def rows_of(
    lines: Sequence[Line],
    texts: Texts,
    lexicon: Lexicon,
    like: Sequence[Row] = (),
    *,
    written: bool = False,
) -> list[Row]:
    """Tell headings, words and our own lines apart; other notes come later (`mark_notes`).

    What stands in `like` in the same place is what it is there. `written`: it was written by us.
    """
    reader = _Reader(texts, lexicon, like, written=written)
    seen = [line for line in lines if line.text]
    reader.last = seen[-1] if seen else None
    known = _anchored(seen, lexicon, like) if like else {}
    for n, line in enumerate(seen):
        same = known.get(n)
        if same is None or not reader.known(line, like[same], same):
            reader.line(line)
    _settle_numbers(reader.rows, texts, lexicon)
    return reader.rows


def _anchored(lines: Sequence[Line], lexicon: Lexicon, like: Sequence[Row]) -> dict[int, int]:
    """Return for each line the row that says the same in the same place."""
    notes = (RowKind.NOTE, RowKind.EITHER)
    old = [lexicon.row_key(row.line) for row in like]
    new = [lexicon.row_key(line) for line in lines]
    ticked = [row.marks.ticked for row in like]
    old, new = told_apart(old, ticked, new, [lexicon.marks(line).ticked for line in lines])
    before = Text(old, [row.kind in notes for row in like])
    return anchors(before, Text(new, [_is_under(line) for line in lines]))


def _is_under(line: Line) -> bool:
    """Tell whether a line looks as if it belonged to the one above."""
    return line.more or line.depth > 1 or line.indent > 3


class _Reader:
    """Goes down the lines and remembers under which heading it is."""

    def __init__(
        self, texts: Texts, lexicon: Lexicon, like: Sequence[Row], *, written: bool
    ) -> None:
        self.texts = texts
        self.lexicon = lexicon
        self.link = None if written else lexicon.setting.link
        self.ours = {row.line.text for row in like if row.kind is RowKind.OURS}
        self.rows: list[Row] = []
        self.section = NOWHERE
        self.below = False
        self.used: Counter[str] = Counter()
        self.last: Line | None = None

    def known(self, line: Line, like: Row, same: int) -> bool:
        """Take a line as what it is in the text that it is compared with, where it can be."""
        marks = self.lexicon.marks(line)
        boxed = marks.box and not like.marks.box
        if like.kind is RowKind.OURS or (boxed and like.kind is not RowKind.WORDS):
            return False
        if like.kind is RowKind.HEADING:
            self.used[self.lexicon.letters(line.text)] += 1
            self._open(line, like.section)
        elif like.kind is RowKind.WORDS:
            self._words(line, marks)
            self.rows[-1].entry = like.entry
        else:
            words = marks.numbered + (without_bullet(line.text) or line.text)
            if like.kind is RowKind.EITHER:
                words = either_rest(words) or words
            self._row(like.kind, line, words, marks)
        self.rows[-1].same = same
        return True

    def line(self, line: Line) -> None:
        rest = prompt_rest(line.text)
        if rest is not None:
            self.section, self.below = NOWHERE, True
        else:
            rest = own_rest(line.text, None if line.text in self.ours else self.link)
        says_nothing = rest is None and (is_sign(line.text) or not self.lexicon.marks(line).words)
        if says_nothing and self._is_bare_note(line):
            self._words(line, Marks(line.text))
            return
        if rest is not None or is_sign(line.text):
            self._ours(line)
            marks = marks_of(rest or "")
            if marks.words:
                self._words(line, marks)
            return
        marks = self.lexicon.marks(line)
        if not marks.words or self._is_sign(marks.words, boxed=marks.box):
            if is_count(marks.words) and not marks.box:
                self._count(marks.words)
            elif marks.box or marks.words or not marks.hidden:
                name = marks.words if marks.words.endswith(":") else ""
                self.rows.append(Row(RowKind.OURS, line, name, marks))
            return
        found = self._heading(line, marks)
        if found is not None:
            self._open(line, found)
        elif (either := self._either(line, marks)) is not None:
            self._row(RowKind.EITHER, line, either, marks)
        else:
            self._words(line, marks)

    def _is_bare_note(self, line: Line) -> bool:
        """Tell whether a line of nothing but signs is a note that we know, below a line."""
        above = self.rows[-1].kind if self.rows else RowKind.OURS
        noted = _is_under(line) and above in (RowKind.WORDS, RowKind.NOTE)
        return noted and self.lexicon.key(line.text) in self.texts.notes

    def _either(self, line: Line, marks: Marks) -> str | None:
        """Return the second wording that a line holds, whatever became of the sign before it."""
        found = either_rest(marks.words)
        if found is None:
            found = either_rest(line.text)
        if found is None and (rest := bare_either(line.text)):
            found = rest if self.lexicon.key(rest) in self.texts.notes else None
        return found

    def _is_sign(self, words: str, *, boxed: bool) -> bool:
        """Tell whether a line is only what we write around an entry's words, or was drawn.

        Around them stand the count and a name.
        """
        named = words.endswith(":") and boxed and self.lexicon.names.of(words[:-1]) is not None
        drawn = not boxed and is_drawn(words)
        return (named or drawn or is_count(words)) and not self.texts.knows(self.lexicon.key(words))

    def _ours(self, line: Line) -> None:
        self.rows.append(Row(RowKind.OURS, line))

    def _words(self, line: Line, marks: Marks) -> None:
        """Take a line of words; a name or a box that stands alone in front belongs to it.

        Checklists keep the box and the words of an item in two blocks.
        """
        above = self.rows[-1] if self.rows else None
        if (
            line.more
            and above is not None
            and above.kind is RowKind.OURS
            and above.marks.box
            and not above.marks.words
        ):
            marks = marks._replace(box=True, ticked=marks.ticked or above.marks.ticked)
        if above is not None and above.kind is RowKind.OURS and above.words:
            words = f"{above.words} {marks.words}"
            if self.lexicon.key(words) in self.texts.entries:
                ticked = marks.ticked or above.marks.ticked
                marks = marks._replace(words=words, box=True, ticked=ticked)
        self._row(RowKind.WORDS, line, marks.words, marks)

    def _count(self, words: str) -> None:
        """Give a line the count back that was broken off it; elsewhere it says nothing."""
        above = self.rows[-1] if self.rows else None
        if above is not None and above.kind is RowKind.WORDS:
            whole = f"{above.words} {words}"
            if self.lexicon.key(whole) in self.texts.entries:
                above.words, above.marks = whole, above.marks._replace(words=whole)

    def _row(self, kind: RowKind, line: Line, words: str, marks: Marks) -> None:
        self.rows.append(Row(kind, line, words, marks, self.section, below=self.below))

    def _open(self, line: Line, section: int) -> None:
        self.section, self.below = section, False
        self.rows.append(Row(RowKind.HEADING, line, section=section))

    def _heading(self, line: Line, marks: Marks) -> int | None:
        if marks.box:
            return None
        letters = self.lexicon.letters(line.text)
        places = self.texts.headings.get(letters)
        if not places:
            letters = self.lexicon.letters(marks.words)
            places = self.texts.headings.get(letters)
        if not places:
            return None
        under = line.indent > 2 or _is_under(line)
        if under and self.lexicon.key(marks.words) in self.texts.notes:
            return None
        if line is self.last and marks.bullet and self.below and self.used[letters]:
            return None  # its heading stands above: somebody typed the name as a point
        self.used[letters] += 1
        return places[min(self.used[letters], len(places)) - 1]


def _settle_numbers(rows: list[Row], texts: Texts, lexicon: Lexicon) -> None:
    """A number in front is a list's where the lines around count on; else it is a word.

    Between two lines of a list their notes may stand.
    """
    rows = [row for row in rows if row.marks.number or not _is_under(row.line)]
    numbers = [0, *(row.marks.number for row in rows), 0]
    for row, before, number, after in zip(rows, numbers, numbers[1:], numbers[2:], strict=False):
        listed = before == number - 1 > 0 or after == number + 1
        if not number or listed or row.kind is not RowKind.WORDS:
            continue
        if lexicon.key(row.words) not in texts.entries:
            row.words = row.marks.numbered + row.words
