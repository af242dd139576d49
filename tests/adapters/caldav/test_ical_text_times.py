"""Moving an occurrence, and making a new event."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import icalendar
import pytest

from adapters.caldav.ical_text import Resource, new_event, with_description, with_times
from adapters.caldav.mapping import to_event
from adapters.caldav.recurrence import occurrences
from core.errors import InvalidInput, NotFound
from core.model.calendar import (
    Body,
    CalendarId,
    EventDraft,
    Participant,
    Response,
    Role,
    TimeSlot,
)
from tests.adapters.caldav.ics import (
    FIRST,
    MASTER,
    NOW,
    OVERRIDE,
    SECOND,
    SINGLE,
    calendar,
    component,
    lines_but,
    series,
)

CHANGED = ("DTSTART", "DTEND", "DURATION", "SEQUENCE", "DTSTAMP", "LAST-MODIFIED")
LATER = TimeSlot(
    start=datetime(2026, 6, 10, 12, tzinfo=UTC),
    end=datetime(2026, 6, 10, 13, tzinfo=UTC),
    zone="Europe/Berlin",
)


def test_one_occurrence_is_moved_and_the_rest_stays() -> None:
    after = with_times(series(), SECOND, LATER, NOW)

    found = occurrences(Resource.parse(after), FIRST, 3)
    assert [one.slot for one in found][1] == LATER
    assert [one.original_start for one in found][:2] == [FIRST, SECOND]
    override = component(after, "RECURRENCE-ID")
    assert "DTSTART;TZID=Europe/Berlin:20260610T140000" in override
    assert "DTEND;TZID=Europe/Berlin:20260610T150000" in override


def test_a_move_counts_sequence_up() -> None:
    moved = with_times(series(), SECOND, LATER, NOW)

    assert "SEQUENCE:4" in component(moved, "RECURRENCE-ID")
    assert "SEQUENCE:3" in component(moved, "RRULE")


def test_an_override_is_moved_again() -> None:
    before = series(OVERRIDE)

    after = with_times(before, datetime(2026, 6, 16, 8, tzinfo=UTC), LATER, NOW)

    assert "SEQUENCE:5" in component(after, "RECURRENCE-ID")
    assert lines_but(after, *CHANGED) == lines_but(before, *CHANGED)


def test_a_single_event_is_moved_in_its_own_form() -> None:
    after = component(with_times(calendar(SINGLE), None, LATER, NOW), "UID")

    assert "DTSTART:20260610T120000Z" in after
    assert "DTEND:20260610T130000Z" in after
    assert not [line for line in after if line.startswith("DURATION")]


def test_a_meeting_becomes_a_day_and_a_day_a_meeting() -> None:
    day = TimeSlot(
        start=datetime(2026, 6, 10, tzinfo=UTC),
        end=datetime(2026, 6, 11, tzinfo=UTC),
        zone="UTC",
        all_day=True,
    )

    whole = with_times(calendar(SINGLE), None, day, NOW)
    back = with_times(whole, None, LATER, NOW)

    assert [one.slot for one in occurrences(Resource.parse(whole), FIRST, 1)] == [day]
    slot = occurrences(Resource.parse(back), FIRST, 1)[0].slot
    assert (slot.start, slot.end, slot.all_day) == (LATER.start, LATER.end, False)


def test_a_move_to_where_it_is_changes_no_byte() -> None:
    slot = TimeSlot(start=SECOND, end=SECOND + timedelta(minutes=30), zone="Europe/Berlin")

    assert with_times(series(), SECOND, slot, NOW) == series()


def test_a_whole_series_is_not_moved() -> None:
    with pytest.raises(InvalidInput, match="one occurrence"):
        with_times(series(), None, LATER, NOW)


def test_an_occurrence_that_is_gone_is_not_moved() -> None:
    with pytest.raises(NotFound):
        with_times(series(), SECOND + timedelta(hours=1), LATER, NOW)


def test_a_moved_occurrence_keeps_its_override_whatever_its_body() -> None:
    moved = with_times(series(), SECOND, LATER, NOW)

    same = with_description(
        moved, original_start=SECOND, body=Body(content="Bring coffee, please."), now=NOW
    )

    assert same == moved


def draft(zone: str, rrule: str | None = "FREQ=WEEKLY;BYDAY=TU") -> EventDraft:
    return EventDraft(
        title="Anna / Ben; weekly, or so",
        slot=TimeSlot(start=FIRST, end=FIRST + timedelta(minutes=30), zone=zone),
        participants=(
            Participant(
                address="ben@example.com",
                name='Ben "B" Baker',
                role=Role.ORGANIZER,
                response=Response.ACCEPTED,
            ),
            Participant(address="anna@example.com", name="Anna, née Übel"),
            Participant(address="oak@example.org", role=Role.RESOURCE),
            Participant(address="all@example.org", role=Role.GROUP),
            Participant(address="c@example.org", role=Role.OPTIONAL, response=Response.DECLINED),
        ),
        body=Body(content="Hello\nworld " + "long " * 50),
        rrule=rrule,
    )


@pytest.mark.parametrize("zone", ["Europe/Berlin", "UTC", "America/New_York"])
@pytest.mark.parametrize("rrule", ["FREQ=WEEKLY;BYDAY=TU", None])
def test_a_new_event_is_read_as_it_was_meant(zone: str, rrule: str | None) -> None:
    wanted = draft(zone, rrule)

    data = new_event(wanted, "new@example.com", NOW)

    event = to_event(Resource.parse(data), CalendarId("c"), "h", "e")
    assert (event.uid, event.title, event.slot) == ("new@example.com", wanted.title, wanted.slot)
    assert (event.participants, event.rrule) == (wanted.participants, wanted.rrule)
    assert event.body == wanted.body


def test_a_new_event_describes_its_zone() -> None:
    data = new_event(draft("Europe/Berlin"), "new@example.com", NOW)

    theirs = icalendar.Calendar.from_ical(data)
    assert [str(zone["TZID"]) for zone in theirs.timezones] == ["Europe/Berlin"]
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))


def test_a_new_whole_day_event_is_a_day() -> None:
    wanted = EventDraft(
        title="Day",
        slot=TimeSlot(
            start=datetime(2026, 6, 10, tzinfo=UTC),
            end=datetime(2026, 6, 11, tzinfo=UTC),
            zone="UTC",
            all_day=True,
        ),
    )

    data = new_event(wanted, "new@example.com", NOW)

    assert to_event(Resource.parse(data), CalendarId("c"), "h", "e").slot == wanted.slot


def test_absent_times_of_the_master_stay_absent() -> None:
    bare = MASTER.replace("DTEND;TZID=Europe/Berlin:20260602T103000\n", "")

    override = component(
        with_description(calendar(bare), original_start=SECOND, body=Body(content="x"), now=NOW),
        "RECURRENCE-ID",
    )

    assert not [line for line in override if line.startswith(("DTEND", "DURATION"))]
