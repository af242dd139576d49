"""Push channels: empty posts, silent ends."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest

from tests.servers.google import GoogleServer

from .conftest import ANNA, BEN, Api, refusal


class Receiver:
    """What a push endpoint would see."""

    def __init__(self) -> None:
        self.posts: list[dict[str, str]] = []
        self.bodies: list[bytes] = []
        self.answer = 204
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                receiver.posts.append(dict(self.headers))
                receiver.bodies.append(self.rfile.read(int(self.headers["Content-Length"])))
                self.send_response(receiver.answer)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                return

        self.http = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.http.server_port}/hooks/google"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    made = Receiver()
    thread = threading.Thread(target=made.http.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield made
    made.http.shutdown()
    made.http.server_close()
    thread.join(timeout=10)


def watch(api: Api, receiver: Receiver, **more: Any) -> Any:
    body = {"id": "ch-1", "type": "web_hook", "address": receiver.url, "token": "secret"} | more
    return api("calendar", BEN).events().watch(calendarId=BEN, body=body)


def states(receiver: Receiver) -> list[str]:
    return [post["X-Goog-Resource-State"] for post in receiver.posts]


def test_watch_lives_seven_days_and_says_hello(
    server: GoogleServer, api: Api, receiver: Receiver
) -> None:
    channel = watch(api, receiver).execute()
    server.push.flush()

    week = server.clock.now() + timedelta(days=7)
    assert int(channel["expiration"]) == week.timestamp() * 1000
    assert states(receiver) == ["sync"]
    assert receiver.posts[0]["X-Goog-Channel-Token"] == "secret"
    assert receiver.posts[0]["X-Goog-Message-Number"] == "1"


def test_change_is_posted_empty_with_a_growing_number(
    server: GoogleServer, api: Api, receiver: Receiver, tomorrow: str
) -> None:
    watch(api, receiver).execute()
    server.ui.change(BEN, tomorrow, {"description": "x"})
    server.ui.change(BEN, tomorrow, {"description": "y"})
    server.push.flush()

    numbers = [int(post["X-Goog-Message-Number"]) for post in receiver.posts]
    assert states(receiver) == ["sync", "exists", "exists"]
    assert numbers == sorted(set(numbers))
    assert numbers[-1] > len(numbers)
    assert set(receiver.bodies) == {b""}


def test_change_in_the_guests_copy_alone_is_not_the_organizers(
    server: GoogleServer, api: Api, receiver: Receiver, tomorrow: str
) -> None:
    watch(api, receiver).execute()
    server.ui.edit(ANNA, tomorrow, lambda markup: markup + "<br>x")
    server.push.flush()

    assert states(receiver) == ["sync"]


def test_channel_ends_without_a_word(
    server: GoogleServer, api: Api, receiver: Receiver, tomorrow: str
) -> None:
    channel = watch(api, receiver, params={"ttl": "3600"}).execute()
    server.clock.advance(timedelta(hours=1))
    server.ui.change(BEN, tomorrow, {"description": "x"})
    server.push.flush()
    stop = (
        api("calendar", BEN)
        .channels()
        .stop(body={"id": channel["id"], "resourceId": channel["resourceId"]})
    )

    assert states(receiver) == ["sync"]
    assert refusal(stop).resp.status == 404


def test_stopped_channel_is_silent(
    server: GoogleServer, api: Api, receiver: Receiver, tomorrow: str
) -> None:
    channel = watch(api, receiver).execute()
    api("calendar", BEN).channels().stop(
        body={"id": channel["id"], "resourceId": channel["resourceId"]}
    ).execute()
    server.ui.change(BEN, tomorrow, {"description": "x"})
    server.push.flush()

    assert states(receiver) == ["sync"]


def test_id_is_good_for_one_channel(server: GoogleServer, api: Api, receiver: Receiver) -> None:
    watch(api, receiver).execute()

    assert refusal(watch(api, receiver)).error_details[0]["reason"] == "channelIdNotUnique"


def test_address_outside_loopback_must_be_https(
    server: GoogleServer, api: Api, receiver: Receiver
) -> None:
    request = watch(api, receiver, address="http://example.com/hook")

    assert refusal(request).error_details[0]["reason"] == "push.webhookUrlNotHttps"


def test_receiver_in_trouble_is_asked_again(
    server: GoogleServer, api: Api, receiver: Receiver
) -> None:
    receiver.answer = 503
    watch(api, receiver).execute()
    server.push.flush()

    assert len(receiver.posts) == 3
    assert server.push.deliveries[0].status == 503


def test_notification_can_get_lost(
    server: GoogleServer, api: Api, receiver: Receiver, tomorrow: str
) -> None:
    watch(api, receiver).execute()
    server.push.lose_next = 1
    server.ui.change(BEN, tomorrow, {"description": "x"})
    server.push.flush()

    assert states(receiver) == ["sync"]
