"""Propose times for two people: what their calendars and working hours leave free."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from core.errors import NotFound, OneOnOneError
from core.model.calendar import Window
from core.model.people import Pair, PairId, Person
from core.model.series import Connection
from core.model.settings import PersonSettings
from core.service.services import Services
from core.service.settings import company_settings, person_settings
from core.slots import Availability, free_slots
from core.store import Transaction

AHEAD = timedelta(days=14)
NOTICE = timedelta(hours=2)
"""Nobody is asked to come sooner than that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Times that fit, and whose calendar could not be asked."""

    slots: tuple[Window, ...]
    unknown: tuple[str, ...] = ()
    """Addresses of those whose busy times nobody could tell: ask them."""


def propose_slots(
    services: Services,
    pair_id: PairId,
    now: datetime,
    *,
    length: timedelta = timedelta(minutes=30),
    within: Window | None = None,
    limit: int = 3,
) -> Proposal:
    """Return times at which both can; a calendar that does not answer is named, not guessed.

    Raise NotFound for an unknown pair.
    """
    with services.store.transaction() as tx:
        pair = tx.pair(pair_id)
        if pair is None:
            raise NotFound("no 1:1 of these two people is known")
        people = [_person(tx, address) for address in pair.addresses]
        connections = [c for c in tx.connections() if c.person in pair.addresses]
    window = within or Window(start=now, end=now + AHEAD)
    window = Window(start=max(window.start, now + NOTICE), end=max(window.end, now + NOTICE))
    unknown, found = [], []
    for person in people:
        address = person.settings.address
        mine = [c for c in connections if c.person == address]
        busy = _busy(services, mine, window)
        if busy is None:
            unknown.append(address)
        found.append(replace(person, busy=_with_pauses(busy or (), person.settings)))
    shared = _together(found, pair)
    slots = free_slots(shared, window, length, limit=limit)
    return Proposal(slots=slots, unknown=tuple(unknown))


def _person(tx: Transaction, address: str) -> Availability:
    person = tx.person(address) or Person(address=address)
    settings = person_settings(tx, address)
    region = settings.region or company_settings(tx).region
    return Availability(settings=replace(settings, region=region), zone=person.zone)


def _with_pauses(busy: tuple[Window, ...], settings: PersonSettings) -> tuple[Window, ...]:
    """Widen busy times by the pause that somebody wants between two events (SD-02)."""
    pause = timedelta(minutes=settings.buffer_minutes)
    return tuple(Window(start=b.start - pause, end=b.end + pause) for b in busy)


def _together(people: list[Availability], pair: Pair) -> list[Availability]:
    """The report's zone decides what a day is."""
    return sorted(people, key=lambda person: person.settings.address != pair.report)


def _busy(
    services: Services, connections: list[Connection], window: Window
) -> tuple[Window, ...] | None:
    """Return when somebody is busy; None where not one of their calendars could tell."""
    told = False
    busy: list[Window] = []
    for connection in connections:
        for calendar_id in connection.calendars:
            try:
                busy += services.suite_of(connection).calendar.busy(calendar_id, window)
            except OneOnOneError:
                continue
            told = True
    return tuple(sorted(busy, key=lambda span: span.start)) if told else None
