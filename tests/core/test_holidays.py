"""Public holidays, against days that anybody can look up."""

from __future__ import annotations

from datetime import date

import pytest

from core.holidays import REGIONS, easter_sunday, holidays, is_holiday, repentance_day


@pytest.mark.parametrize(
    "sunday",
    [
        date(1961, 4, 2),
        date(2000, 4, 23),
        date(2008, 3, 23),
        date(2024, 3, 31),
        date(2025, 4, 20),
        date(2026, 4, 5),
        date(2027, 3, 28),
        date(2038, 4, 25),
    ],
)
def test_easter(sunday: date) -> None:
    assert easter_sunday(sunday.year) == sunday


def test_easter_is_always_a_sunday_between_22_march_and_25_april() -> None:
    for year in range(1900, 2300):
        day = easter_sunday(year)
        assert day.weekday() == 6
        assert (3, 22) <= (day.month, day.day) <= (4, 25)


@pytest.mark.capability("C-25")
def test_a_bavarian_holiday_is_none_in_hamburg() -> None:
    corpus_christi = date(2026, 6, 4)

    assert is_holiday(corpus_christi, "DE-BY")
    assert not is_holiday(corpus_christi, "DE-HH")
    assert is_holiday(date(2026, 10, 31), "DE-HH")
    assert not is_holiday(date(2026, 10, 31), "DE-BY")


def test_what_every_land_keeps() -> None:
    for region in REGIONS:
        if region.startswith("DE"):
            assert is_holiday(date(2026, 10, 3), region)
            assert is_holiday(date(2026, 5, 14), region)


@pytest.mark.parametrize(
    ("region", "count"),
    [("DE", 9), ("DE-BY", 12), ("DE-BE", 10), ("DE-SN", 11), ("AT", 13), ("CH", 4), ("", 0)],
)
def test_how_many_there_are(region: str, count: int) -> None:
    assert len(holidays(2026, region)) == count


def test_buss_und_bettag() -> None:
    assert repentance_day(2026) == date(2026, 11, 18)
    assert repentance_day(2022) == date(2022, 11, 16)
    assert is_holiday(date(2026, 11, 18), "DE-SN")
