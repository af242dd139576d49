"""Take our blocks out again: every body becomes what it was before us."""

from __future__ import annotations

from datetime import datetime

from core.body import has_block, remove
from core.budget import FREEZE
from core.errors import NotFound
from core.model.actions import Happening
from core.model.series import SeriesId
from core.ports import CalendarFeature
from core.service.consent import known_series
from core.service.copies import port_of
from core.service.services import Services, circle_of


def remove_blocks(services: Services, series_id: SeriesId, now: datetime) -> int:
    """Remove the block from every copy that we wrote; return from how many.

    People's own text around it stays. Past occurrences, and one that is about to begin, are
    cleaned only where the suite can do it without mail.
    """
    with services.store.transaction() as tx:
        circle = circle_of(tx, known_series(tx, series_id))
        written = [w for sheet in tx.sheets(series_id) for w in tx.written(sheet.sheet_id)]
    if circle is None or circle.leading is None:
        return 0
    port, cleaned = port_of(services, circle.leading), 0
    quiet = CalendarFeature.QUIET_UPDATE in port.features
    for mine in written:
        if mine.event.calendar_id == circle.leading.event.calendar_id:
            try:
                event = port.get_event(mine.event)
            except NotFound:
                event = None
            if event and has_block(event.body) and (quiet or event.slot.start - FREEZE > now):
                body = remove(event.body, original=mine.original)
                port.write_body(event.ref, body, expect=event.revision)
                cleaned += 1
        with services.store.transaction() as tx:
            tx.remove_written(mine.sheet_id, mine.event)
    with services.store.transaction() as tx:
        tx.record(
            Happening(at=now, name="agenda.removed", subject=series_id, count=max(cleaned, 1))
        )
    return cleaned
