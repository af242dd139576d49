"""Calendar entries for tests, as programs write them, and an unfolding of our own for them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

NOW = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
FIRST = datetime(2026, 6, 2, 8, 0, tzinfo=UTC)
SECOND = datetime(2026, 6, 9, 8, 0, tzinfo=UTC)

BERLIN = """\
BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:DAYLIGHT
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
DTSTART:19700329T020000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
"""

MASTER = """\
BEGIN:VEVENT
CREATED:20260501T080000Z
LAST-MODIFIED:20260501T080000Z
DTSTAMP:20260501T080000Z
UID:weekly-1@example.com
SUMMARY:Anna / Ben
RRULE:FREQ=WEEKLY
EXDATE;TZID=Europe/Berlin:20260623T100000
DTSTART;TZID=Europe/Berlin;X-SAID-BY=phone:20260602T100000
DTEND;TZID=Europe/Berlin:20260602T103000
ORGANIZER;CN=Ben;SCHEDULE-STATUS=1.2:mailto:ben@example.com
ATTENDEE;CN=Ben;PARTSTAT=ACCEPTED;ROLE=CHAIR:mailto:ben@example.com
ATTENDEE;CN="Anna, née Übel";PARTSTAT=TENTATIVE;RSVP=TRUE;SCHEDULE-STATUS="2
 .0;Success":mailto:anna@example.com
SEQUENCE:3
DESCRIPTION;LANGUAGE=en:Bring coffee\\, please.
X-MOZ-GENERATION:4
X-COLOUR;X-A="b:c":red
BEGIN:VALARM
ACTION:DISPLAY
DESCRIPTION:Reminder
TRIGGER:-PT15M
END:VALARM
END:VEVENT
"""

OVERRIDE = """\
BEGIN:VEVENT
UID:weekly-1@example.com
RECURRENCE-ID;TZID=Europe/Berlin:20260616T100000
DTSTAMP:20260501T080000Z
SUMMARY:Anna / Ben\\, outside
DTSTART;TZID=Europe/Berlin:20260617T140000
DTEND;TZID=Europe/Berlin:20260617T150000
SEQUENCE:4
DESCRIPTION:In the park
END:VEVENT
"""

SINGLE = """\
BEGIN:VEVENT
UID:once-1@example.com
DTSTAMP:20260501T080000Z
DTSTART:20260602T080000Z
DURATION:PT30M
SUMMARY:Anna / Ben
END:VEVENT
"""


def calendar(*components: str, end: str = "\r\n") -> bytes:
    """Wrap components into a calendar with that line ending."""
    head = "BEGIN:VCALENDAR\nPRODID:-//Example//Phone//EN\nVERSION:2.0\n"
    return (head + "".join(components) + "END:VCALENDAR\n").replace("\n", end).encode()


def series(*overrides: str, end: str = "\r\n") -> bytes:
    """Return a weekly 1:1 with everything that programs put into one."""
    return calendar(BERLIN, MASTER, *overrides, end=end)


def unfolded(data: bytes) -> list[str]:
    """Return the lines as RFC 5545 section 3.1 says, in a few words of our own."""
    text = data.decode("utf-8", "surrogateescape")
    return [
        line for line in re.sub(r"(\r?\n)+[ \t]", "", text).replace("\r", "").split("\n") if line
    ]


def lines_but(data: bytes, *names: str) -> list[str]:
    """Return the lines without some properties of events; those of alarms stay."""
    return [line for depth, line in _depths(data) if depth != 2 or _name(line) not in names]


def component(data: bytes, mark: str) -> list[str]:
    """Return the lines of the only event that has a line beginning with `mark`."""
    blocks: list[list[str]] = []
    for line in unfolded(data):
        if line in ("BEGIN:VEVENT", "BEGIN:VTODO"):
            blocks.append([])
        if blocks:
            blocks[-1].append(line)
    found = [block for block in blocks if any(line.startswith(mark) for line in block)]
    assert len(found) == 1, f"{len(found)} events have {mark}"
    return found[0][: len(found[0]) - (found[0][-1] == "END:VCALENDAR")]


def _depths(data: bytes) -> Iterator[tuple[int, str]]:
    depth = 0
    for line in unfolded(data):
        depth += line.startswith("BEGIN:")
        yield (0 if line.startswith(("BEGIN:", "END:")) else depth), line
        depth -= line.startswith("END:")


def _name(line: str) -> str:
    return re.split("[:;]", line, maxsplit=1)[0].upper()
