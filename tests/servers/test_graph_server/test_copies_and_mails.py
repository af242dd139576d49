"""Two people's copies: who overwrites whom, who gets mail, and what of it is seen."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.servers.test_graph_server.conftest import ANNA, BEN, CLEO, MONDAY, NEXT

START = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)


def write(api, graph, address, uid, day, content):
    path = f"/users/{address}/events/{graph.event_id(address, uid, day)}"
    body = {"body": {"contentType": "html", "content": content}}
    answer = api("PATCH", path, json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_attendees_edit_stays_in_the_attendees_copy(graph, api, series):
    write(api, graph, ANNA, series, MONDAY, "<p>Anna's point</p>")

    assert "Anna's point" in graph.ui.body(ANNA, series, MONDAY)
    assert "Anna's point" not in graph.ui.body(BEN, series, MONDAY)
    assert [mail.kind for mail in graph.all_mails] == ["invitation"]


def test_organizers_write_overwrites_the_attendees_edit(graph, api, series):
    graph.ui.edit_body(ANNA, series, MONDAY, "<p>Anna's point</p>")

    write(api, graph, BEN, series, MONDAY, "<p>Ben's agenda</p>")

    assert "Ben's agenda" in graph.ui.body(ANNA, series, MONDAY)
    assert "Anna's point" not in graph.ui.body(ANNA, series, MONDAY)


def test_write_on_one_occurrence_leaves_the_attendees_edit_of_another(graph, api, series):
    graph.ui.edit_body(ANNA, series, NEXT, "<p>Anna's point</p>")

    write(api, graph, BEN, series, MONDAY, "<p>Ben's agenda</p>")

    assert "Anna's point" in graph.ui.body(ANNA, series, NEXT)


def test_what_is_personal_survives_the_organizers_write(graph, api, series):
    path = f"/users/{ANNA}/events/{graph.event_id(ANNA, series, MONDAY)}"
    api("PATCH", path, json={"categories": ["1:1"], "showAs": "tentative"})

    write(api, graph, BEN, series, MONDAY, "<p>Ben's agenda</p>")

    shown = api.get(path)
    assert (shown["categories"], shown["showAs"]) == (["1:1"], "tentative")


def test_body_write_days_before_is_processed_without_being_seen(graph, api, series):
    write(api, graph, BEN, series, MONDAY, "<p>Agenda</p>")

    assert [(mail.kind, mail.visible) for mail in graph.all_mails] == [
        ("invitation", True),
        ("update", False),
    ]
    assert graph.all_mails[1].cause == "app"
    assert [mail.recipient for mail in graph.mails] == [ANNA]


@pytest.mark.parametrize(("minutes", "seen"), [(16, False), (15, True), (1, True), (-30, True)])
def test_body_write_shortly_before_or_after_the_start_is_seen(graph, api, series, minutes, seen):
    graph.clock.set(START - timedelta(minutes=minutes))

    write(api, graph, BEN, series, MONDAY, "<p>Agenda</p>")

    assert graph.all_mails[-1].visible is seen


def test_tenant_without_the_rule_shows_every_update(graph, api, series):
    graph.state.tenant.visible_updates = "AllProperties"

    write(api, graph, BEN, series, MONDAY, "<p>Agenda</p>")

    assert graph.mails[-1].why == "rule AllProperties"


def test_change_of_place_is_seen(graph, api, series):
    path = f"/users/{BEN}/events/{graph.event_id(BEN, series, MONDAY)}"

    api("PATCH", path, json={"location": {"displayName": "Room 5"}})

    assert graph.mails[-1].why == "rule Location"


def test_moving_is_seen(graph, api, series):
    graph.ui.move(BEN, series, MONDAY, datetime(2026, 12, 1, 15, 0))

    assert (graph.mails[-1].why, graph.mails[-1].cause) == ("time or recurrence changed", "person")
    assert graph.mails[-1].original_start == START


def test_guest_of_another_organization_sees_every_update(graph, api):
    uid = graph.ui.create_series(BEN, [CLEO], subject="x", first=datetime(2026, 11, 30, 10, 0))

    write(api, graph, BEN, uid, MONDAY, "<p>Agenda</p>")

    assert [(mail.kind, mail.recipient) for mail in graph.mails] == [
        ("invitation", CLEO),
        ("update", CLEO),
    ]
    assert "Agenda" in graph.mails[-1].content["body"]


def test_write_on_the_master_mails_once_more_for_each_exception(graph, api, series):
    for day in (MONDAY, NEXT):
        write(api, graph, BEN, series, day, "<p>Agenda</p>")
    before = len(graph.all_mails)

    write(api, graph, BEN, series, None, "<p>New text for all</p>")

    assert len(graph.all_mails) - before == 3
    assert "Agenda" in graph.ui.body(ANNA, series, MONDAY)


def test_personal_change_sends_nothing(graph, api, series):
    path = f"/users/{BEN}/events/{graph.event_id(BEN, series, MONDAY)}"

    api("PATCH", path, json={"categories": ["1:1"], "isReminderOn": False})

    assert len(graph.all_mails) == 1


def test_new_attendee_is_invited_and_nobody_else_hears_of_it(graph, api, series):
    graph.add_mailbox(CLEO, "Cleo")
    graph.ui.invite(BEN, series, CLEO)
    graph.ui.uninvite(BEN, series, CLEO)

    assert [(mail.kind, mail.recipient) for mail in graph.all_mails] == [
        ("invitation", ANNA),
        ("invitation", CLEO),
        ("cancellation", CLEO),
    ]
    assert graph.ui.view(CLEO, series).props["isCancelled"]


def test_declining_one_occurrence_tells_the_organizer(graph, api, series):
    graph.ui.decline(ANNA, series, MONDAY)

    anna = graph.ui.view(BEN, series, MONDAY).props["attendees"][0]
    assert anna["response"] == "declined"
    assert graph.ui.view(BEN, series, NEXT).props["attendees"][0]["response"] == "none"
    assert (graph.mails[-1].kind, graph.mails[-1].recipient) == ("response", BEN)


def test_attendee_may_not_change_attendees(graph, api, series):
    path = f"/users/{ANNA}/events/{graph.event_id(ANNA, series, MONDAY)}"

    assert api("PATCH", path, json={"attendees": []}).status_code == 403


def test_mail_through_graph_is_in_the_log(graph, api):
    message = {
        "subject": "Agenda",
        "body": {"contentType": "html", "content": "<p>Hi</p>"},
        "toRecipients": [{"emailAddress": {"address": ANNA}}],
    }

    answer = api("POST", f"/users/{BEN}/sendMail", json={"message": message})

    assert answer.status_code == 202
    assert (graph.mails[-1].kind, graph.mails[-1].subject) == ("message", "Agenda")


def test_somebody_else_can_be_told_of_each_mail(graph, api):
    got = []
    graph.state.mails.on_mail = got.append

    graph.ui.create_event(BEN, [CLEO], subject="x", start=datetime(2026, 12, 1, 9, 0))

    assert [mail.recipient for mail in got] == [CLEO]
