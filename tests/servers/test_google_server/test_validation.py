"""Nothing passes that Google's API description does not know."""

from typing import Any

import pytest
import requests
from googleapiclient.errors import HttpError

from tests.servers.google import GoogleServer

from .conftest import BEN, Api, refusal


def test_unknown_field_is_refused_and_recorded(
    unchecked_server: GoogleServer, api: Api, tomorrow: str
) -> None:
    request = (
        api("calendar", BEN)
        .events()
        .patch(calendarId=BEN, eventId=tomorrow, body={"descripton": "typo"})
    )

    assert "descripton: no such field" in str(refusal(request))
    with pytest.raises(AssertionError, match=r"calendar\.events\.patch: descripton"):
        unchecked_server.check()


def test_wrong_type_deep_in_a_body_is_named(unchecked_server: GoogleServer, api: Api) -> None:
    body = {
        "start": {"date": "2026-12-01"},
        "end": {"date": "2026-12-02"},
        "attendees": [{"email": 7}],
    }
    refusal(api("calendar", BEN).events().insert(calendarId=BEN, body=body))

    assert unchecked_server.violations == [
        "calendar.events.insert: attendees[0].email: int where a string belongs"
    ]


def test_wrong_enum_in_a_card_is_named(unchecked_server: GoogleServer, api: Api) -> None:
    card = {"sections": [{"widgets": [{"textInput": {"name": "n", "type": "MULTILINE"}}]}]}
    body = {"cardsV2": [{"cardId": "c", "card": card}]}
    refusal(api("chat", None).spaces().messages().create(parent="spaces/X", body=body))

    assert "textInput.type: 'MULTILINE' is none of" in unchecked_server.violations[0]


def _get(server: GoogleServer, path: str, **parameters: Any) -> requests.Response:
    return requests.get(f"{server.url}{path}", params=parameters, timeout=5)


def test_unknown_parameter_is_refused(unchecked_server: GoogleServer) -> None:
    answer = _get(unchecked_server, "calendar/v3/calendars/primary/events", timemin="x")

    assert answer.status_code == 400
    assert unchecked_server.violations == [
        "calendar.events.list: timemin: calendar.events.list has no such parameter"
    ]


@pytest.mark.parametrize(
    ("parameters", "fault"),
    [
        ({"singleEvents": "yes"}, "neither true nor false"),
        ({"maxResults": "many"}, "no whole number"),
        ({"maxResults": "0"}, "out of range"),
        ({"orderBy": "title"}, "is none of startTime, updated"),
        ({"syncToken": ["a", "b"]}, "given 2 times"),
    ],
)
def test_parameter_value_that_the_description_excludes_is_refused(
    unchecked_server: GoogleServer, parameters: dict[str, Any], fault: str
) -> None:
    answer = _get(unchecked_server, "calendar/v3/calendars/primary/events", **parameters)

    assert answer.status_code == 400
    assert fault in unchecked_server.violations[0]


def test_unknown_path_is_refused(unchecked_server: GoogleServer) -> None:
    answer = _get(unchecked_server, "calendar/v3/calendar/primary/events")

    assert answer.status_code == 404
    assert "no API has such a method" in unchecked_server.violations[0]


def test_method_that_is_not_modelled_says_so(unchecked_server: GoogleServer, api: Api) -> None:
    request = api("calendar", BEN).events().quickAdd(calendarId=BEN, text="Lunch")

    assert refusal(request).resp.status == 501
    assert unchecked_server.violations == ["calendar.events.quickAdd is not modelled"]


def test_own_answer_against_the_description_is_a_violation(
    unchecked_server: GoogleServer, api: Api, tomorrow: str
) -> None:
    row = unchecked_server.world.calendars.by_id[BEN].rows[tomorrow.partition("_")[0]]
    row.fields["sequence"] = "one"
    with pytest.raises(HttpError):
        api("calendar", BEN).events().get(calendarId=BEN, eventId=row.id).execute()

    assert "answer of calendar.events.get: sequence: str" in unchecked_server.violations[0]


def test_body_that_is_no_json_is_a_parse_error(unchecked_server: GoogleServer, api: Api) -> None:
    request = api("calendar", BEN).events().insert(calendarId=BEN, body={})
    request.body = "{"

    assert refusal(request).error_details[0]["reason"] == "parseError"


def test_body_of_ten_megabytes_is_refused(unchecked_server: GoogleServer, api: Api) -> None:
    body = {"description": "x" * 10_000_000}
    request = api("calendar", BEN).events().insert(calendarId=BEN, body=body)

    assert refusal(request).resp.status == 413


def test_null_removes_a_field_and_is_no_violation(
    server: GoogleServer, api: Api, tomorrow: str
) -> None:
    events = api("calendar", BEN).events()
    events.patch(calendarId=BEN, eventId=tomorrow, body={"description": None}).execute()

    assert "description" not in server.ui.see(BEN, tomorrow)


def test_fields_cut_the_answer(server: GoogleServer, api: Api, tomorrow: str) -> None:
    answer = (
        api("calendar", BEN)
        .events()
        .get(calendarId=BEN, eventId=tomorrow, fields="id,organizer/email,start(timeZone)")
        .execute()
    )

    assert answer == {
        "id": tomorrow,
        "organizer": {"email": BEN},
        "start": {"timeZone": "Europe/Berlin"},
    }
