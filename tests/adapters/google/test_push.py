"""The push port on Google."""

from datetime import timedelta

import pytest

from adapters.google.push import GooglePush
from core.model.calendar import CalendarId
from core.ports import CalendarFeature, PushRequest, Subscription
from tests.servers.google import GoogleServer

from .conftest import BEN, NOW, Connect

WEEK = timedelta(days=7)
URL = "http://127.0.0.1:9/hooks/google"


@pytest.fixture
def push(connect: Connect) -> GooglePush:
    port = connect(BEN).push
    assert isinstance(port, GooglePush)
    return port


@pytest.fixture
def subscription(push: GooglePush) -> Subscription:
    return push.subscribe(CalendarId(BEN), URL, ttl=WEEK)


def posted(server: GoogleServer, **changes: str) -> PushRequest:
    """The latest notification as it would arrive."""
    server.push.flush()
    headers = dict(server.push.deliveries[-1].headers) | changes
    return PushRequest(headers=headers, query={}, body=b"")


def test_subscription_lives_a_week_at_most(push: GooglePush) -> None:
    made = push.subscribe(CalendarId(BEN), URL, ttl=timedelta(days=30))

    assert made.expires_at == NOW + WEEK


def test_hello_changes_nothing(
    server: GoogleServer, push: GooglePush, subscription: Subscription
) -> None:
    reply = push.receive(posted(server))

    assert (reply.status, reply.changed) == (204, ())


def test_notification_names_the_calendar(
    server: GoogleServer, push: GooglePush, subscription: Subscription, tomorrow: str
) -> None:
    server.ui.change(BEN, tomorrow, {"description": "x"})
    reply = push.receive(posted(server))

    assert (reply.status, reply.changed) == (204, (BEN,))


@pytest.mark.parametrize(
    "forged",
    [
        {"X-Goog-Channel-ID": "another"},
        {"X-Goog-Channel-Token": "guessed"},
        {"X-Goog-Channel-Token": ""},
        {"X-Goog-Channel-Token": "ü"},
    ],
)
def test_forged_notification_is_not_found(
    server: GoogleServer,
    push: GooglePush,
    subscription: Subscription,
    tomorrow: str,
    forged: dict[str, str],
) -> None:
    server.ui.change(BEN, tomorrow, {"description": "x"})
    reply = push.receive(posted(server, **forged))

    assert (reply.status, reply.changed) == (404, ())


def test_request_without_headers_is_not_found(push: GooglePush) -> None:
    assert push.receive(PushRequest(headers={}, query={}, body=b"")).status == 404


def test_notification_of_an_ended_channel_is_not_found(
    server: GoogleServer, push: GooglePush, subscription: Subscription
) -> None:
    late = posted(server)
    server.clock.advance(WEEK + timedelta(minutes=1))

    assert push.receive(late).status == 404


def test_renewal_is_one_call_and_the_old_one_ends_by_itself(
    server: GoogleServer, push: GooglePush, subscription: Subscription
) -> None:
    server.clock.advance(timedelta(days=6))
    fresh = push.renew(subscription, ttl=WEEK)

    assert fresh.expires_at == NOW + timedelta(days=13)
    assert server.calls.of("calendar.*")[-1].method == "calendar.events.watch"
    assert [c.expires for c in server.push.channels.values()] == [NOW + WEEK, fresh.expires_at]


def test_while_two_channels_overlap_a_change_is_announced_once(
    server: GoogleServer, push: GooglePush, subscription: Subscription, tomorrow: str
) -> None:
    server.clock.advance(timedelta(days=6))
    push.renew(subscription, ttl=WEEK)
    server.push.flush()
    before = len(server.push.deliveries)
    server.ui.change(BEN, tomorrow, {"description": "x"})
    server.push.flush()

    posts = [PushRequest(headers=d.headers, query={}, body=b"") for d in server.push.deliveries]
    hello = push.receive(posts[before - 1])
    replies = [push.receive(post) for post in posts[before:]]

    assert hello.changed == ()
    assert sorted(reply.changed for reply in replies) == [(), (BEN,)]
    assert [reply.status for reply in replies] == [204, 204]


def test_a_life_that_google_does_not_give_is_not_insisted_on(
    server: GoogleServer, push: GooglePush
) -> None:
    server.faults.add("calendar.events.watch", status=400, reason="invalid")

    made = push.subscribe(CalendarId(BEN), URL, ttl=timedelta(days=30))

    assert made.expires_at == NOW + WEEK
    assert len(server.push.channels) == 1


def test_ended_subscription_can_be_ended_again(
    server: GoogleServer, push: GooglePush, subscription: Subscription
) -> None:
    push.unsubscribe(subscription)
    push.unsubscribe(subscription)

    assert server.push.channels == {}


def test_without_a_secret_there_is_no_push(connect: Connect) -> None:
    suite = connect(BEN, push_secret=b"")

    assert suite.push is None
    assert CalendarFeature.PUSH not in suite.calendar.features
