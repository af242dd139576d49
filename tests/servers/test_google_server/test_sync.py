"""Listing what changed: tokens, pages and tombstones."""

from datetime import timedelta
from typing import Any

import pytest

from tests.servers.google import GoogleServer

from .conftest import ANNA, BEN, CALENDAR, NOW, OWNED, Api, reason


def ids(answer: Any) -> list[str]:
    return [item["id"] for item in answer["items"]]


def run(api: Api, user: str, **parameters: Any) -> tuple[list[list[str]], str]:
    """Every page of a listing, and the sync token at its end."""
    events, pages = api("calendar", user).events(), []
    request = events.list(calendarId=user, **parameters)
    while request is not None:
        answer = request.execute()
        pages.append(ids(answer))
        request = events.list_next(request, answer)
    return pages, answer["nextSyncToken"]


def test_second_run_reports_only_what_changed(
    server: GoogleServer, api: Api, weekly: str, tomorrow: str
) -> None:
    _, token = run(api, BEN)
    _, quiet = run(api, BEN, syncToken=token)
    server.ui.change(BEN, tomorrow, {"description": "x"})

    assert run(api, BEN, syncToken=quiet)[0] == [[tomorrow]]
    assert run(api, BEN, syncToken=token)[0] == [[tomorrow]]


def test_poll_without_change_is_one_call(server: GoogleServer, api: Api, weekly: str) -> None:
    _, token = run(api, BEN)
    server.calls.clear()
    pages, _ = run(api, BEN, syncToken=token)

    assert pages == [[]]
    assert server.calls.count("calendar.*") == 1


def test_guest_sees_the_organizers_change_in_their_own_sync(
    server: GoogleServer, api: Api, weekly: str, tomorrow: str
) -> None:
    _, token = run(api, ANNA)
    server.ui.change(BEN, tomorrow, {"description": "x"})

    assert run(api, ANNA, syncToken=token)[0] == [[tomorrow]]


def test_deleted_event_comes_as_a_bare_tombstone(
    server: GoogleServer, api: Api, weekly: str
) -> None:
    _, token = run(api, ANNA)
    server.ui.cancel(BEN, weekly)
    answer = api("calendar", ANNA).events().list(calendarId=ANNA, syncToken=token).execute()

    (gone,) = answer["items"]
    assert set(gone) == {"kind", "etag", "id", "status"}


def test_token_comes_on_the_last_page_only(server: GoogleServer, api: Api) -> None:
    for number in range(5):
        server.ui.create(BEN, f"Event {number}", NOW)
    first = api("calendar", BEN).events().list(calendarId=BEN, maxResults=2).execute()

    assert "nextSyncToken" not in first
    assert [len(page) for page in run(api, BEN, maxResults=2)[0]] == [2, 2, 1]


def test_pages_can_be_empty_and_go_on(server: GoogleServer, api: Api) -> None:
    for _ in range(4):
        server.ui.create(BEN, "Focus", NOW, more={"eventType": "focusTime"})
    wanted = server.ui.create(BEN, "1:1", NOW)

    assert run(api, BEN, maxResults=2, eventTypes=["default"])[0] == [[], [], [wanted]]


def test_empty_page_can_be_ordered(server: GoogleServer, api: Api, weekly: str) -> None:
    server.empty_pages(1)

    assert run(api, BEN)[0] == [[], [weekly]]


@pytest.mark.parametrize(
    "parameters",
    [
        {"timeMin": "2026-11-01T00:00:00Z"},
        {"timeMax": "2026-12-01T00:00:00Z"},
        {"q": "x"},
        {"iCalUID": "x"},
        {"orderBy": "updated"},
        {"updatedMin": "2026-11-20T00:00:00Z"},
        {"privateExtendedProperty": "a=b"},
        {"sharedExtendedProperty": "a=b"},
        {"showDeleted": False},
    ],
)
def test_parameters_that_a_sync_token_excludes_are_refused(
    server: GoogleServer, api: Api, parameters: dict[str, Any]
) -> None:
    _, token = run(api, BEN)
    request = api("calendar", BEN).events().list(calendarId=BEN, syncToken=token, **parameters)

    assert reason(request) == (400, "invalid")


def test_other_parameters_than_the_first_request_had_are_a_violation(
    unchecked_server: GoogleServer, api: Api
) -> None:
    _, token = run(api, BEN, eventTypes=["default"])
    request = api("calendar", BEN).events().list(calendarId=BEN, syncToken=token)

    assert reason(request) == (400, "invalid")
    assert "undefined" in unchecked_server.violations[0]


def test_token_of_another_calendar_is_refused(server: GoogleServer, api: Api) -> None:
    _, token = run(api, BEN)
    request = api("calendar", ANNA).events().list(calendarId=ANNA, syncToken=token)

    assert reason(request) == (400, "invalid")


