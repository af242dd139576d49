"""Hints on wording: beside one's own draft, for nobody else, and only where words may be read."""

from __future__ import annotations

import pytest

from core.service.rule_book import turn
from core.service.settings import change_person
from tests.core.builders import BEN
from tests.webhook_app.pages.hands import Hand
from tests.webhook_app.world import ADMIN, World
from webhook_app.jobs.clock import utc_now

BLAME, HINT = "Das ist deine Schuld", "Was hat gefehlt, damit es gelingt"
TELL, ASK = "Du musst öfter berichten", "Als Frage klingt es offener"


def allow(world: World) -> None:
    with world.app.store.transaction() as tx:
        turn(tx, "text_rules", True, by=ADMIN, now=utc_now())


@pytest.mark.parametrize(("text", "hint"), [(BLAME, HINT), (TELL, ASK)])
def test_sd_26_and_sd_28_the_author_of_a_draft_alone_gets_a_hint(
    world: World, anna: Hand, ben: Hand, text: str, hint: str
) -> None:
    ben.add(text, visibility="private")
    assert hint.casefold() not in ben.see().casefold()

    allow(world)

    assert hint.casefold() in ben.see().casefold()
    assert hint.casefold() not in anna.see().casefold()


def test_sd_28_tips_off_is_off_for_good_and_what_is_shared_has_no_hint(
    world: World, ben: Hand
) -> None:
    allow(world)
    ben.add(BLAME)
    assert HINT not in ben.see()
    ben.add(f"{BLAME}!", visibility="private")
    assert HINT in ben.see()

    with world.app.store.transaction() as tx:
        change_person(tx, BEN, now=utc_now(), tips=False)

    assert HINT not in ben.see()
