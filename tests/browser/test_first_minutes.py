"""Ben and Carla walk JOURNEYS 3.1 and 3.2 on the demo's calendar server, step by step."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect

from core.model.first_message import FirstMessage
from core.model.reminding import PlannedReminder
from core.model.suggestions import Channel, RuleId, Suggestion
from core.service.consent import say_yes
from core.service.promises import add_item
from core.service.suggest import plan_team
from tests.browser.house import House, address
from tests.browser.mail_house import DORA, MailHouse, links, open_mail_house, words
from tests.browser.test_journeys import described, with_room
from tests.browser.test_side_by_side import add, row
from tests.servers import servers_python
from webhook_app.jobs.clock import utc_now

pytestmark = [pytest.mark.browser, pytest.mark.server]
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MailHouse]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VIERAUGEN_SERVERS_VENV", str(servers_python().parents[1]))
        with open_mail_house(tmp_path_factory.mktemp("office")) as opened:
            yield opened


@pytest.fixture
def fresh(browser: Browser) -> Iterator[Page]:
    """A browser that has never been here: no cookie, nothing kept."""
    context = browser.new_context(viewport=PHONE, locale="de-DE")  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


def body(house: House, url: str, series_id: str) -> str:
    """Return the text of the occurrence that holds a series' agenda, as a client shows it."""
    with house.app.store.transaction() as tx:
        sheet = tx.open_sheet(series_id)  # type: ignore[arg-type]
    assert sheet is not None
    assert sheet.place is not None
    return house.phone("ben").notes(url, sheet.place.original_start)


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
    anna = browser.new_page(viewport=PHONE, locale="de-DE")  # type: ignore[arg-type]
    anna.goto(house.talk("anna"))
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
    expect(card.locator(".source")).to_be_visible()
    card.get_by_role("button", name="Nicht mehr zeigen").click()
    expect(card.locator(".source")).to_have_count(0)
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


