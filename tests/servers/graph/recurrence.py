"""Recurrence patterns of Graph: checked, and expanded to the days on which a rule falls."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, Literal

from dateutil import rrule

from tests.servers.graph.answers import Json, bad_request

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}
NEEDS = {
    "daily": (),
    "weekly": ("daysOfWeek",),
    "absoluteMonthly": ("dayOfMonth",),
    "relativeMonthly": ("daysOfWeek",),
    "absoluteYearly": ("dayOfMonth", "month"),
    "relativeYearly": ("daysOfWeek", "month"),
}
Frequency = Literal[0, 1, 2, 3, 4, 5, 6]
FREQUENCY: dict[str, Frequency] = {"daily": rrule.DAILY, "weekly": rrule.WEEKLY}
FAR = timedelta(days=366 * 12)
"""How far an endless series is looked at."""


def checked(recurrence: Json, zone: str) -> Json:
    """Return the recurrence as the service keeps it; refuse one that makes no sense."""
    pattern, limits = recurrence.get("pattern"), recurrence.get("range")
    if not isinstance(pattern, dict) or not isinstance(limits, dict):
        raise bad_request("Both pattern and range are required.", "ErrorInvalidRecurrence")
    kind = pattern.get("type")
    if kind not in NEEDS:
        raise bad_request(f"The pattern type {kind!r} is not known.", "ErrorInvalidRecurrence")
    missing = [name for name in NEEDS[kind] if not pattern.get(name)]
    if missing or int(pattern.get("interval") or 0) < 1:
        raise bad_request(f"The pattern needs {missing}.", "ErrorInvalidRecurrence")
    if limits.get("type") not in ("noEnd", "endDate", "numbered") or not limits.get("startDate"):
        raise bad_request("The range needs a type and a startDate.", "ErrorInvalidRecurrence")
    return {"pattern": _full_pattern(pattern), "range": _full_range(limits, zone)}


def _full_pattern(pattern: Json) -> Json:
    return {
        "type": pattern["type"],
        "interval": pattern["interval"],
        "month": pattern.get("month", 0),
        "dayOfMonth": pattern.get("dayOfMonth", 0),
        "firstDayOfWeek": pattern.get("firstDayOfWeek", "sunday"),
        "index": pattern.get("index", "first"),
        **({"daysOfWeek": list(pattern["daysOfWeek"])} if pattern.get("daysOfWeek") else {}),
    }


def _full_range(limits: Json, zone: str) -> Json:
    kind = limits["type"]
    return {
        "type": kind,
        "startDate": limits["startDate"],
        "endDate": limits.get("endDate") if kind == "endDate" else "0001-01-01",
        "recurrenceTimeZone": limits.get("recurrenceTimeZone") or zone,
        "numberOfOccurrences": limits.get("numberOfOccurrences") if kind == "numbered" else 0,
    }


def days(recurrence: Json, until: date) -> Iterator[date]:
    """Yield the days of the rule, from its first to `until`."""
    start = date.fromisoformat(recurrence["range"]["startDate"])
    last = min(until, start + FAR)
    if recurrence["range"]["type"] == "endDate":
        last = min(last, date.fromisoformat(recurrence["range"]["endDate"]))
    for moment in _rule(recurrence, start):
        if moment.date() > last:
            return
        yield moment.date()


def _rule(recurrence: Json, start: date) -> Iterator[datetime]:
    pattern, limits = recurrence["pattern"], recurrence["range"]
    options: dict[str, Any] = {
        "dtstart": datetime.combine(start, time()),
        "interval": pattern["interval"],
        "wkst": WEEKDAYS.index(pattern["firstDayOfWeek"]),
    }
    if limits["type"] == "numbered":
        options["count"] = limits["numberOfOccurrences"]
    kind = pattern["type"]
    weekdays = [WEEKDAYS.index(day) for day in pattern.get("daysOfWeek", ())]
    if kind == "weekly":
        options["byweekday"] = weekdays
    elif kind.startswith("relative"):
        options |= {"byweekday": weekdays, "bysetpos": ORDINALS[pattern["index"]]}
    elif kind.startswith("absolute"):
        # A 31st that the month lacks falls on its last day.
        options |= {"bymonthday": (pattern["dayOfMonth"], -1), "bysetpos": 1}
    if kind.endswith("Yearly"):
        options["bymonth"] = pattern["month"]
    fallback: Frequency = rrule.YEARLY if kind.endswith("Yearly") else rrule.MONTHLY
    frequency = FREQUENCY.get(kind, fallback)
    return iter(rrule.rrule(frequency, **options))


def same_rhythm(one: Json, other: Json) -> bool:
    """Tell whether two recurrences differ in nothing but where they end."""
    return bool(
        one["pattern"] == other["pattern"]
        and one["range"]["startDate"] == other["range"]["startDate"]
        and one["range"]["recurrenceTimeZone"] == other["range"]["recurrenceTimeZone"]
    )
