"""From a calendar entry to the engine's event."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from adapters.caldav.ical_text import Resource
from adapters.caldav.mapping import occurrence_id, split_event_id, to_event, to_occurrence
from adapters.caldav.recurrence import occurrences
from core.model.calendar import (
    CalendarEvent,
    CalendarId,
    EventId,
    EventKind,
    EventRef,
    EventStatus,
    Participant,
    Response,
    Role,
    TimeSlot,
)
from tests.adapters.caldav.ics import FIRST, OVERRIDE, SINGLE, calendar, series

CALENDAR = CalendarId("/ben/office/")
HREF = "/ben/office/1.ics"
HERE = EventRef(calendar_id=CALENDAR, event_id=EventId(HREF))


def event(data: bytes) -> CalendarEvent:
    return to_event(Resource.parse(data), CALENDAR, HREF, '"7"')


def single(*lines: str) -> CalendarEvent:
    return event(calendar(SINGLE.replace("SUMMARY", "\n".join([*lines, "SUMMARY"]))))


def events(data: bytes, after: datetime = FIRST, limit: int = 2) -> list[CalendarEvent]:
    resource = Resource.parse(data)
    found = occurrences(resource, after, limit)
    return [to_occurrence(resource, one, CALENDAR, HREF, '"7"') for one in found]


def test_a_series_comes_with_its_rule_and_its_first_time() -> None:
    found = event(series())

    assert found == CalendarEvent(
        ref=HERE,
        kind=EventKind.SERIES,
        uid="weekly-1@example.com",
        title="Anna / Ben",
        slot=TimeSlot(start=FIRST, end=FIRST.replace(minute=30), zone="Europe/Berlin"),
        participants=(
            Participant(
                address="ben@example.com",
                name="Ben",
                role=Role.ORGANIZER,
                response=Response.ACCEPTED,
            ),
            Participant(
                address="anna@example.com", name="Anna, née Übel", response=Response.TENTATIVE
            ),
        ),
        rrule="FREQ=WEEKLY",
        body=found.body,
        revision='"7"',
    )
    assert found.body.content == "Bring coffee, please."


def test_an_occurrence_and_an_exception_know_their_series() -> None:
    plain, moved = events(series(OVERRIDE), datetime(2026, 6, 8, tzinfo=UTC))

    assert (plain.kind, plain.series) == (EventKind.OCCURRENCE, HERE)
    assert plain.ref.event_id == "/ben/office/1.ics#20260609T080000Z"
    assert plain.title == "Anna / Ben"
    assert (moved.kind, moved.title) == (EventKind.EXCEPTION, "Anna / Ben, outside")
    assert moved.identity == ("weekly-1@example.com", datetime(2026, 6, 16, 8, tzinfo=UTC))
    assert moved.slot.start == datetime(2026, 6, 17, 12, tzinfo=UTC)


def test_a_single_event_is_itself() -> None:
    (found,) = events(calendar(SINGLE))

    assert found == event(calendar(SINGLE))
    assert (found.kind, found.ref, found.original_start) == (EventKind.SINGLE, HERE, None)


def test_an_invitation_to_one_occurrence_comes_as_a_series_without_rule() -> None:
    found = event(calendar(OVERRIDE))

    assert (found.kind, found.rrule) == (EventKind.SERIES, None)
    assert found.ends == datetime(2026, 6, 17, 13, tzinfo=UTC)
    assert [one.kind for one in events(calendar(OVERRIDE))] == [EventKind.EXCEPTION]


def test_a_series_with_an_end_says_when() -> None:
    data = series().replace(b"RRULE:FREQ=WEEKLY\r", b"RRULE:FREQ=WEEKLY;COUNT=2\r")

    assert event(data).ends == datetime(2026, 6, 9, 8, 30, tzinfo=UTC)


@pytest.mark.parametrize("original_start", [None, datetime(2026, 6, 9, 8, tzinfo=UTC)])
def test_an_event_id_comes_apart_as_it_was_made(original_start: datetime | None) -> None:
    href = "/ben/a#b%20c/1.ics"

    name = occurrence_id(href, original_start) if original_start else EventId(href)

    assert split_event_id(name) == (href, original_start)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("ATTENDEE:mailto:Anna@Example.com", Participant(address="anna@example.com")),
        ("ATTENDEE:MAILTO:anna@example.com", Participant(address="anna@example.com")),
        (
            "ATTENDEE;EMAIL=anna@example.com:/principals/users/42",
            Participant(address="anna@example.com"),
        ),
        (
            "ATTENDEE;EMAIL=anna@example.com:http://example.com/@anna",
            Participant(address="anna@example.com"),
        ),
        ("ATTENDEE;EMAIL=anna@example.com:anna", Participant(address="anna@example.com")),
        ("ATTENDEE:urn:uuid:42", Participant(address="urn:uuid:42")),
        (
            "ATTENDEE;CUTYPE=ROOM;CN=Oak:mailto:oak@example.com",
            Participant(address="oak@example.com", name="Oak", role=Role.RESOURCE),
        ),
        (
            "ATTENDEE;CUTYPE=resource:mailto:car@example.com",
            Participant(address="car@example.com", role=Role.RESOURCE),
        ),
        (
            "ATTENDEE;CUTYPE=GROUP;ROLE=OPT-PARTICIPANT:mailto:all@example.com",
            Participant(address="all@example.com", role=Role.GROUP),
        ),
        (
            "ATTENDEE;CUTYPE=X-CAT;ROLE=OPT-PARTICIPANT:mailto:a@example.com",
            Participant(address="a@example.com", role=Role.OPTIONAL),
        ),
        (
            "ATTENDEE;PARTSTAT=DELEGATED:mailto:a@example.com",
            Participant(address="a@example.com", response=Response.DECLINED),
        ),
        (
            "ATTENDEE;PARTSTAT=X-PERHAPS:mailto:a@example.com",
            Participant(address="a@example.com", response=Response.NEEDS_ACTION),
        ),
        (
            "ATTENDEE;CN=\"O'Neil ^'Al^'\":mailto:a@example.com",
            Participant(address="a@example.com", name='O\'Neil "Al"'),
        ),
    ],
)
def test_a_participant_is_read(line: str, expected: Participant) -> None:
    assert single(line).participants == (expected,)


def test_the_organizer_who_declines_declines() -> None:
    found = single(
        "ORGANIZER:mailto:ben@example.com",
        "ATTENDEE;CN=Ben;PARTSTAT=DECLINED;CUTYPE=INDIVIDUAL:mailto:ben@example.com",
    )

    assert found.participants == (
        Participant(
            address="ben@example.com",
            name="Ben",
            role=Role.ORGANIZER,
            response=Response.DECLINED,
        ),
    )


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["CONFERENCE;VALUE=URI;FEATURE=PHONE:tel:+49"], None),
        (
            [
                "CONFERENCE;VALUE=URI;FEATURE=AUDIO:https://a.example.com/x",
                'CONFERENCE;VALUE=URI;FEATURE="AUDIO,VIDEO":https://v.example.com/x',
            ],
            "https://v.example.com/x",
        ),
        (
            ["X-GOOGLE-CONFERENCE:https://meet.google.com/abc-defg-hij"],
            "https://meet.google.com/abc-defg-hij",
        ),
        (["X-MICROSOFT-SKYPETEAMSMEETINGURL:https://a.example.com/x"], "https://a.example.com/x"),
        (["X-MICROSOFT-ONLINEMEETINGEXTERNALLINK:https://b.example.com"], "https://b.example.com"),
        (["X-GOOGLE-CONFERENCE:meet"], None),
        (
            ["LOCATION:Room 5\\, https://us02web.zoom.us/j/123?pwd=x"],
            "https://us02web.zoom.us/j/123?pwd=x",
        ),
        (["LOCATION:https://example.com/office-map"], None),
        (["URL:https://example.com/event/1"], None),
        (
            ["URL:https://teams.microsoft.com/meet/123?p=x"],
            "https://teams.microsoft.com/meet/123?p=x",
        ),
        (
            [
                "DESCRIPTION:Join <https://teams.microsoft.com/l/meetup-join/19%3a@thread.v2/0>.\\nBye"
            ],
            "https://teams.microsoft.com/l/meetup-join/19%3a@thread.v2/0",
        ),
        (["DESCRIPTION:see https://zoom.us/pricing"], None),
        (["DESCRIPTION:https://evil.example.com/?https://x.zoom.us.example.org/j/1"], None),
        ([], None),
    ],
)
def test_the_online_address_is_found_where_it_is_sure(
    lines: list[str], expected: str | None
) -> None:
    assert single(*lines).join_url == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [("CLASS:PRIVATE", True), ("CLASS:confidential", True), ("CLASS:PUBLIC", False)],
)
def test_a_private_event_is_private(line: str, expected: bool) -> None:
    assert single(line).private is expected


def test_a_cancelled_event_and_the_comment_of_a_reply_are_read() -> None:
    found = single("STATUS:CANCELLED", "COMMENT:Sorry\\, ill")

    assert (found.status, found.comment) == (EventStatus.CANCELLED, "Sorry, ill")


def test_comments_beside_answers_are_read_by_whom_they_are() -> None:
    ref = 'X-CALENDARSERVER-ATTENDEE-REF="mailto:Cleo@Example.com"'
    found = single(
        'ATTENDEE;X-RESPONSE-COMMENT="Gehalt ansprechen?":mailto:anna@example.com',
        "ATTENDEE:mailto:cleo@example.com",
        f"X-CALENDARSERVER-ATTENDEE-COMMENT;{ref};X-CALENDARSERVER-DTSTAMP=20260302T080000Z"
        ":Urlaub\\, im August",
        f"X-CALENDARSERVER-ATTENDEE-COMMENT;{ref.replace('Cleo', 'nobody')}:x",
        "COMMENT:Bin dabei",
    )

    said = {p.address: p.comment for p in found.participants if p.comment}
    assert said == {
        "anna@example.com": "Gehalt ansprechen?",
        "cleo@example.com": "Urlaub, im August",
    }
    assert [p.answered for p in found.participants if p.answered] == ["20260302T080000Z"]
    assert found.comment == "Bin dabei"
    assert single("COMMENT:a", "X-CALENDARSERVER-PRIVATE-COMMENT:b").comment == "b"
