"""Public holidays of the German Länder, Austria and the days that all of Switzerland keeps."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Final

LAENDER: Final = {
    "BW": "Baden-Württemberg",
    "BY": "Bayern",
    "BE": "Berlin",
    "BB": "Brandenburg",
    "HB": "Bremen",
    "HH": "Hamburg",
    "HE": "Hessen",
    "MV": "Mecklenburg-Vorpommern",
    "NI": "Niedersachsen",
    "NW": "Nordrhein-Westfalen",
    "RP": "Rheinland-Pfalz",
    "SL": "Saarland",
    "SN": "Sachsen",
    "ST": "Sachsen-Anhalt",
    "SH": "Schleswig-Holstein",
    "TH": "Thüringen",
}
REGIONS: Final = ("AT", "CH", "DE", *(f"DE-{land}" for land in sorted(LAENDER)))
"""What a person or company may choose; "DE" alone: only what every Land keeps."""

_EVERYWHERE: Final = ((1, 1), (5, 1), (10, 3), (12, 25), (12, 26))
_EASTER_EVERYWHERE: Final = (-2, 1, 39, 50)
"""Good Friday, Easter Monday, Ascension, Pentecost Monday: days from Easter Sunday."""

_FIXED: Final = {
    (1, 6): {"BW", "BY", "ST"},
    (3, 8): {"BE", "MV"},
    (8, 15): {"SL"},
    (9, 20): {"TH"},
    (10, 31): {"BB", "HB", "HH", "MV", "NI", "SN", "ST", "SH", "TH"},
    (11, 1): {"BW", "BY", "NW", "RP", "SL"},
}
_FROM_EASTER: Final = {
    0: {"BB"},
    49: {"BB"},
    60: {"BW", "BY", "HE", "NW", "RP", "SL"},
}
_AUSTRIA: Final = (
    *((1, 1), (1, 6), (5, 1), (8, 15), (10, 26)),
    *((11, 1), (12, 8), (12, 25), (12, 26)),
)
_AUSTRIA_EASTER: Final = (1, 39, 50, 60)


def is_holiday(day: date, region: str) -> bool:
    """Tell whether a day is free in a region; in an unknown or empty one none is."""
    return day in holidays(day.year, region)


@cache
def holidays(year: int, region: str) -> frozenset[date]:
    """Return the public holidays of a year."""
    country, _, land = region.partition("-")
    match country:
        case "DE":
            return frozenset(_german(year, land))
        case "AT":
            return frozenset(_days(year, _AUSTRIA, _AUSTRIA_EASTER))
        case "CH":
            return frozenset(_days(year, ((1, 1), (8, 1), (12, 25)), (39,)))
        case _:
            return frozenset()


def _german(year: int, land: str) -> set[date]:
    fixed = [day for day, where in _FIXED.items() if land in where]
    moving = [days for days, where in _FROM_EASTER.items() if land in where]
    found = _days(year, (*_EVERYWHERE, *fixed), (*_EASTER_EVERYWHERE, *moving))
    return found | ({repentance_day(year)} if land == "SN" else set())


def _days(year: int, fixed: tuple[tuple[int, int], ...], moving: tuple[int, ...]) -> set[date]:
    easter = easter_sunday(year)
    return {date(year, month, day) for month, day in fixed} | {
        easter + timedelta(days=days) for days in moving
    }


def easter_sunday(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar (the anonymous algorithm of 1876)."""
    century, rest = divmod(year, 100)
    golden = year % 19
    moon = (
        19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15
    ) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    shift = moon + weekday - 7 * ((golden + 11 * moon + 22 * weekday) // 451) + 114
    return date(year, shift // 31, shift % 31 + 1)


def repentance_day(year: int) -> date:
    """Return Buß- und Bettag: the Wednesday before 23 November."""
    before = date(year, 11, 22)
    return before - timedelta(days=(before.weekday() - 2) % 7)
