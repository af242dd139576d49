"""Due days in people's words, German and English: "bis Freitag", "by 12 June", "KW 49"."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import cache
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from core.body.due_days import (
    COUNTS,
    DAYS,
    MONTHS,
    Resolve,
    calendar_week,
    days_on,
    iso,
    later,
    month_end,
    named,
    next_month,
    next_week,
    nth,
    numeric,
    on_weekday,
    part_of_month,
    quarter_end,
    second_week,
    this_week,
    year_end,
)

_MONTH: Final = "(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_DAY: Final = "(?:" + "|".join(sorted(DAYS, key=len, reverse=True)) + r")\b\.?"
_COUNT: Final = r"(?:\d{1,3}|" + "|".join(sorted(COUNTS, key=len, reverse=True)) + ")"


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
    if not _HINT.search(text) and not _NUMBERED.search(text):
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
_DONE: Final = r"(?=\s*(?:[),;!]|$))"
"""What is no day with words behind it: "bis 3.5 Prozent"."""
_NOT_BEFORE: Final = re.compile(
    r"\b(?:für|for|of|über|about|from|since|seit|ab|vom|von|nach|after|der|die|das|vs|im|in|the"
    r"|plan|planning|planung)\s*$",
    re.IGNORECASE,
)
_HINT: Final = re.compile(
    r"\b(?:bis|by|due|until|till|fällig|spätestens|before|on|am|zum|vor|heute|morgen|übermorgen"
    r"|today|tonight|tomorrow|eo[wmdq]|nächste[nrs]?|kommende[nrs]?|diese[nrs]?|next|this|in|within"
    r"|(?:wochen|monats|quartals|jahres)?ende|end|mitte|mid|anfang|start|frist|termin|deadline"
    r"|later|binnen|innerhalb|übernächste[nr]?)\b",
    re.IGNORECASE,
)
_NUMBERED: Final = re.compile(
    rf"\d\.\s?\d|\d[-/]\d|\d(?:\.|st|nd|rd|th)?\s?{_MONTH}|{_MONTH}\s\d|(?:kw|cw|woche|week)\s?\d",
    re.IGNORECASE,
)
"""A line with neither a hint nor such a number names no day: most lines, seen in two passes."""


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
        (r"(?P<y>20\d\d)-(?P<m>\d\d?)-(?P<d>\d\d?)", iso),
        (r"(?P<d>\d\d?)\.\s?(?P<m>\d\d?)\.(?P<y>\d{4}|\d\d(?!\d))?", numeric),
        (r"(?P<d>\d\d?)/(?P<m>\d\d?)/(?P<y>20\d\d)", numeric),
        (
            (
                rf"(?P<d>\d\d?)(?:\.|st|nd|rd|th)?\s?(?:of\s)?(?P<n>{_MONTH})"
                r"(?:,?\s(?P<y>20\d\d))?"
            ),
            named,
        ),
        (rf"(?P<n>{_MONTH})\s(?P<d>\d\d?)(?:st|nd|rd|th)?\b(?:,?\s(?P<y>20\d\d))?", named),
        (
            (
                rf"(?P<part>ende|mitte|anfang|end|mid|start)[\s-](?:of\s|des\s)?(?P<n>{_MONTH})"
                r"(?:\s(?P<y>20\d\d))?"
            ),
            part_of_month,
        ),
        (r"(?:kw|cw|kalenderwoche|week)\s?(?P<w>\d\d?)\b", calendar_week),
        (
            r"(?:ende|end)\s(?:der|of|of\sthe)?\s?(?:nächste[nr]|kommende[nr]|next)\s(?:woche|week)",
            next_week,
        ),
        (
            (
                r"(?:(?:das\s)?ende|end)\s(?:(?:der|dieser)\s|of\s(?:the\s|this\s)?)?(?:woche|week)"
                r"|(?:the\s)?end\sof\s(?:the\s)?week|eow|wochenende|diese(?:r)?\swoche|this\sweek"
            ),
            this_week,
        ),
        (r"(?:der\s)?übernächste[nr]?\swoche", second_week),
        (r"(?:nächsten?|kommenden?|nächster|kommender|next)\s(?:woche|week)", next_week),
        (
            (
                r"(?:ende\s(?:des\s|dieses\s)?monats?|monatsende|(?:the\s)?end\sof\s(?:the\s)?month"
                r"|eom|diesen\smonat|this\smonth)"
            ),
            month_end,
        ),
        (r"(?:nächsten|kommenden|next)\s(?:monat|month)", next_month),
        (
            (
                r"(?:quartalsende|ende\s(?:des\s)?quartals|(?:the\s)?end\sof\s(?:the\s)?quarter|eoq"
                r"|(?:ende|end\sof)\sq(?P<q>[1-4]))"
            ),
            quarter_end,
        ),
        (r"(?:jahresende|ende\sdes\sjahres|(?:the\s)?end\sof\s(?:the\s)?year)", year_end),
        (
            rf"(?:in|within|binnen|innerhalb\svon)\s(?P<c>{_COUNT})\s(?P<u>tag(?:en)?|wochen?|monat(?:en)?|days?|weeks?|months?)",
            later,
        ),
        (
            (
                rf"(?P<which>nächste[nr]?\s|kommende[nr]?\s|diese[nr]?\s|next\s|this\s)?(?P<wd>{_DAY})"
                r"(?:(?=\s|$|[,;.!)])(?:\s(?P<nw>(?:nächster?|kommender?|next)\s(?:woche|week)))?)"
            ),
            on_weekday,
        ),
        (r"(?:übermorgen|(?:the\s)?day\safter\stomorrow)", days_on(2)),
        (r"(?:morgen|tomorrow)", days_on(1)),
        (r"(?:heute(?:\sabend)?|today|tonight|eod|(?:the\s)?end\sof\s(?:the\s)?day)", days_on(0)),
    )
    sure: tuple[tuple[str, Resolve], ...] = (
        (rf"(?P<d>\d\d?)\.(?P<m>\d\d?)(?P<y>(?!))?{_DONE}", numeric),
        (rf"(?P<d>\d\d?)(?:st|nd|rd|th|(?P<dot>\.){_DONE})", nth),
    )
    flags = re.IGNORECASE
    weekday = rf"(?:{_DAY},?\s(?:den\s|dem\s)?)?"
    firm = [
        (
            re.compile(
                f"{_BEFORE}{weekday if r in (numeric, named) else ''}(?:{p})(?!\\w){_CLOSE}",
                flags,
            ),
            r,
        )
        for p, r in (*table, *sure)
    ]
    loose = [
        (re.compile(f"{_LOOSE_LEAD}(?:{p})(?!\\w){_CLOSE}", flags), r)
        for p, r in table
        if r is not on_weekday
    ]
    return (*firm, *loose)
