"""The Calendar add-on: what it shows, and what a press does."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.model.agenda import PointState
from core.model.notes import PrivateNote
from tests.servers.google import GoogleServer
from tests.webhook_app.cards_app import ANNA, BEN, CLEO
from tests.webhook_app.google_caller import (
    Caller,
    action,
    agenda,
    agenda_event,
    card_of,
    make_caller,
    states,
)


@pytest.fixture
def caller(tmp_path: Path) -> Iterator[Caller]:
    with GoogleServer() as server:
        made = make_caller(server, tmp_path / "data")
        yield made
        made.app.close()


def test_an_open_event_shows_its_agenda_to_both_and_nothing_private(caller: Caller) -> None:
    shown = str(card_of(caller.post(agenda_event(caller))))

    assert "Holidays &lt;in&gt; August &amp; more" in shown
    assert "<s>What do you need?</s>" in shown
    assert "70,000" not in shown
    assert "secret" not in shown


def test_home_lists_one_s_own_1_to_1s(caller: Caller) -> None:
    event = caller.server.addon.calendar_event(ANNA.address)
    other = caller.server.addon.calendar_event(CLEO.address)

    assert "1:1 Anna &amp; Ben" in str(caller.post(event)) or "Anna" in str(caller.post(event))
    assert "No 1:1 here yet" in str(caller.post(other))


def test_a_stranger_s_event_shows_nothing(caller: Caller) -> None:
    body = agenda_event(caller)
    body["authorizationEventObject"]["userIdToken"] = caller.server.addon.user_token(CLEO.address)

    assert "no 1:1 of yours" in str(caller.post(body))


def test_tick_and_untick_on_the_card(caller: Caller) -> None:
    card = card_of(caller.post(agenda_event(caller)))

    answer = caller.press(ANNA.address, action(card, "tick", "p1"))

    assert states(caller)["p1"] is PointState.DISCUSSED
    assert answer["stateChanged"] is True
    again = card_of(answer)
    caller.press(ANNA.address, action(again, "untick", "p1"))
    assert states(caller)["p1"] is PointState.OPEN


def test_a_form_is_pushed_and_its_words_become_a_point(caller: Caller) -> None:
    card = card_of(caller.post(agenda_event(caller)))
    form = card_of(caller.press(ANNA.address, action(card, "add_point")))

    answer = caller.press(ANNA.address, action(form, "add_point"), {"text": "From the add-on"})

    assert [p.owner for p in agenda(caller).points if p.text == "From the add-on"] == [ANNA.address]
    steps = answer["renderActions"]["action"]["navigations"]
    assert steps[0] == {"popToRoot": True}
    assert "From the add-on" in str(steps[1]["updateCard"])


def test_an_action_item_with_its_day(caller: Caller) -> None:
    card = card_of(caller.post(agenda_event(caller)))
    form = card_of(caller.press(ANNA.address, action(card, "add_item")))
    given = {p["key"]: p["value"] for p in action(form, "add_item")["parameters"]}
    body = caller.server.addon.calendar_event(ANNA.address, parameters=given)
    body["commonEventObject"]["formInputs"] = {
        "text": {"stringInputs": {"value": ["Slides"]}},
        "owner": {"stringInputs": {"value": [BEN.address]}},
        "due": {"dateInput": {"msSinceEpoch": "1796256000000"}},
    }

    caller.post(body)

    item = agenda(caller).action_items[-1]
    assert (item.text, item.owner, str(item.due)) == ("Slides", BEN.address, "2026-12-03")


def test_a_private_note_is_shown_to_nobody(caller: Caller) -> None:
    card = card_of(caller.post(agenda_event(caller)))
    form = card_of(caller.press(ANNA.address, action(card, "add_note")))

    answer = caller.press(ANNA.address, action(form, "add_note"), {"text": "looked tired"})

    with caller.app.store.transaction() as tx:
        assert [n.text for n in tx.nouns(PrivateNote)] == ["looked tired"]
    assert "tired" not in str(answer)


def test_a_replayed_press_does_nothing_more(caller: Caller) -> None:
    card = card_of(caller.post(agenda_event(caller)))
    tick = action(card, "tick", "p1")
    given = {p["key"]: p["value"] for p in tick["parameters"]}
    body = caller.server.addon.calendar_event(ANNA.address, parameters=given)
    fresh = card_of(caller.post(body))
    caller.press(ANNA.address, action(fresh, "untick", "p1"))

    replayed = caller.post(body)

    assert states(caller)["p1"] is PointState.OPEN
    assert "already" in str(replayed["renderActions"]["action"]["notification"])
    assert replayed["stateChanged"] is False
