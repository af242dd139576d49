"""One page of an incremental listing: series and single events, exceptions, and what is gone."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from adapters.google.sync_cursor import EventsCursor
from core.errors import UnexpectedResponse
from core.model.calendar import CalendarEvent
from core.ports import ChangePage

Json = dict[str, Any]
Event = Callable[[Json], CalendarEvent]


def page_of(
    items: Iterable[Json],
    following: EventsCursor,
    *,
    event: Event,
    series: Callable[[str], Json],
) -> ChangePage[CalendarEvent]:
    """Return what is new and what is gone; `series` reads one that only a bare id names."""
    rows = [item for item in items if item.get("id")]
    found = {item["id"]: item for item in rows if not item.get("recurringEventId")}
    exceptions, unclear = _exceptions(rows, event)
    for series_id in sorted(unclear - found.keys()):
        found[series_id] = series(series_id)
    changed, removed, broken = [], set(), []
    for event_id, item in found.items():
        if item.get("status") == "cancelled":
            removed.add(event_id)
            continue
        try:
            changed.append(event(item))
        except UnexpectedResponse as err:
            broken.append((event_id, str(err)))
    return ChangePage(
        changed=tuple(changed),
        removed=tuple(sorted(removed)),
        cursor=following.text(),
        more=following.page is not None,
        broken=tuple(broken),
        occurrences=tuple(e for e in exceptions if e.series and e.series.event_id not in removed),
    )


def _exceptions(rows: list[Json], event: Event) -> tuple[list[CalendarEvent], set[str]]:
    """Exceptions as events, and the series of those of which only an id is left."""
    whole, unclear = [], set()
    for item in rows:
        series_id = item.get("recurringEventId")
        if series_id is None:
            continue
        try:
            whole.append(event(item))
        except UnexpectedResponse:
            unclear.add(str(series_id))
    return whole, unclear
