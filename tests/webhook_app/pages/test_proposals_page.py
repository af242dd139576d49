"""What somebody wrote beside an answer to the invitation, on their page and on no other."""

from __future__ import annotations

from tests.core.builders import ANNA
from tests.core.service.conftest import UID
from tests.webhook_app.pages.hands import Hand, link, talk
from tests.webhook_app.pages.test_pages import PARTS, SCRIPT
from tests.webhook_app.world import World

WORDS = "Gehalt ansprechen?"


def comment(world: World, text: str) -> None:
    world.company.clients.comment(ANNA, UID, text)
    world.company.sync()


def name_on(page: str) -> str:
    return page.partition('name="proposal" value="')[2].partition('"')[0]


def test_only_the_author_s_page_shows_it_until_it_is_a_point(
    world: World, anna: Hand, ben: Hand
) -> None:
    comment(world, WORDS)

    assert WORDS in anna.see()
    for part in PARTS:
        assert WORDS not in ben.see(part)
    assert WORDS not in ben.client.get(talk(world, ben.person, "/settings")).text
    assert anna.press("proposal-take", proposal=name_on(anna.see())) == 303
    assert WORDS in ben.see()
    assert name_on(anna.see()) == ""


def test_nobody_presses_for_the_author(world: World, anna: Hand, ben: Hand) -> None:
    comment(world, WORDS)
    name = name_on(anna.see())

    for what in ("proposal-take", "proposal-secret", "proposal-drop"):
        assert ben.press(what, proposal=name) == 404
    assert anna.press("proposal-secret", proposal=name) == 303
    assert WORDS not in ben.see()
    assert world.company.agenda().points[0].text == WORDS


def test_dismissed_it_does_not_come_back(world: World, anna: Hand) -> None:
    comment(world, WORDS)
    anna.press("proposal-drop", proposal=name_on(anna.see()))
    world.company.sync()

    assert WORDS not in anna.see()
    assert world.company.agenda().points == ()


def test_a_comment_becomes_no_markup(world: World, anna: Hand) -> None:
    comment(world, SCRIPT)

    assert "<script>alert" not in anna.see()
    assert "<script>alert" not in anna.client.get(link(world, ANNA)).text
