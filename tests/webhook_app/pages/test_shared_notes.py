"""Shared notes that programs keep: shown below their point, found, and only by who may see."""

from __future__ import annotations

from core.model.access import Via
from core.model.agenda import Visibility
from core.service.edit import set_visibility
from tests.core.builders import ANNA, BEN
from tests.webhook_app.pages.hands import Hand
from tests.webhook_app.world import World
from webhook_app.jobs.clock import utc_now


def note(world: World, text: str, entry: str = "", kind: str = "note") -> None:
    """Let Ben's program keep one."""
    path = f"/api/v1/series/{world.company.series().series_id}/notes"
    body = {"text": text, "kind": kind, "entry": entry or None}
    answer = world.program(BEN).post(path, json={k: v for k, v in body.items() if v})
    assert answer.status_code == 201, answer.text


def conceal(world: World, entry: str) -> None:
    services, series = world.app.services, world.company.series().series_id
    set_visibility(services, series, entry, Visibility.SENSITIVE, by=ANNA, now=utc_now())


def test_they_stand_below_their_point_and_the_heading(world: World, anna: Hand) -> None:
    point = anna.add("Urlaub")
    note(world, "zwei Wochen im Juli", point)
    note(world, "Vertretung: Cleo", point, kind="decision")
    note(world, "Das war ein guter Anfang")

    page = anna.see()
    row = page[page.index(f'id="e-{point}"') :]

    assert "zwei Wochen im Juli" in row
    assert "Vertretung: Cleo" in row
    assert 'class="decision kept"' in row
    assert page.index("Das war ein guter Anfang") < page.index(f'id="e-{point}"')


def test_markup_in_them_is_words(world: World, anna: Hand) -> None:
    note(world, "<script>alert(1)</script>", anna.add("Urlaub"))

    assert "<script>alert" not in anna.see() + anna.see("/history?q=alert")


def test_a_link_shows_none_about_a_confidential_point(world: World, anna: Hand) -> None:
    point = anna.add("Gehalt")
    note(world, "Zaubertrank", point)
    conceal(world, point)
    series = world.company.series().series_id
    signed_in = world.browser(BEN, Via.MAIL).get(f"/my/talk/{series}").text

    assert "Zaubertrank" not in anna.see()
    assert "Zaubertrank" in signed_in
    assert "Zaubertrank" not in anna.see("/history?q=Zaubertrank").replace(
        "„Zaubertrank“", ""
    ).replace('value="Zaubertrank"', "")


def test_search_finds_them_and_all_words_count(world: World, anna: Hand) -> None:
    point = anna.add("Urlaub im Sommer")
    note(world, "zwei Wochen im Juli", point)
    draft = anna.add("Urlaub als Entwurf", visibility="private")
    assert draft

    assert "zwei Wochen im Juli" in anna.see("/history?q=juli+wochen")
    assert "Urlaub im Sommer" in anna.see("/history?q=sommer+urlaub")
    assert "Urlaub im Sommer" not in anna.see("/history?q=sommer+winter")
    assert "Entwurf" not in anna.see("/history?q=urlaub")


def test_those_of_a_carried_point_go_along(world: World, anna: Hand) -> None:
    point = anna.add("Urlaub")
    note(world, "zwei Wochen im Juli", point)
    note(world, "Das war ein guter Anfang")
    world.company.now = utc_now()
    world.company.sync()
    world.company.pass_meeting()

    assert world.company.agenda().points[0].point_id == point
    page = anna.see()
    assert "zwei Wochen im Juli" in page
    assert "Das war ein guter Anfang" not in page
    assert "Das war ein guter Anfang" in anna.see("/history")
