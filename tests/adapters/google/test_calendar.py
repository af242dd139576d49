"""The calendar port on Google."""

from datetime import UTC, datetime, timedelta

import pytest

from core.errors import (
    CursorExpired,
    NotFound,
    RateLimited,
    Unavailable,
)
from core.model.calendar import (
    Body,
    CalendarId,
    Cursor,
    EventId,
    EventKind,
    EventStatus,
    Revision,
    Role,
    Window,
)
from core.ports import Suite
from tests.servers.google import GoogleServer

from .conftest import ANNA, BEN, NOW, Connect, ref

CALENDAR = CalendarId(BEN)
AGENDA = Body(content="Agenda\n• Hiring plan")


def write(suite: Suite, event_id: str, body: Body = AGENDA, *, user: str = BEN) -> Revision:
    place = ref(user, event_id)
    return suite.calendar.write_body(place, body, expect=suite.calendar.get_event(place).revision)


def test_account_has_its_own_calendar(server: GoogleServer, connect: Connect) -> None:
    (calendar,) = connect(BEN).calendar.list_calendars()

    assert (calendar.calendar_id, calendar.zone, calendar.writable) == (
        BEN,
        "Europe/Berlin",
        True,
    )


def test_series_comes_as_itself_with_rule_and_people(connect: Connect, weekly: str) -> None:
    page = connect(BEN).calendar.changes(CALENDAR, None)

    (event,) = page.changed
    assert (event.kind, event.rrule) == (EventKind.SERIES, "FREQ=WEEKLY;BYDAY=TU")
    assert [(p.address, p.role) for p in event.participants] == [
        (BEN, Role.ORGANIZER),
        (ANNA, Role.REQUIRED),
    ]
    assert event.slot.zone == "Europe/Berlin"


def test_the_comment_of_an_answer_is_read_in_both_copies(
    server: GoogleServer, connect: Connect, tomorrow: str
) -> None:
    server.ui.respond(ANNA, tomorrow, "accepted", "Gehalt ansprechen?")

    for user in (BEN, ANNA):
        event = connect(user).calendar.get_event(ref(user, tomorrow))
        said = {p.address: p.comment for p in event.participants if p.comment}
        assert said == {ANNA: "Gehalt ansprechen?"}


def test_both_people_see_the_same_identity(connect: Connect, weekly: str, tomorrow: str) -> None:
    seen = [connect(user).calendar.get_event(ref(user, tomorrow)) for user in (BEN, ANNA)]

    assert seen[0].identity == seen[1].identity
    assert seen[0].original_start == datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def test_change_of_an_exception_brings_it_whole_and_in_one_call(
    server: GoogleServer, connect: Connect, weekly: str, tomorrow: str
) -> None:
    calendar = connect(BEN).calendar
    cursor = calendar.changes(CALENDAR, None).cursor
    server.ui.edit(BEN, tomorrow, lambda markup: markup + "<br>x")
    server.calls.clear()
    page = calendar.changes(CALENDAR, cursor)

    assert server.calls.count("calendar.*") == 1
    assert page.changed == ()
    assert page.occurrences == (calendar.get_event(ref(BEN, tomorrow)),)
    assert page.occurrences[0].series == ref(BEN, weekly)
    assert calendar.changes(CALENDAR, page.cursor).occurrences == ()


def test_quiet_poll_is_one_call(server: GoogleServer, connect: Connect, weekly: str) -> None:
    calendar = connect(BEN).calendar
    cursor = calendar.changes(CALENDAR, None).cursor
    server.calls.clear()
    calendar.changes(CALENDAR, cursor)

    assert server.calls.count("calendar.*") == 1


def test_pages_that_are_empty_do_not_end_a_run(
    server: GoogleServer, connect: Connect, weekly: str
) -> None:
    server.empty_pages(2)
    calendar = connect(BEN).calendar
    page = calendar.changes(CALENDAR, None)
    found = list(page.changed)
    while page.more:
        page = calendar.changes(CALENDAR, page.cursor)
        found += page.changed

    assert [event.ref.event_id for event in found] == [weekly]


def test_pages_of_a_later_run_belong_to_its_own_token(
    server: GoogleServer, connect: Connect, weekly: str
) -> None:
    calendar = connect(BEN).calendar
    cursor = calendar.changes(CALENDAR, None).cursor
    server.ui.change(BEN, weekly, {"summary": "New title"})
    server.empty_pages(1)
    first = calendar.changes(CALENDAR, cursor)
    second = calendar.changes(CALENDAR, first.cursor)

    assert (first.changed, first.more) == ((), True)
    assert [event.title for event in second.changed] == ["New title"]
    sent = [made.query for made in server.calls.of("calendar.events.list")[1:]]
    assert sent[0]["syncToken"] == sent[1]["syncToken"]


def test_deleted_series_is_removed_in_both_calendars(
    server: GoogleServer, connect: Connect, weekly: str, tomorrow: str
) -> None:
    server.ui.edit(BEN, tomorrow, lambda markup: markup + "<br>x")
    suites = {user: connect(user).calendar for user in (BEN, ANNA)}
    cursors = {user: suites[user].changes(CalendarId(user), None).cursor for user in suites}
    server.ui.cancel(BEN, weekly)

    for user, calendar in suites.items():
        page = calendar.changes(CalendarId(user), cursors[user])
        assert (page.changed, page.removed) == ((), (weekly,))


