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


def test_renewal_opens_the_new_one_before_it_closes_the_old(
    server: GoogleServer, push: GooglePush, subscription: Subscription
) -> None:
    server.clock.advance(timedelta(days=6))
    fresh = push.renew(subscription, ttl=WEEK)

    assert fresh.expires_at == NOW + timedelta(days=13)
    assert len(server.push.channels) == 1
    order = [made.method for made in server.calls.of("calendar.*")]
    assert order[-2:] == ["calendar.events.watch", "calendar.channels.stop"]


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
