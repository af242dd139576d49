"""Which events of a calendar a list request means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from .answers import Json, invalid
from .calendar_state import Calendar, Found, Row
from .recurrence import length, moment_of, starts
from .times import Moment, as_instant, event_time, microseconds, parse_instant, parse_moment

HORIZON = timedelta(days=730)
"""How far an endless series is expanded; Google does not say how far it goes."""
FOREVER_AGO = parse_instant("1970-01-01T00:00:00Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """The filters of one list request."""

    after: datetime
    """An event must end behind it."""
    before: datetime
    single: bool = False
    deleted: bool = False
    incremental: bool = False
    """Tombstones come, and the window leaves deletions alone."""
    updated_min: int = 0
    types: tuple[str, ...] = ()
    uid: str | None = None
    words: str | None = None
    properties: tuple[tuple[str, str], ...] = ()
    """Kind and key=value; repeated ones mean any of them."""


def query_of(parameters: Json, now: datetime) -> Query:
    after, before = parameters.get("timeMin"), parameters.get("timeMax")
    start = parse_instant(after) if after else FOREVER_AGO
    end = parse_instant(before) if before else max(now, start) + HORIZON
    if end <= start:
        raise invalid("The specified time range is empty.")
    updated = parameters.get("updatedMin")
    return Query(
        after=start,
        before=end,
        single=parameters.get("singleEvents", False),
        deleted=parameters.get("showDeleted", False),
        incremental=bool(updated),
        updated_min=microseconds(parse_instant(updated)) if updated else 0,
        types=tuple(parameters.get("eventTypes", ())),
        uid=parameters.get("iCalUID"),
        words=parameters.get("q"),
        properties=tuple(_properties(parameters)),
    )


def _properties(parameters: Json) -> Iterator[tuple[str, str]]:
    for kind in ("private", "shared"):
        for constraint in parameters.get(f"{kind}ExtendedProperty", ()):
            if "=" not in constraint:
                raise invalid("Invalid extended property constraint.")
            yield kind, constraint


def slots(calendar: Calendar, query: Query, rows: Iterable[Row]) -> Iterator[Found | None]:
    """Yield each match; None where a row takes a place on a page and is not shown."""
    for row in rows:
        if row.updated < query.updated_min or not _matches(row, query):
            continue
        if not _is_shown(calendar, row, query):
            yield None
        elif query.single and row.is_series:
            yield from _expanded(calendar, row, query)
        elif _in_window(calendar, row, query):
            yield Found(id=row.id, fields=row.fields, row=row)


def _is_shown(calendar: Calendar, row: Row, query: Query) -> bool:
    kind = row.fields.get("eventType", "default")
    if query.types and kind not in query.types:
        return False
    if not row.cancelled or query.deleted or query.incremental:
        return True
    series = calendar.rows.get(row.series_id or "")
    return not query.single and series is not None and not series.cancelled


def _matches(row: Row, query: Query) -> bool:
    if query.uid and row.fields.get("iCalUID") != query.uid:
        return False
    text = f"{row.fields.get('summary', '')} {row.fields.get('description', '')}".lower()
    if query.words and not all(word in text for word in query.words.lower().split()):
        return False
    return not query.properties or any(_has(row.fields, *each) for each in query.properties)


def _has(fields: Json, kind: str, constraint: str) -> bool:
    key, _, value = constraint.partition("=")
    return bool(fields.get("extendedProperties", {}).get(kind, {}).get(key) == value)


def _in_window(calendar: Calendar, row: Row, query: Query) -> bool:
    if row.cancelled and (query.incremental or "start" not in row.fields):
        return True
    if row.is_series:
        return any(True for _ in originals(calendar, row.fields, query.after, query.before))
    start, end = calendar.span(row.fields)
    return start < query.before and (end > query.after or start == end >= query.after)


def _expanded(calendar: Calendar, series: Row, query: Query) -> Iterator[Found]:
    """Occurrences without exception: exceptions are rows of their own."""
    if series.cancelled:
        return
    for original in originals(calendar, series.fields, query.after, query.before):
        found = calendar.occurrence(series, original)
        if found.row is None:
            yield found


def originals(
    calendar: Calendar, series: Json, after: datetime, before: datetime
) -> Iterator[Moment]:
    """Where the rule puts occurrences that overlap a window."""
    span, zone = length(series, calendar.zone), calendar.zone
    earliest = after - span - timedelta(days=1)
    whole_days = "date" in series["start"]
    for original in starts(series, zone, earliest.date() if whole_days else earliest):
        if as_instant(original, zone) >= before:
            return
        if as_instant(original + span, zone) > after:
            yield original


def occurrences(calendar: Calendar, series: Row, query: Query) -> list[Found]:
    """A series in a window: by the rule, or as an exception that was moved into it."""
    found = {
        moment_key(calendar, one): one
        for one in (
            calendar.occurrence(series, original)
            for original in originals(calendar, series.fields, query.after, query.before)
        )
        if one.row is None
    }
    for row in calendar.exceptions_of(series.id):
        shown = query.deleted or not row.cancelled
        if shown and _in_window(calendar, row, query):
            one = Found(id=row.id, fields=row.fields, row=row, series=series)
            found[moment_key(calendar, one)] = one
    return [found[key] for key in sorted(found)]


def moment_key(calendar: Calendar, found: Found) -> datetime:
    """Where an occurrence stands in its series."""
    original = found.fields.get("originalStartTime")
    if original is None:
        original = event_time(moment_of(found.id.rpartition("_")[2]), calendar.zone)
    return as_instant(parse_moment(original, calendar.zone), calendar.zone)
