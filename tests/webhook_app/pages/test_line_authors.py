"""Lines below a point carry who wrote them, where that is known."""

from __future__ import annotations

from core.model.marks import LineAuthor
from tests.core.builders import BEN
from tests.webhook_app.pages.hands import Hand
from tests.webhook_app.world import World


def test_sd_25_both_may_add_and_both_stand_there(world: World, anna: Hand, ben: Hand) -> None:
    point = anna.add("Umbau")

    anna.press("idea", entry=point, text="erst die Tests")
    ben.press("idea", entry=point, text="erst der Entwurf")

    page = anna.see()
    assert '<bdi>erst die Tests</bdi> <span class="by">von Anna</span>' in page
    assert '<bdi>erst der Entwurf</bdi> <span class="by">von Ben</span>' in page
    anna.press("remove-line", entry=point, line="Idee: erst die Tests")
    with world.app.store.transaction() as tx:
        assert [a.person for a in tx.nouns(LineAuthor)] == [BEN]
