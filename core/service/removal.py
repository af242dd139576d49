"""Take our blocks out again: every body becomes what it was before us."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from core.body import has_block, remove
from core.budget import FREEZE
from core.errors import AccountDisconnected, NotFound, PermissionDenied
from core.model.actions import Happening
from core.model.series import Copy, SeriesId, Written
from core.service.budget import is_quiet
from core.service.consent import known_series
from core.service.copies import merge_reads, port_of, read_written
from core.service.houses import distant
from core.service.open_agenda import unchanged_since
from core.service.services import Circle, Services, circle_of


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
    _take_in(services, circle, now)
    far, cleaned = distant(services, circle), 0
    ours = {c.event.calendar_id: c for c in circle.read if c.leading or c.event in far}
    for mine in written:
        copy = ours.get(mine.event.calendar_id)
        if copy is not None:
            cleaned += _clean(services, circle, copy, mine, now)
        with services.store.transaction() as tx:
            tx.remove_written(mine.sheet_id, mine.event)
    with services.store.transaction() as tx:
        tx.record(
            Happening(at=now, name="agenda.removed", subject=series_id, count=max(cleaned, 1))
        )
    return cleaned


def _take_in(services: Services, circle: Circle, now: datetime) -> None:
    """Keep what people typed since the last reading: points stay with the pair.

    Of a pair that has ended nothing more is read: its words may have been erased.
    Raise RevisionConflict, Unavailable: then it is tried again later.
    """
    with services.store.transaction() as tx:
        sheet = tx.open_sheet(circle.series.series_id)
        written = tx.written(sheet.sheet_id) if sheet else ()
    if sheet is None or circle.pair.ended is not None:
        return
    try:
        reads = read_written(services, circle, written)
    except (AccountDisconnected, PermissionDenied):
        return
    standing = [read for read in reads if has_block(read.event.body)]
    if not standing:
        return
    merged = replace(sheet, agenda=merge_reads(services, circle, sheet, standing, now).agenda)
    with services.store.transaction() as tx:
        unchanged_since(tx, sheet)
        tx.put_sheet(merged)


def _clean(services: Services, circle: Circle, copy: Copy, mine: Written, now: datetime) -> bool:
    """Take the block out of one occurrence; tell whether one stood there."""
    port, quiet = port_of(services, copy), is_quiet(services, circle, copy)
    try:
        event = port.get_event(mine.event)
        if not has_block(event.body) or not (quiet or event.slot.start - FREEZE > now):
            return False
        body = remove(event.body, original=mine.original)
        port.write_body(event.ref, body, expect=event.revision)
    except NotFound:
        return False
    except PermissionDenied:
        # An attendee's host may refuse; what stands there came with the organizer's own mail.
        if copy.leading:
            raise
        return False
    return True
