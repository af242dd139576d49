"""Limits, and troubles that a test orders."""

from datetime import timedelta
from typing import Any

import pytest
import requests

from tests.servers.google import GoogleServer

from .conftest import ANNA, BEN, Api, reason, refusal


def listing(api: Api, user: str = BEN) -> Any:
    return api("calendar", user).events().list(calendarId=user)


def test_persons_quota_is_a_sliding_minute(server: GoogleServer, api: Api) -> None:
    server.quotas.calendar_user_per_minute = 2
    request = listing(api)
    request.execute()
    server.clock.advance(timedelta(seconds=30))
    request.execute()
    assert reason(request) == (403, "userRateLimitExceeded")
    server.clock.advance(timedelta(seconds=31))
    request.execute()

    assert listing(api, ANNA).execute()["items"] == []


def test_projects_quota_names_the_wait(server: GoogleServer, api: Api) -> None:
    server.quotas.calendar_project_per_minute = 1
    listing(api).execute()
    server.clock.advance(timedelta(seconds=20))
    err = refusal(listing(api, ANNA))

    assert (err.resp.status, err.resp["retry-after"]) == (429, "41")


def test_usage_limit_stops_writes_for_hours(server: GoogleServer, api: Api, tomorrow: str) -> None:
    server.quotas.blocked[BEN] = server.clock.now() + timedelta(hours=6)
    patch = (
        api("calendar", BEN)
        .events()
        .patch(calendarId=BEN, eventId=tomorrow, body={"description": "x"})
    )

    assert reason(patch) == (403, "quotaExceeded")
    assert listing(api).execute()["items"]
    server.clock.advance(timedelta(hours=7))
    patch.execute()


def test_default_limits_are_those_of_a_new_project(server: GoogleServer) -> None:
    limits = (server.quotas.calendar_user_per_minute, server.quotas.calendar_project_per_minute)

    assert limits == (600, 10_000)


def test_ordered_error_hits_the_method_and_person_only(server: GoogleServer, api: Api) -> None:
    server.faults.add(
        "calendar.events.list", status=429, reason="rateLimitExceeded", retry_after=7, user=BEN
    )
    listing(api, ANNA).execute()
    err = refusal(listing(api))

    assert (err.resp.status, err.resp["retry-after"]) == (429, "7")
    listing(api).execute()


def test_page_of_a_proxy_is_no_json(server: GoogleServer, api: Api) -> None:
    server.faults.garble("calendar.events.list")
    err = refusal(listing(api))

    assert err.resp.status == 502
    assert err.content.startswith(b"<html>")


def test_hanging_call_ends_without_an_answer(server: GoogleServer, api: Api, weekly: str) -> None:
    server.faults.hang("calendar.events.patch", seconds=0.2)
    events = api("calendar", BEN).events()
    with pytest.raises(requests.ConnectionError):
        events.patch(calendarId=BEN, eventId=weekly, body={"summary": "x"}).execute()

    assert server.ui.see(BEN, weekly)["summary"] == "Ben / Anna"


def test_lost_answer_has_had_its_effect(server: GoogleServer, api: Api, weekly: str) -> None:
    server.faults.lose_answer("calendar.events.patch")
    events = api("calendar", BEN).events()
    with pytest.raises(requests.ConnectionError):
        events.patch(calendarId=BEN, eventId=weekly, body={"summary": "x"}).execute()

    assert server.ui.see(BEN, weekly)["summary"] == "x"


def test_token_endpoint_can_fail(server: GoogleServer, api: Api) -> None:
    server.faults.add("token", status=400, reason="invalid_grant", message="revoked")
    with pytest.raises(Exception, match="revoked"):
        listing(api).execute()


def test_calls_are_counted_by_person_and_method(
    server: GoogleServer, api: Api, tomorrow: str
) -> None:
    listing(api).execute()
    listing(api, ANNA).execute()
    api("calendar", BEN).events().get(calendarId=BEN, eventId=tomorrow).execute()

    assert server.calls.count("calendar.*") == 3
    assert server.calls.count("calendar.events.list", ANNA) == 1
    assert server.calls.of("*.get")[0].path["eventId"] == tomorrow
