"""Leave the occurrence that held the agenda: its meeting is over, or it was moved away."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from core.body import has_block, remove
from core.carry_over import late_changes, next_agenda
from core.errors import PermissionDenied
from core.model.actions import Happening
from core.model.agenda import Agenda
from core.model.calendar import Body, CalendarEvent, EventRef, EventStatus
from core.model.series import Sheet, SheetState
from core.occurrences import place_of, same_occurrence
from core.service.budget import counted, ruling
from core.service.cancelled import note_cancelled
from core.service.consent import known_series, sheet_id
from core.service.copies import Read, merge_reads, port_of, read_written, refs, seen
from core.service.extra_talks import give_back, lent_by
from core.service.glance import look_elsewhere
from core.service.houses import distant
from core.service.inbox import park
from core.service.meetings import note_late, note_left, note_over
from core.service.open_agenda import unchanged_since
from core.service.services import Circle, Services
from core.service.shapes import begun, fresh_agenda, was_held
from core.service.tasks import want_mirrors
from core.store import Transaction

LATE = timedelta(days=7)
"""How long after a meeting what people tick in its text still counts."""


def leave_old_place(
    services: Services, circle: Circle, sheet: Sheet, event: CalendarEvent | None, now: datetime
) -> Sheet:
    """Close the sheet where its meeting is over; take the block along where it moved."""
    if sheet.place is None:
        return _left_halfway(services, circle, sheet, event, now)
    if event and same_occurrence(sheet.place, place_of(event)):
        return sheet
    with services.store.transaction() as tx:
        written = tx.written(sheet.sheet_id)
    reads = read_written(services, circle, written)
    agenda = merge_reads(services, circle, sheet, reads, now).agenda if reads else sheet.agenda
    if not _rested(circle, sheet) and _was_held(sheet, reads, now):
        return _close(services, circle, sheet, agenda, reads, now)
    moved = replace(sheet, agenda=agenda, place=None)
    gone = not reads or any(r.event.status is EventStatus.CANCELLED for r in reads)
    name = "meeting.cancelled" if gone else "meeting.moved"
    with services.store.transaction() as tx:
        unchanged_since(tx, sheet)
        note_left(tx, circle, sheet, reads)
        tx.put_sheet(moved)
        extra = lent_by(tx, sheet.series_id) if event is None else None
        if extra is not None:
            give_back(tx, extra, moved, now, held=False)
        elif event is not None:
            note_cancelled(tx, circle, sheet, [r.event for r in reads], now, gone=gone)
        tx.record(Happening(at=now, name=name, subject=sheet.series_id))
    _take_block_out(services, circle, moved, reads, now)
    return moved


def _left_halfway(
    services: Services, circle: Circle, sheet: Sheet, event: CalendarEvent | None, now: datetime
) -> Sheet:
    """Go on where we were killed, or somebody typed, between leaving and taking the block out."""
    with services.store.transaction() as tx:
        written = tx.written(sheet.sheet_id)
    reads = read_written(services, circle, written)
    old = [r for r in reads if not (event and same_occurrence(place_of(r.event), place_of(event)))]
    standing = [read for read in old if has_block(read.event.body)]
    if standing:
        agenda = merge_reads(services, circle, sheet, standing, now).agenda
        with services.store.transaction() as tx:
            unchanged_since(tx, sheet)
            sheet = replace(sheet, agenda=agenda)
            tx.put_sheet(sheet)
    _take_block_out(services, circle, sheet, old, now, kept=refs(reads) - refs(old))
    return sheet


def _rested(circle: Circle, sheet: Sheet) -> bool:
    """Tell whether one of the two was on leave when the meeting would have been."""
    if sheet.place is None:
        return False
    slot = sheet.place.slot
    return circle.rests_on(slot.start.astimezone(ZoneInfo(slot.zone)).date())


def _was_held(sheet: Sheet, reads: Sequence[Read], now: datetime) -> bool:
    """Tell whether the meeting took place: its time is over where it stands now."""
    leading = next((r.event for r in reads if r.copy.leading), None)
    if leading is None:
        return sheet.place is not None and sheet.place.slot.end <= now and not reads
    return leading.slot.end <= now and leading.status is not EventStatus.CANCELLED


def _close(
    services: Services,
    circle: Circle,
    read_sheet: Sheet,
    agenda: Agenda,
    reads: Sequence[Read],
    now: datetime,
) -> Sheet:
    """Close a held sheet: what is open goes on, what is parked waits in the inbox."""
    sheet = replace(read_sheet, agenda=agenda)
    with services.store.transaction() as tx:
        unchanged_since(tx, read_sheet)
        note_over(tx, circle, read_sheet, agenda, reads)
        tx.put_sheet(replace(sheet, state=SheetState.CLOSED))
        for read in reads:
            tx.put_written(seen(sheet, read, sheet.agenda))
        was_held(tx, sheet)
        want_mirrors(tx, circle, sheet.agenda, now)
        tx.record(Happening(at=now, name="meeting.held", subject=sheet.series_id))
        following = _following(tx, circle, sheet, now)
        park(tx, sheet, now)
    return following


def _following(tx: Transaction, circle: Circle, sheet: Sheet, now: datetime) -> Sheet:
    """Begin the next sheet with what stays open; an extra talk gives it back instead."""
    extra = lent_by(tx, sheet.series_id)
    if extra is not None:
        give_back(tx, extra, sheet, now, held=True)
        return replace(sheet, state=SheetState.CLOSED)
    number = sheet.number + 1
    blank, choice = fresh_agenda(tx, circle.series, circle.pair, number, now)
    following = Sheet(
        sheet_id=sheet_id(sheet.series_id, number),
        series_id=sheet.series_id,
        pair_id=sheet.pair_id,
        agenda=next_agenda(sheet.agenda, blank),
        number=number,
    )
    carried = len(following.agenda.points)
    following = begun(tx, following, choice)
    tx.put_sheet(following)
    tx.record(Happening(at=now, name="agenda.created", subject=sheet.series_id))
    if carried:
        tx.record(Happening(at=now, name="point.carried", subject=sheet.series_id, count=carried))
    return following


def _take_block_out(
    services: Services,
    circle: Circle,
    sheet: Sheet,
    reads: Sequence[Read],
    now: datetime,
    *,
    kept: Set[EventRef] = frozenset(),
) -> None:
    """Clean what was written, and forget it; `kept` is where the sheet stands now."""
    far = distant(services, circle)
    for read in reads:
        past_or_off = read.event.slot.end <= now or read.event.status is EventStatus.CANCELLED
        ours = read.copy.leading or read.copy.event in far
        if not ours or past_or_off or not has_block(read.event.body):
            continue
        rule = ruling(services, circle, read, now, changed=False, asked=False, urgent=True)
        if rule.may_write:
            if read.copy.leading:
                look_elsewhere(services, reads, far)
            with services.store.transaction() as tx:
                series = known_series(tx, sheet.series_id)
                tx.put_series(counted(series, rule, place_of(read.event), now))
            original = read.written.original if read.written else None
            body = remove(read.event.body, original=original)
            _write_back(services, read, body)
    with services.store.transaction() as tx:
        for mine in tx.written(sheet.sheet_id):
            if mine.event not in kept:
                tx.remove_written(sheet.sheet_id, mine.event)


def _write_back(services: Services, read: Read, body: Body) -> None:
    port = port_of(services, read.copy)
    try:
        port.write_body(read.event.ref, body, expect=read.event.revision)
    except PermissionDenied:
        # An attendee's host may refuse; the organizer's copy is what counts.
        if read.copy.leading:
            raise


def read_late(services: Services, circle: Circle, sheet: Sheet, now: datetime) -> None:
    """Take in what people still tick or add in the text of the meeting before."""
    with services.store.transaction() as tx:
        earlier = [s for s in tx.sheets(sheet.series_id) if s.number == sheet.number - 1]
        last = earlier[0] if earlier else None
        written = tx.written(last.sheet_id) if last else ()
    if last is None or last.place is None or now - last.place.slot.end > LATE:
        return
    reads = read_written(services, circle, written)
    if not reads:
        return
    result = merge_reads(services, circle, last, reads, now)
    if result.agenda == last.agenda:
        return
    with services.store.transaction() as tx:
        unchanged_since(tx, last)
        tx.put_sheet(replace(last, agenda=result.agenda))
        note_late(tx, last, result.agenda)
        current = tx.open_sheet(sheet.series_id) or sheet
        agenda = late_changes(last.agenda, result.agenda, current.agenda)
        tx.put_sheet(replace(current, agenda=agenda))
        for read in reads:
            tx.put_written(seen(last, read, result.agenda))
        want_mirrors(tx, circle, agenda, now)
