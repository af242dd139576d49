"""Look back on a talk for oneself: kept for its author alone, counted by nobody (SD-27)."""

from __future__ import annotations

from datetime import datetime

from core.errors import InvalidInput, NotFound
from core.model.notes import owner_key
from core.model.people import Pair
from core.model.reflection import Listened, Reflection
from core.model.series import SeriesId, SheetState
from core.store import Transaction

LONGEST = 2000


def reflect(
    tx: Transaction,
    series_id: SeriesId,
    listened: Listened,
    *,
    by: str,
    now: datetime,
    text: str = "",
) -> Reflection:
    """Keep a thought on the last talk that is over; later words replace earlier ones.

    Nothing is told of it anywhere. Raise NotFound, InvalidInput.
    """
    words = text.strip()
    if len(words) > LONGEST:
        raise InvalidInput(f"a reflection has {LONGEST} characters at most")
    pair = _own(tx, series_id, by)
    over = [s for s in tx.sheets(series_id) if s.state is SheetState.CLOSED]
    if not over:
        raise NotFound("no talk of this series is over yet")
    thought = Reflection(
        author=by,
        pair_id=pair.pair_id,
        sheet_id=over[-1].sheet_id,
        listened=listened,
        text=words,
        on=now.date(),
    )
    tx.put_noun(thought)
    return thought


def reflections_of(tx: Transaction, series_id: SeriesId, *, by: str) -> list[Reflection]:
    """Return one's own, oldest first. Raise NotFound for a third person."""
    found = tx.nouns(Reflection, owner_key(by, _own(tx, series_id, by).pair_id))
    return sorted(found, key=lambda r: (r.on, r.key))


def _own(tx: Transaction, series_id: SeriesId, by: str) -> Pair:
    series = tx.series(series_id)
    pair = tx.pair(series.pair_id) if series and series.pair_id else None
    if pair is None or pair.side(by) is None:
        raise NotFound("there is no such 1:1 of yours")
    return pair