def test_carla_walks_with_nothing_but_a_phone(
    office: MailHouse, fresh: Page, browser: Browser
) -> None:
    house, uid = office.house, "walk-anna-ben"
    first = _wednesday(office.now)
    url = office.put("anna", uid, "Gespräch", first)
    office.sync()
    series = office.series(uid)
    with house.app.store.transaction() as tx:
        say_yes(tx, series.series_id, by=address("ben"), now=office.now)
    office.sync()

    # 1: plain text, her heading first, the whole of it above the fold
    text = body(house, url, series.series_id)
    lines = [line for line in text.splitlines() if line.strip()]
    assert "<" not in text
    assert "\\n" not in text
    assert [line for line in lines if line in ("Anna", "Ben")] == ["Anna", "Ben"]
    assert len(lines) <= 12

    # 2: one mail, on a working day before, in her hours; an off switch, no calendar part
    with house.app.store.transaction() as tx:
        planned = tx.nouns(PlannedReminder)
    due = next(
        p.due
        for p in planned
        if p.person == address("anna") and p.series_id == series.series_id and p.kind == "before"
    )
    assert office.now < due < first
    assert due.astimezone(first.tzinfo).weekday() < 5
    office.sync(due)
    (mail,) = [m for m in office.mails("anna") if "Mittwoch" in m["Subject"]]
    assert parsedate_to_datetime(mail["Date"]) is not None
    assert mail["List-Unsubscribe"]
    assert "text/calendar" not in [part.get_content_type() for part in mail.walk()]

    # 3: two lines are two points of hers, in her order; signature and quote are none
    office.reply(mail, "Weiterbildung\r\nUrlaub im August\r\n\r\nVon meinem iPhone gesendet")
    with house.app.store.transaction() as tx:
        sheet = tx.open_sheet(series.series_id)
    assert sheet is not None
    assert [(p.text, p.owner) for p in sheet.agenda.points] == [
        ("Weiterbildung", address("anna")),
        ("Urlaub im August", address("anna")),
    ]

    # 4: she sees that they arrived; a reply of somebody else is said once
    office.reply(mail, "Fremdes", sender="eve")
    anna = fresh
    anna.goto(f"{house.link('anna')}messages")
    expect(anna.get_by_text("2 Punkte stehen auf der Agenda")).to_have_count(1)
    expect(anna.get_by_text("kam von einer anderen Adresse")).to_have_count(1)

    # 5: the link in the mail opens her page, in her language, without a password
    anna.goto(links(mail)[0])
    expect(anna.locator("html")).to_have_attribute("lang", "de")
    expect(anna.locator("input[type=password]")).to_have_count(0)
    anna.get_by_role("link", name="Agenda öffnen: Gespräch").click()
    expect(row(anna, "Weiterbildung")).to_be_visible()
    ben = browser.new_page(viewport=PHONE, locale="de-DE")  # type: ignore[arg-type]
    ben.goto(f"{house.link('ben')}talk/{series.series_id}")

    # 6: the comment of her answer waits for her alone
    house.phone("anna").comment(
        url, address("anna"), "Gehalt ansprechen?", sheet_start(office, uid)
    )
    office.sync()
    anna.reload()
    card = anna.get_by_role("region", name="Aus deiner Antwort auf die Einladung")
    expect(card).to_contain_text("Gehalt ansprechen?")
    ben.reload()
    assert "Gehalt" not in ben.content() + body(house, url, series.series_id)

    # 7: as a confidential point its words stand in no copy and in no mail
    card.get_by_role("button", name="Nur vertraulich").click()
    expect(row(anna, "vertraulich, nur im Gespräch")).to_be_visible()
    office.sync()
    assert "vertraulich" in body(house, url, series.series_id)
    assert "Gehalt" not in body(house, url, series.series_id) + str(office.sent)

    # 8: what she types into the notes arrives once
    house.phone("anna").edit_notes(
        url,
        sheet_start(office, uid),
        lambda t: t.replace("\nAnna\n", "\nAnna\n- Aus dem Kalender\n", 1),
    )
    office.sync()
    expect(row(anna, "Aus dem Kalender")).to_have_count(1)

    # 9: her action item: looking ticks nothing, one button does
    add_item(
        house.app.services,
        series.series_id,
        "Angebot einholen",
        owner=address("anna"),
        due=first.date(),
        by=address("ben"),
        now=office.now,
    )
    for link in links(mail):
        for verb in ("GET", "HEAD"):
            assert anna.request.fetch(link, method=verb).ok
    anna.reload()
    box = row(anna, "Angebot einholen").get_by_role("checkbox")
    expect(box).not_to_be_checked()
    box.click()
    expect(row(ben, "Angebot einholen").get_by_role("checkbox")).to_be_checked()

    # 10: Ben moves the talk: each of her points once, on the new day
    start = sheet_start(office, uid)
    moved = start + timedelta(days=1)
    house.phone("ben").move(url, start, moved, moved + timedelta(minutes=30))
    office.sync()
    expect(anna.locator(".when")).to_contain_text("Donnerstag")
    for point in ("Weiterbildung", "Urlaub im August", "Aus dem Kalender"):
        expect(row(anna, point)).to_have_count(1)
        assert body(house, url, series.series_id).count(point) == 1

    # 11: muted reminders: no mail more, nothing changes in the calendar or for Ben
    before, seen = house.phone("ben").raw(url), ben.locator("main").inner_text()
    anna.goto(f"{house.link('anna')}settings")
    anna.get_by_label("Erinnere mich vor und nach dem Treffen").uncheck()
    anna.get_by_role("button", name="Speichern").click()
    expect(anna.get_by_text("Gespeichert.")).to_be_visible()
    ben.reload()
    assert ben.locator("main").inner_text() == seen
    office.sync(moved - timedelta(hours=1))
    assert [m for m in office.mails("anna") if "Donnerstag" in m["Subject"]] == []
    assert house.phone("ben").raw(url) == before

    # 12: who can read this? Exactly the event's people, and it follows
    anna.goto(f"{house.link('anna')}talk/{series.series_id}/where")
    readers = anna.locator(".readers").first.get_by_role("listitem")
    expect(readers).to_have_count(2)
    house.phone("ben").change(url, with_room)
    anna.reload()
    expect(anna.get_by_text("room-lime@example.com")).to_be_visible()
    ben.close()


def _wednesday(now: datetime) -> datetime:
    """Return ten o'clock in Berlin on a Wednesday that is at least three days away."""
    local = now.astimezone(ZoneInfo("Europe/Berlin")) + timedelta(days=3)
    day = local + timedelta(days=(2 - local.weekday()) % 7)
    return day.replace(hour=10, minute=0, second=0, microsecond=0)


def sheet_start(office: MailHouse, uid: str) -> datetime:
    """Return the original start of the occurrence that holds the agenda."""
    series_id = office.series(uid).series_id
    with office.house.app.store.transaction() as tx:
        sheet = tx.open_sheet(series_id)
    assert sheet is not None
    assert sheet.place is not None
    assert sheet.place.original_start is not None
    return sheet.place.original_start
