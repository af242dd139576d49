"""Webhooks from happening to receiver: what is told, how it is signed, when it is tried again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from core.model.access import Scope
from core.model.agenda import Visibility
from core.model.calendar import IdempotencyKey
from core.model.webhooks import Delivery, Posted
from core.service.edit import add_point, set_visibility
from core.service.outgoing import pump
from core.service.run import run_due
from core.webhooks import WAITS, hint, next_attempt
from tests.core.builders import ANNA, BEN, CLEO
from tests.webhook_app.outgoing.receiver import Receiver, running_receiver
from tests.webhook_app.world import ADMIN, World, Worlds
from webhook_app.jobs.clock import utc_now

SECRET = "Zaubertrank"
EVERY = [
    "agenda.created",
    "point.added",
    "point.carried",
    "meeting.held",
    "meeting.cancelled",
    "action.created",
    "action.done",
    "series.drift",
    "pair.relinked",
]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with running_receiver() as running:
        yield running


@pytest.fixture
def house(worlds: Worlds) -> World:
    """A world that may send to loopback."""
    return worlds(webhook_hosts="127.0.0.1")


def hook(client: FlaskClient, url: str, **more: Any) -> dict[str, Any]:
    """Add a webhook."""
    body = {"url": url, "events": ["point.added"], **more}
    answer = client.post("/api/v1/webhooks", json=body)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json
    return made


def add(world: World, text: str = SECRET, **how: Any) -> str:
    """Let Anna add a point; return its id."""
    series = world.company.series().series_id
    return add_point(world.app.services, series, text, by=ANNA, now=utc_now(), **how).point_id


def send(world: World, *, after: timedelta = timedelta(0)) -> None:
    """Do what the engine does."""
    now = utc_now() + after
    pump(world.app.services, now)
    run_due(world.app.services, now)


def test_a_point_is_told_by_ids_and_counts_alone(house: World, receiver: Receiver) -> None:
    hook(house.browser(ANNA), receiver.url)

    point = add(house)
    send(house)

    (body,) = receiver.bodies
    assert body["type"] == "point.added"
    assert body["data"]["entry"] == point
    assert body["data"]["by"] == "report"
    whole = json.dumps([body, receiver.got[0][0]])
    assert SECRET not in whole
    assert "@example.com" not in whole


def test_the_signature_holds_for_who_knows_the_secret(house: World, receiver: Receiver) -> None:
    made = hook(house.browser(ANNA), receiver.url)
    add(house)
    send(house)

    headers, body = receiver.got[0]

    assert Webhook(made["secret"]).verify(body, headers)["type"] == "point.added"
    with pytest.raises(WebhookVerificationError):
        Webhook("whsec_" + "A" * 32).verify(body, headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(made["secret"]).verify(body + b" ", headers)


def test_after_a_new_secret_the_old_one_holds_for_a_day(house: World, receiver: Receiver) -> None:
    client = house.browser(ANNA)
    made = hook(client, receiver.url)
    new = client.post(f"/api/v1/webhooks/{made['id']}/secret").json["secret"]  # type: ignore[index]
    add(house)
    send(house)
    headers, body = receiver.got[0]

    for secret in (made["secret"], new):
        assert Webhook(secret).verify(body, headers)
    assert new != made["secret"]
    late = utc_now() + timedelta(hours=25)
    add(house, "y")
    pump(house.app.services, late)
    run_due(house.app.services, late)
    assert len(receiver.got[-1][0]["webhook-signature"].split()) == 1


def test_content_goes_along_by_choice_and_never_what_is_not_shared(
    house: World, receiver: Receiver
) -> None:
    hook(house.browser(ANNA), receiver.url, content=True)

    add(house, "offen")
    add(house, SECRET, visibility=Visibility.SENSITIVE)
    add(house, f"{SECRET} 2", visibility=Visibility.PRIVATE)
    send(house)

    assert [b["data"]["text"] for b in receiver.bodies] == ["offen", None]
    assert SECRET.encode() not in b"".join(body for _, body in receiver.got)


def test_what_became_confidential_meanwhile_is_not_told(house: World, receiver: Receiver) -> None:
    hook(house.browser(ANNA), receiver.url, content=True)
    receiver.answer(500)
    point = add(house)
    send(house)
    receiver.got.clear()

    series = house.company.series().series_id
    set_visibility(house.app.services, series, point, Visibility.SENSITIVE, by=ANNA, now=utc_now())
    receiver.answer(204)
    send(house, after=timedelta(minutes=1))

    assert receiver.got
    assert SECRET.encode() not in b"".join(body for _, body in receiver.got)


def test_nobody_elses_pair_is_told(house: World, receiver: Receiver) -> None:
    hook(house.browser(CLEO), receiver.url)

    add(house)
    send(house)

    assert receiver.got == []


def test_an_administrator_gets_everybodys_counts_and_never_content(
    house: World, receiver: Receiver
) -> None:
    client = house.browser(ADMIN)
    refused = {"url": receiver.url, "events": EVERY, "all_pairs": True}

    assert client.post("/api/v1/webhooks", json={**refused, "content": True}).status_code == 422
    assert house.browser(ANNA).post("/api/v1/webhooks", json=refused).status_code == 403
    hook(client, receiver.url, all_pairs=True)
    add(house)
    send(house)
    assert [b["type"] for b in receiver.bodies] == ["point.added"]
    assert "text" not in receiver.bodies[0]["data"]


def test_a_whole_meeting_is_told(house: World, receiver: Receiver) -> None:
    hook(house.browser(ANNA), receiver.url, events=EVERY)
    house.company.now = utc_now()
    add(house)
    house.company.sync()
    house.company.pass_meeting()
    send(house, after=timedelta(days=365))

    told = [b["type"] for b in receiver.bodies]
    assert {"point.added", "meeting.held", "agenda.created", "point.carried"} <= set(told)


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


def deliveries(client: FlaskClient, made: dict[str, Any], query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = client.get(  # type: ignore[index]
        f"/api/v1/webhooks/{made['id']}/deliveries{query}"
    ).json["items"]
    return found


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


def test_a_delivery_is_sent_again_by_hand_under_the_same_id(
    house: World, receiver: Receiver
) -> None:
    client = house.browser(ANNA)
    made = hook(client, receiver.url)
    add(house)
    send(house)
    (shown,) = deliveries(client, made)
    path = f"/api/v1/webhooks/{made['id']}/deliveries"

    assert client.post(f"{path}/{shown['id']}/resend").status_code == 200
    assert client.post(f"{path}/999-point.added/resend").status_code == 404
    assert client.post(f"{path}/x/resend").status_code == 404
    send(house)

    assert receiver.ids == [shown["webhook_id"]] * 2
    assert deliveries(client, made)[0]["attempts"] == 2


def test_nobody_sees_or_moves_anothers_webhook(house: World, receiver: Receiver) -> None:
    made, other = hook(house.browser(ANNA), receiver.url), house.browser(BEN)
    path = f"/api/v1/webhooks/{made['id']}"

    for answer in (
        other.get(path),
        other.delete(path),
        other.post(f"{path}/test"),
        other.post(f"{path}/secret"),
        other.get(f"{path}/deliveries"),
        other.patch(path, json={"paused": True}),
    ):
        assert answer.status_code == 404
    assert "secret" not in house.browser(ANNA).get(path).json  # type: ignore[operator]


def test_the_deliveries_come_in_parts(house: World, receiver: Receiver) -> None:
    client = house.browser(ANNA)
    made = hook(client, receiver.url)
    for n in range(3):
        add(house, f"p{n}")
    send(house)
    path = f"/api/v1/webhooks/{made['id']}/deliveries?limit=2"

    first = client.get(path).json
    rest = client.get(f"{path}&after={first['next']}").json  # type: ignore[index]

    ids = [d["webhook_id"] for d in (*first["items"], *rest["items"])]  # type: ignore[index]
    assert ids == receiver.ids[::-1]
    assert rest["next"] is None  # type: ignore[index]


def test_a_test_says_what_came_of_it(house: World, receiver: Receiver) -> None:
    client = house.browser(ANNA)
    made = hook(client, receiver.url.replace("/hook", "/webhook-test/abc"))
    path = f"/api/v1/webhooks/{made['id']}/test"

    assert client.post(path).json["arrived"]  # type: ignore[index]
    receiver.answer(404, '{"message":"not registered"}')
    failed = client.post(path).json
    assert failed["status"] == 404  # type: ignore[index]
    assert "not registered" in failed["answer"]  # type: ignore[index]
    assert "Listen for test event" in failed["hint"]  # type: ignore[index]


def test_a_redirect_is_not_followed(house: World, receiver: Receiver) -> None:
    client = house.browser(ANNA)
    made = hook(client, receiver.url)
    receiver.answer(302, Location=receiver.url)

    answer = client.post(f"/api/v1/webhooks/{made['id']}/test").json

    assert len(receiver.got) == 1
    assert "redirect" in answer["hint"]  # type: ignore[index]


def test_without_configuration_loopback_is_refused(world: World, receiver: Receiver) -> None:
    answer = world.browser(ANNA).post(
        "/api/v1/webhooks", json={"url": receiver.url, "events": ["point.added"]}
    )
    made = hook(world.browser(ANNA), "https://127.0.0.1:1/x")
    tried = world.browser(ANNA).post(f"/api/v1/webhooks/{made['id']}/test").json

    assert answer.status_code == 403
    assert "private network" in tried["hint"]  # type: ignore[index]


def test_a_sync_that_finds_nothing_to_send_leaves_no_work(house: World, receiver: Receiver) -> None:
    made = hook(house.browser(ANNA), receiver.url)
    add(house)
    send(house)

    with house.app.store.transaction() as tx:
        action = tx.action(IdempotencyKey(f"deliver:{made['id']}"))
    assert action is not None
    assert action.state == "done"


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
