"""Pieces of text become lines: each with its list, its signs and its places in the source."""

from __future__ import annotations

import re
from typing import Final

from core.body.lines import SHOWN_CONDITION, Line, Piece, made_line, place_in, visible

_WORD: Final = re.compile(r"\w")
_NBSP: Final = "\xa0"


class LineMaker:
    """Collects the pieces of a line until it ends; who reads the source tells what it is in."""

    def __init__(self, *, hard: bool) -> None:
        self.hard = hard
        """Blanks in front of a line are seen."""
        self.lines: list[Line] = []
        self.raw: list[str] = []
        self.pieces: list[Piece] = []
        self.length = 0
        self.crossed: set[int] = set()
        """Pieces of the line that are struck through."""
        self.pre = 0
        self.depth = 0
        self.items: list[bool] = []
        self.item = self.title = False
        self.struck = 0
        self.anchor: tuple[int, str] | None = None
        self.drawn = 0
        self.at_break = 0
        self.mso_depth = 0
        self.mso_more = False

    def add(self, text: str, start: int, length: int) -> None:
        """Add a piece of text to the line; `start` and `length`: where in the source it stands."""
        if self.struck:
            self.crossed.add(len(self.raw))
        size = len(text)
        self.raw.append(text)
        self.pieces.append((self.length, start, length, length == size))
        self.length += size

    def flush(self, start: int, after: int, blank: bool = False) -> None:
        """End the line that stands before a break; `blank`: an empty one is seen too."""
        if self.raw:
            self._line(start, blank)
        elif blank:
            self.lines.append(Line("", "", self.at_break, start))
        self.anchor = None
        self.drawn = 0  # a drawn bullet ends with its line, closed or not
        self.at_break = after

    def _line(self, start: int, blank: bool) -> None:
        raw = "".join(self.raw)
        text = visible(SHOWN_CONDITION.sub(" ", raw) if "support" in raw else raw)
        if text:
            self._append(raw, text)
        elif blank or _NBSP in raw:
            self.lines.append(Line("", "", self.at_break, start))
        self.raw, self.pieces, self.length = [], [], 0
        self.crossed.clear()

    def _append(self, raw: str, text: str) -> None:
        items, lead = self.items, 0
        pieces: tuple[Piece, ...] = ()
        _, start, length, verbatim = self.pieces[0]
        if verbatim and text == raw and len(self.pieces) == 1:
            end = start + length  # as nearly all do, it stands there as it is
        else:
            pieces = tuple(self.pieces)
            lead = len(raw) - len(raw.lstrip())
            start = place_in(pieces, lead)
            end = max(start, place_in(pieces, len(raw.rstrip()), behind=True))
        line = (
            raw,
            text,
            start,
            end,
            lead if self.hard or self.pre else raw[:lead].count(_NBSP),
            self.mso_depth or self.depth,
            self.item or (self.mso_depth > 0 and not self.mso_more),
            (not self.item and bool(items) and items[-1]) or self.mso_more,
            self.title,
            bool(self.crossed) and self._is_struck(),
            pieces,
        )
        self.lines.append(made_line(line))
        if self.item:
            self.item = False
            if items:
                items[-1] = True
        self.mso_more = self.mso_depth > 0

    def _is_struck(self) -> bool:
        """Tell whether all words of the line are crossed out."""
        crossed = [text for n, text in enumerate(self.raw) if n in self.crossed]
        left = (text for n, text in enumerate(self.raw) if n not in self.crossed)
        return not "".join(crossed).isspace() and not any(map(_WORD.search, left))
