"""Each person has a copy; the organizer's writes reach all of them."""

from datetime import UTC, datetime

from tests.servers.google import GoogleServer

from .conftest import ANNA, BEN, CARA, NOW, Api, reason

AGENDA = {"description": "Agenda\n• Hiring plan"}


def test_both_people_have_the_event_under_one_id(
    server: GoogleServer, api: Api, tomorrow: str
) -> None:
    seen = {
        user: api("calendar", user).events().get(calendarId=user, eventId=tomorrow).execute()
        for user in (BEN, ANNA)
    }

    assert seen[BEN]["iCalUID"] == seen[ANNA]["iCalUID"]
    assert seen[BEN]["organizer"] == {"email": BEN, "self": True}
    assert seen[ANNA]["organizer"] == {"email": BEN}
    assert [each["email"] for each in seen[ANNA]["attendees"] if each.get("self")] == [ANNA]


def test_organizers_description_is_in_the_guests_copy_at_once(
    server: GoogleServer, api: Api, tomorrow: str
) -> None:
    events = api("calendar", BEN).events()
    written = events.patch(calendarId=BEN, eventId=tomorrow, body=AGENDA).execute()

    copy = server.ui.see(ANNA, tomorrow)
    assert copy["description"] == AGENDA["description"]
    assert copy["etag"] == written["etag"]


def test_guest_may_not_change_the_description_through_the_api(
    server: GoogleServer, api: Api, tomorrow: str
) -> None:
    request = api("calendar", ANNA).events().patch(calendarId=ANNA, eventId=tomorrow, body=AGENDA)

    assert reason(request) == (403, "forbiddenForNonOrganizer")


def test_guest_may_change_what_is_their_own(server: GoogleServer, api: Api, tomorrow: str) -> None:
    own = {"reminders": {"useDefault": False}, "extendedProperties": {"private": {"k": "v"}}}
    api("calendar", ANNA).events().patch(calendarId=ANNA, eventId=tomorrow, body=own).execute()

    assert server.ui.see(ANNA, tomorrow)["extendedProperties"] == {"private": {"k": "v"}}
    assert "extendedProperties" not in server.ui.see(BEN, tomorrow)


def test_guests_edit_in_the_web_client_stays_in_their_copy(
    server: GoogleServer, tomorrow: str
) -> None:
    server.ui.edit(ANNA, tomorrow, lambda markup: markup + "<br>My point")

    assert server.ui.see(ANNA, tomorrow)["description"].endswith("<br>My point")
    assert server.ui.see(BEN, tomorrow)["description"] == "Please keep this slot free."


def test_organizers_next_write_wipes_the_guests_own_text(
    server: GoogleServer, api: Api, tomorrow: str
) -> None:
    server.ui.edit(ANNA, tomorrow, lambda markup: markup + "<br>My point")
    api("calendar", BEN).events().patch(calendarId=BEN, eventId=tomorrow, body=AGENDA).execute()

    assert server.ui.see(ANNA, tomorrow)["description"] == AGENDA["description"]


def test_guests_own_text_stays_where_the_assumption_is_turned(
    server: GoogleServer, api: Api, tomorrow: str
) -> None:
    server.assumptions.organizer_write_wipes_guest_text = False
    server.ui.edit(ANNA, tomorrow, lambda markup: markup + "<br>My point")
    api("calendar", BEN).events().patch(calendarId=BEN, eventId=tomorrow, body=AGENDA).execute()

    assert server.ui.see(ANNA, tomorrow)["description"].endswith("My point")


def test_guests_can_modify_lets_a_guests_edit_reach_the_organizer(
    server: GoogleServer, api: Api, weekly: str, tomorrow: str
) -> None:
    server.ui.change(BEN, weekly, {"guestsCanModify": True})
    api("calendar", ANNA).events().patch(calendarId=ANNA, eventId=tomorrow, body=AGENDA).execute()

    assert server.ui.see(BEN, tomorrow)["description"] == AGENDA["description"]


def test_guests_answer_reaches_everyone_and_leaves_texts_alone(
    server: GoogleServer, tomorrow: str
) -> None:
    server.ui.edit(ANNA, tomorrow, lambda markup: markup + "<br>My point")
    before = server.ui.see(BEN, tomorrow)["etag"]
    server.ui.decline(ANNA, tomorrow, "On leave")

    answers = {a["email"]: a for a in server.ui.see(BEN, tomorrow)["attendees"]}
    assert (answers[ANNA]["responseStatus"], answers[ANNA]["comment"]) == ("declined", "On leave")
    assert server.ui.see(BEN, tomorrow)["etag"] != before
    assert server.ui.see(ANNA, tomorrow)["description"].endswith("My point")


