"""Note what becomes of meetings, and when each point was first seen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from core.detect import declined_by
from core.errors import InvalidInput, NotFound
from core.held import accepted_by, traces_in
from core.model.actions import Happening
from core.model.agenda import Agenda
from core.model.calendar import EventStatus
from core.model.meetings import FirstSeen, Meeting, PointSeen, Trace
from core.model.people import PairId
from core.model.series import Place, Sheet
from core.model.suggestions import Tap, TapKind
from core.service.copies import Read
from core.service.services import Circle, Services
from core.store import Transaction


def note_change(tx: Transaction, before: Sheet, after: Sheet, now: datetime) -> None:
    """Keep when points were first seen, and that somebody wrote while the meeting lasted."""
    _note_points(tx, after, now)
    if before.place is None or not before.place.slot.start <= now:
        return
    found = traces_in(before.agenda, after.agenda)
    known = _meeting(tx, before, before.place)
    if not set(found) <= set(known.traces):
        tx.put_noun(replace(known, traces=_joined(known.traces, found)))


def _note_points(tx: Transaction, sheet: Sheet, now: datetime) -> None:
    known = tx.noun(FirstSeen, sheet.sheet_id)
    seen = known.points if known else ()
    ids = {point.point_id for point in seen}
    fresh = tuple(
        PointSeen(point_id=p.point_id, by=p.owner, at=now)
        for p in sheet.agenda.points
        if not p.carried and p.point_id not in ids
    )
    if fresh:
        tx.put_noun(
            FirstSeen(sheet_id=sheet.sheet_id, pair_id=sheet.pair_id, points=(*seen, *fresh))
        )


def note_over(
    tx: Transaction, circle: Circle, sheet: Sheet, after: Agenda, reads: Sequence[Read]
) -> None:
    """Keep what a meeting's calendar and agenda show at its end."""
    if sheet.place is None:
        return
    leading = next((r.event for r in reads if r.copy.leading), None)
    place = Place(
        original_start=sheet.place.original_start,
        slot=leading.slot if leading else sheet.place.slot,
    )
    known = _meeting(tx, sheet, place)
    tx.put_noun(
        replace(
            known,
            accepted=accepted_by(leading, circle.pair) if leading else (),
            traces=_joined(known.traces, traces_in(sheet.agenda, after)),
            cancelled=False,
        )
    )


def note_late(tx: Transaction, sheet: Sheet, after: Agenda) -> None:
    """Keep that somebody wrote in a past meeting's agenda."""
    if sheet.place is not None:
        known = _meeting(tx, sheet, sheet.place)
        traces = _joined(known.traces, traces_in(sheet.agenda, after))
        tx.put_noun(replace(known, traces=traces))


def note_left(tx: Transaction, circle: Circle, sheet: Sheet, reads: Sequence[Read]) -> None:
    """Keep that the agenda left an occurrence: cancelled, or moved behind the next one."""
    if sheet.place is None:
        return
    leading = next((r.event for r in reads if r.copy.leading), None)
    if leading is None:
        tx.put_noun(replace(_meeting(tx, sheet, sheet.place), cancelled=True))
        return
    gone = leading.status is EventStatus.CANCELLED
    gone = gone or bool(declined_by(leading, circle.pair.addresses))
    place = replace(sheet.place, slot=leading.slot)
    tx.put_noun(replace(_meeting(tx, sheet, place), cancelled=gone))


def note_moved(tx: Transaction, sheet: Sheet, now_at: Place, now: datetime) -> None:
    """Keep that an occurrence was moved, and whether that was on its very day."""
    before = sheet.place
    if before is None or before.slot.start == now_at.slot.start:
        return
    zone = ZoneInfo(before.slot.zone)
    same_day = before.slot.start.astimezone(zone).date() == now.astimezone(zone).date()
    known = _meeting(tx, sheet, now_at)
    tx.put_noun(replace(known, moved_on_the_day=known.moved_on_the_day or same_day))


def say(
    services: Services, pair_id: PairId, tap: TapKind, *, on: datetime, by: str, rule_id: str = ""
) -> Tap:
    """Keep one tap of one of the two: "we talked", "it did not take place", "happens elsewhere".

    `on` is a moment of the day that it is about. Raise NotFound, InvalidInput.
    """
    with services.store.transaction() as tx:
        pair = tx.pair(pair_id)
        if pair is None or by not in pair.addresses:
            raise NotFound("there is no such pair, or you are not one of the two")
        if tap is TapKind.ELSEWHERE and not rule_id:
            raise InvalidInput("say which rule it answers")
        person = tx.person(pair.report)
        zone = person.zone if person else "UTC"
        day = on.astimezone(ZoneInfo(zone)).date()
        said = Tap(pair_id=pair_id, kind=tap, on=day, by=by, rule_id=rule_id)
        tx.put_noun(said)
        tx.record(Happening(at=on, name=f"tap.{tap.value}", subject=pair_id, by=by))
    return said


def _meeting(tx: Transaction, sheet: Sheet, place: Place) -> Meeting:
    """Return the meeting as known, where it stands now."""
    occurrence = place.original_start.isoformat() if place.original_start else ""
    fresh = Meeting(
        series_id=sheet.series_id,
        pair_id=sheet.pair_id,
        occurrence=occurrence,
        start=place.slot.start,
        end=place.slot.end,
        sheet_id=sheet.sheet_id,
    )
    found = tx.noun(Meeting, fresh.key) or fresh
    return replace(found, start=fresh.start, end=fresh.end, sheet_id=sheet.sheet_id)


def _joined(known: tuple[Trace, ...], found: tuple[Trace, ...]) -> tuple[Trace, ...]:
    return tuple(dict.fromkeys((*known, *found)))
