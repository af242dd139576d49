"""When webhooks are tried again, and when never any more."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.model.access import Scope
from core.model.webhooks import Delivery, Posted
from core.service.outgoing import pump
from core.webhooks import WAITS, hint, next_attempt
from tests.core.builders import ANNA
from tests.webhook_app.outgoing.receiver import Receiver
from tests.webhook_app.outgoing.sending import add, deliveries, hook, send
from tests.webhook_app.world import World
from webhook_app.jobs.clock import utc_now


def test_a_failure_is_tried_again_in_order_with_the_same_id(
    house: World, receiver: Receiver
) -> None:
    hook(house.browser(ANNA), receiver.url)
    receiver.answer(503)
    first, second = add(house, "a"), add(house, "b")
    send(house)
    assert len(receiver.got) == 1

    receiver.answer(204)
    send(house)
    assert len(receiver.got) == 1
    send(house, after=WAITS[0] + timedelta(seconds=1))

    assert [b["data"]["entry"] for b in receiver.bodies] == [first, first, second]
    assert receiver.ids[0] == receiver.ids[1] != receiver.ids[2]
    times = [headers["webhook-timestamp"] for headers, _ in receiver.got]
    assert times[0] < times[1]


def test_after_three_days_it_is_given_up(house: World, receiver: Receiver) -> None:
    made = hook(house.browser(ANNA), receiver.url)
    receiver.answer(500)
    add(house)
    at = timedelta(0)
    send(house)
    for wait in WAITS:
        at += wait + timedelta(seconds=1)
        send(house, after=at)

    assert timedelta(days=2.9) < at < timedelta(days=3.2)
    assert len(receiver.got) == len(WAITS) + 1
    (shown,) = deliveries(house.browser(ANNA), made)
    assert (shown["state"], shown["attempts"], shown["status"]) == ("given_up", 11, 500)
    send(house, after=at + timedelta(days=3))
    assert len(receiver.got) == len(WAITS) + 1


def test_410_ends_it(house: World, receiver: Receiver) -> None:
    client = house.browser(ANNA)
    made = hook(client, receiver.url)
    receiver.answer(410)
    add(house, "a")
    add(house, "b")
    send(house)
    add(house, "c")
    send(house, after=timedelta(days=1))

    assert len(receiver.got) == 1
    assert client.get(f"/api/v1/webhooks/{made['id']}").json["state"] == "gone"  # type: ignore[index]


def test_what_it_asks_for_by_retry_after_is_granted(house: World, receiver: Receiver) -> None:
    hook(house.browser(ANNA), receiver.url)
    receiver.answer(429, Retry_After="600")
    add(house)
    send(house)
    send(house, after=timedelta(minutes=9))
    assert len(receiver.got) == 1

    receiver.answer(204)
    send(house, after=timedelta(minutes=11))
    assert len(receiver.got) == 2


def test_after_deletion_no_request_goes_out(house: World, receiver: Receiver) -> None:
    client = house.browser(ANNA)
    made = hook(client, receiver.url)
    receiver.answer(500)
    add(house)
    send(house)

    assert client.delete(f"/api/v1/webhooks/{made['id']}").status_code == 204
    send(house, after=timedelta(days=1))

    assert len(receiver.got) == 1
    assert client.get(f"/api/v1/webhooks/{made['id']}").status_code == 404


def test_after_a_token_is_revoked_its_webhook_is_silent(house: World, receiver: Receiver) -> None:
    program = house.program(ANNA, Scope.WEBHOOKS, Scope.ACCOUNT)
    hook(program, receiver.url)
    mine = program.get("/api/v1/tokens").json["items"][0]["id"]  # type: ignore[index]
    program.delete(f"/api/v1/tokens/{mine}")

    add(house)
    send(house)

    assert receiver.got == []
    assert program.get("/api/v1/webhooks").status_code == 401


def test_a_paused_webhook_is_told_nothing(house: World, receiver: Receiver) -> None:
    client = house.browser(ANNA)
    made = hook(client, receiver.url)
    client.patch(f"/api/v1/webhooks/{made['id']}", json={"paused": True})

    add(house)
    send(house)

    assert receiver.got == []


@pytest.mark.parametrize("status", [400, 401, 403, 404, 405, 413, 418, 429, 301, 500])
def test_every_answer_has_a_hint(status: int) -> None:
    assert hint("https://example.com/x", Posted(status=status))


def test_an_endless_retry_after_is_capped(house: World, receiver: Receiver) -> None:
    hook(house.browser(ANNA), receiver.url)
    add(house)
    now = utc_now()
    pump(house.app.services, now)
    with house.app.store.transaction() as tx:
        (delivery,) = tx.nouns(Delivery)
    tried = replace(delivery, attempts=1)

    again = next_attempt(tried, Posted(status=429, retry_after=10.0**9), now)

    assert again == now + timedelta(days=1)
