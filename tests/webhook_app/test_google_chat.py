"""The Chat app, in the dialect of add-ons and in the older one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.model.agenda import PointState
from core.model.chat import ChatSpace
from tests.servers.google import GoogleServer
from tests.servers.google.schema import problems
from tests.webhook_app.cards_app import ANNA
from tests.webhook_app.google_caller import (
    SPACE,
    Caller,
    Json,
    action,
    agenda,
    card_of,
    chat_press,
    make_caller,
    parameters,
    states,
)


@pytest.fixture
def caller(tmp_path: Path) -> Iterator[Caller]:
    with GoogleServer() as server:
        made = make_caller(server, tmp_path / "data")
        yield made
        made.app.close()


def test_adding_the_app_teaches_us_the_space_and_shows_home(caller: Caller) -> None:
    event = caller.server.addon.add_app(ANNA.address)

    answer = caller.post(event)

    with caller.app.store.transaction() as tx:
        known = tx.noun(ChatSpace, ANNA.address)
    assert known is not None
    assert known.space.startswith("spaces/AAAA")
    message = answer["hostAppDataAction"]["chatDataAction"]["createMessageAction"]["message"]
    assert not list(problems_of_message(message))
    removed = caller.server.addon.chat_event(
        ANNA.address, "removedFromSpacePayload", {"space": SPACE}
    )
    assert caller.post(removed) == {}
    with caller.app.store.transaction() as tx:
        left = tx.noun(ChatSpace, ANNA.address)
    assert left is not None
    assert left.space == ""


def problems_of_message(message: Json) -> Iterator[str]:
    return problems("chat", {"$ref": "Message"}, message)


def test_a_message_shows_the_agenda_and_add_adds(caller: Caller) -> None:
    def said(text: str) -> Json:
        payload = {"message": {"text": text, "argumentText": text}, "space": SPACE}
        return caller.server.addon.chat_event(ANNA.address, "messagePayload", payload)

    assert "Holidays" in str(caller.post(said("hello")))
    caller.post(said("add Conference budget"))
    caller.post(said("add Conference budget"))

    assert [p.text for p in agenda(caller).points].count("Conference budget") == 1


def test_a_tick_in_chat_updates_the_message(caller: Caller) -> None:
    payload = {"message": {"text": "agenda"}, "space": SPACE}
    shown = caller.post(caller.server.addon.chat_event(ANNA.address, "messagePayload", payload))
    tick = parameters(action(card_of(shown), "tick", "p1"))

    answer = caller.post(chat_press(caller, ANNA.address, tick))

    assert states(caller)["p1"] is PointState.DISCUSSED
    assert "updateMessageAction" in answer["hostAppDataAction"]["chatDataAction"]


def test_a_dialog_is_opened_filled_in_and_closed(caller: Caller) -> None:
    payload = {"message": {"text": "agenda"}, "space": SPACE}
    shown = caller.post(caller.server.addon.chat_event(ANNA.address, "messagePayload", payload))
    button = action(card_of(shown), "add_point")
    assert button["interaction"] == "OPEN_DIALOG"
    event = chat_press(caller, ANNA.address, parameters(button))
    event["chat"]["buttonClickedPayload"]["dialogEventType"] = "REQUEST_DIALOG"
    form = card_of(caller.post(event))
    submit = chat_press(caller, ANNA.address, parameters(action(form, "add_point")), text="Dialog")
    submit["chat"]["buttonClickedPayload"] |= {
        "isDialogEvent": True,
        "dialogEventType": "SUBMIT_DIALOG",
    }

    answer = caller.post(submit)

    assert "Dialog" in [p.text for p in agenda(caller).points]
    step = answer["action"]["navigations"][0]
    assert step == {"endNavigation": {"action": "CLOSE_DIALOG"}}


def test_the_older_dialect_is_understood(caller: Caller) -> None:
    addon = caller.server.addon
    token = addon.legacy_chat_token()
    event = addon.legacy_chat_event(ANNA.address, "MESSAGE", space=SPACE, message={"text": "hi"})
    shown = caller.post(event, token=token)
    tick = action(card_of(shown), "tick", "p1")
    assert not list(problems_of_message(shown))
    click = addon.legacy_chat_event(ANNA.address, "CARD_CLICKED", space=SPACE)
    click["common"]["parameters"] = parameters(tick)

    answer = caller.post(click, token=token)

    assert states(caller)["p1"] is PointState.DISCUSSED
    assert answer["actionResponse"] == {"type": "UPDATE_MESSAGE"}
    assert not list(problems_of_message(answer))


def test_the_older_dialect_by_address(caller: Caller) -> None:
    token = caller.server.addon.system_token(email="chat@system.gserviceaccount.com")
    event = caller.server.addon.legacy_chat_event(ANNA.address, "ADDED_TO_SPACE", space=SPACE)

    caller.post(event, token=token)

    with caller.app.store.transaction() as tx:
        assert tx.noun(ChatSpace, ANNA.address) is not None
