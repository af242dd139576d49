"""Keep what stands around the coming talks in step with what their calendars tell.

One listing of the next eight weeks knows what recurs; single events and changed occurrences come
with the changes, and need no request. Where a series itself has changed, or an occurrence comes
from where we have not looked, what is known is forgotten and listed anew when it is wanted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from core.detect import declined_by
from core.errors import OneOnOneError
from core.model.around import Around, Other, overlap
from core.model.calendar import (
    CalendarEvent,
    CalendarId,
    EventKind,
    EventStatus,
    TimeSlot,
    Window,
)
from core.model.neighbours import Stir
from core.model.series import Connection, SeriesState
from core.ports import CalendarFeature, CalendarPort, ChangePage
from core.service.hearing import note_unheard
from core.service.sights import sight_at
from core.store import Store, Transaction

REACH = timedelta(hours=4)
"""So far before and after a talk."""
AHEAD = timedelta(weeks=8)


def tell_around(
    tx: Transaction,
    connection: Connection,
    calendar_id: CalendarId,
    page: ChangePage[CalendarEvent],
    *,
    fresh: bool = False,
) -> None:
    """Take in what a calendar tells, before anything else of it is kept.

    A listing that started over does not say what is gone.
    """
    known = tx.noun(Around, calendar_id)
    if known is None:
        return
    after = None if fresh else _told(tx, known, connection.person, page)
    if after is None:
        tx.remove_noun(Around, known.key)
    elif after != known:
        tx.put_noun(after)


def _told(
    tx: Transaction, known: Around, person: str, page: ChangePage[CalendarEvent]
) -> Around | None:
    if page.broken:
        return None
    found = known.without(*page.removed)
    for event in page.changed:
        if event.kind is not EventKind.SINGLE:
            if not _is_as_it_was(tx, event):
                return None
            continue
        found = _with(found, event, person)
    ids = {other.event_id for other in found.others}
    for event in page.occurrences:
        if event.ref.event_id not in ids and found.matters(event.slot):
            return None
        found = _with(found, event, person)
    return found


def _is_as_it_was(tx: Transaction, series: CalendarEvent) -> bool:
    """Tell whether a series only comes along with its exceptions, or with new words."""
    sight = sight_at(tx, series.ref)
    before = sight.series if sight else None
    if before is None:
        return False
    shape = (before.slot, before.rrule, before.ends, before.status)
    return shape == (series.slot, series.rrule, series.ends, series.status)


def _with(known: Around, event: CalendarEvent, person: str) -> Around:
    if not takes_time(event, person):
        return known.without(event.ref.event_id)
    return known.holding(_other(event))


def _other(event: CalendarEvent) -> Other:
    return Other(
        event_id=event.ref.event_id,
        series_id=event.series.event_id if event.series else None,
        uid=event.uid,
        span=Window(start=event.slot.start, end=event.slot.end),
    )


def takes_time(event: CalendarEvent, person: str) -> bool:
    """Tell whether an event keeps its calendar's owner from something else."""
    gone = event.status is EventStatus.CANCELLED
    return not gone and not event.slot.all_day and not declined_by(event, (person,))


def look_around_in(
    store: Store, port: CalendarPort, calendar_id: CalendarId, person: str, slot: TimeSlot
) -> Around | None:
    """Return what stands around a talk, from what is known or by one listing; None: no answer."""
    wanted = Window(start=slot.start - REACH, end=slot.end + REACH)
    with store.transaction() as tx:
        known = tx.noun(Around, calendar_id)
        # Where each changed occurrence brings its whole series along, a long list does not last.
        lasts = CalendarFeature.ONE_REVISION not in port.features
        coming = _coming(tx, calendar_id, slot) if lasts else ()
        cursors = _cursors(tx, calendar_id)
    if known is not None and known.covers(wanted):
        return known
    windows = (wanted, *coming)
    span = Window(start=wanted.start, end=max(window.end for window in windows))
    try:
        events = list(port.list_occurrences(calendar_id, span))
    except OneOnOneError:
        return None
    others = (_other(event) for event in events if takes_time(event, person))
    near = tuple(o for o in others if any(overlap(o.span, window) for window in windows))
    found = Around(calendar_id=calendar_id, windows=windows, others=near)
    with store.transaction() as tx:
        # What was told while we looked may be missing in it: then it serves this once.
        if cursors == _cursors(tx, calendar_id):
            tx.put_noun(found)
    return found


def _cursors(tx: Transaction, calendar_id: CalendarId) -> tuple[str | None, ...]:
    holders = sorted(c.connection_id for c in tx.connections() if calendar_id in c.calendars)
    return tuple(tx.cursor(holder, calendar_id) for holder in holders)


def _coming(tx: Transaction, calendar_id: CalendarId, slot: TimeSlot) -> Sequence[Window]:
    """Return the time around each further talk in a calendar that is known by now."""
    found: list[Window] = []
    for copy in tx.copies_in(calendar_id):
        series, sight = tx.series(copy.series_id), sight_at(tx, copy.event)
        if sight is None or series is None or series.state is not SeriesState.ENABLED:
            continue
        for event in sight.occurrences if sight.whole else ():
            if slot.start < event.slot.start < slot.start + AHEAD:
                start, end = event.slot.start - REACH, event.slot.end + REACH
                found.append(Window(start=start, end=end))
    return found


def forget_calendars(tx: Transaction, calendars: Iterable[CalendarId]) -> None:
    """Forget what calendars hold beside their talks: their owner has left."""
    for calendar_id in calendars:
        for kind in (Around, Stir):
            if tx.noun(kind, calendar_id) is not None:
                tx.remove_noun(kind, calendar_id)
        note_unheard(tx, calendar_id, unheard=False)
