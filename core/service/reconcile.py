"""Bring one series up to date: read its copies, merge, carry over, write what changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from core.body import ChangeKind, MergeResult
from core.errors import (
    AccountDisconnected,
    InvalidInput,
    PermissionDenied,
    RevisionConflict,
)
from core.model.actions import Happening
from core.model.agenda import Agenda, ItemId
from core.model.calendar import Body, CalendarEvent, EventRef
from core.model.series import Place, Series, SeriesId, SeriesState, Sheet, Why
from core.occurrences import place_of
from core.ports import CalendarFeature
from core.service.budget import FREE, Ruling, kept, ruling, settled
from core.service.comments import note_comments
from core.service.consent import known_series
from core.service.copies import (
    Read,
    about_to_write,
    arrived,
    merge_reads,
    next_event,
    port_of,
    read_at,
    seen,
    still_pending,
)
from core.service.distant import write_distant
from core.service.extra_talks import give_back, lent_by
from core.service.glance import glancing, look_at_leading, look_elsewhere
from core.service.houses import distant
from core.service.late_mail import keep_marks, overtaken
from core.service.line_authors import note_authors
from core.service.meetings import note_change, note_moved
from core.service.old_place import leave_old_place, read_late
from core.service.open_agenda import unchanged_since
from core.service.relink import relink
from core.service.reminders import want_reminders
from core.service.services import Circle, Services, circle_of
from core.service.tasks import want_mirrors
from core.service.third_person import of_the_two, to_withdraw
from core.store import Transaction

ATTEMPTS = 5
"""How often we read again where somebody writes at the same time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Write:
    """A body that would be, or was, written."""

    event: EventRef
    title: str
    start: datetime
    before: Body
    after: Body


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one reconciliation came to."""

    why: Why
    agenda: Agenda | None = None
    writes: tuple[Write, ...] = ()
    changes: int = 0


def reconcile(services: Services, series_id: SeriesId, now: datetime) -> Outcome:
    """Do it for one series, and keep why it has an agenda or not.

    Doing it twice is doing it once. Raise Unavailable and the like where a suite does not
    answer: nothing is lost, and the same call goes on later.
    """
    for attempt in range(ATTEMPTS):
        try:
            outcome = _once(services, series_id, now)
        except RevisionConflict:
            if attempt == ATTEMPTS - 1:
                raise
            continue
        except PermissionDenied:
            outcome = Outcome(why=Why.READ_ONLY)
        except InvalidInput:
            outcome = Outcome(why=Why.TOO_LONG)
        except AccountDisconnected:
            _note(services, series_id, Why.DISCONNECTED)
            raise
        _note(services, series_id, outcome.why)
        return outcome
    raise AssertionError("unreachable")


def _note(services: Services, series_id: SeriesId, why: Why) -> None:
    with services.store.transaction() as tx:
        series = tx.series(series_id)
        if series is not None and series.agenda_reason is not why:
            tx.put_series(replace(series, agenda_reason=why))


def _once(services: Services, series_id: SeriesId, now: datetime) -> Outcome:
    with services.store.transaction() as tx:
        series = known_series(tx, series_id)
        circle = circle_of(tx, series)
        sheet, last = tx.open_sheet(series_id), tx.sheets(series_id)[-2:]
    services = glancing(services, circle, last, now)
    if circle is None or sheet is None or series.state is not SeriesState.ENABLED:
        return _without(services, series, circle, sheet, now)
    if series.reason is Why.MORE_THAN_TWO and (left := to_withdraw(services, circle, sheet, now)):
        return replace(_at(services, of_the_two(circle), sheet, left, now), why=series.reason)
    if series.reason is not Why.TWO_PEOPLE:
        return Outcome(why=series.reason, agenda=sheet.agenda)
    if circle.leading is None:
        return Outcome(why=Why.NOT_ORGANIZER, agenda=sheet.agenda)
    event, coming = next_event(services, circle, circle.leading, now)
    sheet = leave_old_place(services, circle, sheet, event, now)
    read_late(services, circle, sheet, now)
    if event is None:
        return _no_next(services, circle, sheet, coming, now)
    return _at(services, circle, sheet, event, now)


def _without(
    services: Services, series: Series, circle: Circle | None, sheet: Sheet | None, now: datetime
) -> Outcome:
    """Handle a series that has ended or was stopped: a meeting just over still closes."""
    if circle is not None and sheet is not None and series.state is SeriesState.ENDED:
        sheet = leave_old_place(services, circle, sheet, None, now)
        _give_back_unplaced(services, sheet, now)
    stopped = {SeriesState.DISABLED: Why.STOPPED, SeriesState.FOUND: Why.NOT_ASKED}
    return Outcome(why=stopped.get(series.state, series.reason))


def _give_back_unplaced(services: Services, sheet: Sheet, now: datetime) -> None:
    """An extra talk that is gone before its agenda was written gives it back, too."""
    with services.store.transaction() as tx:
        extra = lent_by(tx, sheet.series_id) if sheet.place is None else None
        if extra is not None:
            give_back(tx, extra, sheet, now, held=False)


def _no_next(
    services: Services,
    circle: Circle,
    sheet: Sheet,
    coming: Sequence[CalendarEvent],
    now: datetime,
) -> Outcome:
    with services.store.transaction() as tx:
        series = known_series(tx, circle.series.series_id)
        tx.put_series(replace(series, look_again=coming[-1].slot.end if coming else None))
        relink(tx, circle.pair.pair_id, now)
    why = Why.DECLINED if coming else Why.NO_NEXT
    return Outcome(why=Why.PAUSED if circle.rests_on(now.date()) else why, agenda=sheet.agenda)


def _at(
    services: Services, circle: Circle, sheet: Sheet, event: CalendarEvent, now: datetime
) -> Outcome:
    place = place_of(event)
    with services.store.transaction() as tx:
        sheet = tx.open_sheet(sheet.series_id) or sheet
        written = tx.written(sheet.sheet_id)
        note_moved(tx, sheet, place, now)
    far = distant(services, circle)
    reads = read_at(services, circle, place, {event.ref.calendar_id: event}, written)
    reads = overtaken(services.store, sheet.series_id, reads, far, now)
    result = merge_reads(services, circle, sheet, reads, now)
    look_at_leading(services, reads, result.changes, far)
    leading = next(read for read in reads if read.copy.leading)
    wanted, changes = result.may_write and result.writes[leading.name], len(result.changes)
    rule = ruling(services, circle, leading, now, changed=changes > 0) if wanted else FREE
    _keep(services, circle, sheet, place, reads, result, rule if wanted else None, now)
    if not result.may_write:
        return Outcome(why=Why.JOIN_BLOCK, agenda=result.agenda, changes=changes)
    made: tuple[Write, ...] = ()
    if wanted and rule.may_write:
        made = _write(services, circle, sheet, reads, leading, result, now)
    write_distant(services, sheet, reads, result, far)
    if not wanted or rule.may_write:
        with services.store.transaction() as tx:
            settled(tx, circle.series)
    return Outcome(why=rule.why, agenda=result.agenda, writes=made, changes=changes)


def _keep(
    services: Services,
    circle: Circle,
    sheet: Sheet,
    place: Place,
    reads: Sequence[Read],
    result: MergeResult,
    rule: Ruling | None,
    now: datetime,
) -> None:
    """Keep the merged agenda, what each copy showed, and what is about to be written.

    `rule` is what the budget says to the write that is wanted, if one is.
    """
    merged = replace(sheet, place=place, agenda=result.agenda)
    writes = rule is not None and rule.may_write
    far = distant(services, circle)
    receiving = [r for r in reads if writes and r.copy.event not in far and _receives(services, r)]
    with services.store.transaction() as tx:
        unchanged_since(tx, sheet)
        tx.put_sheet(merged)
        note_change(tx, sheet, merged, now)
        note_authors(tx, sheet.pair_id, sheet.agenda, merged.agenda, result.changes)
        for read in reads:
            note_comments(tx, circle.series, read.event, read.copy.whose, now)
            note = seen(merged, read, result.agenda)
            if read in receiving:
                leading = next(r for r in reads if r.copy.leading)
                note = about_to_write(note, result.bodies[leading.name], result.agenda)
            elif read.copy.event in far and result.may_write and result.writes[read.name]:
                note = about_to_write(note, result.bodies[read.name], result.agenda)
            elif not read.copy.leading:
                note = still_pending(note, read)
            tx.put_written(note)
        if far:
            keep_marks(tx, sheet.series_id, _shown(reads, result, writes=writes), reads, now)
        series = known_series(tx, sheet.series_id)
        following = kept(series, rule or FREE, place, now)
        if following != series:
            tx.put_series(following)
        _tell(tx, circle, result, now)
        want_mirrors(tx, circle, result.agenda, now)
        want_reminders(tx, circle, merged, now)


def _shown(reads: Sequence[Read], result: MergeResult, *, writes: bool) -> list[Body]:
    """Return what the organizer's copy shows, and what it is about to show."""
    leading = next(read for read in reads if read.copy.leading)
    return [leading.event.body, *([result.bodies[leading.name]] if writes else [])]


