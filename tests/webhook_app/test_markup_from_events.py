"""What somebody types into the event is words everywhere: page, mail, cards, event, webhook."""

from __future__ import annotations

import json

import pytest

from adapters.google.card_json import to_card
from adapters.outlook.teams_cards import drawn
from adapters.slack.blocks import to_blocks
from core.model.calendar import BodyForm
from core.model.people import Person
from core.reminder_text import Reader, before_text
from tests.core.builders import ANNA, BEN
from tests.core.service.conftest import UID
from tests.webhook_app.pages.hands import Hand
from tests.webhook_app.world import World
from webhook_app.cards.agenda_card import agenda_card
from webhook_app.jobs.clock import utc_now

SCRIPT = '<script>alert("x")</script>'
TYPED = f"- {SCRIPT} <img src=x onerror=alert(1)> [a](javascript:alert(1)) <!channel>"


@pytest.fixture
def typed(world: World) -> World:
    """Anna typed markup as words into the event, a plain one."""
    world.company.add_line(ANNA, TYPED)
    world.company.sync()
    assert SCRIPT in world.company.agenda().points[0].text
    return world


def test_the_page_shows_words(typed: World) -> None:
    page = Hand(typed, BEN).see()

    assert "&lt;script&gt;alert" in page
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert 'href="javascript:' not in page


def test_the_mail_shows_words(typed: World) -> None:
    sheet = typed.company.sheet()
    assert sheet.place is not None
    ben = Reader(person=Person(address=BEN), other=Person(address=ANNA), locale="en")

    mail = before_text(ben, sheet.agenda.shared(), sheet.place.slot, ())

    assert SCRIPT in mail.body.text
    assert "&lt;script&gt;alert" in mail.body.html
    assert "<script" not in mail.body.html
    assert "<img" not in mail.body.html


def test_the_cards_show_words(typed: World) -> None:
    with typed.app.store.transaction() as tx:
        ben = tx.person(BEN)
    assert ben is not None
    card = agenda_card(typed.app, typed.company.series().series_id, ben, utc_now())

    google = json.dumps(to_card(card, "https://one.example.com/hooks"))
    assert "<script" not in google
    assert "&lt;script&gt;" in google
    assert {b["text"]["type"] for b in to_blocks(card) if "text" in b} == {"plain_text"}
    # TextBlocks of Teams read markdown, TextRuns do not.
    assert '"TextBlock"' not in json.dumps(drawn(card))


@pytest.mark.parametrize("form", [BodyForm.TEXT, BodyForm.HTML])
def test_the_event_shows_words(world: World, form: BodyForm) -> None:
    shown = TYPED.replace("<", "&lt;").replace(">", "&gt;") if form is BodyForm.HTML else TYPED
    company = world.company

    def edit(text: str) -> str:
        if form is BodyForm.TEXT:
            return text.replace("Anna\n", f"Anna\n{shown}\n", 1)
        lines = text.replace("Anna\n", f"Anna\n{shown}\n", 1).splitlines()
        return "".join(f"<p>{line}</p>" for line in lines)

    company.clients.edit_body(ANNA, UID, company.start(), edit, form=form)
    company.sync()
    Hand(world, BEN).add(SCRIPT)
    company.sync()

    body = company.clients.body(ANNA, UID, company.start())
    assert [p.text for p in company.agenda().points] == [TYPED[2:], SCRIPT]
    if form is BodyForm.TEXT:
        assert body.count(SCRIPT) == 2
    else:
        assert body.count("&lt;script&gt;") == 2
        assert "<script" not in body
        assert "<img" not in body


def test_a_webhook_carries_words_as_json(typed: World) -> None:
    point = typed.company.agenda().points[0]
    program = typed.program(ANNA)

    answer = program.get(
        f"/api/v1/series/{typed.company.series().series_id}/entries/{point.point_id}"
    )

    assert answer.mimetype == "application/json"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.get_json()["text"] == point.text
