"""One look at every copy, good for one reconciliation: what is known is not asked for again.

A reconciliation reads the meeting before, the present one and the next. They stand side by side
in a series' list of occurrences, so that one request a copy answers all of it. Where a suite's
changes tell everything, that list is kept as a sight, and no request is needed until something
changes. What is about to be overwritten is read again from the suite itself.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from core.body import Change
from core.errors import CursorExpired, NotFound, RevisionConflict
from core.model.calendar import Body, CalendarEvent, EventRef, Revision
from core.model.series import Connection, ConnectionId, Copy, Sheet
from core.model.sights import BACK, Sight
from core.ports import CalendarFeature, CalendarPort, ChangePage, Suite
from core.service.copies import LOOK_AHEAD, Read, port_of
from core.service.echoes import expect_echo
from core.service.hearing import is_empty, note_asked
from core.service.houses import distant
from core.service.services import Circle, Services
from core.service.sights import overlook, sight_at
from core.store import Store

MORE = 3
"""Occurrences that are listed along beside those asked for."""


@dataclass(slots=True)
class Glance:
    """A calendar port that remembers what it has read, and what the store has seen."""

    port: CalendarPort
    store: Store
    since: datetime
    now: datetime
    copies: dict[EventRef, Copy] = field(default_factory=dict)
    """Of the series in hand, by their event."""
    far: Callable[[], frozenset[EventRef]] = frozenset
    """Those that the organizer's host does not reach."""
    sights: dict[EventRef, Sight] = field(default_factory=dict)
    seen: dict[EventRef, CalendarEvent] = field(default_factory=dict)
    lists: dict[EventRef, tuple[bool, Sequence[CalendarEvent]]] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.port, name)

    @property
    def _tells(self) -> bool:
        return CalendarFeature.WHOLE_CHANGES in self.port.features

    def occurrences(self, series: EventRef, after: datetime, limit: int) -> Sequence[CalendarEvent]:
        """See CalendarPort; a list is asked for once, from `since` on, or not at all."""
        known = self._sight(series)
        coming = known.coming(after) if known else None
        if coming is not None and known and (len(coming) >= limit or known.until is None):
            return coming[:limit]
        if after < self.since:
            return self.port.occurrences(series, after, limit)
        if series not in self.lists:
            self._list(series)
        complete, listed = self.lists[series]
        found = [event for event in listed if event.slot.end > after]
        if complete or len(found) >= limit:
            return found[:limit]
        return self.port.occurrences(series, after, limit)

    def _list(self, series: EventRef) -> None:
        number = LOOK_AHEAD + MORE
        found = self.port.occurrences(series, self.since, number)
        self.lists[series] = (len(found) < number, found)
        self.seen |= {event.ref: event for event in found}
        known = self._sight(series)
        if known is not None:
            complete = len(found) < number
            self._keep(known, known.listed(found, self.since, self.now, complete=complete))

    def _sight(self, series: EventRef) -> Sight | None:
        """Return what the store has seen of a copy that is kept in step; it may be nothing."""
        if not self._tells or series not in self.copies:
            return None
        if series not in self.sights:
            with self.store.transaction() as tx:
                known = sight_at(tx, series)
            copy = self.copies[series]
            self.sights[series] = known or Sight(series_id=copy.series_id, event=series)
        return self.sights[series]

    def _keep(self, before: Sight, after: Sight) -> None:
        """Keep a newer sight, unless the calendar has told something since it was looked at."""
        with self.store.transaction() as tx:
            kept = sight_at(tx, before.event)
            if (kept.stamp if kept else 0) == before.stamp:
                tx.put_noun(after)
                self.sights[before.event] = after
            elif kept is not None:
                tx.put_noun(kept.unknown())
                self.sights.pop(before.event, None)

    def _sight_with(self, ref: EventRef) -> Sight | None:
        """Return the sight in which an occurrence stands."""
        for series in self.copies:
            known = self._sight(series)
            if known is not None and known.find(ref) is not None:
                return known
        return None

    def get_event(self, ref: EventRef) -> CalendarEvent:
        """See CalendarPort; what stands in a list or sight is not asked for again."""
        known = self._sight_with(ref)
        found = known.find(ref) if known else self.seen.get(ref)
        return found or self.port.get_event(ref)

    def shows(self, copy: Copy, ref: EventRef, expected: Sequence[Body]) -> bool:
        """Ask the suite whether an occurrence shows one of these. Raise NotFound.

        What the calendar tells since its cursor answers it in one call that mostly comes empty.
        Nobody moves the cursor here: the next poll brings the same, and where that is nothing
        it is left out.
        """
        known = self._sight_with(ref)
        if CalendarFeature.SURE_CHANGES not in self.port.features:
            return self.look_again(ref).body in expected
        page = self._told(copy) if known else None
        if page is not None and is_empty(page):
            with self.store.transaction() as tx:
                note_asked(tx, copy.event.calendar_id, self.now)
        if page is None or _is_unclear(page, copy):
            return self.look_again(ref).body in expected
        told = next((event for event in page.occurrences if event.ref == ref), None)
        if known is None or told is None or told.body in expected:
            return True
        self._keep(known, known.told([told], self.now))
        return False

    def _told(self, copy: Copy) -> ChangePage[CalendarEvent] | None:
        with self.store.transaction() as tx:
            since = tx.cursor(copy.connection_id, copy.event.calendar_id)
        if since is None:
            return None
        with suppress(CursorExpired):
            return self.port.changes(copy.event.calendar_id, since)
        return None

    def is_hearsay(self, ref: EventRef) -> bool:
        """Tell whether an occurrence is known from a sight, which may have been overtaken."""
        return self._sight_with(ref) is not None

    def look_again(self, ref: EventRef) -> CalendarEvent:
        """Read an occurrence from the suite. Raise NotFound."""
        known = self._sight_with(ref)
        try:
            found = self.port.get_event(ref)
        except NotFound:
            self._overlook(known)
            raise
        if known is not None:
            self._keep(known, known.told([found], self.now))
        return found

    def _overlook(self, sight: Sight | None) -> None:
        if sight is not None:
            with self.store.transaction() as tx:
                overlook(tx, sight.event)
            self.sights.pop(sight.event, None)

    def write_body(self, ref: EventRef, body: Body, *, expect: Revision) -> Revision:
        """See CalendarPort."""
        known = self._sight_with(ref)
        self.seen.clear()
        self.lists.clear()
        self._expect_echo(ref)
        try:
            revision = self.port.write_body(ref, body, expect=expect)
        except RevisionConflict:
            self._overlook(known)
            raise
        if known is not None:
            after = known.written(ref, body, revision)
            one = CalendarFeature.ONE_REVISION in self.port.features
            self._keep(known, after.revised(None, revision) if one else after)
        return revision

    def _expect_echo(self, ref: EventRef) -> None:
        """What the organizer's host brings into its other copies is announced there, too."""
        if CalendarFeature.PUSH not in self.port.features:
            return
        far = self.far()
        near = {c.event.calendar_id for c in self.copies.values() if c.event not in far}
        calendars = sorted(near) if ref.calendar_id in near else [ref.calendar_id]
        with self.store.transaction() as tx:
            expect_echo(tx, calendars, self.now)


