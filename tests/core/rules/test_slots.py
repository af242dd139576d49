"""Proposed times overlap nobody's busy time and lie in the working hours of both."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from core.model.calendar import Window
from core.model.settings import PersonSettings
from core.slots import Availability, free_slots
from tests.core.builders import ANNA, BEN

MONDAY = datetime(2026, 3, 23, tzinfo=UTC)
"""The week in which clocks change in Europe."""
FORTNIGHT = Window(start=MONDAY, end=MONDAY + timedelta(days=14))
HALF = timedelta(minutes=30)


def person(
    address: str = ANNA, zone: str = "Europe/Berlin", *busy: Window, **chosen: object
) -> Availability:
    settings = PersonSettings(address=address, **chosen)  # type: ignore[arg-type]
    return Availability(settings=settings, zone=zone, busy=busy)


def span(day: int, begins: float, ends: float) -> Window:
    at = MONDAY + timedelta(days=day)
    return Window(start=at + timedelta(hours=begins), end=at + timedelta(hours=ends))


@st.composite
def availabilities(draw: st.DrawFn) -> Availability:
    begins = draw(st.integers(0, 20))
    ends = draw(st.integers(begins + 1, 23))
    busy = [
        Window(start=at, end=at + timedelta(minutes=draw(st.integers(0, 600))))
        for at in draw(
            st.lists(
                st.integers(0, 14 * 24 * 4).map(lambda q: MONDAY + timedelta(minutes=15 * q + 7)),
                max_size=8,
            )
        )
    ]
    days_off = draw(st.lists(st.dates(date(2026, 3, 20), date(2026, 4, 10)), max_size=3))
    return person(
        ANNA,
        draw(st.sampled_from(["Europe/Berlin", "America/New_York", "Asia/Kolkata", "UTC"])),
        *busy,
        work_from=time(begins),
        work_to=time(ends),
        work_days=tuple(sorted(draw(st.sets(st.integers(0, 6), max_size=7)))),
        days_off=tuple(days_off),
        region=draw(st.sampled_from(["", "DE-BY"])),
        paused_from=draw(st.sampled_from([None, date(2026, 3, 30)])),
    )


@given(
    st.lists(availabilities(), min_size=1, max_size=2),
    st.integers(1, 120).map(lambda m: timedelta(minutes=m)),
    st.integers(0, 5),
)
def test_sd_02_no_slot_overlaps_busy_time_or_leaves_working_hours(
    people: list[Availability], length: timedelta, limit: int
) -> None:
    found = free_slots(people, FORTNIGHT, length, limit=limit)

    assert len(found) <= limit
    for n, slot in enumerate(found):
        assert slot.end - slot.start == length
        assert FORTNIGHT.start <= slot.start
        assert slot.end <= FORTNIGHT.end
        assert all(other.end <= slot.start for other in found[:n])
        for one in people:
            assert all(
                b.end <= slot.start or slot.end <= b.start or b.start == b.end for b in one.busy
            )
            begins = slot.start.astimezone(ZoneInfo(one.zone))
            ends = slot.end.astimezone(ZoneInfo(one.zone))
            assert begins.date() == ends.date()
            assert one.settings.work_from <= begins.time()
            assert ends.time() <= one.settings.work_to
            assert begins.weekday() in one.settings.work_days
            assert begins.date() not in one.settings.days_off
            assert not one.settings.is_away(begins.date())


def test_three_slots_on_three_days_and_no_early_monday() -> None:
    found = free_slots([person(), person(BEN)], FORTNIGHT, HALF)

    starts = [slot.start.astimezone(ZoneInfo("Europe/Berlin")) for slot in found]
    assert [(at.weekday(), at.hour) for at in starts] == [(0, 10), (1, 9), (2, 9)]


def test_two_far_apart_meet_where_their_days_touch() -> None:
    found = free_slots([person(), person(BEN, "America/New_York")], FORTNIGHT, HALF, limit=1)

    assert found[0].start == MONDAY + timedelta(hours=14)


def test_nothing_fits_where_one_is_always_busy() -> None:
    assert free_slots([person(), person(BEN, "UTC", FORTNIGHT)], FORTNIGHT, HALF) == ()


def test_a_gap_between_two_meetings_is_found() -> None:
    all_day = [span(0, 8, 12), span(0, 12.5, 17)]
    found = free_slots([person(ANNA, "Europe/Berlin", *all_day)], span(0, 0, 24), HALF)

    assert found == (span(0, 12, 12.5),)
