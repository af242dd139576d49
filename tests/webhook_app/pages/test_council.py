"""The works council reads the pack and the log of switches, and nothing of any pair (US-8)."""

from __future__ import annotations

import json

import pytest

from core.model.access import Via
from core.model.switches import SwitchEntry
from core.service.edit import add_point
from core.service.rule_book import turn
from tests.core.builders import ANNA, BEN
from tests.webhook_app.world import ADMIN, World, Worlds
from webhook_app.jobs.clock import utc_now

COUNCIL = "council@example.com"


@pytest.fixture
def named(worlds: Worlds) -> World:
    """A company that has named its works council."""
    world = worlds(council=f" {COUNCIL.upper()}, rat@example.com")
    with world.app.store.transaction() as tx:
        turn(tx, "R-19", False, by="boss@example.com", now=utc_now())
    series_id = world.company.series().series_id
    add_point(world.app.services, series_id, "Geheimplan", by=ANNA, now=utc_now())
    return world


def test_us_8_the_council_reads_the_log_and_the_pack_and_no_agenda(named: World) -> None:
    browser = named.browser(COUNCIL)

    page = browser.get("/my/council")
    assert page.status_code == 200
    assert "R-19" in page.text
    assert "boss@example.com" in page.text
    assert "The log is whole" in page.text
    file = browser.get("/my/council.json")
    assert "attachment" in file.headers["Content-Disposition"]
    pack = json.loads(file.text)
    assert [line["name"] for line in pack["switches"]["log"]] == ["R-19"]
    assert "Geheimplan" not in page.text + file.text
    talk = browser.get(f"/my/talk/{named.company.series().series_id}")
    assert talk.status_code == 404


@pytest.mark.parametrize("who", [ANNA, BEN, ADMIN])
def test_us_8_nobody_else_has_that_page(named: World, who: str) -> None:
    for part in ("council", "council.json"):
        assert named.browser(who).get(f"/my/{part}").status_code == 404
        assert named.browser().get(f"/my/{part}").status_code == 401
        assert named.browser(COUNCIL, Via.LINK).get(f"/my/{part}").status_code in (401, 403)


def test_us_8_a_changed_line_is_seen(named: World) -> None:
    with named.app.store.transaction() as tx:
        (line,) = tx.nouns(SwitchEntry)
        tx.put_noun(SwitchEntry(number=1, at=line.at, by="x", name="R-19", on=True, seal=line.seal))

    assert "does not fit from line 1" in named.browser(COUNCIL).get("/my/council").text


def test_us_2_who_lives_on_icloud_is_told_what_works(world: World) -> None:
    assert "another CalDAV server" in world.browser("carl@icloud.com").get("/my/settings").text
    assert "iCloud" not in world.browser(ANNA).get("/my/settings").text
