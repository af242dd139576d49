"""Calendar entries for the benchmarks: single events, and series with overrides."""

from __future__ import annotations

from datetime import datetime, timedelta

FIRST = datetime(2031, 1, 6, 9)  # noqa: DTZ001 (wall time)


def event(number: int, *, overrides: int, text: str = "What we talk about") -> str:
    """Return a single event, or a series with overrides."""
    parts = [_part(number, FIRST + timedelta(hours=number % 8), text, series=overrides > 0)]
    for week in range(overrides):
        start = FIRST + timedelta(hours=number % 8, weeks=week)
        parts.append(_part(number, start, f"{text} in week {week}", override=True))
    return "".join(parts)


def _part(
    number: int, start: datetime, text: str, *, series: bool = False, override: bool = False
) -> str:
    end = start + timedelta(minutes=30)
    lines = [
        "BEGIN:VEVENT",
        f"UID:event-{number}@example.com",
        "DTSTAMP:20301201T080000Z",
        f"DTSTART:{start:%Y%m%dT%H%M%SZ}",
        f"DTEND:{end:%Y%m%dT%H%M%SZ}",
        f"SUMMARY:Anna / Ben {number}",
        "ORGANIZER;CN=Ben:mailto:ben@example.com",
        "ATTENDEE;CN=Ben;PARTSTAT=ACCEPTED:mailto:ben@example.com",
        "ATTENDEE;CN=Anna;PARTSTAT=ACCEPTED:mailto:anna@example.com",
        f"DESCRIPTION:{text}",
    ]
    lines += ["RRULE:FREQ=WEEKLY"] if series else []
    lines += [f"RECURRENCE-ID:{start:%Y%m%dT%H%M%SZ}"] if override else []
    return "\r\n".join([*lines, "END:VEVENT", ""])


def whole(*events: str) -> bytes:
    """Return a calendar."""
    head = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Bench//EN\r\n"
    return f"{head}{''.join(events)}END:VCALENDAR\r\n".encode()
