"""Times and entries that nobody can understand are refused with a sentence."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from adapters.caldav.ical_resource import Resource
from adapters.caldav.recurrence import occurrences
from core.errors import UnexpectedResponse
from tests.adapters.caldav.ics import OVERRIDE, SINGLE, calendar

ALWAYS = datetime(2026, 1, 1, tzinfo=UTC)
EVERY = ",".join(map(str, range(60)))


def event(*lines: str) -> Resource:
    text = "\n".join(["BEGIN:VEVENT", "UID:a@example.com", *lines, "END:VEVENT", ""])
    return Resource.parse(calendar(text))


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (["DTSTART:20260602T100000"], "names no time zone"),
        (["DTSTART;TZID=Mars/Olympus:20260602T100000"], "'Mars/Olympus' is unknown"),
        (["DTSTART:20260231T100000Z"], "DTSTART has no time that can be read"),
        (["DTSTART:yesterday"], "DTSTART has no time that can be read"),
        (["DTSTART:20260602T100000X"], "DTSTART has no time that can be read"),
        (["SUMMARY:x"], "no DTSTART"),
        (["DTSTART:20260602T100000Z", "DTEND:20260602T090000Z"], "ends before it starts"),
        (["DTSTART:20260602T100000Z", "DURATION:PT"], "duration 'PT'"),
        (["DTSTART:20260602T100000Z", "DURATION:P9999999999W"], "duration"),
        (["DTSTART:20260602T100000Z", "DURATION:P90000D"], "longer than ten years"),
        (["DTSTART:99980602T100000Z"], "DTSTART has no time"),
        (["DTSTART:00010101T000000Z"], "DTSTART has no time"),
        (["DTSTART;TZID=Asia/Tokyo:00010101T000000"], "DTSTART has no time"),
        (["DTSTART:20260602T100000Z", "EXDATE:99991231T235959"], "EXDATE has no time"),
        (["DTSTART:20260602T100000Z", "RRULE:FREQ=SECONDLY"], "cannot be read"),
        (["DTSTART:20260602T100000Z", "RRULE:FREQ=DAILY;COUNT=1000000000"], "cannot be read"),
        (["DTSTART:20260602T100000Z", f"RRULE:FREQ=DAILY;BYHOUR=1,2;BYSECOND={EVERY}"], "be read"),
        (["DTSTART:20260602T100000Z", "RRULE:FREQ=FORTNIGHTLY"], "FREQ=FORTNIGHTLY"),
        (["DTSTART:20260602T100000Z", "RRULE:FREQ=DAILY;BYDAY=XX"], "cannot be read"),
        (["DTSTART:20260602T100000Z", "RRULE:FREQ=DAILY;BYMONTH=13"], "cannot be read"),
        (["DTSTART:20260602T100000Z", "RRULE:FREQ=DAILY;INTERVAL=0"], "cannot be read"),
        (["DTSTART:20260602T100000Z", "RRULE:FREQ=YEARLY;RSCALE=HEBREW"], "not one that we know"),
        (["DTSTART:20260602T100000Z", "STATUS:MAYBE"], "STATUS that we do not know: 'MAYBE'"),
    ],
)
def test_what_cannot_be_understood_is_said_in_a_sentence(lines: list[str], sentence: str) -> None:
    with pytest.raises(UnexpectedResponse, match=sentence):
        occurrences(event(*lines), ALWAYS, 1)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "does not start with"),
        (b"<html>", "does not start with"),
        (calendar(), "neither an event nor a task"),
        (calendar(SINGLE)[:-16], "cut off inside VCALENDAR"),
        (calendar(SINGLE).replace(b"END:VEVENT\r\n", b""), "ends nothing"),
        (calendar(SINGLE).replace(b"UID:once-1@example.com\r\n", b""), "no UID"),
        (calendar(SINGLE, OVERRIDE), "2 different UIDs"),
        (b"UID:x\r\n" + calendar(SINGLE), "does not start with"),
        (calendar(SINGLE) * 2, "not one whole VCALENDAR"),
    ],
)
def test_what_is_no_entry_is_refused_with_a_sentence(data: bytes, sentence: str) -> None:
    with pytest.raises(UnexpectedResponse, match=sentence):
        Resource.parse(data)
