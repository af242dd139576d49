"""Carla, a report with nothing but a phone, walks JOURNEYS 3.2, step by step."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect

from core.model.reminding import PlannedReminder
from core.service.consent import say_yes
from core.service.promises import add_item
from tests.browser.house import address
from tests.browser.mail_house import PHONE, MailHouse, body, links, signed_in, words
from tests.browser.test_journeys import with_room
from tests.browser.test_side_by_side import row, until

pytestmark = [pytest.mark.browser, pytest.mark.server]


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
    anna.goto(links(mail)[0])
    anna.get_by_role("button", name="Meine Seite öffnen").click()
    anna.get_by_role("link", name="Nachrichten").click()
    expect(anna.get_by_text("2 Punkte stehen auf der Agenda")).to_have_count(1)
    expect(anna.get_by_text("kam von einer anderen Adresse")).to_have_count(1)

    # 5: her link opens in her language without a password; elsewhere it wants a code, once
    anna.goto(links(mail)[0])
    expect(anna.locator("html")).to_have_attribute("lang", "de")
    expect(anna.locator("input[type=password]")).to_have_count(0)
    anna.get_by_role("link", name="Agenda öffnen: Gespräch").click()
    expect(row(anna, "Weiterbildung")).to_be_visible()
    elsewhere = browser.new_page(viewport=PHONE, locale="de-DE")  # type: ignore[arg-type]
    elsewhere.goto(links(mail)[0])
    assert "Gespräch" not in elsewhere.inner_text("main")
    elsewhere.get_by_role("button", name="Code schicken").click()
    elsewhere.get_by_label("Code").fill(code_in(office))
    elsewhere.get_by_role("button", name="Weiter").click()
    expect(elsewhere.get_by_role("heading", name="Deine Gespräche")).to_be_visible()
    elsewhere.close()
    ben = signed_in(browser, house, "ben", series.series_id)

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
    item = add_item(
        house.app.services,
        series.series_id,
        "Angebot einholen",
        owner=address("anna"),
        due=first.date(),
        by=address("ben"),
        now=office.now,
    )
    done = f"{house.link('anna')}talk/{series.series_id}/done/{item.item_id}"
    for link in (*links(mail), done):
        for verb in ("GET", "HEAD"):
            assert anna.request.fetch(link, method=verb).ok
    anna.reload()
    expect(row(anna, "Angebot einholen").get_by_role("checkbox")).not_to_be_checked()
    anna.goto(done)
    anna.get_by_role("button", name="Ja, erledigt").click()
    expect(row(anna, "Angebot einholen").get_by_role("checkbox")).to_be_checked()
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
    expect(ben.locator(".when")).to_contain_text("Donnerstag")
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
    office.sync()
    anna.reload()
    expect(anna.get_by_text("room-lime@example.com")).to_be_visible()
    ben.close()


def code_in(office: MailHouse) -> str:
    """Return the code that she got by mail."""
    until(lambda: "Code" in office.mails("anna")[-1]["Subject"])
    found = re.search(r"\b\d[\d ]{4,8}\d\b", words(office.mails("anna")[-1]))
    assert found is not None
    return found[0]


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
