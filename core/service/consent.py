"""Saying yes and saying stop: nothing is written before a person wants it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime

from core.errors import InvalidInput, NotFound
from core.model.actions import Action, ActionKind, Happening
from core.model.series import Series, SeriesId, SeriesState, Sheet, SheetId, Why
from core.reasons import sentence
from core.service.settings import is_frozen
from core.service.shapes import begun, fresh_agenda
from core.service.wanting import want_reconcile
from core.store import Transaction

FROZEN = (
    "the manager has changed, so this pair rests: `vieraugen pair reopen` lets the two go on "
    "as mentor and mentee, or as peers"
)


def say_yes(tx: Transaction, series_id: SeriesId, *, by: str | None, now: datetime) -> Series:
    """Turn a 1:1's agenda on. Twice is once. Raise NotFound, InvalidInput (not a 1:1)."""
    series = known_series(tx, series_id)
    pair = tx.pair(series.pair_id) if series.pair_id else None
    if pair is None or series.reason is not Why.TWO_PEOPLE:
        raise InvalidInput(f"{series.title or series_id}: {sentence(series.reason, 'en')}")
    if series.state is SeriesState.ENABLED:
        return series
    if rests(tx, series, now):
        raise InvalidInput(FROZEN)
    enabled = replace(series, state=SeriesState.ENABLED, agenda_reason=Why.NOT_YET, asked_at=now)
    tx.put_series(enabled)
    if tx.open_sheet(series_id) is None:
        number = 1 + max((s.number for s in tx.sheets(series_id)), default=0)
        agenda, choice = fresh_agenda(tx, series, pair, number, now)
        sheet = Sheet(
            sheet_id=sheet_id(series_id, number),
            series_id=series_id,
            pair_id=pair.pair_id,
            agenda=agenda,
            number=number,
        )
        tx.put_sheet(begun(tx, sheet, choice))
        tx.record(Happening(at=now, name="agenda.created", subject=series_id, by=by))
    tx.record(Happening(at=now, name="series.enabled", subject=series_id, by=by))
    want_reconcile(tx, series_id, now)
    return enabled


def rests(tx: Transaction, series: Series, now: datetime) -> bool:
    """Tell whether a series' pair is frozen by a manager change."""
    pair = tx.pair(series.pair_id) if series.pair_id else None
    return pair is not None and is_frozen(tx, pair, now)


def say_stop(
    tx: Transaction, series_id: SeriesId, *, remove: bool, by: str | None, now: datetime
) -> Series:
    """Turn the agenda off; with `remove` every body becomes what it was before us.

    The points stay in the pair's history either way.
    """
    series = known_series(tx, series_id)
    stopped = replace(
        series, state=SeriesState.DISABLED, agenda_reason=Why.STOPPED, look_again=None
    )
    tx.put_series(stopped)
    tx.record(Happening(at=now, name="series.disabled", subject=series_id, by=by))
    if remove:
        tx.want(Action(kind=ActionKind.REMOVE, subject=series_id, due_at=now, lane=series_id))
    return stopped


def known_series(tx: Transaction, series_id: SeriesId) -> Series:
    """Return a series. Raise NotFound with what to do."""
    series = tx.series(series_id)
    if series is None:
        raise NotFound(f"no series {series_id}: `vieraugen series list` shows the known ones")
    return series


def sheet_id(series_id: SeriesId, number: int) -> SheetId:
    """Name a sheet by its first series and its number."""
    return SheetId(hashlib.sha256(f"{series_id}/{number}".encode()).hexdigest()[:16])
