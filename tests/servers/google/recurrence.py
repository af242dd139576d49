"""Where a recurrence rule puts occurrences, by wall clock in the series' own zone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from .answers import Json, invalid
from .times import Moment, parse_moment

SUFFIX = re.compile(r"_(\d{8}(?:T\d{6}Z)?)$")
RANGE = re.compile(r"_R\d{8}(?:T\d{6})?$")


def base_of(series_id: str) -> str:
    """What all parts of a split series share."""
    return RANGE.sub("", series_id)


def suffix_of(original: Moment) -> str:
    """How an occurrence's id ends."""
    if isinstance(original, datetime):
        return original.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    return original.strftime("%Y%m%d")


def moment_of(suffix: str) -> Moment:
    if "T" in suffix:
        return datetime.strptime(suffix, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    return datetime.strptime(suffix, "%Y%m%d").replace(tzinfo=UTC).date()


def own_zone(series: Json, calendar_zone: str) -> str:
    return str(series["start"].get("timeZone", calendar_zone))


def starts(series: Json, calendar_zone: str, after: Moment | None = None) -> Iterator[Moment]:
    """Yield original starts in order, from the first one at or behind `after`."""
    zone = own_zone(series, calendar_zone)
    first = parse_moment(series["start"], calendar_zone)
    rules = rrulestr(
        "\n".join(_local_line(line, first, zone) for line in series["recurrence"]),
        dtstart=_local(first, zone),
        forceset=True,
    )
    since = _local(first if after is None else max(first, after), zone)
    for local in rules.xafter(since, inc=True):
        yield _moment(local, first, zone)


def _local(moment: Moment, zone: str) -> datetime:
    if isinstance(moment, datetime):
        return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
    return datetime.combine(moment, time())


def _moment(local: datetime, first: Moment, zone: str) -> Moment:
    if isinstance(first, datetime):
        return local.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    return local.date()


def _local_line(line: str, first: Moment, zone: str) -> str:
    """A rule or date line with every time as wall clock, which is how dateutil expands it."""
    if not line.startswith(("RRULE:", "EXDATE", "RDATE")):
        raise invalid(f"Invalid recurrence line: {line}")
    if line.startswith("RRULE:"):
        return re.sub(r"UNTIL=([0-9TZ]+)", lambda m: "UNTIL=" + _wall(m[1], zone, end=True), line)
    name, _, values = line.partition(":")
    own = re.search(r"TZID=([^;:]+)", name)
    walls = ",".join(_wall(each, zone, own=own and own[1]) for each in values.split(","))
    return name.partition(";")[0] + ":" + walls


def _wall(text: str, zone: str, *, end: bool = False, own: str | None = None) -> str:
    if "T" not in text:
        return text + ("T235959" if end else "T000000")
    moment = datetime.fromisoformat(text.rstrip("Z"))
    if text.endswith("Z"):
        moment = moment.replace(tzinfo=UTC).astimezone(ZoneInfo(zone))
    elif own:
        moment = moment.replace(tzinfo=ZoneInfo(own)).astimezone(ZoneInfo(zone))
    return moment.strftime("%Y%m%dT%H%M%S")


def length(series: Json, calendar_zone: str) -> timedelta:
    return parse_moment(series["end"], calendar_zone) - parse_moment(series["start"], calendar_zone)


def holds(series: Json, calendar_zone: str, original: Moment) -> bool:
    """Whether the rule puts an occurrence exactly there."""
    first = parse_moment(series["start"], calendar_zone)
    if isinstance(first, datetime) != isinstance(original, datetime) or original < first:
        return False
    return next(starts(series, calendar_zone, original), None) == original


def until_before(split: Moment, zone: str) -> str:
    """UNTIL of the part before a split: the end of the previous local day."""
    if not isinstance(split, datetime):
        return (split - timedelta(days=1)).strftime("%Y%m%d")
    midnight = datetime.combine(split.astimezone(ZoneInfo(zone)).date(), time(), ZoneInfo(zone))
    return (midnight.astimezone(UTC) - timedelta(seconds=1)).strftime("%Y%m%dT%H%M%SZ")


def range_id(base: str, split: Moment) -> str:
    """The id of the part behind a split."""
    return f"{base}_R{suffix_of(split).rstrip('Z')}"


def end_rule(rule: str, until: str) -> str:
    kept = [part for part in rule.split(";") if not part.startswith(("UNTIL=", "COUNT="))]
    return ";".join([*kept, f"UNTIL={until}"])


def rest_of_rule(rule: str, passed: int) -> str:
    """The rule behind a split: a COUNT loses what has passed, an UNTIL stays."""
    return re.sub(r"COUNT=(\d+)", lambda m: f"COUNT={int(m[1]) - passed}", rule)
