"""Due days in people's words, German and English: "bis Freitag", "by 12 June", "KW 49"."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import cache
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

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
_MONTHS: Final = {m: n for n, names in enumerate(_MONTH_NAMES, 1) for m in names.split()}
_DAYS: Final = {d: n for n, names in enumerate(_DAY_NAMES) for d in names.split()}
_MONTH: Final = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_DAY: Final = "(?:" + "|".join(sorted(_DAYS, key=len, reverse=True)) + r")\b\.?"
_COUNTS: Final = {
    w: n
    for names in ("eins zwei drei vier fünf sechs", "one two three four five six")
    for n, w in enumerate(names.split(), 1)
} | {"einem": 1, "einer": 1, "ein": 1, "a": 1, "an": 1, "couple of": 2}
_COUNT: Final = r"(?:\d{1,3}|" + "|".join(sorted(_COUNTS, key=len, reverse=True)) + ")"

Resolve = Callable[[re.Match[str], date], date | None]


class Due(NamedTuple):
    """A due day and where in the text it stands."""

    day: date
    start: int
    end: int


def today(now: datetime, zone: str) -> date:
    """Return the day it is where the meeting takes place."""
    try:
        return now.astimezone(ZoneInfo(zone)).date()
    except (KeyError, ValueError, OSError):
        return now.date()


def find_due(text: str, on: date) -> Due | None:
    """Return the due day that a line names; None where there is none that we understand."""
    if not any(c.isdigit() for c in text) and not _HINT.search(text):
        return None
    for pattern, resolve in _phrases():
        for found in pattern.finditer(text):
            day = resolve(found, on)
            if day is not None and _stands_for_due(text, found):
                return Due(day, *found.span())
    return None


_BEFORE: Final = (
    r"(?P<lead>\(\s*)?\b(?:(?P<firm>bis(?:\s+(?:spätestens|zum|zur|am|einschließlich))?"
    r"|spätestens(?:\s+(?:am|bis|zum))?|fällig(?:\s+(?:am|bis|zum))?:?|frist:?|termin:"
    r"|due(?:\s+(?:by|on|date))?:?|deadline:?|by(?:\s+the)?|until|till|no\s+later\s+than|before)"
    r"|(?P<loose>am|zum|on|vor))\s+(?:the\s+)?"
)
_LOOSE_LEAD: Final = r"(?P<lead>\(\s*|[-–,;:]\s*)?(?:(?P<firm>due|fällig)\s+|(?P<loose>\b))"
_CLOSE: Final = r"(?(lead)\s*\)?|)"
_NOT_BEFORE: Final = re.compile(
    r"\b(?:für|for|of|über|about|from|since|seit|ab|vom|von|nach|after|der|die|das|vs|im|in|the"
    r"|plan|planning|planung)\s*$",
    re.IGNORECASE,
)
_HINT: Final = re.compile(
    r"\b(?:bis|by|due|until|till|fällig|spätestens|before|on|am|zum|vor|heute|morgen|übermorgen"
    r"|today|tomorrow|eo[wmdq]|asap|nächste[nrs]?|kommende[nrs]?|diese[nrs]?|next|this|in|ende|end"
    r"|mitte|mid)\b",
    re.IGNORECASE,
)


def _stands_for_due(text: str, found: re.Match[str]) -> bool:
    """Words such as "next week" count without "by" only at the line's end."""
    if found["firm"]:
        return True
    behind = text[found.end() :].strip(" .!)")
    return not behind and not _NOT_BEFORE.search(text[: found.start()])


