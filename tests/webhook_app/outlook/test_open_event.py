"""Which 1:1 is open in Outlook or Teams: by the ids of either person's own mailbox."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from core.model.series import SeriesState
from core.service.run import sync_once
from tests.webhook_app.outlook.conftest import ANNA, BEN
from webhook_app.jobs.clock import utc_now
from webhook_app.web import create_app

CLEO = "cleo@example.com"


def tomorrow(hour=10):
    day = (utc_now() + timedelta(days=1)).date()
    return datetime(day.year, day.month, day.day, hour)


class House:
    """Ben's weekly 1:1 with Anna, found by nobody yet, and what panes ask about it."""

    def __init__(self, graph, app):
        self.graph, self.app = graph, app
        self.client = create_app(app).test_client()
        self.first = tomorrow()
        self.uid = graph.ui.create_series(BEN, [ANNA], subject="1:1", first=self.first, body="Hi")

    def event(self, person, day=None, uid=None):
        """An id as Outlook's own programs have it, in Graph's spelling."""
        return self.graph.event_id(person, uid or self.uid, day, immutable=False)

    def ask(self, person, **opened):
        user = self.graph.state.tenant.mailbox(person).user_id
        claims = {"oid": user, "scp": "access_as_user", "preferred_username": person}
        bearer = self.graph.tokens.mint(self.graph.app_id, **claims)
        headers = {"Authorization": f"Bearer {bearer}", "Accept-Language": "de"}
        return self.client.post("/pane/open", headers=headers, json=opened)

    def state(self, person, **opened):
        return self.ask(person, **opened).json["state"]

    def series(self):
        with self.app.store.transaction() as tx:
            return tx.series_by_uid(self.uid)

    def say_yes(self):
        """By the button of the very page that the pane shows."""
        page = self.ask(BEN, event=self.event(BEN)).json["url"]
        assert "/preview/" in page
        text = self.client.get(page).text
        assert 'name="what" value="yes"' in text
        self.client.post(page.replace("/preview/", "/do/"), data={"what": "yes"})
        sync_once(self.app.services, utc_now())


@pytest.fixture
def house(graph, app, command, secret_file):
    command("connect", "outlook", "--secret-file", secret_file, "--person", BEN, "--person", ANNA)
    return House(graph, app)


def test_event_that_no_sync_has_brought_is_read_and_its_yes_is_offered(house):
    assert house.series() is None
    house.say_yes()

    assert house.series().state is SeriesState.ENABLED
    opened = house.ask(ANNA, event=house.event(ANNA)).json
    assert opened["url"].endswith(f"/talk/{house.series().series_id}")
    assert house.client.get(opened["url"]).status_code == 200


def test_any_occurrence_leads_there_and_says_where_the_agenda_stands(house):
    house.say_yes()
    first, second = house.first.date(), house.first.date() + timedelta(days=7)

    here = house.ask(BEN, event=house.event(BEN, first), series=house.event(BEN)).json
    later = house.ask(ANNA, event=house.event(ANNA, second)).json
    by_series = house.ask(ANNA, series=house.event(ANNA), unsaved=True).json

    assert (here["beside"], by_series["beside"]) == ("", "")
    assert "agenda stands in" in later["beside"] or "Agenda steht in" in later["beside"]
    assert {answer["url"].rpartition("/talk/")[2] for answer in (here, later, by_series)} == {
        house.series().series_id
    }


def test_moved_occurrence_is_the_same_one(house):
    house.say_yes()
    day = house.first.date()
    house.graph.ui.move(BEN, house.uid, day, house.first + timedelta(hours=3))

    assert house.ask(ANNA, event=house.event(ANNA, day)).json["beside"] == ""


def test_what_is_no_1_1_says_why(house):
    house.graph.add_mailbox(CLEO, "Cleo")
    uid = house.graph.ui.create_series(BEN, [ANNA, CLEO], subject="Team", first=tomorrow(14))

    answer = house.ask(BEN, event=house.event(BEN, uid=uid)).json

    assert answer["state"] == "other"
    assert "more than two" in answer["text"] or "mehr als zwei" in answer["text"]
    assert "url" not in answer