def test_patch_leaves_the_meet_link_and_an_update_drops_it(server: GoogleServer, api: Api) -> None:
    events = api("calendar", BEN).events()
    times = {"start": {"date": "2026-12-01"}, "end": {"date": "2026-12-02"}}
    meet = {"conferenceData": {"createRequest": {"requestId": "r"}}}
    made = events.insert(calendarId=BEN, body=times | meet, conferenceDataVersion=1).execute()
    patched = events.patch(calendarId=BEN, eventId=made["id"], body=AGENDA).execute()
    replaced = events.update(calendarId=BEN, eventId=made["id"], body=times | AGENDA).execute()

    assert patched["conferenceData"]["conferenceId"] == made["conferenceData"]["conferenceId"]
    assert "conferenceData" not in replaced
    assert "hangoutLink" not in replaced


def test_conference_data_without_its_version_is_ignored(server: GoogleServer, api: Api) -> None:
    body = {
        "start": {"date": "2026-12-01"},
        "end": {"date": "2026-12-02"},
        "conferenceData": {"createRequest": {"requestId": "r"}},
    }
    made = api("calendar", BEN).events().insert(calendarId=BEN, body=body).execute()

    assert "conferenceData" not in made


def test_group_is_one_attendee_and_its_members_have_copies(server: GoogleServer) -> None:
    server.add_group("team@example.com", ANNA, CARA)
    event_id = server.ui.create(BEN, "Team", NOW, guests=["team@example.com"])

    copy = server.ui.see(CARA, event_id)
    assert [each["email"] for each in copy["attendees"]] == [BEN, "team@example.com"]


def test_room_is_a_resource_that_accepts(server: GoogleServer) -> None:
    server.add_room("c_1@resource.calendar.google.com", "Room 4")
    event_id = server.ui.create(BEN, "1:1", NOW, guests=[ANNA, "c_1@resource.calendar.google.com"])

    room = server.ui.see(ANNA, event_id)["attendees"][2]
    assert (room["resource"], room["responseStatus"], room["displayName"]) == (
        True,
        "accepted",
        "Room 4",
    )


def test_uninvited_guest_keeps_a_bare_tombstone(
    server: GoogleServer, api: Api, weekly: str
) -> None:
    server.ui.uninvite(BEN, weekly, ANNA)
    seen = api("calendar", ANNA).events().get(calendarId=ANNA, eventId=weekly).execute()

    assert set(seen) == {"kind", "etag", "id", "status"}
    assert seen["status"] == "cancelled"


def test_event_without_organizer_among_attendees_is_possible(
    server: GoogleServer, api: Api
) -> None:
    body = {
        "start": {"dateTime": "2026-12-01T10:00:00+01:00"},
        "end": {"dateTime": "2026-12-01T10:30:00+01:00"},
        "attendees": [{"email": ANNA}],
    }
    made = api("calendar", BEN).events().insert(calendarId=BEN, body=body).execute()

    assert [each["email"] for each in made["attendees"]] == [ANNA]
    assert made["organizer"]["email"] == BEN


def test_invitation_from_outside_has_an_underscore_id_and_is_read_only(
    server: GoogleServer, api: Api
) -> None:
    event_id = server.ui.receive_invitation(
        ANNA,
        {
            "iCalUID": "4BC2A0A1@calendar.example.org",
            "summary": "1:1",
            "organizer": {"email": "dora@example.org"},
            "start": {"dateTime": "2026-11-24T10:00:00+01:00"},
            "end": {"dateTime": "2026-11-24T10:30:00+01:00"},
            "attendees": [{"email": "dora@example.org"}, {"email": ANNA}],
        },
    )
    request = api("calendar", ANNA).events().patch(calendarId=ANNA, eventId=event_id, body=AGENDA)

    assert event_id.startswith("_")
    assert reason(request) == (403, "forbiddenForNonOrganizer")


def test_handed_over_series_has_the_new_organizer_everywhere(
    server: GoogleServer, weekly: str
) -> None:
    server.ui.hand_over(BEN, weekly, CARA)

    assert server.ui.see(CARA, weekly)["organizer"] == {"email": CARA, "self": True}
    assert server.ui.see(ANNA, weekly)["organizer"] == {"email": CARA}
    assert server.ui.see(BEN, weekly)["organizer"] == {"email": CARA}


def test_offset_is_the_calendars_and_the_zone_the_events_own(server: GoogleServer) -> None:
    server.add_user("dora@example.com", "Dora", "America/Sao_Paulo")
    event_id = server.ui.create(
        BEN, "Call", datetime(2026, 11, 24, 9, 0, tzinfo=UTC), guests=["dora@example.com"]
    )

    assert server.ui.see("dora@example.com", event_id)["start"] == {
        "dateTime": "2026-11-24T06:00:00-03:00",
        "timeZone": "Europe/Berlin",
    }
