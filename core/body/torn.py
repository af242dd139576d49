"""Put a confidential point's placeholder together again that somebody tore into pieces."""

from __future__ import annotations

import re
from bisect import bisect, insort
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from core.body.lines import Line
from core.body.markers import marks_of
from core.body.placeholder import Stretch, Words, begun_in, beside_placeholder, pieces_in

_DASHES: Final = re.compile(r"(?:\s+[-–—?]+(?!\S))+")
_DASHES_BEFORE: Final = re.compile(r"(?:(?<!\S)[-–—?]+\s+)+$")


class _Piece(NamedTuple):
    """A stretch of a line that says words of a placeholder, one behind the other."""

    line: int
    stretch: Stretch


def mended(lines: Sequence[Line], missing: int, knows: Callable[[str], bool]) -> list[Line]:
    """Return the lines with so many missing placeholders whole again, as far as they are there.

    Pieces whose beginning is gone are left out: they are nobody's words. `knows`: whether a text
    is a line as it should stand.
    """
    torn = _Torn(lines, knows)
    for n, line in enumerate(lines):
        begun = begun_in(line.text) if missing > 0 and torn.is_free(line.text) else None
        if begun is not None and torn.mend(n, *begun):
            missing -= 1
    torn.drop(missing)
    return torn.after()


class _Torn:
    """The lines, the pieces in them that have no beginning, and what becomes of both."""

    def __init__(self, lines: Sequence[Line], knows: Callable[[str], bool]) -> None:
        self.lines = lines
        self.knows = knows
        self.pieces: dict[Words, list[_Piece]] = {}
        """Where which words stand, in the order of the lines."""
        self.edits: dict[int, list[tuple[int, int, str]]] = {}
        self.above: dict[int, int] = {}
        """For a line that holds a piece, the one right above that is whole again."""
        for n, line in enumerate(lines):
            for stretch in pieces_in(line.text) if self.is_free(line.text) else ():
                insort(self.pieces.setdefault(stretch.words, []), _Piece(n, stretch))

    def is_free(self, text: str) -> bool:
        """Tell whether a line may hold a piece: none as it should stand, none with a whole one."""
        return bool(text) and not self.knows(text) and beside_placeholder(text) is None

    def mend(self, n: int, words: Words, ends: Sequence[int]) -> bool:
        """Put the rest of a placeholder into the line where it begins; tell whether it is there.

        `ends`: where in that line its first words end, as many as may stand there.
        """
        for at in range(len(ends), 0, -1):
            found = self._find(words[at:], n)
            if found:
                rest = " ".join(self._text(piece) for piece in found)
                dashes = _DASHES.match(self.lines[n].text, ends[at - 1])
                place = dashes.end() if dashes is not None else ends[at - 1]
                self._edit(n, place, place, f" {rest} ")
                if found[-1].line == n + 1:
                    self.above[n + 1] = n
                self._take(found)
                return True
        return False

    def drop(self, missing: int) -> None:
        """Leave so many ends of placeholders out, and what stands elsewhere of their middle."""
        ends = [p for some in self.pieces.values() for p in some if p.stretch.closes]
        for piece in sorted(ends, key=lambda p: (-len(p.stretch.words), p))[: max(0, missing)]:
            self._take([piece])
            middle = piece.stretch.before
            while middle:
                size = next((n for n in range(len(middle)) if self.pieces.get(middle[n:])), None)
                if size is None:
                    break
                self._take(self.pieces[middle[size:]][:1])
                middle = middle[:size]

    def after(self) -> list[Line]:
        """Return all lines as they are now."""
        texts = [line.text for line in self.lines]
        for n, edits in self.edits.items():
            for start, end, text in sorted(edits, reverse=True):
                texts[n] = texts[n][:start] + text + texts[n][end:]
            texts[n] = " ".join(texts[n].split())
        for n, above in self.above.items():
            # What was typed behind a placeholder went down with its end.
            marks = marks_of(texts[n])
            if marks.words and not marks.box and not self.knows(texts[n]):
                texts[above], texts[n] = f"{texts[above]} {texts[n]}", ""
        return [
            line._replace(text=text)
            for line, text in zip(self.lines, texts, strict=True)
            if text or not line.text
        ]

    def _find(self, words: Words, n: int) -> list[_Piece]:
        """Return the fewest pieces that say these words, each the next below a line; or none."""
        found: list[_Piece] = []
        while words:
            size = next((s for s in range(len(words), 0, -1) if self.pieces.get(words[:s])), 0)
            if not size:
                return []
            there = self.pieces[words[:size]]
            next_below = bisect(there, n, key=lambda piece: piece.line)
            found.append(there[next_below % len(there)])
            words = words[size:]
        return found

    def _take(self, found: Sequence[_Piece]) -> None:
        """Take pieces out of their lines, with the dash and the signs in front of them."""
        for piece in found:
            self.pieces[piece.stretch.words].remove(piece)
            text, start = self.lines[piece.line].text, piece.stretch.start
            dashes = _DASHES_BEFORE.search(text[:start])
            start = dashes.start() if dashes is not None else start
            if not marks_of(text[:start]).words:
                start = 0
            self._edit(piece.line, start, piece.stretch.end, " ")

    def _text(self, piece: _Piece) -> str:
        return self.lines[piece.line].text[piece.stretch.start : piece.stretch.end]

    def _edit(self, n: int, start: int, end: int, text: str) -> None:
        self.edits.setdefault(n, []).append((start, end, text))
