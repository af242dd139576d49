"""Occurrences, exceptions, cancellations and splits."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from tests.servers.google import GoogleServer

from .conftest import ANNA, BEN, NOW, Api, reason


def ids(answer: dict[str, Any]) -> list[str]:
    return [item["id"] for item in answer["items"]]


def test_occurrences_keep_wall_clock_over_the_end_of_summer_time(
    server: GoogleServer, api: Api, weekly: str
) -> None:
    answer = (
        api("calendar", BEN)
        .events()
        .instances(
            calendarId=BEN,
            eventId=weekly,
            timeMin="2026-10-19T00:00:00Z",
            timeMax="2026-10-31T00:00:00Z",
        )
        .execute()
    )

    assert ids(answer) == [f"{weekly}_20261020T080000Z", f"{weekly}_20261027T090000Z"]
    assert [i["start"]["dateTime"] for i in answer["items"]] == [
        "2026-10-20T10:00:00+02:00",
        "2026-10-27T10:00:00+01:00",
    ]


def test_occurrence_without_exception_has_the_series_etag(
    server: GoogleServer, weekly: str, tomorrow: str
) -> None:
    assert server.ui.see(BEN, tomorrow)["etag"] == server.ui.see(BEN, weekly)["etag"]


def test_patch_makes_an_exception_that_the_unexpanded_list_shows(
    server: GoogleServer, api: Api, weekly: str, tomorrow: str
) -> None:
    events = api("calendar", BEN).events()
    before = ids(events.list(calendarId=BEN).execute())
    events.patch(calendarId=BEN, eventId=tomorrow, body={"description": "x"}).execute()

    assert before == [weekly]
    assert ids(events.list(calendarId=BEN).execute()) == [weekly, tomorrow]
    assert server.ui.see(BEN, weekly)["description"] == "Please keep this slot free."


def test_moved_occurrence_keeps_id_and_original_start(
    server: GoogleServer, api: Api, weekly: str, tomorrow: str
) -> None:
    server.ui.move(BEN, tomorrow, datetime(2026, 11, 26, 14, 0, tzinfo=UTC))
    answer = (
        api("calendar", ANNA)
        .events()
        .instances(
            calendarId=ANNA,
            eventId=weekly,
            timeMin="2026-11-25T00:00:00Z",
            timeMax="2026-11-28T00:00:00Z",
        )
        .execute()
    )

    (moved,) = answer["items"]
    assert moved["id"] == tomorrow
    assert moved["originalStartTime"]["dateTime"] == "2026-11-24T10:00:00+01:00"
    assert moved["start"]["dateTime"] == "2026-11-26T15:00:00+01:00"


def test_cancelled_occurrence_comes_bare_in_both_calendars(
    server: GoogleServer, api: Api, weekly: str, tomorrow: str
) -> None:
    server.ui.cancel(BEN, tomorrow)
    for user in (BEN, ANNA):
        items = api("calendar", user).events().list(calendarId=user).execute()["items"]
        cancelled = next(item for item in items if item["id"] == tomorrow)

        assert set(cancelled) == {
            "kind",
            "etag",
            "id",
            "status",
            "recurringEventId",
            "originalStartTime",
        }
        assert cancelled["status"] == "cancelled"


def test_cancelled_occurrence_is_not_among_instances_unless_asked_for(
    server: GoogleServer, api: Api, weekly: str, tomorrow: str
) -> None:
    server.ui.cancel(BEN, tomorrow)
    window = {"timeMin": "2026-11-23T00:00:00Z", "timeMax": "2026-11-26T00:00:00Z"}
    events = api("calendar", BEN).events()
    shown = events.instances(calendarId=BEN, eventId=weekly, **window).execute()
    everything = events.instances(
        calendarId=BEN, eventId=weekly, showDeleted=True, **window
    ).execute()

    assert ids(shown) == []
    assert ids(everything) == [tomorrow]


def test_instances_of_an_occurrence_are_that_occurrence(
    server: GoogleServer, api: Api, tomorrow: str
) -> None:
    answer = api("calendar", BEN).events().instances(calendarId=BEN, eventId=tomorrow).execute()

    assert ids(answer) == [tomorrow]


def test_instances_can_be_asked_by_original_start(
    server: GoogleServer, api: Api, weekly: str, tomorrow: str
) -> None:
    answer = (
        api("calendar", BEN)
        .events()
        .instances(calendarId=BEN, eventId=weekly, originalStart="2026-11-24T10:00:00+01:00")
        .execute()
    )

    assert ids(answer) == [tomorrow]


def test_time_where_the_rule_puts_nothing_is_not_found(
    server: GoogleServer, api: Api, weekly: str
) -> None:
    request = (
        api("calendar", BEN).events().get(calendarId=BEN, eventId=f"{weekly}_20261125T090000Z")
    )

    assert reason(request) == (404, "notFound")


def test_all_day_series_has_date_ids(server: GoogleServer, api: Api) -> None:
    series = server.ui.create(BEN, "Offsite", date(2026, 12, 4), recurrence="FREQ=MONTHLY")
    answer = (
        api("calendar", BEN).events().instances(calendarId=BEN, eventId=series, maxResults=2)
    ).execute()

    assert ids(answer) == [f"{series}_20261204", f"{series}_20270104"]
    assert answer["items"][0]["originalStartTime"] == {"date": "2026-12-04"}
    assert "nextPageToken" in answer


def test_expanded_list_is_in_order_and_without_the_series(
    server: GoogleServer, api: Api, weekly: str, tomorrow: str
) -> None:
    server.ui.move(BEN, tomorrow, datetime(2026, 12, 3, 9, 0, tzinfo=UTC))
    answer = (
        api("calendar", BEN)
        .events()
        .list(
            calendarId=BEN,
            singleEvents=True,
            orderBy="startTime",
            timeMin="2026-11-23T00:00:00Z",
            timeMax="2026-12-09T00:00:00Z",
        )
        .execute()
    )

    assert ids(answer) == [f"{weekly}_20261201T090000Z", tomorrow, f"{weekly}_20261208T090000Z"]


def test_order_by_start_needs_expanded_events(server: GoogleServer, api: Api) -> None:
    request = api("calendar", BEN).events().list(calendarId=BEN, orderBy="startTime")

    assert reason(request) == (400, "invalid")


def test_excluded_dates_do_not_take_place(server: GoogleServer, api: Api) -> None:
    more = {
        "recurrence": ["RRULE:FREQ=WEEKLY;COUNT=3", "EXDATE;TZID=Europe/Berlin:20261208T100000"]
    }
    series = server.ui.create(BEN, "1:1", datetime(2026, 12, 1, 9, 0, tzinfo=UTC), more=more)
    answer = api("calendar", BEN).events().instances(calendarId=BEN, eventId=series).execute()

    assert [i["start"]["dateTime"][:10] for i in answer["items"]] == ["2026-12-01", "2026-12-15"]


def test_split_ends_the_series_and_starts_one_with_an_r_id(
    server: GoogleServer, weekly: str
) -> None:
    new = server.ui.split(BEN, f"{weekly}_20261201T090000Z", {"summary": "New time"})

    assert new == f"{weekly}_R20261201T090000"
    assert server.ui.see(BEN, weekly)["recurrence"] == [
        "RRULE:FREQ=WEEKLY;BYDAY=TU;UNTIL=20261130T225959Z"
    ]
    part = server.ui.see(ANNA, new)
    assert part["iCalUID"] == f"{new}@google.com"
    assert part["recurrence"] == ["RRULE:FREQ=WEEKLY;BYDAY=TU"]


def test_occurrences_behind_a_split_are_named_by_the_base(
    server: GoogleServer, api: Api, weekly: str
) -> None:
    new = server.ui.split(BEN, f"{weekly}_20261201T090000Z")
    answer = api("calendar", BEN).events().instances(calendarId=BEN, eventId=new, maxResults=1)
    (first,) = answer.execute()["items"]
    again = api("calendar", BEN).events().get(calendarId=BEN, eventId=first["id"]).execute()

    assert first["id"] == f"{weekly}_20261201T090000Z"
    assert first["recurringEventId"] == again["recurringEventId"] == new


def test_split_resets_exceptions_behind_it_and_keeps_those_before(
    server: GoogleServer, weekly: str, tomorrow: str
) -> None:
    later = f"{weekly}_20261208T090000Z"
    server.ui.change(BEN, tomorrow, {"description": "kept"})
    server.ui.change(BEN, later, {"description": "lost"})
    server.ui.split(BEN, f"{weekly}_20261201T090000Z")

    assert server.ui.see(BEN, tomorrow)["description"] == "kept"
    assert server.ui.see(BEN, later)["description"] == "Please keep this slot free."
    assert server.ui.see(ANNA, later)["description"] == "Please keep this slot free."


def test_splits_do_not_nest_and_markers_are_copied(server: GoogleServer, weekly: str) -> None:
    server.ui.change(BEN, weekly, {"extendedProperties": {"private": {"pair": "p1"}}})
    server.ui.split(BEN, f"{weekly}_20261201T090000Z")
    newest = server.ui.split(BEN, f"{weekly}_20261215T090000Z")

    assert newest == f"{weekly}_R20261215T090000"
    assert server.ui.see(BEN, newest)["extendedProperties"] == {"private": {"pair": "p1"}}


def test_split_of_a_counted_series_shares_the_count(server: GoogleServer) -> None:
    start = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
    series = server.ui.create(BEN, "1:1", start, recurrence="FREQ=WEEKLY;COUNT=5")
    new = server.ui.split(BEN, f"{series}_20261215T090000Z")

    assert server.ui.see(BEN, new)["recurrence"] == ["RRULE:FREQ=WEEKLY;COUNT=3"]


def test_moving_all_of_a_series_drops_its_exceptions(
    server: GoogleServer, api: Api, weekly: str, tomorrow: str
) -> None:
    server.ui.change(BEN, tomorrow, {"description": "agenda"})
    server.ui.move(BEN, weekly, datetime(2026, 9, 1, 12, 0, tzinfo=UTC))
    request = api("calendar", BEN).events().get(calendarId=BEN, eventId=tomorrow)

    assert request.execute()["status"] == "cancelled"
    assert server.ui.see(BEN, f"{weekly}_20261124T130000Z")["status"] == "confirmed"


def test_deleted_series_is_gone_with_its_exceptions(
    server: GoogleServer, api: Api, weekly: str, tomorrow: str
) -> None:
    server.ui.change(BEN, tomorrow, {"description": "agenda"})
    events = api("calendar", BEN).events()
    events.delete(calendarId=BEN, eventId=weekly).execute()

    assert ids(events.list(calendarId=BEN).execute()) == []
    assert reason(events.delete(calendarId=BEN, eventId=weekly)) == (410, "deleted")
    assert reason(events.patch(calendarId=BEN, eventId=tomorrow, body={"description": "x"})) == (
        410,
        "deleted",
    )


def test_guest_who_deletes_an_occurrence_has_declined_it(
    server: GoogleServer, tomorrow: str
) -> None:
    server.ui.cancel(ANNA, tomorrow)

    answers = {
        each["email"]: each["responseStatus"] for each in server.ui.see(BEN, tomorrow)["attendees"]
    }
    assert answers[ANNA] == "declined"
    assert server.ui.see(BEN, tomorrow)["status"] == "confirmed"
    assert server.ui.see(ANNA, tomorrow)["status"] == "cancelled"


@pytest.mark.parametrize(
    ("window", "busy"),
    [
        (("2026-11-24T00:00:00Z", "2026-11-25T00:00:00Z"), 1),
        (("2026-11-25T00:00:00Z", "2026-11-26T00:00:00Z"), 0),
    ],
)
def test_free_busy_shows_occurrences(
    server: GoogleServer, api: Api, weekly: str, window: tuple[str, str], busy: int
) -> None:
    body = {"timeMin": window[0], "timeMax": window[1], "items": [{"id": ANNA}, {"id": "no@x.org"}]}
    answer = api("calendar", BEN).freebusy().query(body=body).execute()["calendars"]

    assert len(answer[ANNA]["busy"]) == busy
    assert answer["no@x.org"]["errors"][0]["reason"] == "notFound"


def test_declined_occurrence_does_not_block(server: GoogleServer, api: Api, tomorrow: str) -> None:
    server.ui.decline(ANNA, tomorrow)
    span = {"timeMin": NOW.isoformat(), "timeMax": (NOW + timedelta(days=2)).isoformat()}
    body = span | {"items": [{"id": ANNA}, {"id": BEN}]}
    answer = api("calendar", BEN).freebusy().query(body=body).execute()["calendars"]

    assert [len(answer[user]["busy"]) for user in (ANNA, BEN)] == [0, 1]
