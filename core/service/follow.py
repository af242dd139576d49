"""Read a calendar that was announced to have changed, unless that only repeats what we know.

A guest's calendar announces the organizer's edits, too. Where the organizer's has no channel of
its own, it is read first: what it brings explains the announcement, and the guest's is left to
the next poll.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from core.errors import OneOnOneError
from core.model.calendar import CalendarId
from core.model.series import Connection
from core.service.echoes import is_echo
from core.service.hearing import note_asked, unheard_leaders
from core.service.observe import Observed, sync_calendar
from core.service.services import Services


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """A calendar that was announced to have changed."""

    connection: Connection
    calendar_id: CalendarId
    at: datetime
    """When it was first announced, since it was last followed."""
    announced: int = 1
    """How often, since then."""


def follow(services: Services, hint: Hint, now: datetime) -> Observed | None:
    """Read what was named; None where it was an echo. Raise what the port raises."""
    with services.store.transaction() as tx:
        if is_echo(tx, hint.calendar_id, hint.at, hint.announced, now):
            return None
        leaders = unheard_leaders(tx, hint.calendar_id)
    for connection, calendar_id in leaders:
        # Its own trouble is told by the poll; the guest's calendar is read all the same.
        with suppress(OneOnOneError):
            _read(services, connection, calendar_id, now)
    with services.store.transaction() as tx:
        if leaders and is_echo(tx, hint.calendar_id, hint.at, hint.announced, now):
            return None
    return _read(services, hint.connection, hint.calendar_id, now)


def _read(
    services: Services, connection: Connection, calendar_id: CalendarId, now: datetime
) -> Observed:
    seen = sync_calendar(services, connection, calendar_id, now)
    with services.store.transaction() as tx:
        note_asked(tx, calendar_id, now)
    return seen
