"""Fixed days for a manager's talks: what would move where, proposed and never done (C-39)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from core.errors import InvalidInput
from core.model.calendar import TimeSlot, Window
from core.model.people import PairId, Person
from core.service.neighbours import next_slot
from core.service.plans import live_pairs
from core.service.services import Services
from core.service.slots import propose_slots
from core.store import Transaction

PROPOSALS = 40
"""Slots of a pair to choose among: those beside another talk are best."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NextTalk:
    """Where a pair's next talk stands."""

    pair_id: PairId
    name: str
    """The report's."""
    slot: TimeSlot


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One talk that would come to a fixed day."""

    talk: NextTalk
    to: Window | None
    """None: no time of those days suits both."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """The days that need the fewest moves, and these moves."""

    weekdays: tuple[int, ...]
    """0 is Monday."""
    stays: tuple[NextTalk, ...]
    moves: tuple[Move, ...]


def bundle(services: Services, manager: str, now: datetime, *, days: int = 2) -> Bundle:
    """Choose the weekdays on which most talks are, and look for times there for the others.

    Calendars are asked; nothing is changed. Raise InvalidInput.
    """
    if not 1 <= days <= 5:
        raise InvalidInput("between one and five days")
    with services.store.transaction() as tx:
        person = tx.person(manager) or Person(address=manager)
        talks = _talks(tx, manager, now)
    zone = ZoneInfo(person.zone)
    counted = Counter(_weekday(t.slot, zone) for t in talks)
    ranked = sorted(counted, key=lambda day: (-counted[day], day))
    chosen = tuple(sorted(ranked[:days]))
    stays = tuple(t for t in talks if _weekday(t.slot, zone) in chosen)
    taken = [Window(start=t.slot.start, end=t.slot.end) for t in stays]
    moves = []
    for talk in talks:
        if talk not in stays:
            to = _place(services, talk, chosen, zone, taken, now)
            taken += [to] if to else []
            moves.append(Move(talk=talk, to=to))
    return Bundle(weekdays=chosen, stays=stays, moves=tuple(moves))


def _talks(tx: Transaction, manager: str, now: datetime) -> list[NextTalk]:
    found = []
    for pair in live_pairs(tx, now.date()):
        series = tx.series_of(pair.pair_id) if pair.manager == manager else ()
        for one in series:
            slot = next_slot(tx, one)
            if slot is not None and slot.start > now:
                name = (tx.person(pair.report) or Person(address=pair.report)).called
                found.append(NextTalk(pair_id=pair.pair_id, name=name, slot=slot))
    return sorted(found, key=lambda t: (t.slot.start, t.pair_id))


def _weekday(slot: TimeSlot | Window, zone: ZoneInfo) -> int:
    return slot.start.astimezone(zone).weekday()


def _place(
    services: Services,
    talk: NextTalk,
    chosen: tuple[int, ...],
    zone: ZoneInfo,
    taken: Sequence[Window],
    now: datetime,
) -> Window | None:
    length = talk.slot.end - talk.slot.start
    week = _week_of(talk.slot, zone)
    within = Window(start=max(now, week), end=week + timedelta(days=7))
    if within.end <= now:
        return None
    found = propose_slots(
        services, talk.pair_id, now, length=length, within=within, limit=PROPOSALS
    )
    free = [
        slot
        for slot in found.slots
        if _weekday(slot, zone) in chosen
        and all(slot.end <= t.start or t.end <= slot.start for t in taken)
    ]
    return min(free, key=lambda slot: (_distance(slot, taken), slot.start), default=None)


def _week_of(slot: TimeSlot, zone: ZoneInfo) -> datetime:
    day: date = slot.start.astimezone(zone).date()
    monday = day - timedelta(days=day.weekday())
    return datetime.combine(monday, datetime.min.time(), zone)


def _distance(slot: Window, taken: Sequence[Window]) -> timedelta:
    gaps = (max(slot.start - t.end, t.start - slot.end) for t in taken)
    return min(gaps, default=timedelta())
