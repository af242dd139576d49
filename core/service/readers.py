"""Who else can read the events of a pair: asked rarely, and kept for the rules and the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from core.errors import NotFound, NotSupported, OneOnOneError, PermissionDenied
from core.model.calendar import CalendarId, Readers
from core.model.people import Pair
from core.model.readers import SeenReaders
from core.model.series import Connection, SeriesState
from core.ports import ReaderPort
from core.service.services import Services
from core.store import Transaction

EACH = timedelta(days=7)
"""One request a calendar and week."""
AFTER_TROUBLE = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Onlookers:
    """Who reads a pair's events beside the two."""

    people: tuple[str, ...] = ()
    rooms: int = 0
    everybody: bool = False
    public: bool = False
    told: int = 0
    """Calendars whose suite says who reads them."""
    untold: int = 0
    """Calendars of which nobody says who reads them."""


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
    return len(due)


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
        return SeenReaders(calendar_id=calendar_id, told=False, look_again=now + EACH)
    except OneOnOneError:
        return replace(before, look_again=now + AFTER_TROUBLE)
    return SeenReaders(calendar_id=calendar_id, readers=readers, look_again=now + EACH)


def onlookers(tx: Transaction, pair: Pair) -> Onlookers:
    """Return who reads a pair's events beside the two, as far as is known."""
    live = [s for s in tx.series_of(pair.pair_id) if s.state is SeriesState.ENABLED]
    calendars = {c.event.calendar_id for s in live for c in tx.copies(s.series_id)}
    seen = [tx.noun(SeenReaders, calendar_id) for calendar_id in sorted(calendars)]
    told = [one.readers for one in seen if one is not None and one.told]
    return Onlookers(
        people=_others(told, pair),
        rooms=max((s.rooms for s in live), default=0),
        everybody=any(r.everybody for r in told),
        public=any(r.public for r in told),
        told=len(told),
        untold=len(calendars) - len(told),
    )


def _others(told: Sequence[Readers], pair: Pair) -> tuple[str, ...]:
    # CalDAV servers name people by their login: often what stands before the address's @.
    own = {name for a in pair.addresses for name in (a, a.partition("@")[0])}
    return tuple(sorted({name for readers in told for name in readers.people} - own))
