"""Subscriptions: validation, notifications, lifecycle, renewal, expiry."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.servers.test_graph_server.conftest import ANNA, BEN, MONDAY, NEXT, NOW
from tests.servers.test_graph_server.receiver import receiving


@pytest.fixture
def receiver():
    with receiving() as running:
        yield running


def wanted(receiver, *, days=6.0, resource=f"users/{BEN}/events", **more):
    until = (NOW + timedelta(days=days)).isoformat().replace("+00:00", "Z")
    return {
        "changeType": "created,updated,deleted",
        "notificationUrl": receiver.url,
        "lifecycleNotificationUrl": receiver.url,
        "resource": resource,
        "expirationDateTime": until,
        "clientState": "secret",
        **more,
    }


def subscribe(api, receiver, **more):
    headers = {"Prefer": 'IdType="ImmutableId"'}
    return api("POST", "/subscriptions", json=wanted(receiver, **more), headers=headers)


def test_both_addresses_are_validated_while_the_post_is_open(graph, api, receiver):
    answer = subscribe(api, receiver)

    assert answer.status_code == 201, answer.text
    assert len(receiver.validations) == 2
    assert receiver.validations[0].startswith("Validation: ")


def test_address_that_does_not_echo_the_token_is_refused(graph, api, receiver):
    receiver.validates = False

    answer = subscribe(api, receiver)

    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "ValidationError")
    assert api.get("/subscriptions")["value"] == []


@pytest.mark.parametrize(
    "bad",
    [
        {"days": 7.01},
        {"days": -1.0},
        {"resource": "groups/x/events"},
        {"changeType": "created,moved"},
        {"clientState": "x" * 129},
        {"notificationUrl": "http://example.com/hook"},
    ],
)
def test_subscription_that_graph_would_refuse_is_refused(graph, api, receiver, bad):
    assert subscribe(api, receiver, **bad).status_code == 400


def test_short_subscription_is_raised_to_45_minutes(graph, api, receiver):
    shown = subscribe(api, receiver, days=0.001).json()

    assert shown["expirationDateTime"].startswith("2026-11-23T08:45:00")


def test_second_one_for_the_same_thing_is_a_conflict(graph, api, receiver):
    subscribe(api, receiver)

    assert subscribe(api, receiver).status_code == 409


def test_change_is_announced_with_the_client_state_and_the_id_type_of_the_subscription(
    graph, api, receiver, series
):
    subscribe(api, receiver)
    graph.ui.edit_body(BEN, series, MONDAY, "<p>x</p>")

    assert graph.deliver() == [202]
    (item,) = receiver.pushed[0]
    assert (item["clientState"], item["changeType"]) == ("secret", "updated")
    assert item["resourceData"]["id"] == graph.event_id(BEN, series)
    assert "subject" not in item["resourceData"]


def test_several_changes_come_in_one_request(graph, api, receiver, series):
    subscribe(api, receiver)
    graph.ui.edit_body(BEN, series, MONDAY, "<p>x</p>")
    graph.ui.edit_body(BEN, series, NEXT, "<p>x</p>")
    graph.deliver()

    assert [len(items) for items in receiver.pushed] == [2]


def test_attendees_edit_is_not_announced_to_the_organizers_subscriber(graph, api, receiver, series):
    subscribe(api, receiver)
    graph.ui.edit_body(ANNA, series, MONDAY, "<p>x</p>")

    assert graph.deliver() == []


def test_duplicates_and_wrong_order(graph, api, receiver, series):
    subscribe(api, receiver)
    graph.state.push.duplicate = graph.state.push.reverse = True
    graph.ui.edit_body(BEN, series, MONDAY, "<p>x</p>")
    graph.ui.cancel(BEN, series)
    graph.deliver()

    assert [item["changeType"] for item in receiver.pushed[0]] == [
        "deleted", "updated", "deleted", "updated"
    ]  # fmt: skip


def test_failed_delivery_is_tried_again_and_after_four_hours_missed(graph, api, receiver, series):
    subscribe(api, receiver)
    receiver.status = 500
    graph.ui.edit_body(BEN, series, MONDAY, "<p>x</p>")

    assert [graph.deliver(), graph.deliver()] == [[500], [500]]
    graph.clock.advance(timedelta(hours=4))
    graph.deliver()
    receiver.status = 202
    graph.deliver()

    assert [item.get("lifecycleEvent") for item in receiver.pushed[-1]] == ["missed"]


@pytest.mark.parametrize("event", ["reauthorizationRequired", "subscriptionRemoved", "missed"])
def test_lifecycle_events(graph, api, receiver, event):
    made = subscribe(api, receiver).json()

    graph.lifecycle(made["id"], event)
    graph.deliver()

    (item,) = receiver.pushed[0]
    assert (item["lifecycleEvent"], item["subscriptionId"]) == (event, made["id"])
    assert bool(api.get("/subscriptions")["value"]) == (event != "subscriptionRemoved")


def test_renewal_moves_the_end(graph, api, receiver):
    made = subscribe(api, receiver, days=1).json()
    graph.clock.advance(timedelta(hours=23))

    answer = api("PATCH", f"/subscriptions/{made['id']}",
                 json={"expirationDateTime": "2026-11-29T08:00:00Z"})  # fmt: skip

    assert answer.json()["expirationDateTime"].startswith("2026-11-29T08:00")
    assert api("DELETE", f"/subscriptions/{made['id']}").status_code == 204


def test_expired_subscription_says_nothing_and_cannot_be_renewed(graph, api, receiver, series):
    made = subscribe(api, receiver, days=2).json()
    graph.clock.advance(timedelta(days=3))
    graph.ui.edit_body(BEN, series, MONDAY, "<p>x</p>")

    answer = api("PATCH", f"/subscriptions/{made['id']}",
                 json={"expirationDateTime": "2026-11-29T08:00:00Z"})  # fmt: skip

    assert graph.deliver() == []
    assert answer.status_code == 404


def test_lost_notifications_are_lost_in_silence(graph, api, receiver, series):
    subscribe(api, receiver)
    graph.state.push.silent = True
    graph.ui.edit_body(BEN, series, MONDAY, "<p>x</p>")

    assert graph.deliver() == []
