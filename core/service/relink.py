"""A new series goes on where an old one stopped: its open sheet and history move over.

Where it surely does, it happens by itself; where it may, either of the two is asked once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from core.errors import InvalidInput, NotFound
from core.model.actions import Happening
from core.model.agenda import ItemState, PointState
from core.model.matches import NotTheSame
from core.model.people import PairId
from core.model.series import Series, SeriesId, SeriesState, Sheet, SheetState, Why
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A new series, and an old one of the same two whose open points may belong into it."""

    new: Series
    old: Series
    open_entries: int


def matches_to_ask(tx: Transaction, reader: str, now: datetime) -> tuple[Match, ...]:
    """Return what somebody is asked: is this the continuation? Answered ones are left out."""
    found = []
    for pair in tx.pairs_of(reader):
        waiting = {s.series_id: s for s in tx.open_sheets_of(pair.pair_id)}
        series = tx.series_of(pair.pair_id)
        olds = [s for s in series if s.series_id in waiting and _has_stopped(s, now)]
        news = [s for s in series if _may_go_on(s, now)]
        found += [
            Match(new=new, old=old, open_entries=entries)
            for new in news
            for old in olds
            if new.series_id != old.series_id
            and (entries := _open_entries(waiting[old.series_id]))
            and tx.noun(NotTheSame, f"{new.series_id}/{old.series_id}") is None
        ]
    return tuple(sorted(found, key=lambda m: (m.new.slot.start, m.new.series_id, m.old.series_id)))


def _may_go_on(series: Series, now: datetime) -> bool:
    live = series.state in (SeriesState.FOUND, SeriesState.ENABLED)
    return live and series.reason is Why.TWO_PEOPLE and not _has_stopped(series, now)


def _open_entries(sheet: Sheet) -> int:
    points = sum(p.state is PointState.OPEN for p in sheet.agenda.points)
    return points + sum(i.state is ItemState.OPEN for i in sheet.agenda.action_items)


def relink_by_hand(
    tx: Transaction, new_id: SeriesId, old_id: SeriesId, *, by: str, now: datetime
) -> Series:
    """Let a series go on with an old one's points, because one of the two says so (C-04).

    However long the gap (C-03). A series that has an agenda of its own by now takes the open
    points along. Twice is once. Raise NotFound, InvalidInput.
    """
    new, old = _own(tx, new_id, by), _own(tx, old_id, by)
    if new.series_id == old.series_id or new.pair_id != old.pair_id:
        raise InvalidInput("these are not two series of the same two people")
    if old.uid in new.earlier_uids:
        return new
    if not _may_go_on(new, now):
        raise InvalidInput("the new series has no meeting to come: its points would stand nowhere")
    if not _has_stopped(old, now):
        raise InvalidInput("the old series still takes place: it keeps its points")
    tx.record(Happening(at=now, name="pair.relinked_by_hand", subject=new.series_id, by=by))
    if tx.open_sheet(new.series_id) is None:
        return _take_over(tx, new, old, now)
    return _join(tx, new, old, now)


def not_the_same(tx: Transaction, new_id: SeriesId, old_id: SeriesId, *, by: str) -> None:
    """Keep that they are two different things: nobody is asked again. Raise NotFound."""
    new, old = _own(tx, new_id, by), _own(tx, old_id, by)
    assert new.pair_id is not None
    tx.put_noun(NotTheSame(new=new.series_id, old=old.series_id, pair_id=new.pair_id))


def _own(tx: Transaction, series_id: SeriesId, by: str) -> Series:
    series = tx.series(series_id)
    pair = tx.pair(series.pair_id) if series and series.pair_id else None
    if series is None or pair is None or pair.side(by) is None:
        raise NotFound(f"no series {series_id} of yours: `vieraugen series list` shows them")
    return series


def _join(tx: Transaction, new: Series, old: Series, now: datetime) -> Series:
    """Put the old series' open entries onto the new one's agenda, and close the old sheet."""
    sheet, left = tx.open_sheet(new.series_id), tx.open_sheet(old.series_id)
    assert sheet is not None
    heir = replace(new, earlier_uids=(*new.earlier_uids, *old.earlier_uids, old.uid))
    tx.put_series(heir)
    tx.put_series(replace(old, state=SeriesState.ENDED, look_again=None))
    if left is not None:
        # Only a pass in which a series is replaced pays for loading it.
        from core.carry_over import next_agenda

        tx.put_sheet(replace(sheet, agenda=next_agenda(left.agenda, sheet.agenda)))
        tx.put_sheet(replace(left, state=SheetState.CLOSED))
    for link in tx.task_links(old.series_id):
        tx.put_task_link(replace(link, series_id=heir.series_id))
    want_reconcile(tx, heir.series_id, now)
    return heir


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
