"""What the two say about their talks on the settings page."""

from __future__ import annotations

from core.model.settings import PairSettings
from core.service.settings import change_pair, pair_settings
from tests.core.builders import PAIR
from tests.webhook_app.pages.hands import Hand
from tests.webhook_app.world import World
from webhook_app.jobs.clock import utc_now


def settings(world: World) -> PairSettings:
    with world.app.store.transaction() as tx:
        return pair_settings(tx, PAIR.pair_id)


def test_the_two_say_how_it_is_with_them(world: World, anna: Hand, ben: Hand) -> None:
    report, manager = (anna, ben) if PAIR.report == anna.person else (ben, anna)
    fields = {"agreed_days": "10", "remote": "on", "third_allowed": "on", "topic-wellbeing": "on"}

    assert report.press("choices", **fields) == 303
    found = settings(world)
    assert (found.agreed_days, found.remote, found.third_allowed) == (10, True, True)
    assert (found.reviews, found.unwanted) == (False, ("wellbeing",))
    assert 'name="topic-wellbeing" checked' in report.see("/settings")
    assert "topic-wellbeing" not in manager.see("/settings")

    assert manager.press("choices", agreed_days="", **{"topic-goals": "on"}) == 303
    found = settings(world)
    assert (found.agreed_days, found.remote, found.unwanted) == (None, False, ("wellbeing",))
    assert report.press("choices", agreed_days="x") == 422
    assert report.press("choices", agreed_days="999") == 422


def test_what_the_page_does_not_show_stays(world: World, anna: Hand) -> None:
    with world.app.store.transaction() as tx:
        change_pair(tx, PAIR.pair_id, now=utc_now(), pulse=True, formal=True)

    anna.press("choices", remote="on")

    assert (settings(world).pulse, settings(world).formal) == (True, True)
