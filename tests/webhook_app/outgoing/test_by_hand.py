"""Webhooks in the hands of their owner: tests, deliveries, sending again."""

from __future__ import annotations

from core.model.calendar import IdempotencyKey
from tests.core.builders import ANNA, BEN
from tests.webhook_app.outgoing.receiver import Receiver
from tests.webhook_app.outgoing.sending import add, deliveries, hook, send
from tests.webhook_app.world import World


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
    literal = {"url": "https://127.0.0.1:1/x", "events": ["point.added"]}
    assert world.browser(ANNA).post("/api/v1/webhooks", json=literal).status_code == 403
    made = hook(world.browser(ANNA), "https://localhost:1/x")
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
