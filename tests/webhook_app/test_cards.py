"""What cards show, and what a press on one does: once, and for the right person."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from adapters.google.card_json import to_card
from adapters.outlook.teams_cards import drawn as drawn_for_teams
from core.errors import InvalidInput, NotFound
from core.model.agenda import Agenda, ItemState, PointState
from core.model.cards import Card, Deed, Verb, deed_of
from core.model.notes import PrivateNote
from core.model.people import Person
from tests.webhook_app.cards_app import ANNA, BEN, CLEO, NOW, SERIES, cards_app
from webhook_app.cards.agenda_card import agenda_card, home_card
from webhook_app.cards.deeds import Reply, press
from webhook_app.web import create_app
from webhook_app.wiring import App


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    made = cards_app(tmp_path / "data")
    yield made
    made.close()


def agenda(app: App) -> Agenda:
    with app.store.transaction() as tx:
        sheet = tx.open_sheet(SERIES)
    assert sheet is not None
    return sheet.agenda


def deed(verb: Verb, entry: str = "", mark: str = "m1") -> Deed:
    return Deed(verb=verb, series=SERIES, entry=entry, mark=mark)


def do(app: App, what: Deed, person: Person = ANNA, **form: str) -> Reply:
    return press(app, what, person, form, NOW)


def everything(card: Card) -> str:
    return repr(card)


@pytest.mark.capability("F-35")
def test_the_card_shows_what_both_people_may_see_and_nothing_else(app: App) -> None:
    card = agenda_card(app, SERIES, ANNA, NOW)

    shown = everything(card)
    assert "Holidays" in shown
    assert "Tue, 24 November, 10:00" in shown
    assert "carried over 2 times" in shown
    assert "Ben, by Fri 27 Nov" in shown
    assert "confidential" in shown
    assert "70,000" not in shown
    assert "secret" not in shown


def test_each_person_reads_their_own_language(app: App) -> None:
    assert "Private Notiz" in everything(agenda_card(app, SERIES, BEN, NOW))
    assert "Private note" in everything(agenda_card(app, SERIES, ANNA, NOW))


def test_a_tick_and_its_opposite(app: App) -> None:
    ticked = do(app, deed(Verb.TICK, "p1"))
    states = {p.point_id: p.state for p in agenda(app).points}
    assert (states["p1"], ticked.changed) == (PointState.DISCUSSED, True)

    do(app, deed(Verb.UNTICK, "p1"))
    do(app, deed(Verb.TICK, "a1"))

    assert agenda(app).points[0].state is PointState.OPEN
    assert agenda(app).action_items[0].state is ItemState.DONE


def test_the_same_press_again_does_nothing_more(app: App) -> None:
    do(app, deed(Verb.TICK, "p1"))
    do(app, deed(Verb.UNTICK, "p1", mark="m2"))

    again = do(app, deed(Verb.TICK, "p1"))

    assert not again.changed
    assert agenda(app).points[0].state is PointState.OPEN


def test_a_point_typed_on_a_card_is_its_author_s_and_there_once(app: App) -> None:
    form = do(app, deed(Verb.ADD_POINT)).card
    assert form.is_form

    for _ in range(3):
        do(app, deed(Verb.ADD_POINT), text="From the card")

    (found,) = [p for p in agenda(app).points if p.text == "From the card"]
    assert found.owner == ANNA.address


def test_an_action_item_has_owner_and_day(app: App) -> None:
    do(app, deed(Verb.ADD_ITEM), text="Send it", owner=BEN.address, due="2026-12-01")

    found = agenda(app).action_items[-1]
    assert (found.text, found.owner, str(found.due)) == ("Send it", BEN.address, "2026-12-01")
    with pytest.raises(InvalidInput, match="no day"):
        do(app, deed(Verb.ADD_ITEM, mark="m2"), text="Send it", due="soon")


def test_a_private_note_is_on_nobody_s_card(app: App) -> None:
    reply = do(app, deed(Verb.ADD_NOTE), text="He looked tired")

    with app.store.transaction() as tx:
        notes = list(tx.nouns(PrivateNote))
    assert [n.text for n in notes] == ["He looked tired"]
    assert "tired" not in everything(reply.card)
    assert "tired" not in everything(agenda_card(app, SERIES, BEN, NOW))
    assert "tired" not in everything(agenda_card(app, SERIES, ANNA, NOW))


def test_a_point_is_kept_for_later_and_fetched_back(app: App) -> None:
    do(app, deed(Verb.CARRY, "p1"))
    assert agenda(app).points[0].state is PointState.PARKED

    do(app, deed(Verb.FETCH, "p1"))
    assert agenda(app).points[0].state is PointState.OPEN


@pytest.mark.parametrize("verb", [Verb.SHOW, Verb.TICK, Verb.ADD_POINT, Verb.SAY_YES])
def test_a_third_person_learns_nothing(app: App, verb: Verb) -> None:
    before = agenda(app)

    with pytest.raises(NotFound, match="no such 1:1 of yours"):
        do(app, deed(verb, "p1"), CLEO, text="hello")

    assert agenda(app) == before
    assert "Anna" not in everything(home_card(app, CLEO))


def test_home_lists_one_s_own(app: App) -> None:
    assert "1:1 Anna & Ben" in everything(home_card(app, ANNA))


def test_a_long_agenda_is_cut_with_a_word(app: App) -> None:
    points = [{"text": f"Point {n}"} for n in range(50)]
    long = Agenda.from_dict({"sections": [{"kind": "report", "points": points}]})
    with app.store.transaction() as tx:
        sheet = tx.open_sheet(SERIES)
        assert sheet is not None
        tx.put_sheet(replace(sheet, agenda=long))

    card = agenda_card(app, SERIES, ANNA, NOW)

    assert sum(len(s.rows) for s in card.sections) == 31
    assert "… and 20 more on your page" in card.text


@pytest.mark.parametrize("parameters", [{"v": "format_disk"}, {"v": ""}])
def test_a_press_of_nobody_s_is_refused(parameters: dict[str, str]) -> None:
    with pytest.raises(InvalidInput, match="too old"):
        deed_of(parameters)


def test_what_a_press_means_survives_the_host() -> None:
    meant = Deed(verb=Verb.TICK, series="s", entry="e", mark="m")

    assert deed_of(meant.parameters()) == meant


@pytest.mark.capability("SD-88", "SD-09")
def test_sd_88_a_card_takes_two_presses_to_add_a_point(app: App) -> None:
    card = agenda_card(app, SERIES, ANNA, NOW)
    buttons = [p for section in card.sections for p in section.presses]
    first = next(p.deed for p in buttons if p.deed and p.deed.verb is Verb.ADD_POINT)

    (form,) = do(app, first).card.sections
    save = form.presses[0].deed
    assert save is not None
    assert [f.name for f in form.fields if f.required] == ["text"]
    done = do(app, save, text="Second press", kind="obstacle")

    assert done.changed
    assert "Obstacle: Second press" in [p.text for p in agenda(app).points]
    with pytest.raises(InvalidInput):
        do(app, replace(save, mark="m2"), text="x", kind="mood")


def test_sd_77_guides_are_one_press_away_on_the_cards_of_every_host(app: App) -> None:
    client = create_app(app).test_client()
    for person in (ANNA, BEN):
        card = agenda_card(app, SERIES, person, NOW)
        urls = [p.url or "" for section in card.sections for p in section.presses]
        (guides,) = [url for url in urls if url.endswith("/help")]
        both = json.dumps(drawn_for_teams(card)) + json.dumps(to_card(card, "https://x.example/p"))
        assert both.count(guides) == 2
        found = client.get(guides.removeprefix(app.links.root), follow_redirects=True)
        assert found.status_code == 200
