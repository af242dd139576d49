"""Subscriptions and notifications: ours are heard, all others are not."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from core.errors import NotSupported
from core.ports import PushRequest
from tests.adapters.outlook.conftest import ANNA, BEN
from tests.servers.test_graph_server.receiver import receiving

WEEK = timedelta(days=7)


@pytest.fixture
def suite(connect):
    return connect(BEN)


@pytest.fixture
def receiver():
    with receiving() as running:
        yield running


def request(content, **query):
    return PushRequest(headers={}, query=query, body=json.dumps(content).encode())


def new_meeting(graph):
    graph.ui.create_event(BEN, [ANNA], subject="x", start=datetime(2026, 12, 1, 9, 0))


def test_change_names_the_calendar(graph, suite, receiver):
    made = suite.push.subscribe(suite.calendar.calendar_id, receiver.url, ttl=WEEK)
    new_meeting(graph)
    graph.deliver()

    reply = suite.push.receive(request({"value": receiver.pushed[0]}))

    assert (reply.status, reply.changed) == (202, (suite.calendar.calendar_id,))
    assert made.expires_at - graph.clock.now() == timedelta(minutes=10_065)
    assert graph.calls[-1].headers["prefer"] == 'IdType="ImmutableId"'


def test_handshake_gets_its_own_token_back(suite):
    reply = suite.push.receive(PushRequest(headers={}, query={"validationToken": "a+b"}, body=b""))

    assert (reply.status, reply.body, reply.changed) == (200, "a+b", ())
    huge = PushRequest(headers={}, query={"validationToken": "x" * 5000}, body=b"")
    assert suite.push.receive(huge).status == 400


@pytest.mark.parametrize(
    "state",
    ["", "outlook:ben@example.com", f"{'A' * 22} outlook:ben@example.com", None, 7, "ä \ud800"],
)
def test_notification_without_our_signature_names_nothing(suite, state):
    reply = suite.push.receive(request({"value": [{"clientState": state}]}))

    assert (reply.status, reply.changed) == (403, ())


def test_signature_is_good_for_its_own_calendar_and_installation_only(
    graph, connect, suite, receiver
):
    suite.push.subscribe(suite.calendar.calendar_id, receiver.url, ttl=WEEK)
    new_meeting(graph)
    graph.deliver()
    item = receiver.pushed[0][0]
    signature = item["clientState"].partition(" ")[0]

    stolen = item | {"clientState": f"{signature} outlook:{ANNA}"}
    elsewhere = connect(BEN, push_secret=b"other" * 8).push

    assert suite.push.receive(request({"value": [stolen]})).changed == ()
    assert elsewhere.receive(request({"value": [item]})).changed == ()
    assert len(suite.push.receive(request({"value": [stolen, item, item]})).changed) == 1


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"", 400), (b"[]", 400), (b'{"value"', 400), (b"\xff", 400), (b"[" * 100_000, 400),
     (b'{"value": 7}', 403), (b'{"value": [7]}', 403), (b'{"value": []}', 202),
     (b" " * 1_048_577, 413)],
    ids=lambda each: str(each)[:20],
)  # fmt: skip
def test_rubbish_is_answered_and_never_raises(suite, body, status):
    reply = suite.push.receive(PushRequest(headers={}, query={}, body=body))

    assert (reply.status, reply.changed) == (status, ())


@pytest.mark.parametrize(
    ("event", "renews"),
    [("missed", False), ("reauthorizationRequired", True), ("subscriptionRemoved", True)],
)
def test_lifecycle_event_makes_us_look(graph, suite, receiver, event, renews):
    made = suite.push.subscribe(suite.calendar.calendar_id, receiver.url, ttl=WEEK)
    graph.lifecycle(made.subscription_id.split(" ")[0], event)
    graph.deliver()

    reply = suite.push.receive(request({"value": receiver.pushed[-1]}))

    assert reply.changed == (suite.calendar.calendar_id,)
    assert bool(reply.renew) is renews


def test_renewal_prolongs_and_one_that_expired_is_made_anew(graph, suite, receiver):
    made = suite.push.subscribe(suite.calendar.calendar_id, receiver.url, ttl=WEEK)
    graph.clock.set(datetime(2026, 11, 25, 8, 0, tzinfo=UTC))
    longer = suite.push.renew(made, ttl=WEEK)
    graph.clock.set(datetime(2026, 12, 25, 8, 0, tzinfo=UTC))
    fresh = suite.push.renew(longer, ttl=timedelta(days=1))

    assert longer.subscription_id == made.subscription_id
    assert longer.expires_at - made.expires_at == timedelta(days=2)
    assert fresh.subscription_id != made.subscription_id
    assert fresh.expires_at == graph.clock.now() + timedelta(days=1)


def test_earlier_subscription_of_ours_gives_way(graph, suite, receiver):
    calendar_id = suite.calendar.calendar_id
    old = suite.push.subscribe(calendar_id, receiver.url, ttl=WEEK)

    new = suite.push.subscribe(calendar_id, receiver.url, ttl=WEEK)

    assert list(graph.state.push.subscriptions) == [new.subscription_id.split(" ")[0]]
    assert new.subscription_id != old.subscription_id


def test_unsubscribing_twice_is_no_error(graph, suite, receiver):
    made = suite.push.subscribe(suite.calendar.calendar_id, receiver.url, ttl=WEEK)

    suite.push.unsubscribe(made)
    suite.push.unsubscribe(made)

    assert not graph.state.push.subscriptions


def test_address_that_leaves_no_room_for_a_signature_is_polled(graph, connect):
    long = f"{'b' * 120}@example.com"
    suite = connect(long)

    with pytest.raises(NotSupported):
        suite.push.subscribe(suite.calendar.calendar_id, "https://example.org/hook", ttl=WEEK)


def test_without_a_secret_there_is_no_push(connect):
    assert connect(BEN, push_secret=b"").push is None
