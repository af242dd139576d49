"""One reminder before, one after, the report first, and never when somebody is off."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from core.holidays import is_holiday
from core.model.calendar import TimeSlot
from core.model.people import Side
from core.model.settings import PersonSettings
from core.reminders import Reminder, is_quiet, plan_reminders
from core.slots import Availability
from tests.core.builders import ANNA, BEN

BERLIN = ZoneInfo("Europe/Berlin")


def slot(day: date, hour: int = 11, minutes: int = 30, zone: str = "Europe/Berlin") -> TimeSlot:
    start = datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo(zone))
    return TimeSlot(start=start, end=start + timedelta(minutes=minutes), zone=zone)


def person(address: str = ANNA, zone: str = "Europe/Berlin", **chosen: object) -> Availability:
    return Availability(
        settings=PersonSettings(address=address, **chosen),  # type: ignore[arg-type]
        zone=zone,
    )


def planned(
    day: date, report: Availability, hour: int = 11
) -> dict[tuple[Side, Reminder], datetime]:
    return plan_reminders(slot(day, hour), {Side.REPORT: report, Side.MANAGER: person(BEN)})


def local(at: datetime) -> tuple[date, int]:
    here = at.astimezone(BERLIN)
    return here.date(), here.hour


def test_sd_20_the_report_is_reminded_on_the_day_before_and_first() -> None:
    found = planned(date(2026, 3, 25), person())

    assert local(found[Side.REPORT, Reminder.BEFORE]) == (date(2026, 3, 24), 10)
    assert local(found[Side.MANAGER, Reminder.BEFORE]) == (date(2026, 3, 24), 12)
    assert found[Side.REPORT, Reminder.AFTER].astimezone(BERLIN).time() == time(11, 45)


def test_a_monday_talk_is_announced_on_friday_and_never_on_a_bavarian_holiday() -> None:
    assert local(planned(date(2026, 3, 23), person())[Side.REPORT, Reminder.BEFORE])[0] == date(
        2026, 3, 20
    )
    friday = date(2026, 6, 5)
    bavarian = planned(friday, person(region="DE-BY"))
    assert local(bavarian[Side.REPORT, Reminder.BEFORE])[0] == date(2026, 6, 3)
    assert local(planned(friday, person())[Side.REPORT, Reminder.BEFORE])[0] == date(2026, 6, 4)


def test_everything_can_be_off() -> None:
    day = date(2026, 3, 25)
    for off in (
        person(reminders=False),
        person(channels=()),
        person(paused_from=date(2026, 3, 1), paused_until=date(2026, 9, 1)),
    ):
        assert {side for side, _ in planned(day, off)} == {Side.MANAGER}


def test_an_evening_talk_is_followed_by_a_word_the_next_morning() -> None:
    found = planned(date(2026, 3, 27), person(), hour=18)

    assert local(found[Side.REPORT, Reminder.AFTER]) == (date(2026, 3, 30), 9)


CLOCK = st.builds(time, st.integers(0, 23), st.sampled_from([0, 30]))


@st.composite
def people(draw: st.DrawFn) -> Availability:
    begins = draw(st.integers(0, 20))
    return person(
        draw(st.sampled_from([ANNA, BEN])),
        draw(
            st.sampled_from(
                ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland"]
            )
        ),
        work_from=time(begins),
        work_to=time(draw(st.integers(begins + 1, 23))),
        work_days=tuple(sorted(draw(st.sets(st.integers(0, 6))))),
        quiet_from=draw(CLOCK),
        quiet_to=draw(CLOCK),
        region=draw(st.sampled_from(["", "DE-BY", "AT"])),
        days_off=tuple(draw(st.lists(st.dates(date(2026, 3, 1), date(2026, 4, 20)), max_size=4))),
        paused_from=draw(st.sampled_from([None, date(2026, 4, 1)])),
        reminders=draw(st.booleans()),
    )


@given(
    people(),
    people(),
    st.datetimes(datetime(2026, 3, 10), datetime(2026, 4, 12), timezones=st.just(BERLIN)),
)
def test_no_reminder_comes_at_a_wrong_time(
    report: Availability, manager: Availability, start: datetime
) -> None:
    talk = TimeSlot(start=start, end=start + timedelta(minutes=30), zone="Europe/Berlin")
    both = {Side.REPORT: report, Side.MANAGER: manager}

    found = plan_reminders(talk, both)

    for (side, kind), at in found.items():
        one = both[side]
        day = at.astimezone(ZoneInfo(one.zone)).date()
        assert one.settings.reminders
        assert not is_quiet(at, one)
        assert day.weekday() in one.settings.work_days
        assert not is_holiday(day, one.settings.region)
        assert day not in one.settings.days_off
        assert not one.settings.is_away(day)
        assert at < talk.start if kind is Reminder.BEFORE else at >= talk.end
    first, second = (found.get((side, Reminder.BEFORE)) for side in (Side.REPORT, Side.MANAGER))
    assert first is None or second is None or first <= second
