"""Read what changed in a calendar, and note what follows from it."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from core.detect import Detection, detect
from core.errors import CursorExpired, NotFound
from core.model.actions import Happening
from core.model.calendar import CalendarEvent, CalendarId, EventId, Role
from core.model.people import Person
from core.model.series import (
    Connection,
    Copy,
    Series,
    SeriesId,
    SeriesState,
    Why,
)
from core.pairs import pair_of
from core.ports import CalendarFeature, CalendarPort, ChangePage
from core.service.around import tell_around
from core.service.comments import note_comments
from core.service.exceptions import strangers, take_in_occurrences
from core.service.houses import is_shared, make_room
from core.service.known_people import boss_of, members_of
from core.service.neighbours import note_stir
from core.service.relink import relink
from core.service.services import Services
from core.service.sights import forget_sight
from core.service.tongues import in_its_tongue
from core.service.wanting import want_reconcile
from core.store import Transaction

MAX_PAGES = 10_000
"""More pages than any calendar has: a suite that never stops is broken."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Observed:
    """What one pass saw."""

    changed: int = 0
    removed: int = 0
    broken: tuple[tuple[str, str], ...] = ()

    def plus(self, page: ChangePage[Any]) -> Observed:
        """Return the sum with one more page."""
        return Observed(
            changed=self.changed + len(page.changed) + len(page.occurrences),
            removed=self.removed + len(page.removed),
            broken=self.broken + page.broken,
        )


def sync_calendar(
    services: Services, connection: Connection, calendar_id: CalendarId, now: datetime
) -> Observed:
    """Read a calendar's changes since last time and keep them with the new cursor.

    Raise what the port raises; everything read before an error is kept.
    """
    port = services.suite_of(connection).calendar
    shared = CalendarFeature.COPIES not in port.features and connection.setting("shared") != "no"
    with services.store.transaction() as tx:
        since = tx.cursor(connection.connection_id, calendar_id)
    observed, fresh = Observed(), since is None
    seen: set[str] = set()
    for _ in range(MAX_PAGES):
        try:
            page = port.changes(calendar_id, since)
        except CursorExpired:
            since, fresh, seen = None, True, set()
            page = port.changes(calendar_id, None)
        seen.update(event.ref.event_id for event in page.changed)
        seen.update(event.series.event_id for event in page.occurrences if event.series)
        seen.update(event_id for event_id, _ in page.broken)
        if page.cursor != since or page.changed or page.removed or page.occurrences:
            if page.occurrences and not fresh:
                page = _with_strangers(services, port, page)
            with services.store.transaction() as tx:
                _keep_page(services, tx, connection, calendar_id, page, shared, now, fresh=fresh)
                gone = _forgotten(tx, calendar_id, seen) if fresh and not page.more else ()
                for event_id in gone:
                    _remove(tx, calendar_id, event_id, now)
        observed = observed.plus(page)
        since = page.cursor
        if not page.more:
            return observed
    raise CursorExpired(f"{calendar_id}: the list of changes has no end")


def _with_strangers(
    services: Services, port: CalendarPort, page: ChangePage[CalendarEvent]
) -> ChangePage[CalendarEvent]:
    """Add the series of occurrences that came alone and of which nothing is known yet."""
    with services.store.transaction() as tx:
        unknown = strangers(tx, page)
    found = []
    for ref in unknown:
        with suppress(NotFound):
            found.append(port.get_event(ref))
    return replace(page, changed=(*page.changed, *found)) if found else page


def _keep_page(
    services: Services,
    tx: Transaction,
    connection: Connection,
    calendar_id: CalendarId,
    page: ChangePage[CalendarEvent],
    shared: bool,
    now: datetime,
    *,
    fresh: bool,
) -> None:
    tell_around(tx, connection, calendar_id, page, fresh=fresh)
    touched = [take_in(services, tx, connection, event, shared, now) for event in page.changed]
    features = services.suite_of(connection).calendar.features
    if CalendarFeature.WHOLE_CHANGES in features:
        take_in_occurrences(tx, connection, page, now, fresh=fresh, features=features)
    note_stir(tx, calendar_id, page, now)
    for event_id in page.removed:
        _remove(tx, calendar_id, EventId(event_id), now)
    tx.put_cursor(connection.connection_id, calendar_id, page.cursor)
    for pair in sorted({series.pair_id for series in touched if series.pair_id}):
        relink(tx, pair, now)


def take_in(
    services: Services,
    tx: Transaction,
    connection: Connection,
    event: CalendarEvent,
    shared: bool,
    now: datetime,
) -> Series:
    """Keep what one event says: its series, its copy, and whether something is due."""
    shared = shared and is_shared(tx, connection, event)
    found = detect(
        event,
        owner=None if shared else connection.person,
        now=now,
        resolve=members_of(tx),
        boss_of=boss_of(tx),
    )
    known = tx.series_by_uid(event.uid)
    copy = _copy(tx, connection, event, found, shared, known)
    series = _updated(tx, known, event, found, authoritative=_speaks(tx, copy, known))
    if found.is_one_on_one:
        paired = _with_pair(services, tx, series, event, found)
        series = paired if known else in_its_tongue(tx, paired, event)
    tx.put_series(series)
    _put_copy(tx, copy, found)
    if series.state is SeriesState.FOUND and (known is None or known.state is not series.state):
        # Only a pass that finds a 1:1 pays for loading it.
        from core.service.first_message import plan_first_message

        plan_first_message(tx, series, now)
    if series.state in (SeriesState.FOUND, SeriesState.DISABLED) and _says_yes(event):
        _say_yes(tx, series, now)
    elif series.state is SeriesState.ENABLED or tx.open_sheet(series.series_id):
        note_comments(tx, series, event, copy.whose, now)
        want_reconcile(tx, series.series_id, now)
    return series


