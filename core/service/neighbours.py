"""Look at what else stands around a talk of the next days: a collision, or no pause before it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from core.detect import declined_by
from core.errors import OneOnOneError
from core.model.calendar import CalendarEvent, TimeSlot, Window
from core.model.neighbours import Neighbours, Taken
from core.model.people import Pair
from core.model.series import Connection, ConnectionState, Series, SeriesState
from core.service.plans import live_pairs
from core.service.services import Services
from core.store import Transaction

AHEAD = timedelta(days=3)
"""Talks that begin by then are looked at ..."""
EACH = timedelta(hours=6)
"""... so often: what is added to a calendar meanwhile is seen in time."""
AROUND = timedelta(hours=4)


def look_around(services: Services, manager: str, now: datetime) -> int:
    """Look at a manager's talks of the next days, where time has passed; return at how many.

    Only times are kept. A calendar that does not answer is asked again the next time.
    """
    with services.store.transaction() as tx:
        own = [pair for pair in live_pairs(tx, now.date()) if pair.manager == manager]
        due = [found for pair in own if (found := _due(tx, pair, now))]
        connections = tx.connections() if due else ()
    for pair, series, slot in due:
        mine = [c for c in connections if c.person in pair.addresses]
        taken = tuple(t for c in mine for t in _taken(services, c, series, slot))
        with services.store.transaction() as tx:
            tx.put_noun(
                Neighbours(
                    pair_id=pair.pair_id,
                    start=slot.start,
                    taken=tuple(sorted(set(taken), key=lambda t: (t.span.start, t.person))),
                    look_again=now + EACH,
                )
            )
    return len(due)


def _due(tx: Transaction, pair: Pair, now: datetime) -> tuple[Pair, Series, TimeSlot] | None:
    for series in tx.series_of(pair.pair_id):
        sheet = tx.open_sheet(series.series_id) if series.state is SeriesState.ENABLED else None
        if sheet is None or sheet.place is None:
            continue
        slot, known = sheet.place.slot, tx.noun(Neighbours, pair.pair_id)
        is_known = known is not None and known.start == slot.start and known.look_again > now
        if now < slot.start <= now + AHEAD and not is_known:
            return pair, series, slot
    return None


def _taken(
    services: Services, connection: Connection, series: Series, slot: TimeSlot
) -> Iterator[Taken]:
    if connection.state is not ConnectionState.ACTIVE:
        return
    window = Window(start=slot.start - AROUND, end=slot.end + AROUND)
    for calendar_id in connection.calendars:
        try:
            port = services.suite_of(connection).calendar
            events = list(port.list_occurrences(calendar_id, window))
        except OneOnOneError:
            continue
        for event in events:
            if _takes_time(event, series, connection.person):
                span = Window(start=event.slot.start, end=event.slot.end)
                yield Taken(person=connection.person, span=span)


def _takes_time(event: CalendarEvent, series: Series, person: str) -> bool:
    own = event.uid == series.uid or event.uid in series.earlier_uids
    return not own and not event.slot.all_day and not declined_by(event, (person,))


def collisions_of(
    tx: Transaction, reader: str, now: datetime
) -> tuple[tuple[Series, TimeSlot], ...]:
    """Return somebody's next talks on which something else lies by now (SD-02)."""
    found = []
    for pair in tx.pairs_of(reader):
        seen = tx.noun(Neighbours, pair.pair_id)
        for series in tx.series_of(pair.pair_id) if seen else ():
            sheet = tx.open_sheet(series.series_id)
            place = sheet.place if sheet and series.state is SeriesState.ENABLED else None
            if seen is None or place is None or place.slot.start != seen.start:
                continue
            hit = any(_overlaps(taken.span, place.slot) for taken in seen.taken)
            if hit and place.slot.start > now:
                found.append((series, place.slot))
    return tuple(found)


def _overlaps(span: Window, slot: TimeSlot) -> bool:
    return span.start < slot.end and slot.start < span.end
