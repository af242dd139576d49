"""A mail's link to what is done leads to a button: looking at it ticks nothing."""

from __future__ import annotations

import pytest

from core.model.agenda import ItemState
from tests.core.builders import ANNA
from tests.webhook_app.pages.hands import Hand, link
from tests.webhook_app.world import World


@pytest.fixture
def item(world: World, ben: Hand) -> str:
    assert ben.press("add-item", text="Angebot <einholen>", owner=ANNA) == 303
    return world.company.agenda().action_items[-1].item_id


def state(world: World) -> ItemState:
    return world.company.agenda().action_items[-1].state


def test_looking_ticks_nothing_and_one_press_does(world: World, anna: Hand, item: str) -> None:
    address = f"{link(world, ANNA)}talk/{world.company.series().series_id}/done/{item}"
    for look in (anna.client.head, anna.client.get, anna.client.get):
        assert look(address).status_code == 200
    assert state(world) is ItemState.OPEN
    page = anna.see(f"/done/{item}")
    assert "Angebot &lt;einholen&gt;" in page
    assert "Ja, erledigt" in page

    assert anna.press("tick", entry=item) == 303

    assert state(world) is ItemState.DONE
    page = anna.see(f"/done/{item}")
    assert "Das ist schon erledigt." in page
    assert 'value="tick"' not in page


def test_what_is_not_there_any_more_counts_as_done(anna: Hand) -> None:
    assert "Das ist schon erledigt." in anna.see("/done/nothing")
