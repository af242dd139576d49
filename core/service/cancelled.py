"""A talk is cancelled or declined: what the two can do instead, and doing it in the host."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from core.detect import declined_by
from core.errors import InvalidInput, NotFound, NotSupported, RevisionConflict
from core.model.actions import Happening
from core.model.calendar import (
    CalendarEvent,
    EventDraft,
    IdempotencyKey,
    Participant,
    Role,
    TimeSlot,
    Window,
)
from core.model.series import Copy, SeriesId, Sheet
from core.model.talks import CancelledTalk, Way
from core.occurrences import place_of
from core.ports import CalendarFeature
from core.service.copies import LOOK_AHEAD, port_of
from core.service.extra_talks import lend, lent_by
from core.service.ids import short_id
from core.service.observe import take_in
from core.service.services import Circle, Services, circle_of
from core.service.settings import person_settings
from core.service.shapes import use_template
from core.service.slots import Proposal, propose_slots
from core.store import Transaction
from core.templates import Level

QUARTER = timedelta(minutes=15)
LONGEST = timedelta(hours=8)
ATTEMPTS = 3
OFFERED_FOR = timedelta(days=14)


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelOffer:
    """One cancelled talk with everything that can be done instead."""

    talk: CancelledTalk
    ways: tuple[Way, ...]
    proposal: Proposal


def note_cancelled(
    tx: Transaction,
    circle: Circle,
    sheet: Sheet,
    events: Sequence[CalendarEvent],
    now: datetime,
    *,
    gone: bool,
) -> CancelledTalk | None:
    """Keep that the talk of a sheet does not take place, so that both get one offer.

    Nothing is kept for a talk that was only moved, is past, or lies in a leave.
    """
    place = sheet.place
    declined = any(declined_by(event, circle.pair.addresses) for event in events)
    if place is None or not (gone or declined) or place.slot.start <= now:
        return None
    day = place.slot.start.date()
    away = any(person_settings(tx, a).is_away(day) for a in circle.pair.addresses)
    if away or lent_by(tx, sheet.series_id) is not None:
        return None
    start = (place.original_start or place.slot.start).isoformat()
    talk = CancelledTalk(
        talk_id=short_id("cancelled", sheet.series_id, start),
        series_id=sheet.series_id,
        pair_id=sheet.pair_id,
        original_start=place.original_start,
        slot=place.slot,
        gone=gone,
        at=now,
    )
    known = tx.noun(CancelledTalk, talk.key)
    if known is None:
        tx.put_noun(talk)
    return known or talk


def cancel_offers(services: Services, reader: str, now: datetime) -> tuple[CancelOffer, ...]:
    """Return the unanswered offers of one of the two, with times that fit both."""
    with services.store.transaction() as tx:
        pairs = [pair for pair in tx.pairs() if pair.side(reader) is not None]
        talks = [t for pair in pairs for t in tx.nouns(CancelledTalk, pair.pair_id)]
    waiting = [t for t in talks if t.answer is None and now - t.at < OFFERED_FOR]
    return tuple(_offer(services, talk, now) for talk in waiting)


def _offer(services: Services, talk: CancelledTalk, now: datetime) -> CancelOffer:
    length = talk.slot.end - talk.slot.start
    future = talk.slot.start > now
    ways = tuple(Way) if future else (Way.MOVE, Way.SKIP)
    proposal = propose_slots(services, talk.pair_id, now, length=length)
    return CancelOffer(talk=talk, ways=ways, proposal=proposal)


def answer_offer(
    services: Services,
    talk_id: str,
    way: Way,
    *,
    by: str,
    now: datetime,
    slot: Window | None = None,
) -> CancelledTalk:
    """Do what was chosen, in the calendar; the first answer of the two counts.

    Raise InvalidInput, NotFound, and what the suite raises: then nothing is answered and the
    same call may be made again.
    """
    with services.store.transaction() as tx:
        talk = _talk(tx, talk_id, by)
        circle = _circle(tx, talk.series_id)
    if talk.answer is not None:
        return talk
    target = _target(talk.slot, way, slot, now)
    if target is not None and talk.gone:
        _make_extra(services, circle, talk, target, way, by, now)
    elif target is not None:
        _reschedule(services, circle, talk.original_start, talk.slot, target, now)
        if way is Way.WALK:
            _walk(services, talk.series_id, by, now)
    with services.store.transaction() as tx:
        answered = replace(_talk(tx, talk_id, by), answer=way)
        tx.put_noun(answered)
        tx.record(Happening(at=now, name=f"talk.{way}", subject=talk.series_id, by=by))
    return answered


def change_talk(
    services: Services,
    series_id: SeriesId,
    way: Way,
    *,
    by: str,
    now: datetime,
    slot: Window | None = None,
) -> TimeSlot | None:
    """Before anybody cancels: move the next talk, shorten it, or make a walk of it.

    Return when it takes place now. Raise NotSupported for skip: an occurrence is cancelled
    in the calendar, and its points go on by themselves.
    """
    with services.store.transaction() as tx:
        circle = _circle(tx, series_id)
        sheet = tx.open_sheet(series_id)
    if circle.pair.side(by) is None or sheet is None or sheet.place is None:
        raise NotFound("there is no next talk of yours with an agenda")
    if way is Way.SKIP:
        raise NotSupported("cancel the talk in the calendar: its points go on to the next")
    place = sheet.place
    target = _target(place.slot, way, slot, now)
    if way in (Way.MOVE, Way.SHORTEN) and target is not None:
        _reschedule(services, circle, place.original_start, place.slot, target, now)
    if way is Way.WALK:
        _walk(services, series_id, by, now)
    with services.store.transaction() as tx:
        tx.record(Happening(at=now, name=f"talk.{way}", subject=series_id, by=by))
    return target


def _talk(tx: Transaction, talk_id: str, by: str) -> CancelledTalk:
    talk = tx.noun(CancelledTalk, talk_id)
    pair = tx.pair(talk.pair_id) if talk else None
    if talk is None or pair is None or pair.side(by) is None:
        raise NotFound("there is no such talk of yours")
    return talk


def _circle(tx: Transaction, series_id: SeriesId) -> Circle:
    series = tx.series(series_id)
    circle = circle_of(tx, series) if series else None
    if circle is None:
        raise NotFound("there is no such 1:1")
    return circle


def _target(was: TimeSlot, way: Way, slot: Window | None, now: datetime) -> TimeSlot | None:
    match way:
        case Way.SKIP:
            return None
        case Way.MOVE:
            if slot is None:
                raise InvalidInput("choose a time: `slot` says when")
            target = TimeSlot(start=slot.start, end=slot.end, zone=was.zone)
        case Way.SHORTEN:
            end = min(was.end, was.start + QUARTER)
            target = TimeSlot(start=was.start, end=end, zone=was.zone)
        case _:
            target = was
    if target.start <= now:
        raise InvalidInput("that time is over: choose another one")
    if not timedelta(minutes=5) <= target.end - target.start <= LONGEST:
        raise InvalidInput("a talk lasts between five minutes and eight hours")
    return target


def _reschedule(
    services: Services,
    circle: Circle,
    original_start: datetime | None,
    was: TimeSlot,
    target: TimeSlot,
    now: datetime,
) -> None:
    """Move one occurrence, reading it again where somebody writes at the same time."""
    leading = _leading(circle)
    if target == was:
        return
    port = port_of(services, leading)
    for attempt in range(ATTEMPTS):
        coming = port.occurrences(leading.event, min(now, was.start), LOOK_AHEAD)
        event = next((e for e in coming if place_of(e).original_start == original_start), None)
        if event is None:
            raise NotFound("the talk is no longer in the calendar")
        if event.slot == target:
            return
        try:
            port.reschedule(event.ref, target, expect=event.revision)
        except RevisionConflict:
            if attempt == ATTEMPTS - 1:
                raise
            continue
        return


def _make_extra(
    services: Services,
    circle: Circle,
    talk: CancelledTalk,
    target: TimeSlot,
    way: Way,
    by: str,
    now: datetime,
) -> None:
    """Make a single event for the two and lend it the agenda; made twice it is one."""
    leading, series = _leading(circle), circle.series
    port = port_of(services, leading)
    event = port.create_event(
        leading.event.calendar_id,
        EventDraft(title=series.title, slot=target, participants=_participants(circle)),
        key=IdempotencyKey(f"extra:{talk.talk_id}"),
    )
    with services.store.transaction() as tx:
        connection = tx.connection(leading.connection_id)
        assert connection is not None
        copies = CalendarFeature.COPIES in port.features
        shared = not copies and connection.setting("shared") != "no"
        extra = take_in(services, tx, connection, event, shared, now)
        lend(tx, series, extra, circle.pair, now)
    if way is Way.WALK:
        _walk(services, extra.series_id, by, now)


def _participants(circle: Circle) -> tuple[Participant, ...]:
    organizer = circle.series.organizer or circle.pair.manager
    return tuple(
        Participant(
            address=person.address,
            name=person.name,
            role=Role.ORGANIZER if person.address == organizer else Role.REQUIRED,
        )
        for person in sorted((circle.manager, circle.report), key=lambda p: p.address != organizer)
    )


def _leading(circle: Circle) -> Copy:
    if circle.leading is None:
        raise NotFound("the one who invites isn't connected here: change it in the calendar")
    return circle.leading


def _walk(services: Services, series_id: SeriesId, by: str, now: datetime) -> None:
    with services.store.transaction() as tx:
        use_template(tx, series_id, "walk", level=Level.OCCURRENCE, by=by, now=now)
