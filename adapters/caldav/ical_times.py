"""DATE, DATE-TIME, DURATION and PERIOD values of iCalendar, and how to write them."""

from __future__ import annotations

import re
from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from adapters.caldav.ical_lines import Property, decoded, parse_property
from adapters.caldav.ical_resource import Resource
from adapters.caldav.zones import UTC_ZONE, zone_by_name, zone_of
from core.errors import UnexpectedResponse

_DURATION = re.compile(
    r"([+-])?P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?", re.IGNORECASE
)
YEARS = range(2, 9990)
"""Other years are mistakes, and arithmetic with them fails."""
_STAMP = "%Y%m%dT%H%M%S"


class Moment(NamedTuple):
    """A time as it stands in a property. A tuple: thousands are made in a pass."""

    wall: datetime
    """What the clock on the wall shows, without a zone."""
    zone: ZoneInfo
    """UTC for a day."""
    all_day: bool = False
    worked_out: datetime | None = None
    """What `utc` is, where somebody knows it."""

    @property
    def utc(self) -> datetime:
        """When that is; a day begins at midnight UTC for everybody, so that its name is one."""
        return self.worked_out or at_zone(self.wall, self.zone)

    def moved(self, by: timedelta) -> Moment:
        """Return what the wall shows after that long."""
        return Moment(self.wall + by, self.zone, self.all_day)


def at_zone(wall: datetime, zone: ZoneInfo) -> datetime:
    """Return wall time in UTC; what a clock change skips counts by the offset before it."""
    if zone is UTC_ZONE:
        return wall.replace(tzinfo=UTC)
    return wall.replace(tzinfo=zone).astimezone(UTC)


def wall_time(moment: datetime, zone: ZoneInfo) -> datetime:
    """Return what the clock on the wall shows."""
    return moment.astimezone(zone).replace(tzinfo=None)


def moment_of(line: bytes, resource: Resource, *, near: ZoneInfo | None = None) -> Moment:
    """Read a property that holds one time; `near` is the zone of times that name none."""
    return _usual(line) or moments_of(parse_property(line), resource, near=near)[0]


@lru_cache(maxsize=8192)
def _usual(line: bytes) -> Moment | None:
    """Read the usual forms, which need nothing but their line.

    A pass over a calendar reads tens of thousands of them, and they repeat: people meet at
    the same few times, and each change brings all lines of its series again.
    """
    before, _, value = line.rpartition(b":")
    zone = UTC_ZONE if value[15:] == b"Z" else _named_zone(before)
    usual = value[:8].isdigit() and b"1000" <= value[:4] < b"9000"
    if zone is None or not usual or len(value) != 15 + (zone is UTC_ZONE):
        return None
    try:
        wall = datetime.fromisoformat(value[:15].decode())
    except ValueError:
        return None
    return Moment(wall, zone, worked_out=at_zone(wall, zone))


@lru_cache(maxsize=4096)
def _named_zone(before: bytes) -> ZoneInfo | None:
    """Return the zone of a property whose TZID says it without any VTIMEZONE."""
    tzid = parse_property(before + b":").params.get("TZID", "").strip()
    return zone_by_name(tzid) if tzid else None


def moments_of(
    prop: Property, resource: Resource, *, near: ZoneInfo | None = None
) -> tuple[Moment, ...]:
    """Read each value of DTSTART, DTEND, RDATE, EXDATE, RECURRENCE-ID; of a PERIOD its start."""
    zone: ZoneInfo | None = None
    found = []
    # What follows a line break is another property that was written badly.
    for value in decoded(prop.value).partition("\\n")[0].split(","):
        wall, in_utc, all_day = _read(value.partition("/")[0].strip(), prop.name)
        if in_utc or all_day:
            found.append(Moment(wall, UTC_ZONE, all_day))
        else:
            zone = zone or _zone(prop, resource, wall, near)
            found.append(Moment(wall, zone))
    return tuple(found)


