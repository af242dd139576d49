"""The picture of a pair on the manager's page and in their mail."""

from __future__ import annotations

from datetime import date, timedelta
from xml.etree import ElementTree

import pytest

from core.model.people import PairId
from core.service.insights import Insight, Week
from tests.core.builders import ANNA, BEN
from tests.webhook_app.pages.hands import link
from tests.webhook_app.world import World
from webhook_app.insights import mail_html, picture, summary
from webhook_app.pages.words import insight_words

MONDAY = date(2026, 1, 5)
STATES = ("held", "cancelled", "none", "away", "held")
ONE = Insight(
    pair_id=PairId("anna+ben"),
    name="Anna <b>",
    weeks=tuple(
        Week(
            monday=MONDAY + n * timedelta(days=7),
            state=state,
            topics=frozenset({"goals"}) if state == "held" else frozenset(),
        )
        for n, state in enumerate(STATES)
    ),
    days_since=4,
    has_series=False,
)


@pytest.mark.parametrize("locale", ["de", "de-Sie", "en"])
def test_the_picture_is_svg_without_style_or_script_and_says_what_it_shows(locale: str) -> None:
    words = insight_words(locale)
    drawn = ElementTree.fromstring(picture(ONE, words))

    tags = [element.tag.rpartition("}")[2] for element in drawn.iter()]
    assert tags.count("rect") == len(STATES)
    assert tags.count("circle") == 2
    assert set(tags) == {"svg", "text", "rect", "circle"}
    signs = [element.text for element in drawn.iter() if element.get("text-anchor")]
    assert signs == ["×", "–"]
    assert drawn.get("aria-label") == summary(ONE, words)
    assert "{" not in summary(ONE, words)


def test_the_mail_has_the_picture_and_the_same_in_words() -> None:
    mail = mail_html((ONE,), insight_words("en"))

    assert "<svg" in mail
    assert "Anna &lt;b&gt;: A talk was held in 2 of 5 weeks. The last one was 4 days ago." in mail
    assert "Not on the agenda: Obstacles" in mail


def test_ones_own_page_shows_only_whom_one_manages(world: World) -> None:
    client = world.flask.test_client()
    home, page = (client.get(f"{link(world, BEN)}{part}").text for part in ("", "insights"))

    assert "/insights" in home
    assert "<svg xmlns" in page
    assert "Anna" in page
    other = client.get(f"{link(world, ANNA)}insights").text
    assert "<svg xmlns" not in other
    assert "Bisher ist keines da" in other
