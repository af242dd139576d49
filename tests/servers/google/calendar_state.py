"""Calendars and the rows in them: one copy of each event a person is part of."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from .answers import Json
from .directory import Directory
from .recurrence import RANGE, SUFFIX, base_of, holds, length, moment_of, own_zone, suffix_of
from .times import Moment, as_instant, event_time, parse_moment


@dataclass(slots=True, kw_only=True)
class Row:
    """One stored event: a single one, a series or an exception."""

    id: str
    fields: Json
    """As the API writes them, without what differs by viewer."""
    created: int
    updated: int = 0
    change: int = 0
    """Place in the order of all changes; sync tokens count with it."""
    bare: bool = False
    """Gone from this calendar: only the id is left."""
    local: set[str] = field(default_factory=set)
    """Shared fields that a guest has changed in this copy alone."""

    @property
    def cancelled(self) -> bool:
        return bool(self.fields.get("status") == "cancelled")

    @property
    def is_series(self) -> bool:
        return "recurrence" in self.fields

    @property
    def series_id(self) -> str | None:
        return self.fields.get("recurringEventId")


@dataclass(slots=True, kw_only=True)
class Found:
    """What an event id leads to: a row, or an occurrence that is no row yet."""

    id: str
    fields: Json
    row: Row | None
    series: Row | None = None


@dataclass(slots=True, kw_only=True)
class Calendar:
    id: str
    owner: str
    summary: str
    zone: str
    primary: bool
    rows: dict[str, Row] = field(default_factory=dict)
    readers: dict[str, str] = field(default_factory=dict)
    """Role of each person besides the owner that may see it."""

    def find(self, event_id: str, *, keep_range: bool = False) -> Found | None:
        row = self.rows.get(event_id)
        if row is not None:
            series = self.rows.get(row.series_id) if row.series_id else None
            return Found(id=row.id, fields=row.fields, row=row, series=series)
        match = SUFFIX.search(event_id)
        if match is None:
            return None
        return self._find_occurrence(event_id[: match.start()], match[1], keep_range)

    def _find_occurrence(self, stem: str, suffix: str, keep_range: bool) -> Found | None:
        original = moment_of(suffix)
        for series in self.parts_of(stem):
            found = self.occurrence(series, original, keep_range=keep_range)
            if found.row or holds(series.fields, self.zone, original):
                return found
        return None

    def parts_of(self, series_id: str) -> list[Row]:
        """Every living part of a series that was split."""
        base = base_of(series_id)
        return [
            row
            for row in self.rows.values()
            if row.is_series and not row.cancelled and base_of(row.id) == base
        ]

    def occurrence(self, series: Row, original: Moment, *, keep_range: bool = False) -> Found:
        """An exception where there is one, else what the series says."""
        occurrence_id = occurrence_id_of(series.id, original, keep_range)
        row = self.rows.get(occurrence_id)
        if row is not None and row.series_id == series.id:
            return Found(id=row.id, fields=row.fields, row=row, series=series)
        fields = derived(series.fields, series.id, original, self.zone)
        return Found(id=occurrence_id, fields=fields, row=None, series=series)

    def exceptions_of(self, series_id: str) -> list[Row]:
        return [row for row in self.rows.values() if row.series_id == series_id]

    def span(self, fields: Json) -> tuple[datetime, datetime]:
        start = as_instant(parse_moment(fields["start"], self.zone), self.zone)
        end = as_instant(parse_moment(fields["end"], self.zone), self.zone)
        return start, end


def occurrence_id_of(series_id: str, original: Moment, keep_range: bool = False) -> str:
    """Parts behind a split name their occurrences by the base, as a rule."""
    stem = series_id if keep_range or not RANGE.search(series_id) else base_of(series_id)
    return f"{stem}_{suffix_of(original)}"


def derived(series: Json, series_id: str, original: Moment, calendar_zone: str) -> Json:
    """An occurrence as its series has it."""
    zone = own_zone(series, calendar_zone)
    fields = copy.deepcopy({key: value for key, value in series.items() if key != "recurrence"})
    end = original + length(series, calendar_zone)
    return fields | {
        "recurringEventId": series_id,
        "originalStartTime": event_time(original, zone),
        "start": event_time(original, zone),
        "end": event_time(end, zone),
    }


@dataclass(slots=True, kw_only=True)
class Assumptions:
    """What only a live tenant can show; a test may turn each the other way."""

    organizer_write_wipes_guest_text: bool = True
    long_description: str = "refuse"
    """"refuse" (400), "truncate" or "keep"."""
    occurrence_ids_keep_range: bool = False
    """Some parts behind a split name occurrences ID_RANGE_TIMESTAMP."""
    tokens_live: timedelta = timedelta(days=28)


@dataclass(slots=True, kw_only=True)
class Calendars:
    """All calendars, and the one order of changes in them."""

    directory: Directory
    now: Callable[[], datetime]
    assumptions: Assumptions = field(default_factory=Assumptions)
    by_id: dict[str, Calendar] = field(default_factory=dict)
    on_change: list[Callable[[Calendar, Row], None]] = field(default_factory=list)
    changes: int = 0
    last_stamp: int = 0

    def add(self, calendar: Calendar) -> Calendar:
        self.by_id[calendar.id] = calendar
        return calendar

    def stamp(self) -> int:
        """Now in microseconds; no two are equal, so that no two revisions are."""
        now = int(self.now().timestamp() * 1_000_000)
        self.last_stamp = max(now, self.last_stamp + 1000)
        return self.last_stamp

    def put(self, calendar: Calendar, row: Row, updated: int) -> None:
        self.changes += 1
        row.updated, row.change = updated, self.changes
        calendar.rows[row.id] = row
        for listener in self.on_change:
            listener(calendar, row)

    def touch(self, row: Row) -> None:
        """A change that leaves `updated` as it is, like a reminder."""
        self.changes += 1
        row.change = self.changes
