"""Chat: one space a person, one write a second in it."""

from datetime import timedelta
from typing import Any

import pytest

from tests.servers.google import GoogleServer

from .conftest import ANNA, BEN, POSTING, Api, refusal

CARD = {
    "cardsV2": [
        {
            "cardId": "agenda",
            "card": {"sections": [{"widgets": [{"textParagraph": {"text": "Hiring plan"}}]}]},
        }
    ]
}
DIRECT = {"space": {"spaceType": "DIRECT_MESSAGE", "singleUserBotDm": True}}


@pytest.fixture
def space(api: Api) -> str:
    return str(api("chat", ANNA).spaces().setup(body=DIRECT).execute()["name"])


@pytest.fixture
def messages(api: Api) -> Any:
    return api("chat", None).spaces().messages()


def test_direct_space_is_found_by_the_persons_id_only(
    server: GoogleServer, api: Api, space: str
) -> None:
    person = server.world.directory.person(ANNA)
    find = api("chat", None).spaces().findDirectMessage

    assert find(name=f"users/{person.directory_id}").execute()["name"] == space
    assert refusal(find(name=f"users/{ANNA}")).resp.status == 400


def test_person_without_space_is_not_found(server: GoogleServer, api: Api) -> None:
    person = server.world.directory.person(BEN)
    request = api("chat", None).spaces().findDirectMessage(name=f"users/{person.directory_id}")

    assert refusal(request).resp.status == 404


def test_card_is_posted_once_for_one_request_id(
    server: GoogleServer, messages: Any, space: str
) -> None:
    once = messages.create(parent=space, body=CARD, requestId="r1").execute()
    twice = messages.create(parent=space, body=CARD, requestId="r1").execute()

    assert once["name"] == twice["name"]
    assert len(server.world.chat.sent()) == 1


def test_message_can_be_changed_by_its_own_id(
    server: GoogleServer, messages: Any, space: str
) -> None:
    messages.create(parent=space, body=CARD, messageId="client-agenda-1").execute()
    server.clock.advance(timedelta(seconds=2))
    messages.patch(
        name=f"{space}/messages/client-agenda-1",
        updateMask="text,cardsV2",
        body={"text": "Recap"},
    ).execute()

    (message,) = server.world.chat.sent()
    assert (message["text"], "cardsV2" in message) == ("Recap", False)


def test_allow_missing_creates_what_is_not_there(
    server: GoogleServer, messages: Any, space: str
) -> None:
    messages.patch(
        name=f"{space}/messages/client-new",
        updateMask="text",
        body={"text": "x"},
        allowMissing=True,
    ).execute()

    assert server.world.chat.sent()[0]["clientAssignedMessageId"] == "client-new"


def test_second_write_within_a_second_is_too_much(
    server: GoogleServer, messages: Any, space: str
) -> None:
    messages.create(parent=space, body={"text": "one"}).execute()
    early = refusal(messages.create(parent=space, body={"text": "two"})).resp.status
    server.clock.advance(timedelta(seconds=1))
    messages.create(parent=space, body={"text": "two"}).execute()

    assert early == 429
    assert len(server.world.chat.sent()) == 2


def test_message_has_a_size_limit(server: GoogleServer, messages: Any, space: str) -> None:
    assert refusal(messages.create(parent=space, body={"text": "ü" * 16_000})).resp.status == 400


def test_card_has_at_most_a_hundred_widgets(
    server: GoogleServer, messages: Any, space: str
) -> None:
    widgets: list[dict[str, Any]] = [{"divider": {}}] * 101
    body = {"cardsV2": [{"cardId": "c", "card": {"sections": [{"widgets": widgets}]}}]}

    assert refusal(messages.create(parent=space, body=body)).resp.status == 400


def test_own_id_must_begin_with_client(server: GoogleServer, messages: Any, space: str) -> None:
    request = messages.create(parent=space, body={"text": "x"}, messageId="agenda-1")

    assert refusal(request).resp.status == 400


def test_app_alone_may_send_cards(server: GoogleServer, api: Api, space: str) -> None:
    messages = api("chat", ANNA, scope=POSTING).spaces().messages()
    messages.create(parent=space, body={"text": "hello"}).execute()

    assert refusal(messages.create(parent=space, body=CARD)).resp.status == 400
