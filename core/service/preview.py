"""The very text that a yes, or the next sync, would write; nothing is written or kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from core.model.agenda import EMPTY_AGENDA
from core.model.series import SeriesId, Sheet, Why, Written
from core.occurrences import place_of
from core.service.consent import known_series, sheet_id
from core.service.copies import merge_reads, next_event, read_at
from core.service.reconcile import Outcome, Write
from core.service.services import Services, circle_of
from core.service.shapes import fresh_agenda


def preview(services: Services, series_id: SeriesId, now: datetime) -> Outcome:
    """Return what a yes, or the next sync, would write where; write and keep nothing."""
    with services.store.transaction() as tx:
        series = known_series(tx, series_id)
        circle = circle_of(tx, series)
        sheet = tx.open_sheet(series_id)
        written: Sequence[Written] = tx.written(sheet.sheet_id) if sheet else ()
        blank = fresh_agenda(tx, series, circle.pair, 1, now)[0] if circle else EMPTY_AGENDA
    if circle is None or series.reason is not Why.TWO_PEOPLE:
        return Outcome(why=series.reason)
    if circle.leading is None:
        return Outcome(why=Why.NOT_ORGANIZER)
    event, coming = next_event(services, circle, circle.leading, now)
    if event is None:
        return Outcome(why=Why.DECLINED if coming else Why.NO_NEXT)
    if sheet is None:
        sheet = Sheet(
            sheet_id=sheet_id(series_id, 1),
            series_id=series_id,
            pair_id=circle.pair.pair_id,
            agenda=blank,
        )
    reads = read_at(services, circle, place_of(event), {event.ref.calendar_id: event}, written)
    result = merge_reads(services, circle, sheet, reads, now)
    leading = next(read for read in reads if read.copy.leading)
    write = Write(
        event=event.ref,
        title=event.title,
        start=event.slot.start,
        before=event.body,
        after=result.bodies[leading.name],
    )
    writes = (write,) if result.may_write and result.writes[leading.name] else ()
    return Outcome(why=Why.WRITTEN, agenda=result.agenda, writes=writes)