def test_ids_open_one_s_own_mailbox_alone(house):
    assert house.state(ANNA, event=house.event(BEN)) == "absent"
    assert house.state(ANNA, event="AAMkNever=") == "absent"


def test_third_person_with_an_account_is_not_let_into_the_talk(house, command):
    house.say_yes()
    house.graph.add_mailbox(CLEO, "Cleo")
    command("connect", "outlook", "--person", CLEO)
    uid = house.graph.ui.create_series(BEN, [CLEO], subject="Forwarded", first=tomorrow(15))
    with house.app.store.transaction() as tx:  # what Cleo was forwarded is the two's own talk
        tx.put_series(replace(tx.series_by_uid(house.uid), uid=uid))

    answer = house.ask(CLEO, event=house.event(CLEO, uid=uid)).json

    assert answer["state"] == "other"
    assert "url" not in answer


def test_nothing_open_and_nothing_saved(house):
    assert house.state(ANNA) == "home"
    assert house.state(ANNA, unsaved=True) == "unsaved"


def test_stranger_reads_what_to_do_in_their_language(house):
    house.graph.add_mailbox(CLEO, "Cleo")

    answer = house.ask(CLEO)

    assert answer.status_code == 404
    assert answer.json["title"] == "Hier kennt Sie noch niemand"


def test_person_whose_sign_in_name_is_not_their_address_is_known_by_their_id(house):
    user = house.graph.state.tenant.mailbox(ANNA).user_id
    claims = {"oid": user, "scp": "access_as_user", "preferred_username": "am@corp.example.com"}
    bearer = house.graph.tokens.mint(house.graph.app_id, **claims)

    answer = house.client.post("/pane/open", headers={"Authorization": f"Bearer {bearer}"})

    assert answer.json["state"] == "home"


def test_busy_mailbox_is_said_and_not_a_broken_page(house):
    event = house.event(ANNA)
    house.graph.faults.add("throttle", path="/events/", retry_after="120")

    assert house.state(ANNA, event=event) == "trouble"
    assert house.state(ANNA, event=event) == "found"


def test_own_token_opens_the_mailbox_of_who_is_not_connected(graph, app, command, secret_file):
    command("connect", "outlook", "--secret-file", secret_file, "--person", BEN)
    house = House(graph, app)
    house.say_yes()
    before = len(graph.calls)

    assert house.state(ANNA, event=house.event(ANNA)) == "talk"
    assert [call.mailbox for call in graph.calls[before:]] == [ANNA]
    graph.tokens.revoked.add(graph.state.tenant.mailbox(ANNA).user_id)
    assert house.state(ANNA, event=house.event(ANNA)) == "closed"


def test_meeting_in_teams_is_known_by_its_chat_and_by_its_id(house):
    props = house.graph.ui.view(ANNA, house.uid).props
    thread = props["joinUrl"].partition("meetup-join/")[2].partition("/")[0]
    chat = thread.replace("%3A", ":").replace("%40", "@")
    meeting = base64.b64encode(f"0#{chat}#0".encode()).decode()
    house.state(ANNA, event=house.event(ANNA))

    assert house.state(ANNA, thread=chat) == "found"
    house.say_yes()
    house.graph.calls.clear()
    assert house.state(ANNA, thread=meeting) == "talk"
    assert house.graph.calls == []
    assert house.state(ANNA, thread="19:abcdefgh@thread.v2") == "home"


def test_what_is_no_id_is_refused(house):
    house.graph.calls.clear()

    for wrong in (
        {"event": "x" * 2000},
        {"event": ["x"]},
        {"series": "a\nb"},
        {"event": "../../ben@example.com/messages"},
    ):
        assert house.ask(ANNA, **wrong).status_code == 422
    assert house.graph.calls == []