def _receives(services: Services, read: Read) -> bool:
    """Tell whether our write will stand in this copy: it is ours, or the server copies it."""
    if read.copy.leading:
        return True
    return CalendarFeature.COPIES in port_of(services, read.copy).features


def _tell(tx: Transaction, circle: Circle, result: MergeResult, now: datetime) -> None:
    items = {item.item_id for item in result.agenda.action_items}
    series = circle.series.series_id
    for change in result.changes:
        entry = change.entry_id
        name = _name(change.kind, ItemId(entry) in items)
        tx.record(Happening(at=now, name=name, subject=series, by=change.by, entry=entry))


def _name(kind: ChangeKind, is_item: bool) -> str:
    if not is_item:
        return f"point.{kind}"
    names = {ChangeKind.ADDED: "action.created", ChangeKind.TICKED: "action.done"}
    return names.get(kind, "action.changed")


def _write(
    services: Services,
    circle: Circle,
    sheet: Sheet,
    reads: Sequence[Read],
    leading: Read,
    result: MergeResult,
    now: datetime,
) -> tuple[Write, ...]:
    look_elsewhere(services, reads, distant(services, circle))
    body = result.bodies[leading.name]
    port = port_of(services, leading.copy)
    port.write_body(leading.event.ref, body, expect=leading.event.revision)
    with services.store.transaction() as tx:
        for mine in tx.written(sheet.sheet_id):
            if mine.event == leading.event.ref and mine.pending is not None:
                tx.put_written(arrived(mine))
        tx.record(Happening(at=now, name="agenda.written", subject=circle.series.series_id))
    event = leading.event
    return (
        Write(
            event=event.ref,
            title=event.title,
            start=event.slot.start,
            before=event.body,
            after=body,
        ),
    )
