"""Lines with words in them that did not stand there before: another line was joined to them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import Final

from core.body.rows import Row, RowKind
from core.body.work import Work

_WORDY: Final = (RowKind.WORDS, RowKind.NOTE, RowKind.EITHER)


class Grown:
    """Finds the line that words went into; most lines say what they said, and are no such line."""

    def __init__(self, work: Work, rows: Sequence[Row]) -> None:
        self.work = work
        self.rows = rows
        self.typed = [row for row in rows if row.kind in _WORDY]
        self.known = {(row.kind, work.lexicon.key(row.words)) for row in work.base.rows}
        self.now = [work.lexicon.key(row.words) for row in self.typed]
        self.before = [self._before(row) for row in self.typed]
        grown = [now not in was for now, was in zip(self.now, self.before, strict=True)]
        self.places = [n for n, _ in enumerate(grown) if any(grown[n : n + 2])]
        """The lines that grew, and those above one: words may be broken over both."""
        texts = [" ".join(self.now[n : n + 2]) for n in self.places]
        self.starts = [0, *accumulate(len(text) + 1 for text in texts)]
        """Where each of them begins in the whole."""
        self.whole = "\n".join(texts)
        self.found: dict[str, Row | None] = {}

    def with_words(self, words: str) -> Row | None:
        """Return the first line that holds these words now and did not before; None: none does."""
        if words not in self.found:
            self.found[words] = self._with_words(words)
        return self.found[words]

    def _with_words(self, words: str) -> Row | None:
        at = self.whole.find(words)
        while at >= 0:
            nth = bisect_right(self.starts, at) - 1
            n = self.places[nth]
            if self._holds(n, words):
                return self.typed[n]
            at = self.whole.find(words, self.starts[nth + 1])
        return None

    def _holds(self, n: int, words: str) -> bool:
        if words in self.now[n]:
            return words not in self.before[n]
        # Or it was broken in two, and each half joined to a neighbour.
        pair = slice(n, n + 2)
        if any(words in now for now in self.now[pair][1:]):
            return False
        return words in " ".join(self.now[pair]) and words not in " ".join(self.before[pair])

    def _before(self, row: Row) -> str:
        """Return what a line said in the base; of a note, what stood below its entry's line."""
        if row.kind is not RowKind.WORDS:
            key = self.work.lexicon.key(row.words)
            if (row.kind, key) in self.known:
                return key  # wherever it stands now, nothing was joined to it
            assert row.parent is not None  # notes are settled before
            under = self.work.base.under_row(self.rows[row.parent].entry)
            return " ".join(self.work.lexicon.key(one.words) for one in under)
        own = self.work.base.row(row.entry)
        return self.work.lexicon.key(own.words) if own else ""
