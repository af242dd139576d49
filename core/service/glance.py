"""One look at every copy, good for one reconciliation: what was read is not asked for again.

A reconciliation reads the meeting before, the present one and the next. They stand side by side
in a series' list of occurrences, so that one request a copy answers all of it. What is about to
be overwritten is read again from the suite itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from core.errors import NotFound
from core.model.calendar import Body, CalendarEvent, EventRef, Revision
from core.model.series import Connection, ConnectionId, Sheet
from core.ports import CalendarPort, Suite
from core.service.copies import LOOK_AHEAD, port_of
from core.service.services import Circle, Services

BACK = timedelta(days=16)
"""How far the meeting before may lie back to be listed along: two weeks and a bit."""
MORE = 3
"""Occurrences that are listed along beside those asked for."""


@dataclass(slots=True)
class Glance:
    """A calendar port whose lists are remembered; writing makes it forget."""

    port: CalendarPort
    since: datetime
    seen: dict[EventRef, CalendarEvent] = field(default_factory=dict)
    lists: dict[EventRef, tuple[int, Sequence[CalendarEvent]]] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.port, name)

    def occurrences(self, series: EventRef, after: datetime, limit: int) -> Sequence[CalendarEvent]:
        """See CalendarPort; asked for once, from `since` on."""
        if after < self.since:
            return self.port.occurrences(series, after, limit)
        if series not in self.lists or self.lists[series][0] < limit:
            found = self.port.occurrences(series, self.since, limit + MORE)
            self.lists[series] = (limit, found)
            self.seen |= {event.ref: event for event in found}
        listed = self.lists[series][1]
        coming = [event for event in listed if event.slot.end > after]
        complete = len(listed) < limit + MORE or len(coming) >= limit
        return coming[:limit] if complete else self.port.occurrences(series, after, limit)

    def get_event(self, ref: EventRef) -> CalendarEvent:
        """See CalendarPort; what stood in a list is not asked for again."""
        return self.seen.get(ref) or self.port.get_event(ref)

    def write_body(self, ref: EventRef, body: Body, *, expect: Revision) -> Revision:
        """See CalendarPort."""
        self.seen.clear()
        self.lists.clear()
        return self.port.write_body(ref, body, expect=expect)


def glancing(
    services: Services, circle: Circle | None, sheets: Sequence[Sheet], now: datetime
) -> Services:
    """Return services whose calendars are read once; for one reconciliation only."""
    ends = [s.place.slot.end for s in sheets if s.place and now - BACK < s.place.slot.end <= now]
    since = min(ends, default=now)
    since = min(since - timedelta(minutes=1), now - timedelta(minutes=1))
    opened: dict[ConnectionId, Suite] = {}

    def suite_of(connection: Connection) -> Suite:
        if connection.connection_id not in opened:
            suite = services.suite_of(connection)
            glance: Any = Glance(suite.calendar, since)
            opened[connection.connection_id] = replace(suite, calendar=glance)
        return opened[connection.connection_id]

    looking = replace(services, suite_of=suite_of)
    if ends and circle is not None:
        _look(looking, circle, now)
    return looking


def _look(services: Services, circle: Circle, now: datetime) -> None:
    """List every copy where the meeting before still counts: it is asked for first."""
    for copy in circle.read:
        with suppress(NotFound):
            port_of(services, copy).occurrences(copy.event, now, LOOK_AHEAD)


def unseen(port: CalendarPort) -> CalendarPort:
    """Return the port that asks the suite each time."""
    return port.port if isinstance(port, Glance) else port