def test_old_token_needs_a_full_sync(server: GoogleServer, api: Api) -> None:
    _, token = run(api, BEN)
    server.clock.advance(timedelta(days=29))
    request = api("calendar", BEN).events().list(calendarId=BEN, syncToken=token)

    assert reason(request) == (410, "fullSyncRequired")


def test_tokens_can_be_made_to_expire(server: GoogleServer, api: Api) -> None:
    _, token = run(api, BEN)
    server.expire_sync_tokens(BEN)
    request = api("calendar", BEN).events().list(calendarId=BEN, syncToken=token)

    assert reason(request) == (410, "fullSyncRequired")


def test_updated_min_lies_at_most_four_weeks_back(server: GoogleServer, api: Api) -> None:
    request = api("calendar", BEN).events().list(calendarId=BEN, updatedMin="2026-09-01T00:00:00Z")

    assert reason(request) == (410, "updatedMinTooLongAgo")


def test_window_of_the_first_request_stays(server: GoogleServer, api: Api) -> None:
    past = server.ui.create(BEN, "Past", NOW - timedelta(days=60))
    _, token = run(api, BEN, timeMin=(NOW - timedelta(days=35)).isoformat())
    server.ui.change(BEN, past, {"description": "x"})

    assert run(api, BEN, syncToken=token)[0] == [[]]


def test_time_min_bounds_the_end_exclusively(server: GoogleServer, api: Api) -> None:
    event_id = server.ui.create(BEN, "Now", NOW, minutes=30)
    at_end = (NOW + timedelta(minutes=30)).isoformat()
    before_end = (NOW + timedelta(minutes=29)).isoformat()

    assert run(api, BEN, timeMin=at_end)[0] == [[]]
    assert run(api, BEN, timeMin=before_end)[0] == [[event_id]]


def test_edit_of_a_series_floods_an_expanded_sync(
    server: GoogleServer, api: Api, weekly: str
) -> None:
    window = {"timeMin": "2026-11-23T00:00:00Z", "timeMax": "2026-12-31T00:00:00Z"}
    _, token = run(api, BEN, singleEvents=True, **window)
    server.ui.change(BEN, weekly, {"description": "x"})

    assert len(run(api, BEN, singleEvents=True, syncToken=token)[0][0]) == 6


def test_reminders_leave_updated_alone(server: GoogleServer, weekly: str) -> None:
    before = server.ui.see(BEN, weekly)["updated"]
    server.ui.change(BEN, weekly, {"reminders": {"useDefault": False}})
    server.ui.change(BEN, weekly, {"reminders": {"useDefault": True}})
    server.ui.change(BEN, weekly, {"reminders": {"useDefault": False}})

    assert server.ui.see(BEN, weekly)["reminders"] == {"useDefault": False}
    assert server.ui.see(BEN, weekly)["updated"] == before


def test_search_by_property_takes_any_of_several(server: GoogleServer, api: Api) -> None:
    made = [
        server.ui.create(BEN, n, NOW, more={"extendedProperties": {"private": {"pair": n}}})
        for n in ("a", "b", "c")
    ]

    assert (
        ids(
            api("calendar", BEN)
            .events()
            .list(calendarId=BEN, privateExtendedProperty=["pair=a", "pair=b"])
            .execute()
        )
        == made[:2]
    )


def test_calendar_that_is_not_shared_is_not_found(server: GoogleServer, api: Api) -> None:
    events = api("calendar", BEN).events()

    assert reason(events.list(calendarId=ANNA)) == (404, "notFound")


def test_reader_of_a_shared_calendar_may_not_write(
    server: GoogleServer, api: Api, weekly: str
) -> None:
    server.ui.share_calendar(ANNA, BEN)
    events = api("calendar", BEN).events()

    assert ids(events.list(calendarId=ANNA).execute()) == [weekly]
    assert reason(events.patch(calendarId=ANNA, eventId=weekly, body={"summary": "x"})) == (
        403,
        "forbidden",
    )


def test_owned_scope_ends_at_ones_own_calendars(
    server: GoogleServer, api: Api, weekly: str
) -> None:
    server.ui.share_calendar(ANNA, BEN, "writer")

    def listing(scope: str) -> Any:
        return api("calendar", BEN, scope=scope).events().list(calendarId=ANNA)

    assert ids(listing(CALENDAR).execute()) == [weekly]
    assert reason(listing(OWNED)) == (404, "notFound")


def test_list_of_calendars_says_what_may_be_done(server: GoogleServer, api: Api) -> None:
    server.ui.share_calendar(ANNA, BEN, "writer")
    shown = api("calendar", BEN).calendarList().list().execute()["items"]

    assert [(each["id"], each["accessRole"]) for each in shown] == [
        (BEN, "owner"),
        (ANNA, "writer"),
    ]
