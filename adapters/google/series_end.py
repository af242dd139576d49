"""When a series ends: from its rule and its first occurrence."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from core.errors import UnexpectedResponse
from core.model.calendar import TimeSlot

MOST = 20_000
"""More occurrences than any real series has: a daily one for half a century."""


def series_end(rule: str, first: TimeSlot) -> datetime | None:
    """Return the end of the last occurrence, in UTC; None where the rule goes on without end.

    Counted in the series' own wall time, so that it stays right across a clock change.
    """
    parts = dict(part.split("=", 1) for part in rule.split(";") if "=" in part)
    if "COUNT" not in parts and "UNTIL" not in parts:
        return None
    zone = ZoneInfo(first.zone)
    start = first.start.astimezone(zone).replace(tzinfo=None)
    if "UNTIL" in parts:
        parts["UNTIL"] = _local_until(parts["UNTIL"], zone)
    text = ";".join(f"{name}={value}" for name, value in parts.items())
    try:
        last = _last(text, start)
    except (ValueError, TypeError, OverflowError) as err:
        raise UnexpectedResponse(f"a rule that cannot be read: {rule!r}") from err
    if last is None:
        return first.end
    ends = (last + (first.end - first.start)).replace(tzinfo=zone)
    return ends.astimezone(UTC)


def _last(text: str, start: datetime) -> datetime | None:
    last = None
    for number, moment in enumerate(rrulestr(text, dtstart=start)):
        if number >= MOST:
            break
        last = moment
    return last


def _local_until(until: str, zone: ZoneInfo) -> str:
    """UNTIL stands in UTC, or as a day: the last moment of it counts."""
    if "T" not in until:
        return f"{until}T235959"
    own = UTC if until.endswith("Z") else zone
    moment = datetime.strptime(until.rstrip("Z"), "%Y%m%dT%H%M%S").replace(tzinfo=own)
    return f"{moment.astimezone(zone):%Y%m%dT%H%M%S}"
