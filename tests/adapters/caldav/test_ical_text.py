"""Writing the body of one event or one occurrence into the server's bytes."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from adapters.caldav.ical_text import Resource, description_of, with_description
from core.errors import NotFound, NotSupported
from core.model.calendar import Body
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
    unfolded,
)

MOVED = datetime(2026, 6, 16, 8, 0, tzinfo=UTC)
CHANGED = ("DESCRIPTION", "DTSTAMP", "LAST-MODIFIED")


def write(data: bytes, text: str, original_start: datetime | None = None) -> bytes:
    return with_description(data, original_start=original_start, body=Body(content=text), now=NOW)


def read(data: bytes, original_start: datetime | None = None) -> str:
    return description_of(Resource.parse(data), original_start).content


def test_the_masters_own_body_changes_and_nothing_else_does() -> None:
    before = series(OVERRIDE)

    after = write(before, "Tea, then")

    assert lines_but(after, *CHANGED) == lines_but(before, *CHANGED)
    assert read(after) == "Tea, then"


def test_a_property_keeps_its_place_and_its_language() -> None:
    after = unfolded(write(series(), "Tea"))

    where = unfolded(series()).index("DESCRIPTION;LANGUAGE=en:Bring coffee\\, please.")
    assert after[where] == "DESCRIPTION;LANGUAGE=en:Tea"


def test_a_write_says_when_it_was() -> None:
    master = component(write(series(), "Tea"), "RRULE")

    assert "DTSTAMP:20260601T120000Z" in master
    assert "LAST-MODIFIED:20260601T120000Z" in master


def test_a_write_does_not_count_sequence_up() -> None:
    after = write(write(series(), "Tea", SECOND), "Tea")

    assert [line for line in unfolded(after) if line.startswith("SEQUENCE")] == ["SEQUENCE:3"] * 2


def test_a_new_override_repeats_the_master() -> None:
    after = write(series(), "Agenda", SECOND)

    assert component(after, "RECURRENCE-ID") == [
        "BEGIN:VEVENT",
        "CREATED:20260501T080000Z",
        "LAST-MODIFIED:20260601T120000Z",
        "DTSTAMP:20260601T120000Z",
        "UID:weekly-1@example.com",
        "SUMMARY:Anna / Ben",
        "RECURRENCE-ID;TZID=Europe/Berlin:20260609T100000",
        "DTSTART;TZID=Europe/Berlin:20260609T100000",
        "DTEND;TZID=Europe/Berlin:20260609T103000",
        "ORGANIZER;CN=Ben:mailto:ben@example.com",
        "ATTENDEE;CN=Ben;PARTSTAT=ACCEPTED;ROLE=CHAIR:mailto:ben@example.com",
        'ATTENDEE;CN="Anna, née Übel";PARTSTAT=TENTATIVE;RSVP=TRUE:mailto:anna@example.com',
        "SEQUENCE:3",
        "DESCRIPTION;LANGUAGE=en:Agenda",
        "X-MOZ-GENERATION:4",
        'X-COLOUR;X-A="b:c":red',
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "DESCRIPTION:Reminder",
        "TRIGGER:-PT15M",
        "END:VALARM",
        "END:VEVENT",
    ]


def test_a_new_override_leaves_master_zone_and_other_overrides_as_they_were() -> None:
    before = series(OVERRIDE)

    after = write(before, "Agenda", SECOND)

    new = b"".join(after.partition(b"RECURRENCE-ID;TZID=Europe/Berlin:20260609")[1:])
    rest = after.replace(_block(after, new), b"")
    assert rest.replace(b"LAST-MODIFIED:20260601T120000Z", b"LAST-MODIFIED:20260501T080000Z") == (
        before
    )


def test_a_write_to_an_occurrence_stamps_the_master_too() -> None:
    master = component(write(series(), "Agenda", SECOND), "RRULE")

    assert "LAST-MODIFIED:20260601T120000Z" in master
    assert "DTSTAMP:20260501T080000Z" in master


def test_an_override_that_is_there_is_edited() -> None:
    before = series(OVERRIDE)

    after = write(before, "Agenda", MOVED)

    assert after.count(b"RECURRENCE-ID") == 1
    assert lines_but(after, *CHANGED) == lines_but(before, *CHANGED)
    assert (read(after, MOVED), read(after)) == ("Agenda", "Bring coffee, please.")


def test_an_override_goes_when_its_body_is_the_series_again() -> None:
    before = series(OVERRIDE)

    after = write(write(before, "Agenda", SECOND), "Bring coffee, please.", SECOND)

    assert lines_but(after, "LAST-MODIFIED") == lines_but(before, "LAST-MODIFIED")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("PARTSTAT=TENTATIVE", "PARTSTAT=ACCEPTED"),
        ("SUMMARY:Anna / Ben", "SUMMARY:Anna / Ben in the park"),
        ("T100000\r\nDTEND", "T100500\r\nDTEND"),
        ("TRIGGER:-PT15M", "TRIGGER:-PT5M"),
        ("SEQUENCE:3", "SEQUENCE:4"),
        ("X-MOZ-GENERATION:4\r\n", "X-MOZ-GENERATION:4\r\nSTATUS:TENTATIVE\r\n"),
    ],
)
def test_an_override_that_differs_stays_when_its_body_is_the_series_again(
    old: str, new: str
) -> None:
    made = write(series(), "Agenda", SECOND)
    start = made.rindex(b"BEGIN:VEVENT")
    changed = made[:start] + made[start:].replace(old.encode(), new.encode())
    assert changed != made

    after = write(changed, "Bring coffee, please.", SECOND)

    assert b"RECURRENCE-ID" in after
    assert read(after, SECOND) == "Bring coffee, please."


@pytest.mark.parametrize("original_start", [None, SECOND, MOVED])
def test_writing_what_stands_there_gives_the_same_bytes(original_start: datetime | None) -> None:
    data = series(OVERRIDE)

    assert write(data, read(data, original_start), original_start) == data


def test_an_occurrence_in_another_zone_form_is_found_by_its_moment() -> None:
    in_utc = OVERRIDE.replace(
        "RECURRENCE-ID;TZID=Europe/Berlin:20260616T100000", "RECURRENCE-ID:20260616T080000Z"
    )

    assert read(series(in_utc), MOVED) == "In the park"


def test_a_duration_stays_in_a_new_override() -> None:
    weekly = SINGLE.replace("SUMMARY", "RRULE:FREQ=WEEKLY\nSUMMARY")

    override = component(write(calendar(weekly), "Agenda", SECOND), "RECURRENCE-ID")

    assert "RECURRENCE-ID:20260609T080000Z" in override
    assert "DTSTART:20260609T080000Z" in override
    assert "DURATION:PT30M" in override


def test_an_all_day_occurrence_is_named_by_its_day() -> None:
    days = MASTER.replace(
        ";TZID=Europe/Berlin;X-SAID-BY=phone:20260602T100000", ";VALUE=DATE:20260602"
    )
    days = days.replace("DTEND;TZID=Europe/Berlin:20260602T103000", "DTEND;VALUE=DATE:20260603")

    override = component(
        write(calendar(days), "Agenda", datetime(2026, 6, 9, tzinfo=UTC)), "RECURRENCE-ID"
    )

    assert "RECURRENCE-ID;VALUE=DATE:20260609" in override
    assert "DTSTART;VALUE=DATE:20260609" in override
    assert "DTEND;VALUE=DATE:20260610" in override


def test_an_extra_date_with_a_length_of_its_own_keeps_it() -> None:
    extra = "RDATE;VALUE=PERIOD:20260605T080000Z/PT2H\nSUMMARY"
    data = calendar(SINGLE.replace("SUMMARY", extra))

    override = component(
        write(data, "Agenda", datetime(2026, 6, 5, 8, tzinfo=UTC)), "RECURRENCE-ID"
    )

    assert "DTEND:20260605T100000Z" in override
    assert not [line for line in override if line.startswith(("DURATION", "RDATE"))]


def test_the_hour_that_comes_twice_is_named_in_utc() -> None:
    night = MASTER.replace("20260602T10", "20251026T02")
    night = night.replace("EXDATE", "RDATE:20251026T013000Z\nEXDATE")
    second = datetime(2025, 10, 26, 1, 30, tzinfo=UTC)

    after = write(calendar(night), "Agenda", second)

    assert "DTSTART:20251026T013000Z" in component(after, "RECURRENCE-ID:20251026T013000Z")
    assert read(after, second) == "Agenda"


def test_an_invitation_to_one_occurrence_alone_is_edited() -> None:
    after = write(calendar(OVERRIDE), "Agenda", MOVED)

    assert read(after, MOVED) == "Agenda"


def test_what_follows_a_this_and_future_override_repeats_that() -> None:
    later = OVERRIDE.replace("RECURRENCE-ID", "RECURRENCE-ID;RANGE=THISANDFUTURE")
    after_it = datetime(2026, 6, 30, 8, tzinfo=UTC)

    override = component(
        write(series(later), "Agenda", after_it), "RECURRENCE-ID;TZID=Europe/Berlin:20260630T100000"
    )

    assert "SUMMARY:Anna / Ben\\, outside" in override
    assert "DTSTART;TZID=Europe/Berlin:20260701T140000" in override
    assert "DTEND;TZID=Europe/Berlin:20260701T150000" in override
    assert not [line for line in override if "RANGE" in line]


def test_an_override_that_speaks_for_all_later_ones_gets_no_agenda() -> None:
    later = OVERRIDE.replace("RECURRENCE-ID", "RECURRENCE-ID;RANGE=THISANDFUTURE")

    with pytest.raises(NotSupported, match="all later ones"):
        write(series(later), "Agenda", MOVED)


@pytest.mark.parametrize(
    "gone",
    [
        datetime(2026, 6, 9, 8, 1, tzinfo=UTC),
        datetime(2026, 6, 23, 8, 0, tzinfo=UTC),
        datetime(2020, 6, 2, 8, 0, tzinfo=UTC),
    ],
)
def test_an_occurrence_that_is_gone_is_not_written(gone: datetime) -> None:
    with pytest.raises(NotFound, match="no longer"):
        write(series(), "Agenda", gone)


def test_a_series_that_is_not_here_is_not_written() -> None:
    with pytest.raises(NotFound, match="not in this calendar"):
        write(calendar(OVERRIDE), "Agenda")


def test_a_single_event_has_no_occurrences() -> None:
    with pytest.raises(NotFound):
        write(calendar(SINGLE), "Agenda", FIRST)


def _block(data: bytes, inside: bytes) -> bytes:
    at = data.index(inside)
    start = data.rindex(b"BEGIN:VEVENT", 0, at)
    return data[start : data.index(b"END:VEVENT\r\n", at) + len(b"END:VEVENT\r\n")]
