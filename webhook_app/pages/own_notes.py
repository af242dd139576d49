"""One person's own note on a meeting: written anew, and never lost by writing twice at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from core.model.notes import PrivateNote
from core.model.people import Pair
from core.model.series import Sheet
from core.service.notes import change_private, private_notes, remove_private, write_private
from core.store import Transaction

SEAM = "\n\n— — —\n\n"
"""Between two versions that were written at the same time."""


def own_note(tx: Transaction, pair: Pair, sheet: Sheet, by: str) -> PrivateNote | None:
    """Return the note on the whole meeting."""
    return _on_meeting(private_notes(tx, pair, by), sheet)


def _on_meeting(notes: Iterable[PrivateNote], sheet: Sheet) -> PrivateNote | None:
    return next((n for n in notes if n.sheet_id == sheet.sheet_id and not n.entry), None)


def keep_own_note(
    tx: Transaction, pair: Pair, sheet: Sheet, text: str, *, base: str, by: str, now: datetime
) -> None:
    """Keep what somebody wrote; `base` is what stood there when they began.

    Where their other window wrote something else meanwhile, both stay.
    """
    known, words = own_note(tx, pair, sheet, by), _clean(text)
    stored = known.text if known else ""
    if words == stored or words in stored.split(SEAM):
        return
    if stored not in ("", _clean(base)):
        words = f"{stored}{SEAM}{words}" if words else stored
    if known is None:
        write_private(tx, sheet, words, by=by, now=now)
    elif words:
        change_private(tx, known.note_id, words, by=by, now=now)
    else:
        remove_private(tx, known.note_id, by=by)


def _clean(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.splitlines()).strip()
