"""A new series goes on where an old one stopped: its open sheet and history move over."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from core.model.actions import Happening
from core.model.people import PairId
from core.model.series import Series, SeriesState, Why
from core.pairs import replaced_series
from core.service.wanting import want_reconcile
from core.store import Transaction


def relink(tx: Transaction, pair_id: PairId, now: datetime) -> Series | None:
    """Let the pair's newly found series take over from one that stopped; return it."""
    waiting = {sheet.series_id for sheet in tx.open_sheets_of(pair_id)}
    if not waiting:
        return None
    series = tx.series_of(pair_id)
    stopped = [s for s in series if s.series_id in waiting and _has_stopped(s, now)]
    found = [s for s in series if s.state is SeriesState.FOUND]
    for new in sorted(found, key=lambda s: (s.slot.start, s.series_id)):
        old = replaced_series(new, stopped, now)
        if old is not None:
            return _take_over(tx, new, old, now)
    return None


def _has_stopped(series: Series, now: datetime) -> bool:
    if series.state is SeriesState.ENDED:
        return True
    return series.state is SeriesState.ENABLED and series.ends is not None and series.ends <= now


def _take_over(tx: Transaction, new: Series, old: Series, now: datetime) -> Series:
    heir = replace(
        new,
        state=SeriesState.ENABLED,
        agenda_reason=Why.NOT_YET,
        earlier_uids=(*old.earlier_uids, old.uid),
        locale=old.locale,
    )
    tx.put_series(heir)
    tx.put_series(replace(old, state=SeriesState.ENDED, look_again=None))
    for sheet in tx.sheets(old.series_id):
        tx.put_sheet(replace(sheet, series_id=heir.series_id))
    for link in tx.task_links(old.series_id):
        tx.put_task_link(replace(link, series_id=heir.series_id))
    tx.record(Happening(at=now, name="pair.relinked", subject=heir.series_id))
    want_reconcile(tx, heir.series_id, now)
    return heir