def glancing(
    services: Services, circle: Circle | None, sheets: Sequence[Sheet], now: datetime
) -> Services:
    """Return services whose calendars are read once; for one reconciliation only."""
    ends = [s.place.slot.end for s in sheets if s.place and now - BACK < s.place.slot.end <= now]
    since = min(ends, default=now)
    since = min(since - timedelta(minutes=1), now - timedelta(minutes=1))
    opened: dict[ConnectionId, Suite] = {}
    copies = {copy.event: copy for copy in circle.read} if circle else {}

    def far() -> frozenset[EventRef]:
        return distant(services, circle) if circle else frozenset()

    def suite_of(connection: Connection) -> Suite:
        if connection.connection_id not in opened:
            suite = services.suite_of(connection)
            glance: Any = Glance(suite.calendar, services.store, since, now, copies, far)
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
            port_of(services, copy).occurrences(copy.event, now, 1)


def look_at_leading(
    services: Services, reads: Sequence[Read], changes: Sequence[Change], far: Container[EventRef]
) -> None:
    """What is new in a guest's copy may be what the organizer has just typed into theirs.

    The organizer's host brings it there at once, and either calendar may tell of it first. Read
    from the guest's copy alone it would be the guest's, and the same words would come a second
    time. Raise RevisionConflict where the organizer's copy is not as it was known.
    """
    guests = {read.copy.whose for read in reads if not read.copy.leading} - {None}
    guests -= {read.copy.whose for read in reads if read.copy.event in far}
    if not any(change.elsewhere and change.by in guests for change in changes):
        return
    leading = next(read for read in reads if read.copy.leading)
    port = port_of(services, leading.copy)
    if isinstance(port, Glance) and port.is_hearsay(leading.event.ref):
        with suppress(NotFound):
            if port.look_again(leading.event.ref).body != leading.event.body:
                raise RevisionConflict("the organizer's copy has changed as well")


def look_elsewhere(services: Services, reads: Sequence[Read], far: Container[EventRef]) -> None:
    """See that the other copies are as they were read, right before a write overwrites them.

    `far` are those that it does not reach. Raise RevisionConflict.
    """
    for read in reads:
        if read.copy.leading or read.copy.event in far:
            continue
        with suppress(NotFound):
            if not _unchanged_there(port_of(services, read.copy), read):
                raise RevisionConflict("somebody edited another copy just now")


def _unchanged_there(port: CalendarPort, read: Read) -> bool:
    """Tell whether a copy still shows what was read, or what we once wrote. Raise NotFound."""
    ref, expected = read.event.ref, [read.event.body]
    if not isinstance(port, Glance):
        return port.get_event(ref).body in expected
    if read.written and read.written.pending:
        expected.append(read.written.pending)
    return port.shows(read.copy, ref, expected)


def _is_unclear(page: ChangePage[CalendarEvent], copy: Copy) -> bool:
    """Tell whether only the occurrence itself can say how it is now."""
    series = any(event.ref == copy.event for event in page.changed)
    return series or page.more or bool(page.removed or page.broken)
