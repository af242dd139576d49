"""The inbox between meetings: put points aside, for the meeting after, or onto the agenda."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from core.errors import InvalidInput, NotFound
from core.model.actions import Happening
from core.model.agenda import PointId, PointState, TalkingPoint, Visibility
from core.model.inbox import InboxPoint, Waits
from core.model.people import Pair, PairId
from core.model.series import SeriesId, Sheet
from core.service.edit import one_line, require_point
from core.service.ids import short_id
from core.service.open_agenda import (
    find_entry,
    is_private,
    keep_agenda,
    open_sheet_for,
    with_entries,
)
from core.service.services import Services
from core.service.shapes import with_point
from core.store import Transaction


def inbox_of(tx: Transaction, pair_id: PairId, *, reader: str) -> tuple[InboxPoint, ...]:
    """Return what waits for a pair, oldest first; somebody else's private points are left out."""
    found = [w for w in tx.nouns(InboxPoint, pair_id) if _may_see(w.point, reader)]
    return tuple(sorted(found, key=lambda w: (w.since, w.key)))


def add_to_inbox(
    services: Services,
    series_id: SeriesId,
    text: str,
    *,
    by: str,
    now: datetime,
    waits: Waits = Waits.NEXT,
    visibility: Visibility = Visibility.SHARED,
) -> InboxPoint:
    """Keep a point that is for no agenda yet. The same words of the same person are one.

    Raise InvalidInput, NotFound.
    """
    words = one_line(text)
    with services.store.transaction() as tx:
        pair = _pair(tx, series_id, by)
        made = short_id("inbox", pair.pair_id, by, words)
        known = tx.noun(InboxPoint, f"{pair.pair_id}/{made}")
        if known is not None:
            return known
        point = TalkingPoint(point_id=PointId(made), text=words, owner=by, visibility=visibility)
        waiting = InboxPoint(
            pair_id=pair.pair_id,
            point=point,
            since=now,
            waits=waits,
            series_id=series_id,
            by=by,
        )
        tx.put_noun(waiting)
        tx.record(Happening(at=now, name="inbox.added", subject=series_id, by=by))
    return waiting


def put_aside(
    services: Services,
    series_id: SeriesId,
    point_id: str,
    *,
    by: str,
    now: datetime,
    waits: Waits = Waits.ASIDE,
) -> InboxPoint:
    """Take a point off the open agenda into the inbox: parked, or for the meeting after."""
    with services.store.transaction() as tx:
        pair = _pair(tx, series_id, by)
        sheet = open_sheet_for(tx, series_id, by)
        point = require_point(find_entry(sheet.agenda, point_id, by)[1])
        waiting = _waiting(pair.pair_id, series_id, point, now, waits, by)
        tx.put_noun(waiting)
        agenda = with_entries(sheet.agenda, lambda e: None if e == point else e)
        quiet = is_private(point)
        keep_agenda(tx, sheet, agenda, "point.parked", entry=point_id, by=by, now=now, quiet=quiet)
    return waiting


def take_from_inbox(
    services: Services, series_id: SeriesId, point_id: str, *, by: str, now: datetime
) -> TalkingPoint:
    """Put a waiting point onto the open agenda. Raise NotFound."""
    with services.store.transaction() as tx:
        pair = _pair(tx, series_id, by)
        waiting = _known(tx, pair.pair_id, point_id, by)
        sheet = open_sheet_for(tx, series_id, by)
        tx.remove_noun(InboxPoint, waiting.key)
        agenda = with_point(sheet.agenda, pair, waiting.point)
        quiet = is_private(waiting.point)
        keep_agenda(tx, sheet, agenda, "point.added", entry=point_id, by=by, now=now, quiet=quiet)
    return waiting.point


def drop_from_inbox(
    services: Services, series_id: SeriesId, point_id: str, *, by: str, now: datetime
) -> None:
    """Let one of one's own waiting points go. Raise NotFound, InvalidInput for another's."""
    with services.store.transaction() as tx:
        pair = _pair(tx, series_id, by)
        waiting = _known(tx, pair.pair_id, point_id, by)
        if waiting.point.owner not in (None, by):
            raise InvalidInput("this point is the other person's: only they let it go")
        tx.remove_noun(InboxPoint, waiting.key)
        tx.record(Happening(at=now, name="inbox.dropped", subject=series_id, by=by))


def park(tx: Transaction, sheet: Sheet, now: datetime) -> int:
    """Keep a held sheet's parked points in the inbox; return how many."""
    parked = [p for p in sheet.agenda.points if p.state is PointState.PARKED]
    for point in parked:
        tx.put_noun(_waiting(sheet.pair_id, sheet.series_id, point, now, Waits.ASIDE, ""))
    return len(parked)


def _waiting(
    pair_id: PairId,
    series_id: SeriesId,
    point: TalkingPoint,
    now: datetime,
    waits: Waits,
    by: str,
) -> InboxPoint:
    return InboxPoint(
        pair_id=pair_id,
        point=replace(point, state=PointState.OPEN),
        since=now,
        waits=waits,
        series_id=series_id,
        by=by or point.owner or "",
    )


def _may_see(point: TalkingPoint, reader: str) -> bool:
    return point.visibility is not Visibility.PRIVATE or point.owner == reader


def _pair(tx: Transaction, series_id: SeriesId, by: str) -> Pair:
    series = tx.series(series_id)
    pair = tx.pair(series.pair_id) if series and series.pair_id else None
    if pair is None or pair.side(by) is None:
        raise NotFound(f"{by} is not one of the two people of this series")
    return pair


def _known(tx: Transaction, pair_id: PairId, point_id: str, by: str) -> InboxPoint:
    waiting = tx.noun(InboxPoint, f"{pair_id}/{point_id}")
    if waiting is None or not _may_see(waiting.point, by):
        raise NotFound(f"no point {point_id} waits in this inbox")
    return waiting
