"""Short ways to make events, series and agendas in tests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from core.model.calendar import (
    CalendarEvent,
    CalendarId,
    EventId,
    EventKind,
    EventRef,
    Participant,
    Response,
    Revision,
    Role,
    TimeSlot,
)
from core.model.people import Pair, pair_id
from core.model.series import Series, SeriesId

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
"""A Monday."""

ANNA, BEN, CLEO = "anna@example.com", "ben@example.com", "cleo@example.com"
PAIR = Pair(pair_id=pair_id(ANNA, BEN), manager=BEN, report=ANNA)


def slot(start: datetime = NOW, minutes: int = 30, *, all_day: bool = False) -> TimeSlot:
    """Return a slot in Berlin."""
    end = start + timedelta(minutes=minutes)
    return TimeSlot(start=start, end=end, zone="Europe/Berlin", all_day=all_day)


def people(*addresses: str, declined: str = "") -> tuple[Participant, ...]:
    """Return participants; the first one organizes."""
    return tuple(
        Participant(
            address=address,
            role=Role.REQUIRED if n else Role.ORGANIZER,
            response=Response.DECLINED if address == declined else Response.ACCEPTED,
        )
        for n, address in enumerate(addresses)
    )


def event(start: datetime = NOW, **values: Any) -> CalendarEvent:
    """Return an occurrence of the 1:1 of Ben and Anna."""
    given: dict[str, Any] = {
        "ref": EventRef(calendar_id=CalendarId("/c/"), event_id=EventId(f"/c/1#{start}")),
        "kind": EventKind.OCCURRENCE,
        "uid": "u1",
        "original_start": start,
        "slot": slot(start),
        "participants": people(BEN, ANNA),
        "revision": Revision("1"),
    }
    return CalendarEvent(**{**given, **values})


def series(name: str = "s1", **values: Any) -> Series:
    """Return a series of Ben and Anna."""
    given: dict[str, Any] = {
        "series_id": SeriesId(name),
        "uid": name,
        "pair_id": PAIR.pair_id,
        "title": "1:1 Anna & Ben",
        "slot": slot(),
    }
    return Series(**{**given, **values})
