"""The manager says that they have read the agenda, if they like to; the report sees it."""

from __future__ import annotations

from datetime import datetime

from core.errors import InvalidInput, NotFound
from core.model.actions import Happening
from core.model.agenda import PointState, Visibility
from core.model.marks import ReadMark
from core.model.people import Pair
from core.model.series import Sheet
from core.store import Transaction


def mark_read(tx: Transaction, sheet: Sheet, *, by: str, now: datetime) -> ReadMark:
    """Keep it with what stood there. Raise InvalidInput for the report, NotFound for others."""
    pair = _pair(tx, sheet, by)
    if by != pair.manager:
        raise InvalidInput("the manager says that they have read the report's points")
    mark = ReadMark(
        sheet_id=sheet.sheet_id,
        pair_id=pair.pair_id,
        person=by,
        at=now,
        points=points_to_read(sheet, pair),
    )
    tx.put_noun(mark)
    tx.record(Happening(at=now, name="agenda.read", subject=sheet.series_id, by=by))
    return mark


def take_mark_back(tx: Transaction, sheet: Sheet, *, by: str) -> None:
    """Forget one's own mark; twice is once. Raise NotFound for a third person."""
    _pair(tx, sheet, by)
    known = tx.noun(ReadMark, sheet.sheet_id)
    if known is not None and known.person == by:
        tx.remove_noun(ReadMark, sheet.sheet_id)


def read_mark(tx: Transaction, sheet: Sheet) -> ReadMark | None:
    """Return the mark of an agenda, if its manager set one."""
    return tx.noun(ReadMark, sheet.sheet_id)


def points_to_read(sheet: Sheet, pair: Pair) -> tuple[str, ...]:
    """Return the ids of the report's points that the manager can know of."""
    return tuple(
        point.point_id
        for point in sheet.agenda.points
        if point.owner == pair.report
        and point.visibility is not Visibility.PRIVATE
        and point.state is PointState.OPEN
    )


def _pair(tx: Transaction, sheet: Sheet, by: str) -> Pair:
    pair = tx.pair(sheet.pair_id)
    if pair is None or pair.side(by) is None:
        raise NotFound(f"{by} is not one of the two people of this series")
    return pair
