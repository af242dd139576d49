"""Pages where somebody reads guides and decides what comes of a change."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from core.model.calendar import EventDraft
from core.model.handover import Fate, ManagerChange
from core.model.people import Pair, Person, pair_id
from core.model.talks import CancelledTalk, Way
from core.service.edit import add_point
from core.service.handover import begin_change
from core.service.settings import change_person
from tests.core.builders import ANNA, BEN, CLEO, people, slot
from tests.core.service.conftest import UID, Company
from tests.webhook_app.memory_app import company_app
from webhook_app.jobs.clock import utc_now
from webhook_app.pages.words import life_words
from webhook_app.web import create_app
from webhook_app.wiring import App


@pytest.fixture
def both(tmp_path: Path) -> Iterator[tuple[Company, App]]:
    company, app = company_app(tmp_path / "data")
    company.now = utc_now()
    company.say_yes()
    yield company, app
    app.close()


@pytest.fixture
def client(both: tuple[Company, App]) -> FlaskClient:
    return create_app(both[1]).test_client()


def door(app: App, person: str) -> str:
    return app.links.page_of(person, utc_now()).removeprefix("http://127.0.0.1:8040")


def test_the_words_are_the_same_in_every_language() -> None:
    german, formal, english = (life_words(locale) for locale in ("de", "de-Sie", "en"))

    assert set(german) == set(english) == set(formal)
    for key, text in german.items():
        assert re.findall(r"\{\w+\}", text) == re.findall(r"\{\w+\}", english[key]) or "{" in text
    assert not [t for t in formal.values() if re.search(r"\b(du|dich|dir|dein\w*)\b", t)]


def test_sd_77_guides_are_reachable_from_the_page(
    client: FlaskClient, both: tuple[Company, App]
) -> None:
    base = door(both[1], ANNA)
    home = client.get(f"{base}/").text
    assert "/help" in home
    # The pane in Outlook and Teams shows this very page.
    talk = client.get(f"{base}/talk/{both[0].series().series_id}").text
    assert f'href="{base}/help"' in talk
    listed = client.get(f"{base}/help")
    assert "Kurz erklärt" in listed.text
    for name in set(re.findall(r"/help/(\w+)", listed.text)):
        page = client.get(f"{base}/help/{name}")
        assert page.status_code == 200
        assert "<h2" in page.text
    assert client.get(f"{base}/help/nothing").status_code == 404


def test_sd_71_a_cancelled_talk_is_answered_on_the_page(
    client: FlaskClient, both: tuple[Company, App]
) -> None:
    company, app = both
    company.clients.cancel(BEN, UID, company.start())
    company.sync()
    base = door(app, ANNA)
    with app.store.transaction() as tx:
        (talk,) = tx.nouns(CancelledTalk)

    page = client.get(f"{base}/changes").text
    assert "Abgesagt:" in page
    assert "Als Spaziergang" in page
    other = client.post(f"{door(app, CLEO)}/changes/talk/{talk.talk_id}", data={"way": "keep"})
    assert other.status_code == 404
    bad = client.post(f"{base}/changes/talk/{talk.talk_id}", data={"way": "explode"})
    assert bad.status_code == 422
    done = client.post(f"{base}/changes/talk/{talk.talk_id}", data={"way": "shorten"})
    assert done.status_code == 303
    with app.store.transaction() as tx:
        (talk,) = tx.nouns(CancelledTalk)
    assert talk.answer is Way.SHORTEN
    assert "Abgesagt:" not in client.get(f"{base}/changes").text


@pytest.mark.capability("C-18")
def test_us_5_the_report_chooses_on_the_page_and_nobody_else(
    client: FlaskClient, both: tuple[Company, App]
) -> None:
    company, app = both
    company.add_line(BEN, "TODO Ben: Budget <b>klären</b>", below="Ben")
    company.sync()
    with app.store.transaction() as tx:
        tx.put_person(Person(address=CLEO, name="Cleo", locale="en"))
        on = utc_now().date() + timedelta(days=20)
        change = begin_change(tx, ANNA, BEN, CLEO, on, now=utc_now())
    page = client.get(f"{door(app, ANNA)}/changes").text
    assert "führt dich Cleo" in page
    assert page.count("checked") == 3
    chosen = f"/changes/release/{change.change_id}"
    assert client.post(door(app, BEN) + chosen, data={"history": "on"}).status_code == 404
    assert client.post(door(app, ANNA) + chosen, data={"goals": "on"}).status_code == 303

    bens = client.get(f"{door(app, BEN)}/changes").text
    assert "Was du Anna zugesagt hast" in bens
    assert "Budget &lt;b&gt;klären&lt;/b&gt;" in bens
    item = re.findall(rf"/promise/{change.change_id}/(\w+)", bens)[0]
    path = f"/changes/promise/{change.change_id}/{item}"
    assert client.post(door(app, CLEO) + path, data={"fate": "taken"}).status_code == 404
    assert client.post(door(app, BEN) + path, data={"fate": "offered"}).status_code == 303
    assert "Take it over" in client.get(f"{door(app, CLEO)}/changes").text
    assert client.post(door(app, CLEO) + path, data={"fate": "taken"}).status_code == 303
    with app.store.transaction() as tx:
        (kept,) = tx.nouns(ManagerChange)
    assert (kept.release.actions, kept.release.goals) == (False, True)
    assert [p.fate for p in kept.promises] == [Fate.TAKEN]


def test_us_6_what_an_absent_person_promised_is_offered_and_taken_on_the_page(
    client: FlaskClient, both: tuple[Company, App]
) -> None:
    company, app = both
    company.add_line(ANNA, "TODO Anna: Folien schicken")
    company.sync()
    today = utc_now().date()
    with app.store.transaction() as tx:
        tx.put_person(Person(address=CLEO, name="Cleo", locale="en"))
        pair = pair_id(BEN, CLEO)
        tx.put_pair(Pair(pair_id=pair, manager=BEN, report=CLEO, roles_confirmed=True))
        change_person(tx, ANNA, now=utc_now(), paused_from=today, paused_until=date(2099, 1, 1))
    ben, cleo = door(app, BEN), door(app, CLEO)

    page = client.get(f"{ben}/changes").text
    assert "Folien schicken" in page
    item = re.search(r'name="item" value="(\w+)"', page)
    assert item
    asked = client.post(f"{ben}/changes/cover", data={"item": item[1], "to": CLEO})
    assert asked.status_code == 303
    assert "Cleo ist gefragt" in client.get(f"{ben}/changes").text
    page = client.get(f"{cleo}/changes").text
    assert "Could you take this over?" in page
    made = re.search(r"changes/cover/(\w+)", page)
    assert made
    assert client.post(f"{ben}/changes/cover/{made[1]}", data={"answer": "take"}).status_code == 404
    taken = client.post(f"{cleo}/changes/cover/{made[1]}", data={"answer": "take"})
    assert taken.status_code == 303
    assert "Folien schicken" not in client.get(f"{ben}/changes").text


def test_f_08_either_of_the_two_answers_whether_a_new_series_goes_on(
    client: FlaskClient, both: tuple[Company, App]
) -> None:
    company, app = both
    add_point(company.services, company.series().series_id, "Budget", by=ANNA, now=company.now)
    calendar = company.server.shelf_with(BEN, UID).calendar_id
    company.clients.delete(BEN, UID)
    first = slot(company.now + timedelta(days=2, hours=3))
    draft = EventDraft(
        title="Jour fixe", slot=first, participants=people(BEN, ANNA), rrule="FREQ=WEEKLY"
    )
    company.clients.add(BEN, draft, "fresh", calendar_id=calendar)
    company.sync()
    company.sync()
    anna = door(app, ANNA)

    page = client.get(f"{anna}/changes").text
    assert "Geht es hier weiter?" in page
    path = re.search(r"/changes/match/\w+/\w+", page)
    assert path
    foreign = client.post(f"{door(app, CLEO)}{path[0]}", data={"answer": "yes"})
    assert foreign.status_code == 404
    assert client.post(f"{anna}{path[0]}", data={"answer": "yes"}).status_code == 303
    assert "Geht es hier weiter?" not in client.get(f"{anna}/changes").text
    assert [p.text for p in company.sheet("fresh").agenda.points] == ["Budget"]
