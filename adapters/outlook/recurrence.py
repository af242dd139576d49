"""Graph's recurrence patterns as RFC 5545 rules and back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from core.errors import InvalidInput
from core.model.calendar import TimeSlot

Json = Mapping[str, Any]
DAYS = {
    "MO": "monday",
    "TU": "tuesday",
    "WE": "wednesday",
    "TH": "thursday",
    "FR": "friday",
    "SA": "saturday",
    "SU": "sunday",
}
SHORT = {long: short for short, long in DAYS.items()}
INDEXES = {1: "first", 2: "second", 3: "third", 4: "fourth", -1: "last"}
FREQUENCIES = {
    "daily": "DAILY",
    "weekly": "WEEKLY",
    "absoluteMonthly": "MONTHLY",
    "relativeMonthly": "MONTHLY",
    "absoluteYearly": "YEARLY",
    "relativeYearly": "YEARLY",
}
KNOWN = {"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST", "COUNT", "UNTIL"}
LAST_DAY = date(9999, 12, 30)


def to_rrule(recurrence: Json, slot: TimeSlot) -> str:
    """The rule's text. Raise KeyError or ValueError where the pattern can't be read."""
    parts = _pattern(recurrence["pattern"]) | _limit(recurrence["range"], slot)
    return ";".join(f"{name}={value}" for name, value in parts.items())


def _pattern(pattern: Json) -> dict[str, str]:
    kind = pattern["type"]
    parts = {"FREQ": FREQUENCIES[kind]}
    if int(pattern.get("interval") or 1) > 1:
        parts["INTERVAL"] = str(pattern["interval"])
    if kind.endswith("Yearly"):
        parts["BYMONTH"] = str(pattern["month"])
    if kind.startswith("absolute"):
        parts["BYMONTHDAY"] = str(pattern["dayOfMonth"])
    if kind == "weekly" or kind.startswith("relative"):
        parts["BYDAY"] = ",".join(SHORT[day] for day in pattern["daysOfWeek"])
    if kind.startswith("relative"):
        places = {name: number for number, name in INDEXES.items()}
        parts["BYSETPOS"] = str(places[pattern.get("index") or "first"])
    if kind == "weekly" and pattern.get("firstDayOfWeek", "monday") != "monday":
        parts["WKST"] = SHORT[pattern["firstDayOfWeek"]]
    return parts


def _limit(limits: Json, slot: TimeSlot) -> dict[str, str]:
    match limits["type"]:
        case "noEnd":
            return {}
        case "numbered":
            return {"COUNT": str(limits["numberOfOccurrences"])}
        case "endDate":
            last = datetime.combine(_last_day(limits), time(23, 59, 59), ZoneInfo(slot.zone))
            return {"UNTIL": f"{last.astimezone(UTC):%Y%m%dT%H%M%SZ}"}
    raise ValueError(f"range {limits['type']!r}")


def _last_day(limits: Json) -> date:
    return min(date.fromisoformat(limits["endDate"]), LAST_DAY)


def series_end(recurrence: Json, slot: TimeSlot) -> datetime | None:
    """End of the last occurrence by the rule; None where the series goes on without end."""
    limits = recurrence["range"]
    if limits["type"] == "noEnd":
        return None
    zone = ZoneInfo(slot.zone)
    first = slot.start.astimezone(zone).replace(tzinfo=None)
    parts = _pattern(recurrence["pattern"])
    if limits["type"] == "numbered":
        parts["COUNT"] = str(limits["numberOfOccurrences"])
        until = datetime.combine(LAST_DAY, time.max)
    else:
        until = datetime.combine(_last_day(limits), time.max)
    rule = rrulestr(";".join(f"{n}={v}" for n, v in parts.items()), dtstart=first)
    last = rule.before(until, inc=True) or first
    return last.replace(tzinfo=zone).astimezone(UTC) + (slot.end - slot.start)


def from_rrule(text: str, slot: TimeSlot) -> dict[str, Any]:
    """The pattern of a rule. Raise InvalidInput for what Outlook has no pattern for."""
    parts = dict(part.split("=", 1) for part in text.upper().split(";") if "=" in part)
    start = slot.start.astimezone(ZoneInfo(slot.zone))
    try:
        if parts.keys() - KNOWN:
            raise ValueError(f"{sorted(parts.keys() - KNOWN)} in a rule")
        pattern = _to_pattern(parts, start.date()) | {"interval": int(parts.get("INTERVAL", "1"))}
        return {"pattern": pattern, "range": _to_range(parts, start, slot.zone)}
    except (KeyError, ValueError) as err:
        raise InvalidInput("Outlook can't repeat a meeting by this rule.") from err


def _to_pattern(parts: dict[str, str], first: date) -> dict[str, Any]:
    days, place = _days(parts)
    match parts["FREQ"]:
        case "DAILY" if not days:
            return {"type": "daily"}
        case "WEEKLY" if place is None:
            week = {"firstDayOfWeek": DAYS[parts.get("WKST", "MO")]}
            own = [DAYS[list(DAYS)[first.weekday()]]]
            return {"type": "weekly", "daysOfWeek": days or own, **week}
        case "MONTHLY" | "YEARLY" as frequency:
            kind, yearly = frequency.capitalize(), frequency == "YEARLY"
            month = {"month": int(parts.get("BYMONTH", first.month))} if yearly else {}
            if days and place is not None:
                index = INDEXES[place]
                return {"type": f"relative{kind}", "daysOfWeek": days, "index": index, **month}
            if not days:
                day = int(parts.get("BYMONTHDAY", first.day))
                if day < 1:
                    raise ValueError("a day counted from the month's end")
                return {"type": f"absolute{kind}", "dayOfMonth": day, **month}
    raise ValueError("no such pattern")


def _days(parts: dict[str, str]) -> tuple[list[str], int | None]:
    """Weekdays, and which of them in the month: BYSETPOS, or the number before one day."""
    named = parts["BYDAY"].split(",") if parts.get("BYDAY") else []
    places = {each[:-2] for each in named} | {parts.get("BYSETPOS", "")}
    numbers = {int(place) for place in places if place}
    if len(numbers) > 1 or (len(named) > 1 and any(each[:-2] for each in named)):
        raise ValueError("more than one place in a month")
    return [DAYS[each[-2:]] for each in named], next(iter(numbers), None)


def _to_range(parts: dict[str, str], start: datetime, zone: str) -> dict[str, Any]:
    common = {"startDate": start.date().isoformat(), "recurrenceTimeZone": zone}
    if "COUNT" in parts:
        return {"type": "numbered", "numberOfOccurrences": int(parts["COUNT"]), **common}
    if "UNTIL" in parts:
        return {"type": "endDate", "endDate": _until(parts["UNTIL"], start).isoformat(), **common}
    return {"type": "noEnd", **common}


def _until(text: str, start: datetime) -> date:
    """The last day on which a meeting may still begin."""
    if "T" not in text:
        return datetime.strptime(text, "%Y%m%d").replace(tzinfo=UTC).date()
    moment = datetime.strptime(text.rstrip("Z"), "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
    local = moment.astimezone(start.tzinfo) if text.endswith("Z") else moment
    return local.date() if local.time() >= start.time() else local.date() - timedelta(days=1)
