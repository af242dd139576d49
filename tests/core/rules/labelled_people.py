"""The two people of a labelled history, and days counted from now."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from core.rules.facts import Leave, Person


def day_of(now: datetime, ago: float) -> date:
    """Return the day so many days from now."""
    return (now + timedelta(days=ago)).date()


def maybe(now: datetime, days: float | None) -> date | None:
    return None if days is None else day_of(now, days)


def report(left: dict[str, Any], now: datetime) -> Person:
    return Person(
        address="anna@example.com",
        name=left.pop("name", "Anna Ähre"),
        weekly_hours=left.pop("hours", 40),
        starts_on=maybe(now, left.pop("start", None)),
        ends_on=maybe(now, left.pop("end", None)),
        transferred=left.pop("transferred", False),
        temporary=left.pop("temporary", False),
        leaves=tuple(_leave(x, now) for x in left.pop("leave", "").split(",") if x),
        holidays=frozenset(day_of(now, d) for d in left.pop("holidays", [])),
        busy=_busy(left.pop("busy", "")),
        **_hours(left.pop("work", "")),
    )


def manager(left: dict[str, Any], now: datetime) -> Person:
    return Person(
        address="ben@example.com",
        name="Ben Baum",
        wide_span=left.pop("span", False),
        locale=left.pop("locale", "de"),
        leaves=tuple(_leave(x, now) for x in left.pop("mleave", "").split(",") if x),
        holidays=frozenset(day_of(now, d) for d in left.pop("mholidays", [])),
        busy=_busy(left.pop("mbusy", "")),
        **_hours(left.pop("mwork", "")),
    )


def _leave(text: str, now: datetime) -> Leave:
    first, back = text.rstrip("?").split()
    days = day_of(now, float(first)), day_of(now, float(back))
    return Leave(first=days[0], back=days[1], confirmed=not text.endswith("?"))


def _hours(text: str) -> dict[str, Any]:
    """Read "6-14" or "6-14 0123"."""
    if not text:
        return {}
    span, _, days = text.partition(" ")
    first, last = span.split("-")
    found = {"work_from": time(int(first)), "work_to": time(int(last)), "hours_known": True}
    return found | ({"work_days": frozenset(map(int, days))} if days else {})


def _busy(text: str) -> tuple[tuple[datetime, datetime], ...]:
    """Read "2026-03-13T06:00/08:00 ..."."""
    spans = []
    for part in text.split():
        first, _, end = part.partition("/")
        start = datetime.fromisoformat(first).replace(tzinfo=UTC)
        spans.append((start, datetime.combine(start.date(), time.fromisoformat(end), UTC)))
    return tuple(spans)
