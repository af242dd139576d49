"""Every answer of Slack's is decided: which error it is, and when to come again."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta

import pytest
import requests
import responses

from adapters.slack.messages import SlackMessages, user_with
from adapters.slack.wire import Slack
from core.errors import (
    AccountDisconnected,
    InvalidInput,
    NotFound,
    NotSupported,
    OneOnOneError,
    PermissionDenied,
    RateLimited,
    Unavailable,
    UnexpectedResponse,
)
from core.model.calendar import IdempotencyKey
from core.model.messages import Message, MessageRef, RichText
from core.sent import SentInMemory

ROOT = "https://slack.example.com/api"
POST = f"{ROOT}/chat.postMessage"
SLACK = Slack(token="xoxb-secret", root=ROOT)
MESSAGE = Message(
    to="anna@example.com", subject="1:1 <!channel>", body=RichText(text="words", html="")
)


def call() -> None:
    SLACK.call("chat.postMessage", {})


@responses.activate
@pytest.mark.parametrize(
    ("error", "kind"),
    [
        ("invalid_auth", AccountDisconnected),
        ("token_revoked", AccountDisconnected),
        ("missing_scope", PermissionDenied),
        ("channel_not_found", NotSupported),
        ("messages_tab_disabled", NotSupported),
        ("message_not_found", NotFound),
        ("msg_blocks_too_long", InvalidInput),
        ("expired_trigger_id", InvalidInput),
        ("internal_error", Unavailable),
        ("ratelimited", RateLimited),
        ("something_new", UnexpectedResponse),
    ],
)
def test_slack_s_word_is_our_error(error: str, kind: type[OneOnOneError]) -> None:
    responses.post(POST, json={"ok": False, "error": error, "needed": "chat:write"})

    with pytest.raises(kind, match="slow down" if kind is RateLimited else error) as caught:
        call()

    assert type(caught.value) is kind
    assert "xoxb" not in str(caught.value)
    assert "xoxb" not in repr(SLACK)


@responses.activate
@pytest.mark.parametrize(
    ("given", "waits"), [("7", 7), ("", 30), ("soon", 30), ("9" * 7, 3600), ("-1", 30)]
)
def test_slack_says_when_to_come_again(given: str, waits: int) -> None:
    responses.post(POST, status=429, headers={"Retry-After": given})

    with pytest.raises(RateLimited) as caught:
        call()

    assert caught.value.retry_after == timedelta(seconds=waits)


@responses.activate
@pytest.mark.parametrize(
    ("how", "kind"),
    [
        ({"status": 503}, Unavailable),
        ({"body": requests.ConnectTimeout()}, Unavailable),
        ({"body": requests.ConnectionError("xoxb-secret")}, Unavailable),
        ({"body": b"<html>"}, UnexpectedResponse),
        ({"json": [1]}, UnexpectedResponse),
        ({"json": {"ok": "yes"}}, UnexpectedResponse),
        ({"status": 302, "headers": {"Location": "https://evil.example.com"}}, UnexpectedResponse),
    ],
)
def test_what_is_no_answer_is_an_error(how: dict[str, object], kind: type[OneOnOneError]) -> None:
    responses.post(POST, **how)  # type: ignore[arg-type]

    with pytest.raises(kind) as caught:
        call()

    assert "xoxb" not in str(caught.value)
    assert len(responses.calls) == 1


@responses.activate
def test_a_message_goes_out_once_under_a_key_and_calls_nobody() -> None:
    responses.post(POST, json={"ok": True, "channel": "D1", "ts": "1.2"})
    port = SlackMessages(slack=SLACK, user_of=lambda _address: "U1", sent=SentInMemory())

    first = port.send(MESSAGE, key=IdempotencyKey("k"))
    again = port.send(MESSAGE, key=IdempotencyKey("k"))

    assert first == again == MessageRef(channel="D1", message_id="1.2")
    (only,) = responses.calls
    assert only.request.headers["Authorization"] == "Bearer xoxb-secret"
    assert b"1:1 &lt;!channel&gt;" in (only.request.body or b"")  # type: ignore[operator]


@responses.activate
def test_an_id_that_slack_knows_without_a_message_is_sent_without_it() -> None:
    responses.post(POST, json={"ok": False, "error": "duplicate_message_not_found"})
    responses.post(POST, json={"ok": True, "channel": "D1", "ts": "1.2"})
    port = SlackMessages(slack=SLACK, user_of=lambda _address: "U1", sent=SentInMemory())

    port.send(MESSAGE, key=IdempotencyKey("k"))

    first, second = (json.loads(call.request.body or b"") for call in responses.calls)
    assert uuid.UUID(first["client_msg_id"])
    assert "client_msg_id" not in second


@responses.activate
@pytest.mark.parametrize("answer", [{"ok": True}, {"ok": True, "channel": 1, "ts": None}])
def test_an_answer_without_a_place_is_no_success(answer: dict[str, object]) -> None:
    responses.post(POST, json=answer)
    port = SlackMessages(slack=SLACK, user_of=lambda _address: "U1", sent=SentInMemory())

    with pytest.raises(UnexpectedResponse):
        port.send(MESSAGE, key=IdempotencyKey("k"))


@responses.activate
@pytest.mark.parametrize(
    ("user", "kind"),
    [
        ({"id": "U1", "deleted": True}, NotSupported),
        ({"id": "U1", "is_bot": True}, NotSupported),
        ({}, UnexpectedResponse),
        (None, UnexpectedResponse),
    ],
)
def test_who_is_no_person_there_is_not_written_to(user: object, kind: type[OneOnOneError]) -> None:
    responses.post(f"{ROOT}/users.lookupByEmail", json={"ok": True, "user": user})

    with pytest.raises(kind):
        user_with(SLACK, "anna@example.com")
