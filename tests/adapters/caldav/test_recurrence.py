"""When a series takes place: examples that people know."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from adapters.caldav.ical_resource import Resource
from adapters.caldav.recurrence import last_end, occurrence_at, occurrences, within
from core.model.calendar import EventStatus, Window
from tests.adapters.caldav.ics import FIRST, OVERRIDE, SECOND, SINGLE, calendar, series

MOVED = datetime(2026, 6, 16, 8, tzinfo=UTC)


def utc(month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


def event(*lines: str) -> Resource:
    text = "\n".join(["BEGIN:VEVENT", "UID:a@example.com", *lines, "END:VEVENT", ""])
    return Resource.parse(calendar(text))


def berlin(start: str, *lines: str) -> Resource:
    return event(
        f"DTSTART;TZID=Europe/Berlin:{start}", "DURATION:PT30M", "RRULE:FREQ=WEEKLY", *lines
    )


def starts(resource: Resource, after: datetime, limit: int = 3) -> list[datetime]:
    return [one.slot.start for one in occurrences(resource, after, limit)]


def test_a_weekly_meeting_stays_at_its_hour_across_a_clock_change() -> None:
    weekly = berlin("20260318T100000")

    assert starts(weekly, utc(3, 18)) == [utc(3, 18, 9), utc(3, 25, 9), utc(4, 1, 8)]


def test_an_hour_that_a_clock_change_skips_counts_by_the_offset_before_it() -> None:
    assert starts(berlin("20260322T023000"), utc(3, 23), 1) == [utc(3, 29, 1, 30)]


def test_a_meeting_that_a_clock_change_would_turn_around_lasts_as_long_as_ever() -> None:
    (found,) = occurrences(berlin("20260322T023000"), utc(3, 23), 1)

    assert (found.slot.start, found.slot.end) == (utc(3, 29, 1, 30), utc(3, 29, 2))


def test_an_hour_that_a_clock_change_repeats_is_the_first() -> None:
    assert starts(berlin("20261018T023000"), utc(10, 19), 1) == [utc(10, 25, 0, 30)]


def test_an_occurrence_that_is_going_on_is_still_the_next() -> None:
    weekly = Resource.parse(series())

    assert starts(weekly, FIRST + timedelta(minutes=29), 1) == [FIRST]
    assert starts(weekly, FIRST + timedelta(minutes=30), 1) == [SECOND]


def test_an_excluded_date_does_not_come() -> None:
    assert starts(Resource.parse(series()), utc(6, 15)) == [
        utc(6, 16, 8),
        utc(6, 30, 8),
        utc(7, 7, 8),
    ]


def test_a_moved_occurrence_stands_where_it_was_moved_to() -> None:
    found = occurrences(Resource.parse(series(OVERRIDE)), utc(6, 10), 1)[0]

    assert (found.original_start, found.exception) == (MOVED, True)
    assert (found.slot.start, found.slot.end) == (utc(6, 17, 12), utc(6, 17, 13))


def test_an_occurrence_moved_behind_the_next_comes_after_it() -> None:
    later = OVERRIDE.replace("20260617T1", "20260702T1")

    found = occurrences(Resource.parse(series(later)), utc(6, 10), 3)

    assert [one.original_start for one in found] == [utc(6, 30, 8), MOVED, utc(7, 7, 8)]


def test_a_cancelled_occurrence_comes_with_its_status() -> None:
    cancelled = OVERRIDE.replace("SEQUENCE:4", "STATUS:CANCELLED")

    found = occurrences(Resource.parse(series(cancelled)), utc(6, 10), 2)

    assert [one.status for one in found] == [EventStatus.CANCELLED, EventStatus.CONFIRMED]


def test_a_single_event_is_its_own_only_occurrence() -> None:
    single = Resource.parse(calendar(SINGLE))

    (found,) = occurrences(single, utc(1, 1), 5)

    assert (found.original_start, found.slot.start) == (None, FIRST)
    assert occurrences(single, utc(7, 1), 5) == []
    assert occurrence_at(single, None) == found


def test_an_override_without_its_series_takes_place() -> None:
    alone = Resource.parse(calendar(OVERRIDE))

    assert [one.original_start for one in occurrences(alone, utc(1, 1), 5)] == [MOVED]
    assert last_end(alone) == utc(6, 17, 13)


def test_this_and_future_speaks_for_all_later_ones() -> None:
    later = OVERRIDE.replace("RECURRENCE-ID", "RECURRENCE-ID;RANGE=THISANDFUTURE")
    weekly = Resource.parse(series(later))

    assert starts(weekly, utc(6, 1), 5) == [
        FIRST,
        SECOND,
        utc(6, 17, 12),
        utc(7, 1, 12),
        utc(7, 8, 12),
    ]
    found = occurrence_at(weekly, utc(6, 30, 8))
    assert found is not None
    assert (found.slot.start, found.slot.end) == (utc(7, 1, 12), utc(7, 1, 13))
    assert not found.exception


def test_the_window_is_half_open() -> None:
    weekly = Resource.parse(series())

    found = within(weekly, Window(start=FIRST + timedelta(minutes=30), end=SECOND))

    assert found == []
    assert len(within(weekly, Window(start=FIRST, end=SECOND + timedelta(minutes=1)))) == 2


def test_a_day_is_the_same_day_for_everybody() -> None:
    daily = event("DTSTART;VALUE=DATE:20260602", "RRULE:FREQ=WEEKLY;UNTIL=20260609")

    found = occurrences(daily, utc(1, 1), 5)

    assert [one.original_start for one in found] == [utc(6, 2), utc(6, 9)]
    assert all(one.slot.all_day for one in found)
    assert found[0].slot.end == utc(6, 3)


@pytest.mark.parametrize("until", ["20260616", "20260616T080000Z", "20260616T100000"])
def test_until_allows_the_last_day_however_it_is_written(until: str) -> None:
    weekly = event("DTSTART;TZID=Europe/Berlin:20260602T100000", f"RRULE:FREQ=WEEKLY;UNTIL={until}")

    assert starts(weekly, utc(6, 1), 9) == [FIRST, SECOND, MOVED]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["RRULE:FREQ=WEEKLY"], None),
        (["RRULE:FREQ=WEEKLY;UNTIL=99991231T000000Z"], None),
        (["RRULE:FREQ=WEEKLY;COUNT=3"], utc(6, 16, 8, 30)),
        (["RRULE:FREQ=WEEKLY;UNTIL=20260620T000000Z"], utc(6, 16, 8, 30)),
        (["RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE:20260616T080000Z"], utc(6, 9, 8, 30)),
        (["RRULE:FREQ=WEEKLY;COUNT=2", "RDATE:20260701T080000Z"], utc(7, 1, 8, 30)),
        (["RRULE:FREQ=WEEKLY;COUNT=1", "EXDATE:20260602T080000Z"], utc(6, 2, 8, 30)),
        ([], utc(6, 2, 8, 30)),
    ],
)
def test_the_end_of_a_series_is_that_of_its_last_occurrence(
    lines: list[str], expected: datetime | None
) -> None:
    assert last_end(event("DTSTART:20260602T080000Z", "DURATION:PT30M", *lines)) == expected


def test_a_last_occurrence_that_was_moved_ends_where_it_was_moved_to() -> None:
    moved = OVERRIDE.replace("20260617T1", "20260717T1")
    data = series(moved).replace(b"RRULE:FREQ=WEEKLY\r", b"RRULE:FREQ=WEEKLY;COUNT=3\r")

    assert last_end(Resource.parse(data)) == utc(7, 17, 13)


def test_a_series_cut_off_before_its_start_never_takes_place() -> None:
    assert starts(berlin("20260602T100000"), utc(6, 1), 1) == [FIRST]
    cut = event("DTSTART:20260602T080000Z", "RRULE:FREQ=WEEKLY;UNTIL=20260601T000000Z")
    assert starts(cut, utc(1, 1)) == []


@pytest.mark.parametrize("day", range(1, 16))
def test_a_count_counts_from_the_first_wherever_we_look(day: int) -> None:
    thrice = event("DTSTART:20260603T080000Z", "RRULE:FREQ=WEEKLY;BYDAY=MO,WE,FR;COUNT=5")

    every = [utc(6, 3, 8), utc(6, 5, 8), utc(6, 8, 8), utc(6, 10, 8), utc(6, 12, 8)]
    assert starts(thrice, utc(6, day), 9) == [start for start in every if start > utc(6, day)]


def test_exrule_of_old_programs_excludes() -> None:
    old = event("DTSTART:20260602T080000Z", "RRULE:FREQ=DAILY", "EXRULE:FREQ=DAILY;INTERVAL=2")

    assert starts(old, utc(6, 1), 2) == [utc(6, 3, 8), utc(6, 5, 8)]


@pytest.mark.parametrize("until", ["99991231", "99991231T235959", "99991231T235959Z"])
@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Tokyo"])
def test_a_series_until_the_end_of_time_goes_on(until: str, zone: str) -> None:
    weekly = event(f"DTSTART;TZID={zone}:20260602T100000", f"RRULE:FREQ=WEEKLY;UNTIL={until}")

    assert last_end(weekly) is None
    assert len(occurrences(weekly, utc(6, 1), 3)) == 3


def test_nothing_takes_place_after_the_end_of_time() -> None:
    last = datetime.max.replace(tzinfo=UTC)

    assert occurrences(Resource.parse(series(OVERRIDE)), last, 1) == []
    assert len(occurrences(Resource.parse(series()), datetime.min.replace(tzinfo=UTC), 1)) == 1


def test_an_hourly_series_stays_in_its_hours() -> None:
    hourly = event("DTSTART:20260602T080000Z", "RRULE:FREQ=HOURLY;INTERVAL=2;BYHOUR=8,10,14,15")

    assert starts(hourly, utc(6, 3), 4) == [
        utc(6, 3, 8),
        utc(6, 3, 10),
        utc(6, 3, 14),
        utc(6, 4, 8),
    ]


def test_a_rule_that_never_comes_true_ends() -> None:
    for frequency in ("YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY"):
        rule = f"RRULE:FREQ={frequency};BYMONTH=2;BYMONTHDAY=30"
        never = event("DTSTART:20260602T080000Z", "DURATION:PT30M", rule)

        assert starts(never, utc(6, 1), 5) == [FIRST]

        ended = event("DTSTART:20260602T080000Z", "DURATION:PT30M", f"{rule};UNTIL=21991231")
        assert last_end(ended) == utc(6, 2, 8, 30)


def test_a_series_that_is_excluded_for_ever_ends() -> None:
    never = event("DTSTART:20260602T080000Z", "RRULE:FREQ=DAILY", "EXRULE:FREQ=DAILY")

    assert starts(never, utc(6, 1), 5) == []


def test_a_floating_time_is_in_the_calendars_zone() -> None:
    data = calendar(SINGLE.replace("T080000Z", "T100000"))

    named = Resource.parse(data.replace(b"VERSION", b"X-WR-TIMEZONE:Europe/Berlin\r\nVERSION"))
    told = Resource.parse(data, floating_zone="Europe/Berlin")

    assert [one.slot.zone for one in occurrences(named, utc(1, 1), 1)] == ["Europe/Berlin"]
    assert starts(named, utc(1, 1)) == starts(told, utc(1, 1)) == [FIRST]
