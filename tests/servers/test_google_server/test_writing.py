"""Revisions, limits and mail when events are written."""

from datetime import timedelta
from typing import Any

import pytest

from tests.servers.google import GoogleServer

from .conftest import ANNA, BEN, CARA, NOW, Api, reason


def patch(
    api: Api, event_id: str, body: dict[str, Any], *, if_match: str | None = None, **more: Any
) -> Any:
    request = (
        api("calendar", BEN).events().patch(calendarId=BEN, eventId=event_id, body=body, **more)
    )
    if if_match:
        request.headers["If-Match"] = if_match
    return request


def test_etag_is_twice_the_microseconds_of_updated(server: GoogleServer, weekly: str) -> None:
    event = server.ui.see(BEN, weekly)

    seconds = int(event["etag"].strip('"')) / 2_000_000
    assert abs(seconds - NOW.timestamp()) < 1
    assert event["updated"].startswith("2026-11-23T08:00:00.")


def test_current_etag_writes_and_a_stale_one_is_refused(
    server: GoogleServer, api: Api, tomorrow: str
) -> None:
    etag = server.ui.see(BEN, tomorrow)["etag"]
    patch(api, tomorrow, {"description": "one"}, if_match=etag).execute()

    assert reason(patch(api, tomorrow, {"description": "two"}, if_match=etag)) == (
        412,
        "conditionNotMet",
    )
    assert server.ui.see(BEN, tomorrow)["description"] == "one"


def test_star_writes_in_any_case(server: GoogleServer, api: Api, tomorrow: str) -> None:
    patch(api, tomorrow, {"description": "one"}).execute()
    patch(api, tomorrow, {"description": "two"}, if_match="*").execute()

    assert server.ui.see(BEN, tomorrow)["description"] == "two"


def test_edit_of_the_series_makes_an_occurrences_etag_stale(
    server: GoogleServer, api: Api, weekly: str, tomorrow: str
) -> None:
    etag = server.ui.see(BEN, tomorrow)["etag"]
    server.ui.change(BEN, weekly, {"summary": "New title"})

    assert reason(patch(api, tomorrow, {"description": "x"}, if_match=etag))[0] == 412


def test_patch_that_changes_nothing_leaves_the_etag(
    server: GoogleServer, api: Api, tomorrow: str
) -> None:
    once = patch(api, tomorrow, {"description": "x"}).execute()
    twice = patch(api, tomorrow, {"description": "x"}).execute()

    assert once["etag"] == twice["etag"]


def test_description_does_not_raise_the_sequence_and_a_new_time_does(
    server: GoogleServer, tomorrow: str
) -> None:
    server.ui.change(BEN, tomorrow, {"description": "x"})
    described = server.ui.see(BEN, tomorrow)["sequence"]
    moved = server.ui.move(BEN, tomorrow, NOW + timedelta(days=2))["sequence"]

    assert (described, moved) == (0, 1)


def test_description_beyond_8192_characters_is_refused_or_cut(
    server: GoogleServer, api: Api, tomorrow: str
) -> None:
    assert reason(patch(api, tomorrow, {"description": "x" * 8193})) == (400, "invalid")
    server.assumptions.long_description = "truncate"
    answer = patch(api, tomorrow, {"description": "x" * 8193}).execute()

    assert len(answer["description"]) == 8192


def test_client_made_id_works_once(server: GoogleServer, api: Api) -> None:
    body = {"id": "abcde12345", "start": {"date": "2026-12-01"}, "end": {"date": "2026-12-02"}}
    events = api("calendar", BEN).events()
    events.insert(calendarId=BEN, body=body).execute()
    again = reason(events.insert(calendarId=BEN, body=body))
    events.delete(calendarId=BEN, eventId="abcde12345").execute()

    assert again == (409, "duplicate")
    assert reason(events.insert(calendarId=BEN, body=body)) == (409, "duplicate")


@pytest.mark.parametrize("bad", ["abc", "with-dash", "xyz99"])
def test_id_outside_base32hex_is_refused(server: GoogleServer, api: Api, bad: str) -> None:
    body = {"id": bad, "start": {"date": "2026-12-01"}, "end": {"date": "2026-12-02"}}

    assert reason(api("calendar", BEN).events().insert(calendarId=BEN, body=body))[0] == 400


