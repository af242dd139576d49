"""Slack from end to end on a workspace that stands in: reminders, presses, forms, and forgery."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Response
from flask.testing import FlaskClient

from core.errors import NotSupported, RateLimited
from core.model.agenda import PointState
from core.model.calendar import IdempotencyKey
from core.model.messages import Message, RichText
from core.model.received import ReceivedState
from core.model.settings import Channel
from core.model.teams import SentMessage
from tests.servers.slack import SIGNING, TOKEN, Workspace, buttons, running_slack, signed
from tests.webhook_app.cards_app import ANNA, BEN, CLEO, SERIES, cards_app
from webhook_app.auth.limits import Limits
from webhook_app.cards.message_card import message_card
from webhook_app.cli.doctor_slack import slack_findings
from webhook_app.config import Settings
from webhook_app.jobs.clock import utc_now
from webhook_app.reach import Reach
from webhook_app.web import create_app
from webhook_app.wiring import App

Post = Callable[..., Response]


@pytest.fixture(scope="module")
def workspace() -> Iterator[Workspace]:
    with running_slack() as running:
        yield running


@pytest.fixture
def slack(workspace: Workspace) -> Workspace:
    for kept in (workspace.messages, workspace.modals, workspace.ephemeral, workspace.calls,
                 workspace.users, workspace.faults):  # fmt: skip
        kept.clear()
    for person in (ANNA, BEN, CLEO):
        workspace.join(person.address)
    workspace.join("stranger@example.com")
    return workspace


@pytest.fixture
def app(tmp_path: Path, slack: Workspace) -> Iterator[App]:
    made = cards_app(tmp_path / "data")
    settings = replace(
        made.settings,
        slack_bot_token=TOKEN,
        slack_signing_secret=SIGNING,
        slack_api_root=slack.url,
    )
    yield replace(made, settings=settings)
    made.close()


@pytest.fixture
def client(app: App) -> FlaskClient:
    return create_app(app, limits=Limits(factor=1000)).test_client()


def remind(app: App, to: str = ANNA.address, about: str = SERIES, key: str = "k") -> None:
    reach = Reach(
        settings=app.settings,
        store=app.store,
        suite_of=app.services.suite_of,
        card_of=lambda message: message_card(app, message, utc_now()),
    )
    port = reach(to, Channel.SLACK)
    assert port is not None
    body = RichText(text="See you", html="<p>See you</p>")
    port.send(Message(to=to, subject="Your 1:1", body=body, about=about), key=IdempotencyKey(key))


def post(client: FlaskClient, body: bytes, **how: object) -> Response:
    headers = signed(body, **how)  # type: ignore[arg-type]
    return client.post("/hooks/slack", data=body, headers=headers)  # type: ignore[return-value]


def points(app: App) -> dict[str, PointState]:
    with app.store.transaction() as tx:
        sheet = tx.open_sheet(SERIES)
    assert sheet is not None
    return {p.text: p.state for p in sheet.agenda.points}


def test_a_reminder_shows_the_agenda_and_no_private_word(app: App, slack: Workspace) -> None:
    remind(app)
    remind(app)

    ((message,),) = [list(slack.messages.values())]
    assert message["text"] == "Your 1:1"
    assert "Holidays <in> August" in str(message)
    assert "Salary" not in str(message)
    assert "secret draft" not in str(message)
    assert {"✓", "Later"} <= {b["text"]["text"] for b in buttons(message["blocks"])} | {"Later"}


def test_a_process_that_dies_after_sending_sends_the_same_message(
    app: App, slack: Workspace
) -> None:
    remind(app)
    with app.store.transaction() as tx:
        for note in tx.nouns(SentMessage):
            tx.remove_noun(SentMessage, note.key)

    remind(app)
    remind(app, key="another")

    assert slack.calls.count("chat.postMessage") == 3
    assert len(slack.messages) == 2


def test_a_tick_is_done_and_shown(app: App, client: FlaskClient, slack: Workspace) -> None:
    remind(app)
    assert points(app)["Holidays <in> August & more"] is PointState.OPEN

    answer = post(client, slack.press(ANNA.address, "✓"))

    assert (answer.status_code, answer.get_data()) == (200, b"")
    assert points(app)["Holidays <in> August & more"] is PointState.DISCUSSED
    assert "☑ Holidays" in str(slack.messages[slack.last()])
    with app.store.transaction() as tx:
        (row,) = tx.all_received(suite="slack")
    assert row.state is ReceivedState.DONE


def carry_label(slack: Workspace) -> str:
    known = ("Later", "Keep for later", "Carry over")
    labels = [b["text"]["text"] for b in buttons(slack.messages[slack.last()]["blocks"])]
    return next(label for label in labels if label in known)


def test_a_point_is_kept_for_the_next_talk(app: App, client: FlaskClient, slack: Workspace) -> None:
    remind(app)

    assert post(client, slack.press(ANNA.address, carry_label(slack))).status_code == 200

    assert points(app)["Holidays <in> August & more"] is PointState.PARKED


def test_a_point_is_added_by_a_form_once(app: App, client: FlaskClient, slack: Workspace) -> None:
    remind(app)
    assert post(client, slack.press(ANNA.address, "Point")).status_code == 200
    empty = post(client, slack.submit(ANNA.address, text=" "))
    assert empty.get_json()["response_action"] == "errors"

    answer = post(client, slack.submit(ANNA.address, text="Training in March"), at=time.time() - 50)
    again = post(client, slack.submit(ANNA.address, text="Training in March"), at=time.time() - 200)

    assert answer.get_json() == again.get_json() == {"response_action": "clear"}
    assert list(points(app)).count("Training in March") == 1
    assert "Training in March" in str(slack.messages[slack.last()])


def test_a_link_and_slack_s_silence_do_no_harm(
    app: App, client: FlaskClient, slack: Workspace
) -> None:
    remind(app)
    assert post(client, slack.press(ANNA.address, "Whole page")).status_code == 200
    body = slack.press(ANNA.address, "✓")
    slack.faults.append(Response(status=503))

    assert post(client, body).status_code == 200

    assert points(app)["Holidays <in> August & more"] is PointState.DISCUSSED


def test_another_s_agenda_stays_closed(app: App, client: FlaskClient, slack: Workspace) -> None:
    remind(app)

    assert post(client, slack.press(CLEO.address, "✓")).status_code == 200
    assert post(client, slack.press("stranger@example.com", "✓")).status_code == 401

    assert points(app)["Holidays <in> August & more"] is PointState.OPEN
    assert "no such 1:1" in str(slack.ephemeral)


def test_forged_old_and_repeated_requests_are_refused(
    app: App, client: FlaskClient, slack: Workspace
) -> None:
    remind(app)
    body, now = slack.press(ANNA.address, "✓"), time.time()

    assert post(client, body, secret="wrong").status_code == 401
    assert post(client, body, at=now - 301).status_code == 401
    assert post(client, body, at=now + 400).status_code == 401
    assert client.post("/hooks/slack", data=body).status_code == 401
    moved = client.post("/hooks/slack", data=body + b"&x=1", headers=signed(body))
    assert moved.status_code == 401
    assert points(app)["Holidays <in> August & more"] is PointState.OPEN
    assert post(client, body, at=now).status_code == 200
    assert post(client, body, at=now).status_code == 401


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"payload=",
        b"payload=%7B",
        b"payload=[]",
        b"payload=%7B%22type%22%3A%22block_actions%22%7D",
        b"\xff\xfe",
        b"payload=" + b"%5B" * 5000,
    ],
)
def test_garbage_with_a_good_signature_is_refused(client: FlaskClient, body: bytes) -> None:
    assert post(client, body).status_code == 422


def test_a_giant_request_is_refused(client: FlaskClient) -> None:
    assert post(client, b"payload=" + b"x" * 300_000).status_code == 413


def test_a_guest_of_another_workspace_is_refused(
    app: App, client: FlaskClient, slack: Workspace
) -> None:
    remind(app)
    body = slack.press(ANNA.address, "✓").replace(b"T0001", b"T9999", 1)

    assert post(client, body).status_code == 422


def test_without_settings_there_is_no_such_door_and_no_channel(tmp_path: Path) -> None:
    made = cards_app(tmp_path / "data")
    client = create_app(made).test_client()

    assert post(client, b"payload={}").status_code == 404
    reach = Reach(settings=made.settings, store=made.store, suite_of=made.services.suite_of)
    assert reach(ANNA.address, Channel.SLACK) is None
    made.close()


def test_who_has_no_account_is_reached_otherwise_and_limits_are_granted(
    app: App, slack: Workspace
) -> None:
    del slack.users[ANNA.address]
    with pytest.raises(NotSupported):
        remind(app)

    slack.join(ANNA.address)
    slack.faults.append(Response(status=429, headers={"Retry-After": "3"}))
    with pytest.raises(RateLimited) as caught:
        remind(app)
    assert caught.value.retry_after is not None
    remind(app)
    assert len(slack.messages) == 1


def test_the_doctor_says_what_is_missing(slack: Workspace) -> None:
    known = Settings(
        data=Path("x"),
        slack_bot_token=TOKEN,
        slack_signing_secret=SIGNING,
        slack_api_root=slack.url,
        public_url="https://one.example.com",
    )

    assert slack_findings(Settings(data=Path("x"))) == []
    assert all(ok for _, ok, _ in slack_findings(known))
    assert "/hooks/slack" in slack_findings(known)[1][2]
    assert not slack_findings(replace(known, public_url="http://localhost"))[1][1]
    assert not slack_findings(replace(known, slack_bot_token="xoxb-other"))[0][1]
    assert not slack_findings(replace(known, slack_bot_token=""))[0][1]
    slack.scopes = "chat:write"
    ((_, ok, text),) = slack_findings(known)
    slack.scopes = "chat:write,users:read,users:read.email"
    assert not ok
    assert "users:read" in text
