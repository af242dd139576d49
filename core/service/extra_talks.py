"""An extra talk borrows its series' open agenda and gives back what stays open."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from core.carry_over import add_to, next_agenda
from core.model.actions import Happening
from core.model.agenda import EMPTY_AGENDA, Agenda, SectionKind, entry_id
from core.model.people import Pair
from core.model.series import Series, SeriesId, SeriesState, Sheet, SheetState, Why
from core.model.talks import ExtraTalk
from core.service.consent import sheet_id
from core.service.shapes import begun, fresh_agenda
from core.service.wanting import want_reconcile
from core.store import Transaction


def lend(tx: Transaction, main: Series, extra: Series, pair: Pair, now: datetime) -> Sheet | None:
    """Let the extra talk have the open sheet; its series begins a new one."""
    sheet = tx.open_sheet(main.series_id)
    if sheet is None or tx.noun(ExtraTalk, extra.series_id) is not None:
        return tx.open_sheet(extra.series_id)
    tx.put_noun(
        ExtraTalk(series_id=extra.series_id, instead_of=main.series_id, pair_id=pair.pair_id)
    )
    lent = replace(sheet, series_id=extra.series_id, place=None)
    tx.put_sheet(lent)
    _move_links(tx, main.series_id, extra.series_id, sheet.agenda)
    number = 1 + max(s.number for s in (sheet, *tx.sheets(main.series_id)))
    agenda, choice = fresh_agenda(tx, main, pair, number, now)
    following = Sheet(
        sheet_id=sheet_id(main.series_id, number),
        series_id=main.series_id,
        pair_id=pair.pair_id,
        agenda=agenda,
        number=number,
    )
    tx.put_sheet(begun(tx, following, choice))
    _hand_bases(tx, sheet, following)
    tx.put_series(replace(extra, state=SeriesState.ENABLED, agenda_reason=Why.NOT_YET))
    for series_id in (main.series_id, extra.series_id):
        want_reconcile(tx, series_id, now)
    return lent


def _hand_bases(tx: Transaction, lent: Sheet, following: Sheet) -> None:
    """What stands in the series' next occurrence was ours: the new sheet is read against it."""
    for mine in tx.written(lent.sheet_id):
        tx.put_written(replace(mine, sheet_id=following.sheet_id))
        tx.remove_written(lent.sheet_id, mine.event)


def lent_by(tx: Transaction, series_id: SeriesId) -> ExtraTalk | None:
    """Return whose agenda an extra talk has; None for any other series."""
    return tx.noun(ExtraTalk, series_id)


def give_back(
    tx: Transaction, extra: ExtraTalk, sheet: Sheet, now: datetime, *, held: bool
) -> Sheet | None:
    """Close the extra talk's sheet; what is open goes onto its series' open agenda.

    Where it was not held, nothing counts as carried.
    """
    tx.put_sheet(replace(sheet, state=SheetState.CLOSED))
    tx.remove_noun(ExtraTalk, extra.series_id)
    home = tx.open_sheet(extra.instead_of)
    if home is None:
        return None
    carried = next_agenda(sheet.agenda, EMPTY_AGENDA)
    agenda = _with_all(home.agenda, carried, counts=held)
    tx.put_sheet(replace(home, agenda=agenda))
    _move_links(tx, extra.series_id, extra.instead_of, sheet.agenda)
    count = len(carried.points)
    if count and held:
        tx.record(Happening(at=now, name="point.carried", subject=home.series_id, count=count))
    want_reconcile(tx, extra.instead_of, now)
    return tx.open_sheet(extra.instead_of)


def _with_all(agenda: Agenda, carried: Agenda, *, counts: bool) -> Agenda:
    there = {entry_id(e) for s in agenda.sections for e in s.entries}
    points = [p for p in carried.points if p.point_id not in there]
    items = [i for i in carried.action_items if i.item_id not in there]
    if not counts:
        points = [replace(p, carried=max(0, p.carried - 1)) for p in points]
    return add_to(add_to(agenda, SectionKind.CARRIED, points), SectionKind.AGREED, items)


def _move_links(tx: Transaction, old: SeriesId, new: SeriesId, agenda: Agenda) -> None:
    items = {item.item_id for item in agenda.action_items}
    for link in tx.task_links(old):
        if link.item_id in items:
            tx.put_task_link(replace(link, series_id=new))
