"""What is left of a pair after a manager change: reopened, ended, or opened to the new one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from core.errors import InvalidInput, NotFound
from core.model.actions import Happening
from core.model.handover import ManagerChange, ReleasedHistory
from core.model.people import Pair, pair_id
from core.model.series import SeriesState, Sheet, SheetState
from core.model.settings import Bond
from core.service.handover import known_change, seen_by
from core.service.settings import pair_settings
from core.store import Transaction


def reopen(tx: Transaction, one: str, other: str, bond: Bond, *, now: datetime) -> Pair:
    """Let a frozen pair go on as another kind of pair, such as mentor and mentee."""
    pair = tx.pair(pair_id(one, other))
    if pair is None:
        raise NotFound("no 1:1 of these two people is known")
    if bond is Bond.REPORT:
        raise InvalidInput("as manager and report again: that is a manager change of its own")
    opened = replace(pair, ended=None)
    tx.put_pair(opened)
    tx.put_noun(replace(pair_settings(tx, pair.pair_id), bond=bond, frozen_on=None))
    tx.record(Happening(at=now, name="pair.reopened", subject=pair.pair_id))
    return opened


def ends_to_offer(tx: Transaction, reader: str) -> tuple[ManagerChange, ...]:
    """Return done changes whose old series still stands in the calendar: an offer to end it."""
    found = []
    for change in tx.nouns(ManagerChange):
        if not change.done or reader not in (change.report, change.old):
            continue
        series = tx.series_of(pair_id(change.report, change.old))
        if reader not in change.wanted_end and any(
            s.state is not SeriesState.ENDED for s in series
        ):
            found.append(seen_by(change, reader))
    return tuple(found)


def close_end_offer(tx: Transaction, change_id: str, *, by: str) -> None:
    """Say that the offer to end the old series was heard."""
    change = known_change(tx, change_id)
    if by not in (change.report, change.old):
        raise NotFound("there is no such offer of yours")
    tx.put_noun(replace(change, wanted_end=tuple(sorted({*change.wanted_end, by}))))


def released_sheets(tx: Transaction, pair: Pair, reader: str) -> list[Sheet]:
    """Return past sheets of an old pair that its report opened for this one.

    Only `agenda.shared()` of them may be shown. Raise NotFound for a third person.
    """
    if pair.side(reader) is None:
        raise NotFound("there is no such pair of yours")
    found = []
    for opened in tx.nouns(ReleasedHistory, pair.pair_id):
        for series in tx.series_of(opened.old_pair):
            found += [s for s in tx.sheets(series.series_id) if _is_open(s, opened.until)]
    return found


def _is_open(sheet: Sheet, until: date) -> bool:
    past = sheet.state is SheetState.CLOSED and sheet.place is not None
    return past and sheet.place is not None and sheet.place.slot.start.date() < until
