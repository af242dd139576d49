"""What stands below a line: its notes, and second wordings that wait to be settled."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from core.body.links import as_typed
from core.body.rows import Row, RowKind
from core.body.words import clean, fold
from core.model.agenda import Entry


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
