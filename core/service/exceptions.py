"""Take in occurrences that a calendar tells whole, without a look at their series."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from core.model.calendar import CalendarEvent, EventRef
from core.model.series import Connection, Copy, SeriesState
from core.ports import CalendarFeature, ChangePage
from core.service.echoes import expect_echo
from core.service.houses import house_of
from core.service.sights import forget_sight, occurrences_told, series_told
from core.service.wanting import want_reconcile
from core.store import Transaction


def strangers(tx: Transaction, page: ChangePage[CalendarEvent]) -> tuple[EventRef, ...]:
    """Return the series of occurrences that came alone and of which nothing is known yet."""
    named = {event.ref for event in page.changed}
    alone = {e.series for e in page.occurrences if e.series and e.series not in named}
    unknown = (ref for ref in alone if tx.copy_at(ref.calendar_id, ref.event_id) is None)
    return tuple(sorted(unknown, key=lambda ref: ref.event_id))


def take_in_occurrences(
    tx: Transaction,
    connection: Connection,
    page: ChangePage[CalendarEvent],
    now: datetime,
    *,
    fresh: bool,
    features: CalendarFeature,
) -> None:
    """Keep what a page says of occurrences; ask for the series in which that is news."""
    apart: dict[EventRef, list[CalendarEvent]] = {}
    for event in page.occurrences:
        if event.series is not None:
            apart.setdefault(event.series, []).append(event)
    for series in page.changed:
        told = apart.pop(series.ref, [])
        copy = _watched(tx, series.ref)
        if copy is not None:
            series_told(tx, copy, series, told, now, fresh=fresh, features=features)
    for ref, told in apart.items():
        copy = _watched(tx, ref)
        news = copy and occurrences_told(tx, copy, told, now, features=features)
        if copy and news:
            want_reconcile(tx, copy.series_id, now)
            if copy.leading and features & CalendarFeature.PUSH:
                _expect_in_others(tx, connection, copy, news, now)


def _watched(tx: Transaction, ref: EventRef) -> Copy | None:
    """Return the copy of a series that has an agenda: of no other its occurrences matter."""
    copy = tx.copy_at(ref.calendar_id, ref.event_id)
    series = tx.series(copy.series_id) if copy else None
    if series is None:
        return None
    if series.state is SeriesState.ENABLED or tx.open_sheet(series.series_id):
        return copy
    if series.state in (SeriesState.DISABLED, SeriesState.ENDED):
        forget_sight(tx, ref)  # nobody keeps it in step from now on
    return None


def _expect_in_others(
    tx: Transaction,
    connection: Connection,
    leading: Copy,
    news: Sequence[CalendarEvent],
    now: datetime,
) -> None:
    """The organizer's host hands an edit on to its other copies: they announce it, too."""
    for copy in tx.copies(leading.series_id):
        theirs = tx.connection(copy.connection_id)
        if copy.alias or copy.event == leading.event or theirs is None:
            continue
        if house_of(theirs) == house_of(connection):
            expect_echo(tx, [copy.event.calendar_id] * len(news), now, past=True)
