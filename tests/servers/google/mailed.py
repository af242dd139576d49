"""What an organizer's system outside Google sends by mail: iCalendar with METHOD:REQUEST."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from icalendar import Calendar

from .answers import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailed:
    """One event of such a mail."""

    uid: str
    original: Json | None
    """Of one occurrence: when the rule puts it."""
    fields: Json
    """What the copy shows from now on."""


def updates_in(text: str) -> Iterator[Mailed]:
    """Yield the events of an update; what it does not say is gone from the copy."""
    calendar: Any = Calendar.from_ical(text)
    assert calendar["METHOD"] == "REQUEST"
    for event in calendar.walk("VEVENT"):
        original = event.get("RECURRENCE-ID")
        yield Mailed(
            uid=str(event["UID"]),
            original=_time(original.dt) if original else None,
            fields={
                "summary": str(event.get("SUMMARY", "")),
                "description": str(event.get("DESCRIPTION", "")),
                "start": _time(event["DTSTART"].dt),
                "end": _time(event["DTEND"].dt),
            },
        )


def _time(moment: datetime) -> dict[str, Any]:
    zone = getattr(moment.tzinfo, "key", None) or str(moment.tzinfo)
    return {"dateTime": moment.isoformat(), "timeZone": zone}
