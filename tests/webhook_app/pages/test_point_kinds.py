"""What a point is: chosen beside its words, asked about when it is ticked, moved to be read."""

from __future__ import annotations

import pytest

from core.content.template_model import ItemType
from core.kinds import kind_of, marked, words_of_kinds
from core.model.agenda import PointState, Visibility
from core.model.people import Side
from tests.core.builders import ANNA, BEN
from tests.core.service.conftest import FIRST, UID
from tests.webhook_app.pages.hands import Hand
from tests.webhook_app.world import World


def text_of(world: World, point: str) -> str:
    return next(p.text for p in world.company.agenda().points if p.point_id == point)


@pytest.mark.parametrize("locale", ["de", "de-Sie", "en"])
@pytest.mark.parametrize("side", Side)
def test_sd_09_each_kind_that_may_be_chosen_is_read_back_from_the_event(
    locale: str, side: Side
) -> None:
    for kind in words_of_kinds(locale, side):
        text = marked("Zugang fehlt", kind, locale)

        assert kind_of(text) is kind
        assert marked(text, kind, locale) == text
        assert marked(text, ItemType.POINT, locale) == "Zugang fehlt"


def test_sd_09_a_page_offers_kinds_and_the_event_says_which(
    world: World, anna: Hand, ben: Hand
) -> None:
    assert "Feedback an dich" in anna.see()
    assert "Feedback an dich" not in ben.see()

    point = anna.add("Zugang fehlt", kind="obstacle")
    world.company.sync()

    assert text_of(world, point) == "Hindernis: Zugang fehlt"
    assert "Hindernis: Zugang fehlt" in world.company.clients.body(ANNA, UID, FIRST)
    assert anna.press("add", text="x", kind="mood") == 422


def test_sd_09_another_kind_takes_the_first_word_s_place(world: World, anna: Hand) -> None:
    point = anna.add("Zugang fehlt", kind="obstacle")
    base = "Hindernis: Zugang fehlt"

    anna.press("reword", entry=point, text=base, base=base, kind="challenge")
    assert text_of(world, point) == "Herausforderung: Zugang fehlt"
    typed = "Danke: Zugang ist da"
    anna.press(
        "reword", entry=point, text=typed, base="Herausforderung: Zugang fehlt", kind="challenge"
    )

    assert text_of(world, point) == typed


def test_sd_11_a_challenge_that_is_ticked_asks_once_what_came_of_it(
    world: World, anna: Hand, ben: Hand
) -> None:
    point, plain = anna.add("Umbau", kind="challenge"), anna.add("Urlaub")
    for entry in (point, plain):
        anna.press("tick", entry=entry)
    asked = "Was kam dabei heraus?"
    assert (anna.see().count(asked), ben.see("/meet").count(asked)) == (1, 1)

    anna.press("leave-it", entry=point)

    assert asked not in anna.see()
    other = anna.add("Umzug", kind="challenge")
    anna.press("tick", entry=other)
    assert anna.see().count(asked) == 1
    ben.press("decide", entry=other, text="im Mai")
    assert asked not in anna.see()


def test_sd_11_ideas_and_help_stand_below_a_challenge(world: World, anna: Hand, ben: Hand) -> None:
    point = anna.add("Umbau", kind="challenge")

    ben.press("idea", entry=point, text="erst die Tests")
    anna.press("help", entry=point, text="eine Stunde zu zweit")

    world.company.sync()
    body = world.company.clients.body(BEN, UID, FIRST)
    assert "Idee: erst die Tests" in body
    assert "Hilfe: eine Stunde zu zweit" in body
    assert "<strong>Idee</strong> <bdi>erst die Tests</bdi>" in anna.see()


def test_sd_36_a_wish_to_learn_comes_again_until_something_is_decided(
    world: World, anna: Hand
) -> None:
    wish = anna.add("Moderation, https://example.com/kurs", kind="learning_wish")
    decided = anna.add("Rust", kind="learning_wish")
    for entry in (wish, decided):
        anna.press("tick", entry=entry)
    assert anna.see().count("Bis dahin bleibt der Wunsch offen") == 2
    anna.press("decide", entry=decided, text="Kurs im März")
    world.company.sync()

    world.company.pass_meeting()

    points = {p.text: p for p in world.company.agenda().points}
    assert list(points) == ["Lernwunsch: Moderation, https://example.com/kurs"]
    assert points["Lernwunsch: Moderation, https://example.com/kurs"].state is PointState.OPEN
    assert '<a href="https://example.com/kurs" rel="noreferrer noopener">' in anna.see()


def test_sd_68_what_could_be_written_leaves_the_talking_points(
    world: World, anna: Hand, ben: Hand
) -> None:
    point = anna.add("Audit ist durch")

    anna.press("update", entry=point)

    assert text_of(world, point) == "Info: Audit ist durch"
    page = ben.see()
    assert page.index("Kurzblock</h2>") < page.index(f'id="e-{point}"')
    assert "Audit" not in ben.see("/walk")
    assert f'id="e-{point}"' not in ben.see("/meet")
    assert "Info: Audit ist durch" in ben.see("/meet")

    ben.press("talk-about", entry=point)
    assert text_of(world, point) == "Audit ist durch"
    assert "Audit ist durch" in ben.see("/walk")


def test_sd_15_a_place_is_held_without_words(world: World, anna: Hand, ben: Hand) -> None:
    assert anna.press("hold-place") == 303
    world.company.sync()

    (point,) = world.company.agenda().points
    assert (point.owner, point.visibility) == (ANNA, Visibility.SENSITIVE)
    assert "vertraulich" in world.company.clients.body(BEN, UID, FIRST)
    assert point.text not in world.company.clients.body(BEN, UID, FIRST)
    assert "vertraulich, nur im Gespräch" in ben.see()
