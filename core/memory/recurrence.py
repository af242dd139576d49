"""When a rule of the pretended calendars puts its occurrences: the few rules that tests need."""

from __future__ import annotations

import re
import threading
from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import islice
from zoneinfo import ZoneInfo

from core.errors import InvalidInput
from core.model.calendar import TimeSlot

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
ORDINAL_DAY = re.compile(r"([+-]?\d)(MO|TU|WE|TH|FR|SA|SU)")
DAY = timedelta(days=1)
LAST_YEAR = 2200


def parts(rrule: str) -> dict[str, str]:
    """Return a rule's parts by name."""
    found = dict(part.split("=", 1) for part in rrule.upper().split(";") if part)
    unknown = set(found) - {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "WKST", "BYMONTHDAY"}
    if unknown or found.get("FREQ") not in {"DAILY", "WEEKLY", "MONTHLY"}:
        raise InvalidInput(f"The calendar in memory does not know the rule {rrule}.")
    return found


def starts(slot: TimeSlot, rrule: str) -> Iterator[datetime]:
    """Yield original starts in UTC; wall time stays through clock changes."""
    known = _known(slot, rrule)
    number = 0
    while (start := known.at(number)) is not None:
        yield start
        number += 1


class _Known:
    """The starts of one rule as far as somebody has asked: a long play asks for them daily."""

    def __init__(self, found: Iterator[datetime]) -> None:
        self._found = found
        self._starts: list[datetime] = []
        self._lock = threading.Lock()

    def at(self, number: int) -> datetime | None:
        """Return one of them; None behind the last."""
        if number >= len(self._starts):
            with self._lock:
                self._starts += islice(self._found, number + 1 - len(self._starts))
        return self._starts[number] if number < len(self._starts) else None


@lru_cache(maxsize=4096)
def _known(slot: TimeSlot, rrule: str) -> _Known:
    return _Known(_expanded(slot, rrule))


def _expanded(slot: TimeSlot, rrule: str) -> Iterator[datetime]:
    rule, zone = parts(rrule), ZoneInfo(slot.zone)
    first = slot.start.astimezone(zone).replace(tzinfo=None)
    until = _until(rule, zone)
    count = int(rule.get("COUNT", 0))
    for number, day in enumerate(_days(first.date(), rule), start=1):
        wall = datetime.combine(day, first.time())
        if day.year > LAST_YEAR or (count and number > count) or (until and wall > until):
            return
        yield wall.replace(tzinfo=zone).astimezone(UTC)


def slot_at(slot: TimeSlot, start: datetime) -> TimeSlot:
    """Return the slot of the occurrence that starts then."""
    length = slot.end - slot.start
    return TimeSlot(start=start, end=start + length, zone=slot.zone, all_day=slot.all_day)


def ends(slot: TimeSlot, rrule: str) -> datetime | None:
    """Return the end of the last occurrence, None where the rule goes on without end."""
    if not {"COUNT", "UNTIL"} & set(parts(rrule)):
        return None
    last = max(starts(slot, rrule), default=slot.start)
    return slot_at(slot, last).end


def _until(rule: dict[str, str], zone: ZoneInfo) -> datetime | None:
    text = rule.get("UNTIL")
    if text is None:
        return None
    if len(text) == 8:
        return datetime.strptime(text, "%Y%m%d").replace(hour=23, minute=59, second=59)  # noqa: DTZ007
    wall = datetime.strptime(text.rstrip("Z"), "%Y%m%dT%H%M%S")  # noqa: DTZ007
    if not text.endswith("Z"):
        return wall
    return wall.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)


def _days(first: date, rule: dict[str, str]) -> Iterator[date]:
    step = int(rule.get("INTERVAL", 1))
    match rule["FREQ"]:
        case "DAILY":
            return _every(first, step * DAY)
        case "WEEKLY":
            return _weekly(first, step, rule.get("BYDAY"))
        case _:
            return _monthly(first, step, rule)


def _every(first: date, step: timedelta) -> Iterator[date]:
    while True:
        yield first
        first += step


def _weekly(first: date, step: int, by_day: str | None) -> Iterator[date]:
    wanted = sorted(DAYS.index(day) for day in by_day.split(",")) if by_day else [first.weekday()]
    monday = first - first.weekday() * DAY
    for week in _every(monday, 7 * step * DAY):
        yield from (day for n in wanted if (day := week + n * DAY) >= first)


def _monthly(first: date, step: int, rule: dict[str, str]) -> Iterator[date]:
    ordinal = ORDINAL_DAY.fullmatch(rule["BYDAY"]) if "BYDAY" in rule else None
    month_day = int(rule.get("BYMONTHDAY", first.day))
    month = first.year * 12 + first.month - 1
    while month // 12 <= LAST_YEAR + 1:
        year, number = month // 12, month % 12 + 1
        day = _nth(year, number, ordinal) if ordinal else _day(year, number, month_day)
        if day is not None and day >= first:
            yield day
        month += step


def _day(year: int, month: int, day: int) -> date | None:
    return date(year, month, day) if day <= monthrange(year, month)[1] else None


def _nth(year: int, month: int, ordinal: re.Match[str]) -> date | None:
    number, weekday = int(ordinal[1]), DAYS.index(ordinal[2])
    length = monthrange(year, month)[1]
    days = [d for n in range(1, length + 1) if (d := date(year, month, n)).weekday() == weekday]
    index = number - 1 if number > 0 else number
    return days[index] if -len(days) <= index < len(days) else None
