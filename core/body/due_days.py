"""Which day a due phrase means, seen from the day on which it is read."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

_MONTH_NAMES: Final = (
    "januar january jan jänner",
    "februar february feb feber",
    "märz march mär mar maerz mrz",
    "april apr",
    "mai may",
    "juni june jun",
    "juli july jul",
    "august aug",
    "september sep sept",
    "oktober october okt oct",
    "november nov",
    "dezember december dez dec",
)
_DAY_NAMES: Final = (
    "montag monday mon mo",
    "dienstag tuesday tues tue di",
    "mittwoch wednesday wed mi",
    "donnerstag thursday thurs thur thu do",
    "freitag friday fri fr",
    "samstag sonnabend saturday sat sa",
    "sonntag sunday sun so",
)
MONTHS: Final = {m: n for n, names in enumerate(_MONTH_NAMES, 1) for m in names.split()}
DAYS: Final = {d: n for n, names in enumerate(_DAY_NAMES) for d in names.split()}
COUNTS: Final = {
    w: n
    for names in ("eins zwei drei vier fünf sechs", "one two three four five six")
    for n, w in enumerate(names.split(), 1)
} | {"einem": 1, "einer": 1, "ein": 1, "a": 1, "an": 1, "couple of": 2, "a couple of": 2}

Resolve = Callable[[re.Match[str], date], date | None]


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def iso(found: re.Match[str], _: date) -> date | None:
    """Resolve "2026-06-12"."""
    return _made(int(found["y"]), int(found["m"]), int(found["d"]))


def _coming(year: str | None, month: int, day: int, on: date) -> date | None:
    """A day without year is the next such day; one that has just passed stays what it was."""
    if year:
        return _made(int(year) + (2000 if len(year) == 2 else 0), month, day)
    near = _made(on.year, month, day)
    if near is None:
        return _made(on.year + 1, month, day)
    if near < on - timedelta(days=60):
        return _made(on.year + 1, month, day)
    if near > on + timedelta(days=335):
        return _made(on.year - 1, month, day)
    return near


def numeric(found: re.Match[str], on: date) -> date | None:
    """Resolve "12.06." and "12/06/2026"."""
    return _coming(found["y"], int(found["m"]), int(found["d"]), on)


def nth(found: re.Match[str], on: date) -> date | None:
    """Resolve "by the 12th" and "bis zum 12.": the next one; "bis 12." may be a number."""
    behind = (found["firm"] or found["loose"]).casefold()
    if found["dot"] and not behind.endswith("zum"):
        return None
    day, (year, month) = int(found["d"]), (on.year, on.month)
    if day < on.day:
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    return _made(year, month, day)


def named(found: re.Match[str], on: date) -> date | None:
    """Resolve "12 June" and "June 12"."""
    month = MONTHS[found["n"].casefold().rstrip(".")]
    return _coming(found["y"], month, int(found["d"]), on)


def part_of_month(found: re.Match[str], on: date) -> date | None:
    """Resolve "end of June"."""
    month = MONTHS[found["n"].casefold().rstrip(".")]
    part = found["part"].casefold()
    year = int(found["y"]) if found["y"] else on.year + (month < on.month)
    if part in ("mitte", "mid"):
        return date(year, month, 15)
    if part in ("anfang", "start"):
        return date(year, month, 5)
    return _last_day(year, month)


def _last_day(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def calendar_week(found: re.Match[str], on: date) -> date | None:
    """Resolve "KW 24": its Friday."""
    year, week, _ = on.isocalendar()
    wanted = int(found["w"])
    try:
        return date.fromisocalendar(year + (wanted < week - 8), wanted, 5)
    except ValueError:
        return None


def _friday(on: date) -> date:
    return on + timedelta(days=4 - on.weekday())


def next_week(_: re.Match[str], on: date) -> date | None:
    """Resolve "next week": its Friday."""
    return _friday(on) + timedelta(days=7)


def second_week(_: re.Match[str], on: date) -> date | None:
    """Resolve "übernächste Woche": its Friday."""
    return _friday(on) + timedelta(days=14)


def this_week(_: re.Match[str], on: date) -> date | None:
    """Resolve "this week": its Friday, or today behind it."""
    return max(_friday(on), on)


def month_end(_: re.Match[str], on: date) -> date | None:
    """Resolve "end of the month"."""
    return _last_day(on.year, on.month)


def next_month(_: re.Match[str], on: date) -> date | None:
    """Resolve "next month": its last day."""
    year, month = (on.year + 1, 1) if on.month == 12 else (on.year, on.month + 1)
    return _last_day(year, month)


def quarter_end(found: re.Match[str], on: date) -> date | None:
    """Resolve "end of Q2" and "end of the quarter"."""
    quarter = int(found["q"]) if found["q"] else (on.month + 2) // 3
    end = _last_day(on.year, quarter * 3)
    return end if end >= on else _last_day(on.year + 1, quarter * 3)


def year_end(_: re.Match[str], on: date) -> date | None:
    """Resolve "end of the year"."""
    return date(on.year, 12, 31)


def later(found: re.Match[str], on: date) -> date | None:
    """Resolve "in two weeks"."""
    word = found["c"].casefold()
    count = int(word) if word.isdigit() else COUNTS[word]
    unit = found["u"].casefold()
    if unit.startswith("m"):
        years, month = divmod(on.month - 1 + count, 12)
        last = calendar.monthrange(on.year + years, month + 1)[1]
        return date(on.year + years, month + 1, min(on.day, last))
    return on + timedelta(days=count * (7 if unit[0] == "w" else 1))


def on_weekday(found: re.Match[str], on: date) -> date | None:
    """Resolve "Friday", "next Friday" and "Friday next week"."""
    wanted = DAYS[found["wd"].casefold().rstrip(".")]
    if found["nw"]:
        return _friday(on) + timedelta(days=3 + wanted)
    which = (found["which"] or "").casefold()
    ahead = (wanted - on.weekday()) % 7
    if which.startswith("next"):
        return on + timedelta(days=7 - on.weekday() + wanted)
    if which.startswith(("nächst", "kommend")) and ahead == 0:
        ahead = 7
    return on + timedelta(days=ahead)


def days_on(count: int) -> Resolve:
    """Return what resolves "tomorrow" and its like."""

    def resolve(_: re.Match[str], on: date) -> date | None:
        return on + timedelta(days=count)

    return resolve
