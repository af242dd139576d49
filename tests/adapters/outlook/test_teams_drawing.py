"""Our cards in Microsoft's own renderer: drawn without complaint, and their buttons work."""

from __future__ import annotations

import pytest

from dev.draw_cards import draw, installed
from tests.adapters.outlook.test_teams_cards import problems
from tests.servers import skip_or_fail
from tests.webhook_app.card_samples import samples

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module", autouse=True)
def renderer():
    if not installed():
        skip_or_fail("The renderer of Adaptive Cards", "`npm install` in dev/cards")


@pytest.fixture(scope="module")
def cards():
    return samples()


@pytest.mark.parametrize("name", ["agenda", "agenda-de", "form", "home"])
def test_card_is_drawn_without_complaint(cards, browser, name):
    assert problems(cards[name]) == []

    found = draw(cards[name], dark=name == "agenda-de", browser=browser)

    assert found.problems == ()
    assert found.buttons


def test_words_arrive_as_they_were_typed_and_the_box_can_be_pressed(cards, browser):
    found = draw(cards["agenda"], press="Holidays", browser=browser)

    assert "Holidays <in> August & more" in found.text
    assert "secret draft" not in found.text
    assert [p["data"]["v"] for p in found.pressed] == ["tick"]


def test_the_renderer_would_say_what_it_does_not_know(cards, browser):
    broken = cards["home"] | {"body": [{"type": "Sparkles"}]}

    assert draw(broken, browser=browser).problems
