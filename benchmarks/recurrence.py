"""Next occurrence of 1,000 series: our reader against icalendar with recurring-ical-events.

Run: python benchmarks/recurrence.py [NUMBER OF SERIES]

icalendar turns all times into objects while it reads; we do that when they are first asked for,
so "once read" counts that work for us only. Lines that repeat are read once by us: the starts
lie on the quarter hours of five working days, as meetings do.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from icalendar import Calendar
from recurring_ical_events import of

from adapters.caldav.ical_resource import Resource
from adapters.caldav.recurrence import occurrences

P = TypeVar("P")
T = TypeVar("T")

AFTER = datetime(2026, 6, 10, 12, tzinfo=UTC)
FIRST = datetime(2025, 9, 1, 8, 30)  # noqa: DTZ001 (wall time)
ROUNDS = 3
RULES = (
    "FREQ=WEEKLY",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH",
    "FREQ=MONTHLY;BYDAY=1MO",
    "FREQ=WEEKLY;COUNT=60",
    "FREQ=WEEKLY;UNTIL=20271231T000000Z",
)


def event(number: int, wall: datetime, *lines: str) -> str:
    """Return a 1:1 as a calendar program writes it."""
    end = wall + timedelta(minutes=30)
    return "\r\n".join(
        (
            "BEGIN:VEVENT",
            f"UID:series-{number}@example.com",
            "DTSTAMP:20250801T080000Z",
            *lines,
            f"DTSTART;TZID=Europe/Berlin:{wall:%Y%m%dT%H%M%S}",
            f"DTEND;TZID=Europe/Berlin:{end:%Y%m%dT%H%M%S}",
            f"SUMMARY:Anna / Ben {number}",
            "ORGANIZER;CN=Ben:mailto:ben@example.com",
            "ATTENDEE;CN=Ben;PARTSTAT=ACCEPTED:mailto:ben@example.com",
            "ATTENDEE;CN=Anna;PARTSTAT=ACCEPTED:mailto:anna@example.com",
            "DESCRIPTION:What we talk about\\, and what we said last time",
            "END:VEVENT",
            "",
        )
    )


def resource(number: int, overrides: int) -> bytes:
    """Return one series; each third override is moved, each fifth cancelled."""
    first = FIRST + timedelta(days=number % 5, minutes=15 * (number % 32))
    events = [event(number, first, f"RRULE:{RULES[number % len(RULES)]}")]
    bare = Resource.parse(wrapped(events))
    found = occurrences(bare, datetime(2026, 4, 1, tzinfo=UTC), overrides)
    for count, one in enumerate(found):
        moved = one.slot.start.replace(tzinfo=None) + timedelta(days=count % 3 == 0, hours=2)
        status = "CANCELLED" if count % 5 == 0 else "CONFIRMED"
        name = f"RECURRENCE-ID:{one.original_start:%Y%m%dT%H%M%SZ}"
        events.append(event(number, moved, name, f"STATUS:{status}"))
    return wrapped(events)


def wrapped(events: list[str]) -> bytes:
    """Return a whole calendar."""
    head = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Example//Phone//EN\r\n"
    return f"{head}{''.join(events)}END:VCALENDAR\r\n".encode()


def best(work: Callable[[], T]) -> tuple[float, T]:
    """Return the least processor time of a few runs, and what came out."""
    return best_on(lambda: None, lambda _: work())


def best_on(prepare: Callable[[], P], work: Callable[[P], T]) -> tuple[float, T]:
    """Return the same of what is done with something new each time, whose making isn't counted."""
    times = []
    for _ in range(ROUNDS):
        made = prepare()
        gc.collect()
        gc.freeze()  # nobody's timing pays for looking through what others hold
        start = time.process_time()
        result = work(made)
        times.append(time.process_time() - start)
    return min(times), result


def next_of_ours(parsed: list[Resource]) -> list[datetime]:
    """Return when each series takes place next."""
    return [occurrences(one, AFTER, 1)[0].slot.start for one in parsed]


def next_of_theirs(parsed: list[Calendar]) -> list[datetime]:
    """Return the same from the other library."""
    found = (
        next(e for e in of(one).after(AFTER) if e["DTEND"].dt.astimezone(UTC) > AFTER)
        for one in parsed
    )
    return [one["DTSTART"].dt.astimezone(UTC) for one in found]


def compared(count: int, overrides: int) -> list[str]:
    """Return the rows of the table."""
    data = [resource(number, overrides) for number in range(count)]

    def read() -> list[Resource]:
        return [Resource.parse(one) for one in data]

    ours, mine = best(read)
    theirs, parsed = best(lambda: [Calendar.from_ical(one) for one in data])
    both, next_mine = best(lambda: next_of_ours(read()))
    once, next_once = best_on(read, next_of_ours)
    theirs_next, next_theirs = best(lambda: next_of_theirs(parsed))
    again, _ = best(lambda: next_of_ours(mine))
    if not next_mine == next_once == next_theirs:
        raise SystemExit("The two do not agree.")
    what = f"{count:,} series with {overrides} overrides each:"
    return [
        row(f"{what} read", ours, theirs),
        row(f"{what} next occurrence from bytes", both, theirs + theirs_next),
        row(f"{what} next occurrence once read", once, theirs_next),
        row(f"{what} next occurrence asked again", again, theirs_next),
    ]


def row(what: str, ours: float, theirs: float) -> str:
    """Return one row of the table."""
    return f"| {what} | {ours:.3f} s | {theirs:.3f} s | {ours / theirs:.3f} |"


def main() -> None:
    """Print the table."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    print("| what | ours | icalendar and recurring-ical-events | share |")
    print("| --- | --- | --- | --- |")
    for overrides in (0, 10):
        print("\n".join(compared(count, overrides)))


if __name__ == "__main__":
    main()
