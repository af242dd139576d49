"""Ben, a manager, walks JOURNEYS 3.1 from the first message to the stop, step by step."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, Page, expect

from core.model.first_message import FirstMessage
from core.model.suggestions import Channel, RuleId, Suggestion
from core.service.suggest import plan_team
from tests.browser.house import House, address
from tests.browser.mail_house import DORA, MailHouse, body, links, signed_in, words
from tests.browser.test_journeys import described
from tests.browser.test_side_by_side import add, row
from webhook_app.jobs.clock import utc_now

pytestmark = [pytest.mark.browser, pytest.mark.server]


def test_ben_walks_from_the_first_message_to_the_stop(
    office: MailHouse, fresh: Page, browser: Browser
) -> None:
    house, url = office.house, office.house.stage.event_url("anna")
    soon = datetime.now(UTC).replace(hour=9, minute=0) + timedelta(days=2)
    office.put("anna", "team", "Teamrunde", soon, more=DORA)
    before = house.phone("ben").raw(url)

    # 1: one message, ever; one link, no picture, who set it up; nothing is written
    office.sync()
    with house.app.store.transaction() as tx:
        planned = tx.noun(FirstMessage, address("ben"))
    assert planned is not None
    office.sync(planned.due)
    office.sync()
    (mail,) = office.mails("ben")
    assert "root@example.com" in words(mail)
    (link,) = links(mail)
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert "<img" not in str(mail)
    assert office.mails("anna") == []
    assert house.phone("ben").raw(url) == before

    # 2: the link opens the page, without password or account
    ben = fresh
    ben.goto(link)
    ben.get_by_role("button", name="Meine Seite öffnen").click()
    expect(ben.get_by_role("heading", name="Deine Gespräche")).to_be_visible()
    expect(ben.locator("input[type=password]")).to_have_count(0)

    # 3: the list, each with its reason
    for title in ("1:1 Anna & Ben", "1:1 Ben & Cleo"):
        expect(ben.get_by_role("listitem").filter(has_text=title)).to_contain_text("niemand Ja")
    ben.locator("#others summary").click()
    team = ben.get_by_role("listitem").filter(has_text="Teamrunde")
    expect(team).to_contain_text("mehr als zwei Menschen")

    # 4: the preview writes and mails nothing
    ben.get_by_role("link", name="Erst ansehen: 1:1 Anna & Ben").click()
    shown = ben.locator("pre").inner_text()
    office.sync()
    assert house.phone("ben").raw(url) == before
    assert len(office.sent) == 1

    # 5: yes; the very text, everything around it as before, and no mail to Anna
    ben.get_by_role("button", name="Ja, Agenda führen").click()
    expect(ben.get_by_role("heading", name="Anna & Ben")).to_be_visible()
    office.sync()
    series = house.series("anna")
    assert body(house, url, series.series_id).strip() == shown.strip()
    assert described(house.phone("ben").raw(url))[0] == described(before)[0]
    assert office.mails("anna") == []

    # 6: a point of his stands below Anna's heading, in the next occurrence alone
    add(ben, "Messe Hannover")
    expect(row(ben, "Messe Hannover")).to_be_visible()
    office.sync()
    text = body(house, url, series.series_id)
    assert text.index("\nAnna\n") < text.index("Messe Hannover")
    assert house.phone("ben").raw(url).count(b"Messe Hannover") == 1

    # 7: a private note of his is nowhere but on his page
    ben.get_by_label("Eigene Notizen").fill("Geheimwort")
    ben.get_by_role("region", name="Nur für dich").get_by_role("button").click()
    expect(ben.locator("textarea")).to_have_js_property("defaultValue", "Geheimwort")
    office.sync()
    anna = signed_in(browser, house, "anna", series.series_id)
    assert "Geheimwort" not in anna.content() + str(office.sent)
    assert b"Geheimwort" not in house.phone("ben").raw(url)

    # 8: he types a point into the event; the rest of the text stays as he had it
    house.put("ben", lambda t: t.replace("\nBen\n", "\nBen\n- Aus dem Kalender\n", 1))
    office.sync()
    expect(row(ben, "Aus dem Kalender")).to_have_count(1)
    assert body(house, url, series.series_id).startswith(text.split("▼")[0])

    # 9: Anna types; Ben sees it, and it is still there after the next write
    house.put("anna", lambda t: t.replace("\nAnna\n", "\nAnna\n- Von Anna\n", 1))
    office.sync()
    expect(row(ben, "Von Anna")).to_have_count(1)
    add(ben, "Noch einer")
    expect(row(ben, "Noch einer")).to_be_visible()
    office.sync()
    assert body(house, url, series.series_id).count("Von Anna") == 1

    # 10: why, without blame; muted it does not come back
    _suggest(house)
    ben.reload()
    card = ben.get_by_role("region", name="Vorschläge")
    card.get_by_text("Warum sehe ich das?").click()
    expect(card.get_by_text("Rogelberg")).to_be_visible()
    card.get_by_role("button", name="Nicht mehr zeigen").click()
    expect(card.get_by_text("Rogelberg")).to_have_count(0)
    later = plan_team(house.app.services, address("ben"), office.now + timedelta(days=27))
    assert RuleId("R-28") not in [made.rule_id for made in later]

    # 11: the same for the others: the group stays untouched, nobody gets more than one mail
    group = house.phone("ben").raw(f"{house.stage.calendars['anna']}team.ics")
    office.put("cleo", "lunch", "Lunch Ben & Cleo", soon)
    office.sync()
    ben.goto(link)
    ben.get_by_role("button", name="Ja zu allen gefundenen").click()
    expect(ben.get_by_role("link", name="Agenda öffnen: 1:1 Ben & Cleo")).to_be_visible()
    office.sync()
    assert "▼" in body(house, house.stage.event_url("cleo"), house.series("cleo").series_id)
    assert house.phone("ben").raw(f"{house.stage.calendars['anna']}team.ics") == group
    assert len(office.mails("cleo")) <= 1

    # 12: stop for Anna: the text is as it was, the words stay in the history
    ben.goto(f"{link.rstrip('/')}/talk/{series.series_id}/settings")
    ben.get_by_role("button", name="Abstellen und Text entfernen").click()
    office.sync()
    assert set(described(house.phone("ben").raw(url))) == set(described(before))
    with house.app.store.transaction() as tx:
        kept = [p.text for s in tx.sheets(series.series_id) for p in s.agenda.points]
    assert {"Messe Hannover", "Von Anna", "Aus dem Kalender"} <= set(kept)
    anna.close()


def _suggest(house: House) -> None:
    """Let a rule say what it would say (what rules say is tested with their histories)."""
    pair = house.series("anna").pair_id
    assert pair is not None
    with house.app.store.transaction() as tx:
        tx.put_noun(
            Suggestion(
                rule_id=RuleId("R-28"),
                pair_id=pair,
                at=utc_now(),
                meeting=utc_now() + timedelta(hours=1),
                to=(address("ben"),),
                channel=Channel.DRAFT,
            )
        )