def period_lengths(prop: Property) -> tuple[timedelta | None, ...]:
    """Return how long each value of an RDATE lasts, None where it does not say."""
    lengths: list[timedelta | None] = []
    for value in decoded(prop.value).split(","):
        start, slash, end = value.partition("/")
        if not slash:
            lengths.append(None)
        elif end.strip()[:1] in "Pp+-":
            lengths.append(duration(end))
        else:
            lengths.append(_read(end.strip(), prop.name)[0] - _read(start.strip(), prop.name)[0])
    return tuple(lengths)


def duration(text: str) -> timedelta:
    """Read a DURATION."""
    match = _DURATION.fullmatch(text.strip())
    if match is None or not any(match.groups()[1:]):
        raise UnexpectedResponse(f"The duration {text!r} cannot be read.")
    weeks, days, hours, minutes, seconds = (int(part or 0) for part in match.groups()[1:])
    try:
        length = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    except OverflowError as err:
        raise UnexpectedResponse(f"The duration {text!r} cannot be read.") from err
    return -length if match[1] == "-" else length


def until_of(text: str, zone: ZoneInfo) -> datetime:
    """Return the last moment that a rule's UNTIL allows, in UTC.

    A day counts to its end in the series' zone, a time without zone in that zone: RFC 5545
    asks for UTC beside a zoned start, but not every program writes that.
    """
    wall, in_utc, all_day = _read(text.replace("9999", "9989", 1), "UNTIL")
    if in_utc:
        return wall.replace(tzinfo=UTC)
    return at_zone(wall + timedelta(hours=23, minutes=59, seconds=59) * all_day, zone)


def stamp(moment: datetime) -> bytes:
    """Write a moment in UTC form."""
    return moment.astimezone(UTC).strftime(_STAMP).encode() + b"Z"


def written(moment: datetime, form: Moment) -> bytes:
    """Write a moment in the form of another: a day, UTC or wall time of its zone."""
    if form.all_day:
        return moment.astimezone(UTC).strftime("%Y%m%d").encode()
    if form.zone is UTC_ZONE:
        return stamp(moment)
    return wall_time(moment, form.zone).strftime(_STAMP).encode()


def day_of(line: bytes) -> date:
    """Read the day that a property names, as its wall shows it: neither zone nor year matters."""
    prop = parse_property(line)
    return _read(decoded(prop.value).strip(), prop.name, range(MINYEAR, MAXYEAR + 1))[0].date()


def day_text(day: date) -> bytes:
    """Write a day, with four digits for the year whatever the year is."""
    return day.isoformat().replace("-", "").encode()


def _zone(prop: Property, resource: Resource, wall: datetime, near: ZoneInfo | None) -> ZoneInfo:
    tzid = prop.params.get("TZID", "").strip()
    if tzid:
        return zone_of(tzid, resource.timezones.get(tzid), wall.year)
    if near is not None:
        return near
    if resource.floating_zone is None:
        raise UnexpectedResponse(
            f"{prop.name} names no time zone, and the calendar has none either: "
            "nobody can tell when that is. Set the event's or the calendar's time zone."
        )
    return zone_of(resource.floating_zone, None, wall.year)


def _read(value: str, name: str, years: range = YEARS) -> tuple[datetime, bool, bool]:
    """Return wall time, whether it is UTC, whether it is a day."""
    try:
        year, month, day = int(value[0:4]), int(value[4:6]), int(value[6:8])
        if year not in years:
            raise ValueError(year)
        if len(value) == 8:
            return datetime(year, month, day), False, True  # noqa: DTZ001 (wall time)
        if value[8] not in "Tt" or len(value) not in (15, 16):
            raise ValueError(value)
        hour, minute, second = int(value[9:11]), int(value[11:13]), int(value[13:15])
        wall = datetime(year, month, day, hour, minute, min(second, 59))  # noqa: DTZ001
    except (ValueError, IndexError) as err:
        raise UnexpectedResponse(f"{name} has no time that can be read: {value!r}.") from err
    if len(value) == 16 and value[15] not in "Zz":
        raise UnexpectedResponse(f"{name} has no time that can be read: {value!r}.")
    return wall, len(value) == 16, False