def test_series_needs_a_time_zone(server: GoogleServer, api: Api) -> None:
    body = {
        "start": {"dateTime": "2026-12-01T10:00:00Z"},
        "end": {"dateTime": "2026-12-01T10:30:00Z"},
        "recurrence": ["RRULE:FREQ=WEEKLY"],
    }

    assert reason(api("calendar", BEN).events().insert(calendarId=BEN, body=body))[0] == 400


def test_end_before_start_is_refused(server: GoogleServer, api: Api) -> None:
    body = {"start": {"date": "2026-12-02"}, "end": {"date": "2026-12-01"}}

    assert reason(api("calendar", BEN).events().insert(calendarId=BEN, body=body))[0] == 400


def test_api_write_mails_nobody_unless_told_to(
    server: GoogleServer, api: Api, tomorrow: str
) -> None:
    patch(api, tomorrow, {"description": "a"}).execute()
    patch(api, tomorrow, {"description": "b"}, sendUpdates="none").execute()
    assert server.mails.sent == []
    patch(api, tomorrow, {"description": "c"}, sendUpdates="all").execute()

    (mail,) = server.mails.caused_by_api
    assert (mail.to, mail.kind, mail.cause) == (ANNA, "update", "calendar.events.patch")


def test_external_only_mails_people_outside_google(server: GoogleServer, api: Api) -> None:
    event_id = server.ui.create(BEN, "1:1", NOW, guests=[ANNA, "dora@example.org"], notify=False)
    patch(api, event_id, {"summary": "x"}, sendUpdates="externalOnly").execute()

    assert [mail.to for mail in server.mails.caused_by_api] == ["dora@example.org"]


def test_mail_by_hand_is_not_ours(server: GoogleServer, tomorrow: str) -> None:
    server.ui.invite(BEN, tomorrow, CARA)
    server.ui.cancel(BEN, tomorrow)

    assert {mail.to for mail in server.mails.sent} == {ANNA, CARA}
    assert server.mails.caused_by_api == []


def test_web_editor_turns_a_plain_description_into_markup(
    server: GoogleServer, tomorrow: str
) -> None:
    server.ui.change(BEN, tomorrow, {"description": "Agenda\n• R&D <draft>\n• two  spaces"})
    server.ui.edit(BEN, tomorrow, lambda markup: markup)

    assert server.ui.see(BEN, tomorrow)["description"] == (
        "Agenda<br>• R&amp;D &lt;draft&gt;<br>• two&nbsp; spaces"
    )


def test_web_editor_drops_hidden_marks_and_unknown_tags(
    server: GoogleServer, tomorrow: str
) -> None:
    hidden = '<!-- id --><div data-id="7" class="x"><strong>Agenda</strong></div>'
    server.ui.change(
        BEN, tomorrow, {"description": hidden + '<a href="https://example.org/" id="q">l</a>'}
    )
    server.ui.edit(BEN, tomorrow, lambda markup: markup)

    assert server.ui.see(BEN, tomorrow)["description"] == (
        '<b>Agenda</b><br><a href="https://example.org/" target="_blank">l</a>'
    )


def test_web_editor_keeps_links_in_angle_brackets(server: GoogleServer, tomorrow: str) -> None:
    server.ui.change(BEN, tomorrow, {"description": "Join <https://example.org/j><br>now"})
    server.ui.edit(BEN, tomorrow, lambda markup: markup)

    assert "https://example.org/j" in server.ui.see(BEN, tomorrow)["description"]


@pytest.mark.capability("C-34")
def test_phone_edits_plain_text(server: GoogleServer, tomorrow: str) -> None:
    markup = "<b>Agenda</b><ul><li>One</li><li>Two&nbsp;</li></ul>End &amp; out"
    server.ui.change(BEN, tomorrow, {"description": markup})
    server.ui.edit(BEN, tomorrow, lambda text: text + "\n- mine", phone=True)

    assert server.ui.see(BEN, tomorrow)["description"] == (
        "Agenda\n• One\n• Two \n\nEnd & out\n- mine"
    )
