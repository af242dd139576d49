"""Time zones: from the TZID of a calendar entry to an IANA zone."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.core import get_global

from adapters.caldav.ical_resource import Component
from adapters.caldav.vtimezone import offsets_of, sample_walls
from core.errors import UnexpectedResponse

UTC_ZONE = ZoneInfo("UTC")
_UTC_NAMES = frozenset({"UTC", "GMT", "Z", "Etc/UTC", "Etc/GMT", "Etc/Zulu", "Zulu", "UCT"})
_RULES_OF = 2024
_OTHER_CLOCKS = ("posix/", "right/")
"""Folders that some systems keep beside the zones; `right` counts leap seconds."""
_KNOWN_BEST = (
    "Europe/Berlin",
    "Europe/London",
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "Asia/Kolkata",
    "Asia/Shanghai",
    "Asia/Tokyo",
    "Australia/Sydney",
)
_NO_ZONES = frozenset({"localtime", "posixrules", "Factory", ""})


def zone_of(tzid: str, vtimezone: Component | None, year: int) -> ZoneInfo:
    """Return the IANA zone for a TZID.

    The name decides where it is known (as IANA name, with a program's prefix, or as a Windows
    name); else the zone that keeps the same clock as the VTIMEZONE in that year. Raise
    UnexpectedResponse where neither helps.
    """
    named = zone_by_name(tzid)
    if named is not None:
        return named
    if vtimezone is None:
        raise UnexpectedResponse(
            f"The time zone {tzid!r} is unknown and the entry does not describe it: "
            "nobody can tell when that is. Set the event's time zone anew in the calendar."
        )
    said = zone_by_name(vtimezone.text(b"X-LIC-LOCATION").strip())
    if said is not None:
        return said
    body = tuple(vtimezone.lines[vtimezone.first : vtimezone.last + 1])
    return _by_clock(tzid, _Described(body, vtimezone), year)


@dataclass(frozen=True, slots=True)
class _Described:
    """A VTIMEZONE that compares by its lines, so that each is worked out once."""

    lines: tuple[bytes, ...]
    component: Component = field(compare=False)


@lru_cache(maxsize=1024)
def zone_by_name(tzid: str) -> ZoneInfo | None:
    """Return the zone that a name alone says, None where it says none."""
    if tzid in _UTC_NAMES:
        return UTC_ZONE
    for name in (tzid, *_without_prefix(tzid)):
        zone = _iana(name)
        if zone is not None:
            return zone
    return _windows(tzid)


def _without_prefix(tzid: str) -> list[str]:
    """Return a TZID without what programs put before it, such as /citadel.org/20210210_1/."""
    parts = tzid.strip("/").split("/")
    return ["/".join(parts[i:]) for i in range(len(parts) - 1)]


def _iana(name: str) -> ZoneInfo | None:
    if name in _NO_ZONES or name.startswith(_OTHER_CLOCKS):
        return None
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None


def _windows(tzid: str) -> ZoneInfo | None:
    name: str | None = get_global("windows_zone_mapping").get(tzid)
    return _iana(name) if name else None


@lru_cache(maxsize=256)
def _by_clock(tzid: str, described: _Described, year: int) -> ZoneInfo:
    # Some programs describe an old event by the rules of today.
    for from_year in (year, max(year, _RULES_OF)):
        walls = sample_walls(from_year)
        wanted = offsets_of(described.component, walls)
        for zone in _candidates():
            pairs = zip(walls, wanted, strict=True)
            if all(_offset(zone, wall) == offset for wall, offset in pairs):
                return zone
    raise UnexpectedResponse(
        f"The time zone {tzid!r} keeps a clock that no place on Earth keeps. "
        "Set the event's time zone anew in the calendar."
    )


@lru_cache(maxsize=1)
def _candidates() -> tuple[ZoneInfo, ...]:
    """Return one zone for each region that Windows knows, then the fixed offsets."""
    names = dict.fromkeys((*_KNOWN_BEST, *get_global("windows_zone_mapping").values()))
    fixed = [f"Etc/GMT{hours:+d}" for hours in range(-14, 13) if hours]
    found = (_iana(name) for name in ("UTC", *names, *fixed))
    return tuple(zone for zone in found if zone is not None)


def _offset(zone: ZoneInfo, wall: datetime) -> float:
    offset = wall.replace(tzinfo=zone).utcoffset()
    return offset.total_seconds() if offset is not None else 0.0