def _speaks(tx: Transaction, copy: Copy, known: Series | None) -> bool:
    """Tell whether a copy says what its series is: the organizer's does, else any there is."""
    if copy.leading or known is None:
        return True
    others = (c for c in tx.copies(known.series_id) if c.event != copy.event)
    return not any(c.leading for c in others)


def _says_yes(event: CalendarEvent) -> bool:
    # Only a pass that finds such an event pays for loading the body's engine.
    from core.body import magic_word

    return magic_word(event.body)


def _say_yes(tx: Transaction, series: Series, now: datetime) -> None:
    from core.service.consent import rests, say_yes

    if not rests(tx, series, now):
        say_yes(tx, series.series_id, by=None, now=now)


def series_id_of(uid: str) -> SeriesId:
    """Name a series by the UID under which it was first seen."""
    return SeriesId(hashlib.sha256(uid.encode()).hexdigest()[:16])


def _copy(
    tx: Transaction,
    connection: Connection,
    event: CalendarEvent,
    found: Detection,
    shared: bool,
    known: Series | None,
) -> Copy:
    series_id = known.series_id if known else series_id_of(event.uid)
    others = [c for c in tx.copies(series_id) if c.event != event.ref and not c.alias]
    return Copy(
        series_id=series_id,
        connection_id=connection.connection_id,
        event=event.ref,
        whose=None if shared else connection.person,
        leading=shared or found.organizer == connection.person,
        alias=shared and any(c.whose is None for c in others),
    )


def _put_copy(tx: Transaction, copy: Copy, found: Detection) -> None:
    if found.why is Why.CANCELLED:
        tx.remove_copy(copy.event)
        forget_sight(tx, copy.event)
    elif tx.copy_at(copy.event.calendar_id, copy.event.event_id) != copy:
        tx.put_copy(copy)
        make_room(tx, copy)


def _updated(
    tx: Transaction,
    known: Series | None,
    event: CalendarEvent,
    found: Detection,
    *,
    authoritative: bool,
) -> Series:
    if known is not None and not authoritative:
        return known
    series = known or Series(series_id=series_id_of(event.uid), uid=event.uid, slot=event.slot)
    had_yes = tx.open_sheet(series.series_id) is not None
    return replace(
        series,
        title=event.title,
        organizer=found.organizer,
        humans=found.humans,
        rooms=sum(p.role is Role.RESOURCE for p in event.participants),
        slot=event.slot,
        rrule=event.rrule,
        ends=event.ends if event.rrule else event.slot.end,
        state=_state(series.state, found, had_yes),
        reason=found.why,
    )


def _state(before: SeriesState, found: Detection, had_yes: bool) -> SeriesState:
    if found.why in (Why.OVER, Why.CANCELLED):
        return SeriesState.ENDED
    if before is SeriesState.DISABLED:
        return before
    if had_yes:
        return SeriesState.ENABLED
    return SeriesState.FOUND if found.is_one_on_one else SeriesState.OTHER


def _with_pair(
    services: Services, tx: Transaction, series: Series, event: CalendarEvent, found: Detection
) -> Series:
    names = {p.address: p.name for p in event.participants}
    for address in found.humans:
        known, name = tx.person(address), names.get(address, "")
        if known is None:
            locale, zone = services.default_locale, event.slot.zone
            tx.put_person(Person(address=address, name=name, locale=locale, zone=zone))
        elif not known.name and name:
            tx.put_person(replace(known, name=name))
    pair = pair_of(found.humans, found.boss or found.organizer, None)
    if tx.pair(pair.pair_id) is None:
        tx.put_pair(pair)
    return replace(series, pair_id=pair.pair_id)


def _forgotten(tx: Transaction, calendar_id: CalendarId, seen: set[str]) -> tuple[EventId, ...]:
    known = (copy.event.event_id for copy in tx.copies_in(calendar_id))
    return tuple(event_id for event_id in known if event_id not in seen)


def _remove(tx: Transaction, calendar_id: CalendarId, event_id: EventId, now: datetime) -> None:
    copy = tx.copy_at(calendar_id, event_id)
    if copy is None:
        return
    tx.remove_copy(copy.event)
    forget_sight(tx, copy.event)
    series = tx.series(copy.series_id)
    if series is None or any(not c.alias for c in tx.copies(copy.series_id)):
        return
    ended = replace(series, state=SeriesState.ENDED, reason=Why.CANCELLED, ends=series.ends or now)
    tx.put_series(ended)
    tx.record(Happening(at=now, name="series.ended", subject=series.series_id))
    if series.pair_id:
        relink(tx, series.pair_id, now)
    want_reconcile(tx, series.series_id, now)
