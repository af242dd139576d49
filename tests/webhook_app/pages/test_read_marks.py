"""The manager may say that they have read the report's points; nothing says it for them."""

from __future__ import annotations

from core.model.marks import ReadMark
from core.service.traces import traces_of
from tests.core.builders import BEN
from tests.webhook_app.pages.hands import Hand
from tests.webhook_app.world import World

SAY, SEEN = "dass ich das gelesen habe", "Ben hat deine Punkte gelesen."


def test_sd_21_the_report_sees_it_only_when_the_manager_says_so(anna: Hand, ben: Hand) -> None:
    assert SAY not in ben.see()
    anna.add("Urlaub")
    assert SAY in ben.see()
    assert SAY not in anna.see()
    assert SEEN not in anna.see()

    assert ben.press("read") == 303

    assert SEEN in anna.see()
    assert SAY not in ben.see()
    assert ben.press("unread") == 303
    assert SEEN not in anna.see()


def test_sd_21_what_came_later_may_be_read_as_well(anna: Hand, ben: Hand) -> None:
    anna.add("Urlaub")
    ben.press("read")

    anna.add("Schulung")

    assert SAY in ben.see()
    ben.press("read")
    assert SAY not in ben.see()


def test_a_report_does_not_read_for_the_manager_nor_a_draft_count(
    world: World, anna: Hand, ben: Hand
) -> None:
    anna.add("Entwurf", visibility="private")
    assert SAY not in ben.see()

    assert anna.press("read") == 422

    with world.app.store.transaction() as tx:
        assert tx.nouns(ReadMark) == []


def test_the_mark_goes_with_its_person(world: World, anna: Hand, ben: Hand) -> None:
    anna.add("Urlaub")
    ben.press("read")

    with world.app.store.transaction() as tx:
        (pair,) = tx.pairs()
        kinds = [type(trace) for trace in traces_of(tx, pair, BEN)]

    assert ReadMark in kinds