@cache
def _phrases() -> tuple[tuple[re.Pattern[str], Resolve], ...]:
    """Longer phrases first; each with and without its preposition."""
    table: tuple[tuple[str, Resolve], ...] = (
        (r"(?P<y>20\d\d)-(?P<m>\d\d?)-(?P<d>\d\d?)", _iso),
        (r"(?P<d>\d\d?)\.\s?(?P<m>\d\d?)\.(?P<y>\d{4}|\d\d(?!\d))?", _numeric),
        (r"(?P<d>\d\d?)/(?P<m>\d\d?)/(?P<y>20\d\d)", _numeric),
        (rf"(?P<d>\d\d?)(?:\.|st|nd|rd|th)?\s?(?P<n>{_MONTH})(?:,?\s(?P<y>20\d\d))?", _named),
        (rf"(?P<n>{_MONTH})\s(?P<d>\d\d?)(?:st|nd|rd|th)?\b(?:,?\s(?P<y>20\d\d))?", _named),
        (
            (
                rf"(?P<part>ende|mitte|anfang|end|mid|start)[\s-](?:of\s|des\s)?(?P<n>{_MONTH})"
                r"(?:\s(?P<y>20\d\d))?"
            ),
            _part_of_month,
        ),
        (r"(?:kw|cw|kalenderwoche|week)\s?(?P<w>\d\d?)\b", _week),
        (r"(?:ende|end)\s(?:der|of|of\sthe)?\s?(?:nächsten|kommenden|next)\s(?:woche|week)", _next),
        (
            (
                r"(?:(?:das\s)?ende|end)\s(?:(?:der|dieser)\s|of\s(?:the\s|this\s)?)?(?:woche|week)"
                r"|(?:the\s)?end\sof\s(?:the\s)?week|eow|wochenende|diese(?:r)?\swoche|this\sweek"
            ),
            _this_week,
        ),
        (r"(?:nächsten?|kommenden?|nächster|kommender|next)\s(?:woche|week)", _next),
        (
            (
                r"(?:ende\s(?:des\s|dieses\s)?monats?|monatsende|(?:the\s)?end\sof\s(?:the\s)?month"
                r"|eom|diesen\smonat|this\smonth)"
            ),
            _month_end,
        ),
        (r"(?:nächsten|kommenden|next)\s(?:monat|month)", _next_month),
        (
            (
                r"(?:quartalsende|ende\s(?:des\s)?quartals|(?:the\s)?end\sof\s(?:the\s)?quarter|eoq"
                r"|(?:ende|end\sof)\sq(?P<q>[1-4]))"
            ),
            _quarter_end,
        ),
        (r"(?:jahresende|ende\sdes\sjahres|(?:the\s)?end\sof\s(?:the\s)?year)", _year_end),
        (
            rf"in\s(?P<c>{_COUNT})\s(?P<u>tag(?:en)?|wochen?|monat(?:en)?|days?|weeks?|months?)",
            _later,
        ),
        (
            (
                rf"(?P<which>nächste[nr]?\s|kommende[nr]?\s|diese[nr]?\s|next\s|this\s)?(?P<wd>{_DAY})"
                r"(?:(?=\s|$|[,;.!)])(?:\s(?P<nw>(?:nächster?|kommender?|next)\s(?:woche|week)))?)"
            ),
            _weekday,
        ),
        (r"(?:übermorgen|(?:the\s)?day\safter\stomorrow)", _days(2)),
        (r"(?:morgen|tomorrow)", _days(1)),
        (r"(?:heute(?:\sabend)?|today|tonight|eod|(?:the\s)?end\sof\s(?:the\s)?day)", _days(0)),
    )
    flags = re.IGNORECASE
    weekday = rf"(?:{_DAY},?\s(?:den\s|dem\s)?)?"
    firm = [
        (
            re.compile(
                f"{_BEFORE}{weekday if r in (_numeric, _named) else ''}(?:{p})(?!\\w){_CLOSE}",
                flags,
            ),
            r,
        )
        for p, r in table
    ]
    loose = [
        (re.compile(f"{_LOOSE_LEAD}(?:{p})(?!\\w){_CLOSE}", flags), r)
        for p, r in table
        if r is not _weekday
    ]
    return (*firm, *loose)


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _iso(found: re.Match[str], on: date) -> date | None:
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


def _numeric(found: re.Match[str], on: date) -> date | None:
    return _coming(found["y"], int(found["m"]), int(found["d"]), on)


def _named(found: re.Match[str], on: date) -> date | None:
    month = _MONTHS[found["n"].casefold().rstrip(".")]
    return _coming(found["y"], month, int(found["d"]), on)


def _part_of_month(found: re.Match[str], on: date) -> date | None:
    month = _MONTHS[found["n"].casefold().rstrip(".")]
    part = found["part"].casefold()
    year = int(found["y"]) if found["y"] else on.year + (month < on.month)
    if part in ("mitte", "mid"):
        return date(year, month, 15)
    if part in ("anfang", "start"):
        return date(year, month, 5)
    return _last_day(year, month)


def _last_day(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _week(found: re.Match[str], on: date) -> date | None:
    year, week, _ = on.isocalendar()
    wanted = int(found["w"])
    try:
        return date.fromisocalendar(year + (wanted < week - 8), wanted, 5)
    except ValueError:
        return None


def _friday(on: date) -> date:
    return on + timedelta(days=4 - on.weekday())


def _next(found: re.Match[str], on: date) -> date | None:
    return _friday(on) + timedelta(days=7)


def _this_week(found: re.Match[str], on: date) -> date | None:
    return max(_friday(on), on)


def _month_end(found: re.Match[str], on: date) -> date | None:
    return _last_day(on.year, on.month)


def _next_month(found: re.Match[str], on: date) -> date | None:
    year, month = (on.year + 1, 1) if on.month == 12 else (on.year, on.month + 1)
    return _last_day(year, month)


def _quarter_end(found: re.Match[str], on: date) -> date | None:
    quarter = int(found["q"]) if found["q"] else (on.month + 2) // 3
    end = _last_day(on.year, quarter * 3)
    return end if end >= on else _last_day(on.year + 1, quarter * 3)


def _year_end(found: re.Match[str], on: date) -> date | None:
    return date(on.year, 12, 31)


def _later(found: re.Match[str], on: date) -> date | None:
    word = found["c"].casefold()
    count = int(word) if word.isdigit() else _COUNTS[word]
    unit = found["u"].casefold()
    if unit.startswith("m"):
        years, month = divmod(on.month - 1 + count, 12)
        last = calendar.monthrange(on.year + years, month + 1)[1]
        return date(on.year + years, month + 1, min(on.day, last))
    return on + timedelta(days=count * (7 if unit[0] == "w" else 1))


def _weekday(found: re.Match[str], on: date) -> date | None:
    wanted = _DAYS[found["wd"].casefold().rstrip(".")]
    if found["nw"]:
        return _friday(on) + timedelta(days=3 + wanted)
    which = (found["which"] or "").casefold()
    ahead = (wanted - on.weekday()) % 7
    if which.startswith("next"):
        return on + timedelta(days=7 - on.weekday() + wanted)
    if which.startswith(("nächst", "kommend")) and ahead == 0:
        ahead = 7
    return on + timedelta(days=ahead)


def _days(count: int) -> Resolve:
    def resolve(found: re.Match[str], on: date) -> date | None:
        return on + timedelta(days=count)

    return resolve
