"""Looking back on a page: goals, the pulse, a period in lines; and one's own data to take along."""

from __future__ import annotations

import json

import pytest

from core.service.edit import add_point
from core.service.notes import write_private
from core.service.settings import change_pair
from tests.core.builders import ANNA, BEN, CLEO, PAIR
from tests.webhook_app.world import World
from webhook_app.jobs.clock import utc_now


def url(world: World, part: str = "review") -> str:
    return f"/my/talk/{world.company.series().series_id}/{part}"


def test_goals_are_linked_touched_and_let_go(world: World) -> None:
    browser = world.browser(ANNA)
    form = {"what": "link", "title": "<b>Messe</b>", "url": "https://okr.example.com/1"}
    assert browser.post(url(world), data=form).status_code == 303
    page = browser.get(url(world)).text
    assert "&lt;b&gt;Messe&lt;/b&gt;" in page
    goal = page.partition('name="goal" value="')[2].partition('"')[0]
    done = {"what": "touch", "goal": goal, "state": "done"}
    assert browser.post(url(world), data=done).status_code == 303
    assert browser.post(url(world), data={**done, "state": "great"}).status_code == 422
    bad = {**form, "url": "javascript:alert(1)"}
    assert browser.post(url(world), data=bad).status_code == 422
    assert browser.post(url(world), data={"what": "unlink", "goal": goal}).status_code == 303
    assert "Messe" not in browser.get(url(world)).text


def test_sd_10_the_pulse_is_switched_on_by_the_two(world: World) -> None:
    browser = world.browser(BEN)
    assert browser.post(url(world), data={"what": "pulse", "useful": "yes"}).status_code == 404
    assert browser.post(url(world), data={"what": "pulse-on"}).status_code == 303
    assert 'value="pulse-off"' in world.browser(ANNA).get(url(world)).text
    assert browser.post(url(world), data={"what": "nonsense"}).status_code == 422


def test_c_30_and_sd_27_answers_are_shown_by_agreement_and_a_thought_never(world: World) -> None:
    ben, anna = world.browser(BEN), world.browser(ANNA)
    assert ben.post(url(world), data={"what": "pulse-on"}).status_code == 303
    assert ben.post(url(world), data={"what": "pulse-show"}).status_code == 303
    assert 'value="pulse-hide"' in ben.get(url(world)).text
    assert 'value="pulse-show"' in anna.get(url(world)).text
    thought = {"what": "reflect", "listened": "mostly", "text": "Pausen aushalten"}
    assert ben.post(url(world), data=thought).status_code == 404
    world.company.pass_meeting()
    assert ben.post(url(world), data=thought).status_code == 303
    assert "Pausen aushalten" in ben.get(url(world)).text
    assert "Pausen aushalten" not in anna.get(url(world)).text
    assert ben.post(url(world), data={**thought, "listened": "x"}).status_code == 422


def test_sd_34_the_manager_alone_is_offered_to_take_care_of_a_point(world: World) -> None:
    series_id = world.company.series().series_id
    point = add_point(
        world.app.services, series_id, "Problem: Zugang fehlt", by=ANNA, now=utc_now()
    )
    ben, anna = world.browser(BEN), world.browser(ANNA)
    assert "take-on" in ben.get(f"/my/talk/{series_id}").text
    assert "take-on" not in anna.get(f"/my/talk/{series_id}").text
    do = {"what": "take-on", "entry": point.point_id}
    assert ben.post(f"/my/do/{series_id}", data=do).status_code == 303
    items = world.company.agenda().action_items
    assert [(i.text, i.owner) for i in items] == [("Zugang fehlt", BEN)]


@pytest.mark.parametrize("part", ["review", "digest/x"])
def test_a_third_person_and_a_stranger_see_nothing(world: World, part: str) -> None:
    assert world.browser(CLEO).get(url(world)).status_code == 404
    assert world.browser(CLEO).post(url(world, part), data={"what": "add"}).status_code == 404
    assert world.browser().get(url(world)).status_code == 401


def test_sd_61_a_period_is_edited_on_the_page_by_its_owner_alone(world: World) -> None:
    sheet = world.company.sheet()
    with world.app.store.transaction() as tx:
        write_private(tx, sheet, "nur für mich", by=ANNA, now=utc_now())
    browser = world.browser(ANNA)
    period = f"{url(world)}?from=2026-01-01&to=2099-12-31"
    page = browser.get(period).text
    assert "nur für mich" in page
    digest = page.partition("/digest/")[2].partition('"')[0]
    edit = url(world, f"digest/{digest}")
    assert browser.post(edit, data={"what": "add", "text": "selbst"}).status_code == 303
    line = browser.get(period).text.partition('name="line" value="')[2].partition('"')[0]
    assert browser.post(edit, data={"what": "strike", "line": line}).status_code == 303
    assert "<s>" in browser.get(period).text
    assert world.browser(BEN).post(edit, data={"what": "add", "text": "x"}).status_code == 404
    assert "nur für mich" not in world.browser(BEN).get(period).text
    assert browser.get(f"{url(world)}?from=soon").status_code == 422


def test_a_link_alone_opens_neither_digest_nor_export(world: World) -> None:
    base = world.app.links.page_of(ANNA, utc_now()).partition("8040")[2]
    client = world.flask.test_client()
    page = client.get(f"{base}/talk/{world.company.series().series_id}/review?from=2026-01-01")
    assert page.status_code == 200
    assert "/digest/" not in page.text
    assert client.get(f"{base}/export.json").status_code in (302, 303, 401)
    assert b"vieraugen.json" not in client.get(f"{base}/export.json").data


def test_us_4_ones_own_data_to_take_along(world: World) -> None:
    with world.app.store.transaction() as tx:
        change_pair(tx, PAIR.pair_id, remote=True, now=utc_now())
    browser = world.browser(ANNA)

    answer = browser.get("/my/export.json")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert json.loads(answer.data)["pairs"][0]["settings"]["remote"] is True
    assert "<h1>" in browser.get("/my/export.html").text
