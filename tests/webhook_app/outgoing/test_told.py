"""What webhooks tell, to whom, and how it is signed."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from core.model.agenda import Visibility
from core.service.edit import set_visibility
from core.service.outgoing import pump
from core.service.run import run_due
from tests.core.builders import ANNA, BEN, CLEO
from tests.webhook_app.outgoing.receiver import Receiver
from tests.webhook_app.outgoing.sending import EVERY, SECRET, add, hook, send
from tests.webhook_app.world import ADMIN, World
from webhook_app.jobs.clock import utc_now


@pytest.mark.capability("F-37")
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


@pytest.mark.capability("SD-87")
def test_sd_87_the_signature_holds_for_who_knows_the_secret(
    house: World, receiver: Receiver
) -> None:
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


def test_a_point_typed_in_the_calendar_is_told_without_its_words(
    house: World, receiver: Receiver
) -> None:
    hook(house.browser(ANNA), receiver.url)
    house.company.now = utc_now()
    house.company.sync()
    house.company.add_line(BEN, f"- {SECRET}")
    house.company.now = utc_now()
    house.company.sync()
    send(house)

    (point,) = house.company.agenda().points
    assert point.text == SECRET
    assert [b["data"]["entry"] for b in receiver.bodies] == [point.point_id]
    assert SECRET.encode() not in b"".join(body for _, body in receiver.got)


def test_a_promise_is_told_when_made_and_when_kept(house: World, receiver: Receiver) -> None:
    hook(house.browser(ANNA), receiver.url, events=["action.created", "action.done"])
    client = house.browser(ANNA)
    path = f"/api/v1/series/{house.company.series().series_id}"
    made = client.post(f"{path}/action-items", json={"text": SECRET}).json["id"]  # type: ignore[index]
    client.post(f"{path}/entries/{made}/tick")
    send(house)

    assert [(b["type"], b["data"]["entry"]) for b in receiver.bodies] == [
        ("action.created", made),
        ("action.done", made),
    ]
