"""One address for two people leads to where they stand now (SD-85)."""

from __future__ import annotations

import re

from core.model.calendar import EventDraft
from core.service.relink import relink_by_hand
from tests.core.builders import ANNA, BEN, CLEO, people, slot
from tests.core.service.conftest import UID, WEEK
from tests.webhook_app.world import World


def test_sd_85_the_pairs_link_leads_to_the_current_series_and_only_the_two(world: World) -> None:
    company, browser = world.company, world.browser(ANNA)
    old = company.series().series_id
    page = browser.get(f"/my/talk/{old}/settings").text
    found = re.search(r"/my/pair/\w+", page)
    assert found
    link = found[0]
    assert "anna" not in link
    assert browser.get(link).headers["Location"].endswith(f"/talk/{old}")
    assert world.browser(BEN).get(link).status_code == 302
    assert world.browser(CLEO).get(link).status_code == 404
    assert world.browser().get(link).status_code == 401

    shelf = company.server.shelf_with(BEN, UID)
    company.clients.delete(BEN, UID)
    draft = EventDraft(
        title="Jour fixe", slot=slot(company.now + WEEK), participants=people(BEN, ANNA)
    )
    company.clients.add(BEN, draft, "fresh", calendar_id=shelf.calendar_id)
    company.sync()
    new = company.series("fresh").series_id
    with world.app.store.transaction() as tx:
        relink_by_hand(tx, new, old, by=ANNA, now=company.now)

    assert browser.get(link).headers["Location"].endswith(f"/talk/{new}")
