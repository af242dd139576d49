"""Ask rarely who else can read the calendars that hold an agenda, and let the event show less."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from core.errors import NotFound, NotSupported, OneOnOneError, PermissionDenied
from core.model.calendar import CalendarId
from core.model.readers import NOBODY, SeenReaders
from core.model.series import Connection, SeriesId, SeriesState
from core.ports import ReaderPort
from core.service.services import Services
from core.service.wanting import want_reconcile
from core.store import Transaction

EACH = timedelta(days=28)
"""One request a calendar and four weeks; sooner where somebody looks at who reads along."""
LOOKED = timedelta(days=1)
"""What was asked so lately is not asked again for who looks."""
REFUSED = timedelta(days=7)
"""Until the next try where it is not ours to know: the right may be granted meanwhile."""
AFTER_TROUBLE = timedelta(days=1)


def look_at_readers(services: Services, connection: Connection, now: datetime) -> int:
    """Ask who reads the calendars that hold an agenda, where a week has passed; return how many."""
    with services.store.transaction() as tx:
        due = [c for c in connection.calendars if _is_due(tx, c, now)]
    port = services.suite_of(connection).readers if due else None
    if port is None:
        return 0
    for calendar_id in due:
        with services.store.transaction() as tx:
            known = tx.noun(SeenReaders, calendar_id)
        seen = _seen(port, calendar_id, known, now)
        with services.store.transaction() as tx:
            tx.put_noun(seen)
            if seen.readers != (known.readers if known else NOBODY):
                _look_again(tx, calendar_id, now)
    return len(due)


def look_soon(tx: Transaction, series_id: SeriesId, now: datetime) -> None:
    """Ask at the next poll who reads a series' calendars: somebody wants to know."""
    for copy in tx.copies(series_id):
        known = tx.noun(SeenReaders, copy.event.calendar_id)
        if known is not None and known.told and now < known.look_again <= now + EACH - LOOKED:
            tx.put_noun(replace(known, look_again=now))


def _is_due(tx: Transaction, calendar_id: CalendarId, now: datetime) -> bool:
    known = tx.noun(SeenReaders, calendar_id)
    if known is not None:
        return known.look_again <= now
    held = (tx.series(copy.series_id) for copy in tx.copies_in(calendar_id))
    return any(s is not None and s.state is SeriesState.ENABLED for s in held)


def _seen(
    port: ReaderPort, calendar_id: CalendarId, known: SeenReaders | None, now: datetime
) -> SeenReaders:
    """Ask once. What went wrong for the moment leaves what is known, and is tried tomorrow."""
    before = known or SeenReaders(calendar_id=calendar_id, told=False, look_again=now)
    try:
        readers = port.readers(calendar_id)
    except (NotSupported, PermissionDenied, NotFound):
        return SeenReaders(calendar_id=calendar_id, told=False, look_again=now + REFUSED)
    except OneOnOneError:
        return replace(before, look_again=now + AFTER_TROUBLE)
    return SeenReaders(calendar_id=calendar_id, readers=readers, look_again=now + EACH)


def _look_again(tx: Transaction, calendar_id: CalendarId, now: datetime) -> None:
    """Somebody else reads the calendar, or no longer does: what its events show may change."""
    for copy in tx.copies_in(calendar_id):
        series = tx.series(copy.series_id)
        if series is not None and series.state is SeriesState.ENABLED:
            want_reconcile(tx, series.series_id, now)
