"""From a TZID to an IANA zone, and back to a VTIMEZONE."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import icalendar
import pytest

from adapters.caldav.ical_resource import Resource
from adapters.caldav.new_event import calendar_bytes
from adapters.caldav.vtimezone import offsets_of, sample_walls, vtimezone_lines
from adapters.caldav.zones import zone_of
from core.errors import UnexpectedResponse
from tests.adapters.caldav.ics import BERLIN, SINGLE, calendar

US_RULES = """\
BEGIN:VTIMEZONE
TZID:{name}
BEGIN:STANDARD
DTSTART:16011104T020000
RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11
TZOFFSETFROM:{summer}
TZOFFSETTO:{winter}
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010311T020000
RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3
TZOFFSETFROM:{winter}
TZOFFSETTO:{summer}
END:DAYLIGHT
END:VTIMEZONE
"""


def zone(tzid: str, vtimezone: str = "", year: int = 2026) -> str:
    resource = Resource.parse(calendar(vtimezone, SINGLE))
    return zone_of(tzid, resource.timezones.get(tzid), year).key


@pytest.mark.parametrize(
    ("tzid", "expected"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        ("America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        ("UTC", "UTC"),
        ("Etc/UTC", "UTC"),
        ("GMT", "UTC"),
        ("W. Europe Standard Time", "Europe/Berlin"),
        ("Eastern Standard Time", "America/New_York"),
        ("/freeassociation.sourceforge.net/Europe/Berlin", "Europe/Berlin"),
        ("/citadel.org/20210210_1/America/New_York", "America/New_York"),
        (
            "/freeassociation.sourceforge.net/Tzfile/America/Argentina/Buenos_Aires",
            "America/Argentina/Buenos_Aires",
        ),
        ("posix/Europe/Vaduz", "Europe/Vaduz"),
    ],
)
def test_a_name_that_programs_write_is_known(tzid: str, expected: str) -> None:
    assert zone(tzid) == expected


@pytest.mark.parametrize(
    "tzid", ["Mars/Olympus", "", "localtime", "../../etc/passwd", "/etc/passwd", "Europe", "\x00"]
)
def test_a_name_that_is_none_is_refused(tzid: str) -> None:
    with pytest.raises(UnexpectedResponse, match="nobody can tell when that is"):
        zone(tzid)


@pytest.mark.parametrize(
    ("winter", "summer", "expected"),
    [("-0500", "-0400", "America/New_York"), ("-0800", "-0700", "America/Los_Angeles")],
)
@pytest.mark.parametrize("year", [2005, 2026, 1601, 9000])
def test_an_own_name_is_known_by_its_clock(
    winter: str, summer: str, expected: str, year: int
) -> None:
    described = US_RULES.format(name="Our Office", winter=winter, summer=summer)

    assert zone("Our Office", described, year) == expected


def test_a_fixed_offset_is_known_by_its_clock() -> None:
    fixed = (
        "BEGIN:VTIMEZONE\nTZID:Fixed\nBEGIN:STANDARD\nDTSTART:19700101T000000\n"
        "TZOFFSETFROM:-0100\nTZOFFSETTO:-0100\nEND:STANDARD\nEND:VTIMEZONE\n"
    )

    name = zone("Fixed", fixed)

    assert datetime(2026, 7, 1, tzinfo=ZoneInfo(name)).utcoffset() == timedelta(hours=-1)


def test_a_well_known_name_counts_more_than_what_is_described() -> None:
    lying = US_RULES.format(name="Europe/Berlin", winter="-0500", summer="-0400")

    assert zone("Europe/Berlin", lying) == "Europe/Berlin"


def test_the_place_that_a_description_names_counts() -> None:
    described = BERLIN.replace("TZID:Europe/Berlin", "TZID:Ours\nX-LIC-LOCATION:Europe/Vienna")

    assert zone("Ours", described) == "Europe/Vienna"


@pytest.mark.parametrize(
    "line", ["TZOFFSETTO:+0217", "TZOFFSETTO:east", "DTSTART:once", "RRULE:FREQ=NEVER"]
)
def test_a_clock_that_nobody_keeps_is_refused(line: str) -> None:
    name = line.partition(":")[0]
    lines = [line if old.startswith(name) else old for old in BERLIN.splitlines()]
    odd = "\n".join(lines).replace("Europe/Berlin", "Odd") + "\n"

    with pytest.raises(UnexpectedResponse):
        zone("Odd", odd)


@pytest.mark.parametrize(
    "name",
    [
        "Europe/Berlin",
        "America/New_York",
        "Australia/Sydney",
        "America/Sao_Paulo",
        "Asia/Kolkata",
        "Africa/Casablanca",
        "Asia/Tokyo",
        "Australia/Lord_Howe",
        "Asia/Jerusalem",
    ],
)
def test_a_zone_that_we_describe_is_understood(name: str) -> None:
    lines = vtimezone_lines(ZoneInfo(name), 2025)
    data = calendar_bytes(*lines, *SINGLE.encode().splitlines())
    described = Resource.parse(data).timezones[name]
    walls = [wall for wall in sample_walls(2026) if wall.year >= 2026]

    expected = [_offset(name, wall) for wall in walls]

    assert list(offsets_of(described, tuple(walls))) == expected
    theirs = icalendar.Calendar.from_ical(data).timezones[0].to_tz(lookup_tzid=False)
    assert [_seconds(wall.replace(tzinfo=theirs)) for wall in walls] == expected


def test_a_zone_with_yearly_rules_is_described_by_them() -> None:
    lines = vtimezone_lines(ZoneInfo("America/New_York"), 2026)

    assert [line for line in lines if line.startswith(b"RRULE")] == [
        b"RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU",
        b"RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU",
    ]


def _offset(name: str, wall: datetime) -> float:
    return _seconds(wall.replace(tzinfo=ZoneInfo(name)))


def _seconds(moment: datetime) -> float:
    offset = moment.utcoffset()
    assert offset is not None
    return offset.total_seconds()
