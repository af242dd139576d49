"""Chat messages of the engine: a card to tick on, one write a second, else the next channel."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from adapters.google import Delegation, GoogleSettings, build
from adapters.google.settings import CHAT_SPACES
from core.errors import NotSupported
from core.model.calendar import IdempotencyKey
from core.model.messages import Message, RichText
from core.ports import MessagePort
from tests.servers.google import GoogleServer
from tests.servers.google.schema import problems
from tests.webhook_app.cards_app import ANNA, BEN, NOW, SERIES
from tests.webhook_app.google_caller import URL, Caller, action, chat_press, make_caller, parameters
from tests.webhook_app.google_caller import agenda as agenda_of
from webhook_app.cards.message_card import message_card

TEXT = "Agreed:\n  - Budget (2026-11-27)\n\nYour page: https://one.example.com/me/x"


@pytest.fixture
def caller(tmp_path: Path) -> Iterator[Caller]:
    with GoogleServer() as server:
        made = make_caller(server, tmp_path / "data")
        yield made
        made.app.close()
        server.check()


def port(server: GoogleServer, *scopes: str, space: str = "") -> MessagePort:
    settings = GoogleSettings(
        api_root=server.url, token_uri=server.token_uri, chat_space=space, addon_url=URL
    )
    made = build(
        settings,
        ANNA.address,
        Delegation(key_file=server.service_account(*scopes)),
        now=server.clock.now,
        sleep=lambda seconds: server.clock.advance(timedelta(seconds=seconds)),
    )
    assert made.messages is not None
    return made.messages


def about(caller: Caller, *, recap: bool = False, text: str = TEXT) -> Message:
    message = Message(
        to=ANNA.address,
        subject="1:1 tomorrow",
        body=RichText(text=text, html=""),
        about=SERIES,
        is_recap=recap,
    )
    return replace(message, card=message_card(caller.app, message, NOW))


def test_the_agenda_before_can_be_ticked_in_the_message(caller: Caller) -> None:
    caller.server.clock.set(NOW)
    port(caller.server, CHAT_SPACES).send(about(caller), key=IdempotencyKey("before"))

    (sent,) = caller.server.world.chat.sent()
    card = sent["cardsV2"][0]["card"]
    assert not list(problems("chat", {"$ref": "Message"}, sent))
    assert "Holidays" in str(card)
    assert "70,000" not in str(sent)
    assert "secret" not in str(sent)
    caller.post(chat_press(caller, ANNA.address, parameters(action(card, "tick", "p1"))))
    assert agenda_of(caller).points[0].state.value == "discussed"


def test_the_recap_says_what_was_agreed(caller: Caller) -> None:
    caller.server.clock.set(NOW)
    port(caller.server, CHAT_SPACES).send(about(caller, recap=True), key=IdempotencyKey("after"))

    (sent,) = caller.server.world.chat.sent()
    assert "Budget (2026-11-27)" in str(sent["cardsV2"][0]["card"]["sections"][0])


def test_a_space_takes_one_write_a_second(caller: Caller) -> None:
    caller.server.clock.set(NOW)
    chat = port(caller.server, CHAT_SPACES)

    for number in range(4):
        chat.send(about(caller), key=IdempotencyKey(f"n{number}"))

    assert len(caller.server.world.chat.sent()) == 4
    assert {c.status for c in caller.server.calls.of("chat.spaces.messages.create")} == {200}


def test_a_lost_answer_makes_no_second_message(caller: Caller) -> None:
    caller.server.clock.set(NOW)
    caller.server.faults.lose_answer("chat.spaces.messages.create")

    port(caller.server, CHAT_SPACES).send(about(caller), key=IdempotencyKey("once"))

    assert len(caller.server.world.chat.sent()) == 1


def test_a_space_that_was_learned_needs_no_right_to_set_one_up(caller: Caller) -> None:
    caller.server.clock.set(NOW)
    caller.post(caller.server.addon.add_app(ANNA.address))
    (space,) = caller.server.world.chat.spaces

    sent = port(caller.server, space=space).send(about(caller), key=IdempotencyKey("known"))

    assert sent.channel == space


def test_without_app_and_right_the_next_channel_is_taken(caller: Caller) -> None:
    with pytest.raises(NotSupported, match="has not added"):
        port(caller.server).send(about(caller), key=IdempotencyKey("none"))


def test_words_of_people_call_nobody_and_fit(caller: Caller) -> None:
    caller.server.clock.set(NOW)
    plain = Message(
        to=BEN.address, subject="x", body=RichText(text="<users/all> " + "ä" * 40_000, html="")
    )

    port(caller.server, CHAT_SPACES).send(plain, key=IdempotencyKey("long"))

    (sent,) = caller.server.world.chat.sent()
    assert "<users/" not in sent["text"]
    assert len(sent["text"].encode()) < 32_000
