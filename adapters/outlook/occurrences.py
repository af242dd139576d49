"""Occurrences as Graph lists them, each with the time at which its rule has put it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta

from adapters.outlook import mapping
from adapters.outlook.wire import Json
from core.model.calendar import CalendarEvent, CalendarId

LONGEST = timedelta(days=1825)
"""Graph lists no longer span."""


def spans(after: datetime, limit: int) -> Iterator[dict[str, str]]:
    """Yield query options, each looking further ahead; the first suits a weekly series."""
    start = after.astimezone(UTC)
    first = timedelta(weeks=min(limit, 52) + 1)
    for span in (first, first * 4, LONGEST):
        yield between(start, start + span)


def between(start: datetime, end: datetime) -> dict[str, str]:
    return {
        "startDateTime": start.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "endDateTime": end.astimezone(UTC).isoformat().replace("+00:00", "Z"),
    }


class Placing:
    """Turns listed rows into events; a list leaves out when an exception would have been."""

    def __init__(self, read: Callable[[str], Json], calendar_id: CalendarId, account: str) -> None:
        """`read` gives an event by its id."""
        self._read = read
        self._calendar_id = calendar_id
        self._account = account
        self._clocks: dict[str, mapping.Clock | None] = {}

    def learn(self, rows: Iterable[Json]) -> None:
        """Take each series' time of day from an occurrence that nobody has changed."""
        for row in rows:
            clock = mapping.clock_of(row)
            if clock is not None:
                self._clocks[row.get("seriesMasterId") or row["id"]] = clock

    def event(self, row: Json) -> CalendarEvent:
        clock = None
        if mapping.needs_clock(row):
            clock = self._clock(row["seriesMasterId"])
            if clock is None:
                row = self._read(row["id"])  # read alone, it says its original start
        return mapping.to_event(row, self._calendar_id, self._account, clock=clock)

    def _clock(self, series_id: str) -> mapping.Clock | None:
        if series_id not in self._clocks:
            self._clocks[series_id] = mapping.clock_of(self._read(series_id))
        return self._clocks[series_id]