@pytest.mark.parametrize("cursor", ["", "nonsense", '{"other": 1}'])
def test_what_is_no_cursor_starts_over(connect: Connect, cursor: str) -> None:
    calendar = connect(BEN).calendar
    if cursor:
        with pytest.raises(CursorExpired):
            calendar.changes(CALENDAR, Cursor(cursor))


def test_forgotten_cursor_is_an_expired_one(
    server: GoogleServer, connect: Connect, weekly: str
) -> None:
    calendar = connect(BEN).calendar
    cursor = calendar.changes(CALENDAR, None).cursor
    server.expire_sync_tokens(BEN)
    with pytest.raises(CursorExpired):
        calendar.changes(CALENDAR, cursor)


def test_next_occurrences_come_by_their_real_start(
    server: GoogleServer, connect: Connect, weekly: str, tomorrow: str
) -> None:
    server.ui.move(BEN, tomorrow, datetime(2026, 12, 3, 9, 0, tzinfo=UTC))
    found = connect(BEN).calendar.occurrences(ref(BEN, weekly), NOW, 3)

    assert [event.slot.start.day for event in found] == [1, 3, 8]
    assert [event.kind for event in found] == [
        EventKind.OCCURRENCE,
        EventKind.EXCEPTION,
        EventKind.OCCURRENCE,
    ]


def test_cancelled_occurrence_says_so(
    server: GoogleServer, connect: Connect, weekly: str, tomorrow: str
) -> None:
    server.ui.cancel(BEN, tomorrow)
    (found,) = connect(BEN).calendar.occurrences(ref(BEN, weekly), NOW, 1)

    assert (found.ref.event_id, found.status) == (tomorrow, EventStatus.CANCELLED)


def test_single_event_is_its_own_occurrence(server: GoogleServer, connect: Connect) -> None:
    event_id = server.ui.create(BEN, "Once", NOW + timedelta(hours=2))
    found = connect(BEN).calendar.occurrences(ref(BEN, event_id), NOW, 5)

    assert [event.ref.event_id for event in found] == [event_id]
    assert connect(BEN).calendar.occurrences(ref(BEN, event_id), NOW + timedelta(1), 5) == []


def test_series_that_is_gone_is_not_found(
    server: GoogleServer, connect: Connect, weekly: str
) -> None:
    server.ui.cancel(BEN, weekly)
    with pytest.raises(NotFound):
        connect(BEN).calendar.occurrences(ref(BEN, weekly), NOW, 1)
    with pytest.raises(NotFound):
        connect(BEN).calendar.get_event(ref(BEN, weekly))


def test_window_shows_what_overlaps_it_in_order(
    server: GoogleServer, connect: Connect, weekly: str, tomorrow: str
) -> None:
    server.ui.cancel(BEN, f"{weekly}_20261201T090000Z")
    window = Window(start=NOW, end=NOW + timedelta(days=16))
    found = list(connect(BEN).calendar.list_occurrences(CALENDAR, window))

    assert [event.ref.event_id for event in found] == [tomorrow, f"{weekly}_20261208T090000Z"]


def test_busy_spans_are_given(connect: Connect, weekly: str) -> None:
    window = Window(start=NOW, end=NOW + timedelta(days=2))
    (span,) = connect(BEN).calendar.busy(CALENDAR, window)

    assert span.start == datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def test_parts_of_a_split_series_are_known_by_their_own_uids(
    server: GoogleServer, connect: Connect, weekly: str
) -> None:
    part = server.ui.split(BEN, f"{weekly}_20261201T090000Z")
    calendar = connect(BEN).calendar
    series = {event.ref.event_id: event for event in calendar.changes(CALENDAR, None).changed}
    (first,) = calendar.occurrences(ref(BEN, part), NOW, 1)

    assert set(series) == {weekly, part}
    assert first.ref.event_id == f"{weekly}_20261201T090000Z"
    assert first.series == ref(BEN, part)
    assert first.uid == series[EventId(part)].uid


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        (429, "rateLimitExceeded"),
        (403, "rateLimitExceeded"),
        (403, "userRateLimitExceeded"),
        (403, "RATE_LIMIT_EXCEEDED"),
    ],
)
def test_too_many_requests_are_waited_for_and_repeated(
    server: GoogleServer,
    connect: Connect,
    tomorrow: str,
    slept: list[float],
    status: int,
    reason: str,
) -> None:
    server.faults.add("calendar.events.get", status=status, reason=reason, retry_after=3)

    assert connect(BEN).calendar.get_event(ref(BEN, tomorrow)).title == "Ben / Anna"
    assert slept == [3.0]


def test_long_wait_is_left_to_the_job(
    server: GoogleServer, connect: Connect, tomorrow: str, slept: list[float]
) -> None:
    server.quotas.blocked[BEN] = NOW + timedelta(hours=6)
    with pytest.raises(RateLimited) as caught:
        write(connect(BEN), tomorrow)

    assert caught.value.retry_after == timedelta(hours=1)
    assert slept == []


@pytest.mark.parametrize("trouble", ["garble", "hang"])
def test_trouble_is_unavailable_after_four_tries(
    server: GoogleServer, connect: Connect, tomorrow: str, slept: list[float], trouble: str
) -> None:
    more = {"seconds": 0} if trouble == "hang" else {}
    getattr(server.faults, trouble)("calendar.events.get", times=4, **more)
    calendar = connect(BEN).calendar
    calendar.list_calendars()
    with pytest.raises(Unavailable):
        calendar.get_event(ref(BEN, tomorrow))

    assert len(slept) == 3
