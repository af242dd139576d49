"""Which calendars are heard of through others, and which were asked so lately that a poll may wait.

Google announces the organizer's edits in the guests' calendars as well. So a calendar in which
somebody only leads talks needs no channel while a guest of each talk has one: what a guest's
calendar announces is looked for in the organizer's first (`core.service.follow`).

A listing out of turn, after an announcement or right before a write, takes the place of the next
poll: it has asked the same.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from core.model.calendar import CalendarEvent, CalendarId
from core.model.hearing import Asked, Unheard, calendar_key
from core.model.series import Connection, ConnectionState, Copy, SeriesState
from core.ports import ChangePage
from core.service.houses import house_of
from core.store import Transaction

Heard = Callable[[Connection, CalendarId], bool]
"""Whether a calendar has a channel that lives."""


def note_asked(tx: Transaction, calendar_id: CalendarId, now: datetime) -> None:
    """Keep that a calendar has just been listed, and all of it taken in."""
    tx.put_noun(Asked(calendar_id=calendar_id, at=now))


def was_asked(tx: Transaction, calendar_id: CalendarId, within: timedelta, now: datetime) -> bool:
    """Tell whether a calendar was listed out of turn so lately; each listing counts once."""
    known = tx.noun(Asked, calendar_key(calendar_id)) if within else None
    if known is None:
        return False
    tx.remove_noun(Asked, known.key)
    return now - within <= known.at <= now


def is_empty(page: ChangePage[CalendarEvent]) -> bool:
    """Tell whether a listing has brought nothing at all."""
    return not (page.more or page.changed or page.occurrences or page.removed or page.broken)


def is_heard_through_guests(
    tx: Transaction, connection: Connection, calendar_id: CalendarId, heard: Heard
) -> bool:
    """Tell whether every talk in a calendar is one its owner leads, with a guest who is heard."""
    enabled = _enabled(tx, calendar_id)
    if not enabled or any(not copy.leading or copy.alias for copy in enabled):
        return False
    return all(_has_heard_guest(tx, connection, copy, heard) for copy in enabled)


def _enabled(tx: Transaction, calendar_id: CalendarId) -> list[Copy]:
    held = ((copy, tx.series(copy.series_id)) for copy in tx.copies_in(calendar_id))
    return [copy for copy, series in held if series and series.state is SeriesState.ENABLED]


def _has_heard_guest(tx: Transaction, leader: Connection, leading: Copy, heard: Heard) -> bool:
    for copy in tx.copies(leading.series_id):
        theirs = tx.connection(copy.connection_id)
        if copy.leading or copy.alias or theirs is None:
            continue
        near = theirs.state is ConnectionState.ACTIVE and house_of(theirs) == house_of(leader)
        if near and heard(theirs, copy.event.calendar_id):
            return True
    return False


def note_unheard(tx: Transaction, calendar_id: CalendarId, *, unheard: bool) -> None:
    """Keep whether a calendar goes without a channel of its own."""
    known = tx.noun(Unheard, calendar_key(calendar_id))
    if unheard and known is None:
        tx.put_noun(Unheard(calendar_id=calendar_id))
    elif known is not None and not unheard:
        tx.remove_noun(Unheard, known.key)


def unheard_leaders(
    tx: Transaction, calendar_id: CalendarId
) -> tuple[tuple[Connection, CalendarId], ...]:
    """Return the organizers' calendars of which only this guest's calendar tells."""
    found: dict[CalendarId, Connection] = {}
    for guest in _enabled(tx, calendar_id):
        for copy in tx.copies(guest.series_id) if not guest.leading else ():
            theirs = tx.connection(copy.connection_id) if copy.leading else None
            key = calendar_key(copy.event.calendar_id)
            if theirs is not None and tx.noun(Unheard, key) is not None:
                found[copy.event.calendar_id] = theirs
    return tuple((connection, calendar) for calendar, connection in found.items())
