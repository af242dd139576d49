"""Look at what else stands around a talk of the next days: a collision, or no pause before it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from core.errors import OneOnOneError
from core.model.around import overlap
from core.model.calendar import CalendarEvent, CalendarId, EventId, TimeSlot, Window
from core.model.neighbours import Neighbours, Stir, Taken
from core.model.people import Pair
from core.model.series import Connection, ConnectionState, Series, SeriesState, Why
from core.ports import ChangePage
from core.service.around import REACH, look_around_in
from core.service.plans import live_pairs
from core.service.services import Services
from core.store import Transaction

AHEAD = timedelta(days=3)
"""Talks that begin by then are looked at ..."""
EACH = timedelta(hours=6)
"""... at most so often, and only where a calendar has told of something else meanwhile."""


def note_stir(
    tx: Transaction, calendar_id: CalendarId, page: ChangePage[CalendarEvent], now: datetime
) -> None:
    """Keep that a calendar told of something besides 1:1s."""
    told = {event.ref.event_id for event in page.changed} | set(page.removed)
    told |= {event.series.event_id for event in page.occurrences if event.series}
    copies = (tx.copy_at(calendar_id, EventId(event_id)) for event_id in told)
    series = (tx.series(copy.series_id) if copy else None for copy in copies)
    if any(found is None or found.reason is not Why.TWO_PEOPLE for found in series):
        tx.put_noun(Stir(calendar_id=calendar_id, at=now))


def look_around(services: Services, manager: str, now: datetime) -> int:
    """Look at a manager's talks of the next days, where something may be new; return at how many.

    Only times are kept. A calendar that holds nothing else is not asked, nor is one of which all
    is known (`core.service.around`); one that does not answer is asked again the next time.
    """
    with services.store.transaction() as tx:
        own = [pair for pair in live_pairs(tx, now.date()) if pair.manager == manager]
        due = [found for pair in own if (found := _due(tx, pair, now))]
    for pair, series, slot in due:
        with services.store.transaction() as tx:
            stirred = [
                (connection, calendar_id)
                for connection in _connections(tx, pair)
                for calendar_id in connection.calendars
                if tx.noun(Stir, calendar_id) is not None
            ]
        taken: set[Taken] = set()
        for connection, calendar_id in stirred:
            taken |= set(_taken(services, connection, calendar_id, series, slot))
        with services.store.transaction() as tx:
            tx.put_noun(
                Neighbours(
                    pair_id=pair.pair_id,
                    start=slot.start,
                    taken=tuple(sorted(taken, key=lambda t: (t.span.start, t.span.end, t.person))),
                    look_again=now + EACH,
                )
            )
    return len(due)


def _connections(tx: Transaction, pair: Pair) -> list[Connection]:
    active = (c for c in tx.connections() if c.state is ConnectionState.ACTIVE)
    return [c for c in active if c.person in pair.addresses]


def _due(tx: Transaction, pair: Pair, now: datetime) -> tuple[Pair, Series, TimeSlot] | None:
    """Return the pair's next talk where it is to be looked at; of two series the earlier one's."""
    slots = [(slot, s) for s in tx.series_of(pair.pair_id) if (slot := next_slot(tx, s))]
    coming = [(slot, s) for slot, s in slots if now < slot.start <= now + AHEAD]
    if not coming:
        return None
    slot, series = min(coming, key=lambda one: one[0].start)
    known = tx.noun(Neighbours, pair.pair_id)
    if known is not None and known.start == slot.start and not _is_stirred(tx, pair, known, now):
        return None
    return pair, series, slot


def _is_stirred(tx: Transaction, pair: Pair, known: Neighbours, now: datetime) -> bool:
    """Tell whether it is time to look again, and one of the two calendars gives a reason."""
    if now < known.look_again:
        return False
    calendars = (c for connection in _connections(tx, pair) for c in connection.calendars)
    stirs = (tx.noun(Stir, calendar_id) for calendar_id in calendars)
    return any(stir is not None and stir.at >= known.look_again - EACH for stir in stirs)


def next_slot(tx: Transaction, series: Series) -> TimeSlot | None:
    """Return when the talk is in which a series' agenda stands; None where there is none."""
    sheet = tx.open_sheet(series.series_id) if series.state is SeriesState.ENABLED else None
    return sheet.place.slot if sheet and sheet.place else None


def _other_talks(tx: Transaction, pair: Pair, series: Series) -> Iterator[Taken]:
    """Yield the two's other talks that have an agenda: they are known without asking."""
    for person in pair.addresses:
        for other in tx.pairs_of(person):
            for theirs in tx.series_of(other.pair_id):
                slot = next_slot(tx, theirs) if theirs.series_id != series.series_id else None
                if slot is not None:
                    span = Window(start=slot.start, end=slot.end)
                    yield Taken(person=person, span=span)


def _taken(
    services: Services,
    connection: Connection,
    calendar_id: CalendarId,
    series: Series,
    slot: TimeSlot,
) -> Iterator[Taken]:
    try:
        port = services.suite_of(connection).calendar
    except OneOnOneError:
        return
    known = look_around_in(services.store, port, calendar_id, connection.person, slot)
    near = Window(start=slot.start - REACH, end=slot.end + REACH)
    for other in known.others if known else ():
        own = other.uid == series.uid or other.uid in series.earlier_uids
        if not own and overlap(other.span, near):
            yield Taken(person=connection.person, span=other.span)


def collisions_of(
    tx: Transaction, reader: str, now: datetime
) -> tuple[tuple[Series, TimeSlot], ...]:
    """Return somebody's next talks on which something else lies by now (SD-02).

    The two's other talks that have an agenda are known without asking.
    """
    found = []
    for pair in tx.pairs_of(reader):
        seen = tx.noun(Neighbours, pair.pair_id)
        for series in tx.series_of(pair.pair_id):
            slot = next_slot(tx, series)
            if slot is None or slot.start <= now:
                continue
            taken = seen.taken if seen and seen.start == slot.start else ()
            spans = [t.span for t in (*taken, *_other_talks(tx, pair, series))]
            if any(overlap(span, slot) for span in spans):
                found.append((series, slot))
    return tuple(found)
