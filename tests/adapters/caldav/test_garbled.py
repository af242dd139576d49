"""Whatever an entry holds, reading it ends in an event or in an error of ours."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import example, given
from hypothesis import strategies as st

from adapters.caldav import mapping
from adapters.caldav.ical_text import Resource, with_description
from adapters.caldav.recurrence import occurrences, within
from core.errors import OneOnOneError
from core.model.calendar import Body, CalendarId, Window

NOW = datetime(2031, 1, 1, tzinfo=UTC)
HEAD = ("BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VEVENT", "UID:a")
TAIL = ("END:VEVENT", "END:VCALENDAR")
NAMES = (
    "DTSTART",
    "DTEND",
    "DURATION",
    "RRULE",
    "RDATE",
    "EXDATE",
    "EXRULE",
    "RECURRENCE-ID",
    "STATUS",
    "SEQUENCE",
    "ATTENDEE",
    "ORGANIZER",
    "DESCRIPTION",
    "CONFERENCE",
    "URL",
    "LOCATION",
    "BEGIN",
    "END",
)
PARAMS = (
    "",
    ";TZID=Europe/Berlin",
    ";TZID=Nowhere",
    ";VALUE=DATE",
    ";VALUE=PERIOD",
    ';CN="x',
    ";TZID=",
    ';ALTREP="data:text/html,%zz"',
    ";RANGE=THISANDFUTURE",
    ";PARTSTAT=",
)
VALUES = (
    "20311006T090000",
    "20311006T090000Z",
    "20311006",
    "00010101T000000Z",
    "99991231T235959Z",
    "20310230T250000",
    "20311006T090000Z/PT1H",
    "20311006T090000Z/20301006T090000Z",
    "PT30M",
    "-P1D",
    "P99999999999D",
    "P",
    "FREQ=WEEKLY",
    "FREQ=WEEKLY;COUNT=0",
    "FREQ=DAILY;INTERVAL=999999999",
    "FREQ=YEARLY;BYMONTH=13",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=MONTHLY;BYDAY=6MO",
    "FREQ=SECONDLY",
    "FREQ=WEEKLY;UNTIL=99999999",
    "FREQ=WEEKLY;BYDAY=",
    "FREQ",
    "mailto:",
    "mailto:anna@example.com",
    "VALARM",
    "VEVENT",
    "99999999999999999999",
    "\\",
    "%",
    "",
)
line = st.builds(
    "{}{}:{}".format,
    st.sampled_from(NAMES),
    st.sampled_from(PARAMS),
    st.one_of(st.sampled_from(VALUES), st.text(max_size=12)),
)


def read_all(data: bytes) -> None:
    """Do with an entry what a pass and a write do."""
    resource = Resource.parse(data)
    mapping.to_event(resource, CalendarId("c"), "/c/a.ics", '"1"')
    window = Window(start=NOW, end=NOW + timedelta(days=30))
    for found in (*occurrences(resource, NOW, 3), *within(resource, window)[:3]):
        mapping.to_occurrence(resource, found, CalendarId("c"), "/c/a.ics", '"1"')
        with_description(data, original_start=found.original_start, body=Body(content="x"), now=NOW)


def refusal_of(data: bytes) -> str:
    """Return our own words for an entry that cannot be read; any other error goes through."""
    try:
        read_all(data)
    except OneOnOneError as err:
        return str(err)
    return "it was read"


@given(st.lists(line, max_size=8))
@example(["DTSTART:20311006T090000Z", "RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"])
@example(["DTSTART:99991231T235959Z", "RRULE:FREQ=WEEKLY"])
def test_garbled_entry_is_read_or_refused_in_our_own_words(lines: list[str]) -> None:
    data = "\r\n".join((*HEAD, "DTSTART:20311006T090000Z", *lines, *TAIL, ""))

    assert refusal_of(data.encode("utf-8", "surrogatepass"))


@given(st.binary(max_size=300))
def test_bytes_that_are_no_calendar_are_refused_in_our_own_words(data: bytes) -> None:
    assert refusal_of(data)
