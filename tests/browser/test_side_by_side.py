"""Both people at once: one in the calendar, one on the page, and each sees what the other does."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from core.model.agenda import TalkingPoint
from tests.browser.conftest import PATIENCE, Visit
from tests.browser.house import House


def until(holds: Callable[[], bool]) -> None:
    """Wait for something that the calendar server shows."""
    end = time.monotonic() + PATIENCE / 1000
    while not holds():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.1)


def add(page: Page, text: str, who_sees: str = "") -> None:
    """Type a point and press the button: two clicks."""
    page.get_by_label("Worüber möchtest du reden?").fill(text)
    if who_sees:
        page.get_by_label(who_sees).check()
    page.get_by_role("button", name="Hinzufügen").click()


def row(page: Page, text: str) -> Locator:
    """Return the entry with exactly these words."""
    words = page.locator("p.text").filter(has_text=re.compile(f"^{re.escape(text)}$"))
    return page.locator(".row").filter(has=words)


def drawer(page: Page, text: str) -> Locator:
    """Open what can be done to an entry."""
    row(page, text).get_by_label(f"Mehr zu: {text}").click()
    return row(page, text).locator(".drawer")


def points(house: House) -> dict[str, TalkingPoint]:
    return {p.text: p for p in house.agenda().points}


def test_a_line_typed_in_the_calendar_is_on_the_open_page(visit: Visit, house: House) -> None:
    ben = visit("ben")

    house.put("anna", lambda text: text.replace("Anna\n", "Anna\n- Aus dem Kalender\n", 1))

    expect(row(ben, "Aus dem Kalender")).to_be_visible()
    titles = ben.locator("section.part h2").all_inner_texts()
    assert titles[:2] == ["Anna", "Ben"]


def test_a_point_from_the_page_is_in_the_event_and_on_the_other_page(
    visit: Visit, house: House
) -> None:
    anna, ben = visit("anna"), visit("ben")

    add(ben, "Von Bens Seite")

    expect(row(ben, "Von Bens Seite")).to_be_visible()
    expect(row(anna, "Von Bens Seite")).to_be_visible()
    until(lambda: " [ ] Von Bens Seite\n" in house.event())
    text = house.event()
    assert text.count("Von Bens Seite") == 1
    assert text.index("\nAnna\n") < text.index("\nBen\n") < text.index("Von Bens Seite")


def test_a_tick_goes_both_ways(visit: Visit, house: House) -> None:
    anna, ben = visit("anna"), visit("ben")
    add(ben, "Zum Abhaken")
    until(lambda: " [ ] Zum Abhaken" in house.event())

    row(anna, "Zum Abhaken").get_by_role("checkbox").click()
    until(lambda: "[x] Zum Abhaken" in house.event())
    expect(row(ben, "Zum Abhaken").get_by_role("checkbox")).to_be_checked()
    house.put("ben", lambda text: text.replace("[x] Zum Abhaken", "[ ] Zum Abhaken"))

    expect(row(anna, "Zum Abhaken").get_by_role("checkbox")).not_to_be_checked()


def test_two_edits_at_once_keep_both_until_one_is_chosen(visit: Visit, house: House) -> None:
    anna, ben = visit("anna"), visit("ben")
    add(ben, "Wortlaut")
    expect(row(anna, "Wortlaut")).to_be_visible()

    name = row(anna, "Wortlaut").get_attribute("id")
    drawer(anna, "Wortlaut")
    field = anna.locator(f"#{name}").get_by_label("Neuer Wortlaut")
    field.fill("Wortlaut von Anna")
    other = drawer(ben, "Wortlaut")
    other.get_by_label("Neuer Wortlaut").fill("Wortlaut von Ben")
    other.get_by_role("button", name="Speichern").click()
    expect(row(anna, "Wortlaut von Ben")).to_be_visible()
    expect(field).to_have_value("Wortlaut von Anna")
    field.press("Enter")

    clash = row(ben, "Wortlaut von Ben").get_by_role("group", name="Zwei Fassungen")
    clash.get_by_role("button", name="Diese nehmen: Wortlaut von Anna").click()
    expect(row(anna, "Wortlaut von Anna")).to_be_visible()
    until(lambda: "Wortlaut von Anna" in house.event() and "von Ben" not in _lines(house))


def _lines(house: House) -> str:
    return "".join(line for line in house.event().splitlines() if "Wortlaut" in line)


@pytest.mark.capability("C-14", "F-15")
def test_what_is_private_or_confidential_never_leaves(visit: Visit, house: House) -> None:
    anna, ben = visit("anna"), visit("ben")

    add(anna, "Geheimwort Entwurf", "Nur du (Entwurf)")
    expect(row(anna, "Geheimwort Entwurf")).to_be_visible()
    add(anna, "Geheimwort Gehalt", "Ihr beide, nie im Kalender")
    anna.get_by_label("Eigene Notizen").fill("Geheimwort Notiz")
    anna.get_by_role("region", name="Nur für dich").get_by_role("button").click()
    add(anna, "Danach")

    expect(row(ben, "Danach")).to_be_visible()
    until(lambda: "Danach" in house.event())
    assert "Geheimwort" not in house.event()
    assert "Geheimwort" not in ben.content()
    anna.reload()
    expect(anna.get_by_label("Eigene Notizen")).to_have_value("Geheimwort Notiz")


def test_signed_in_both_read_the_confidential_words(visit: Visit, house: House) -> None:
    ben = visit("ben")
    cookie = {"name": "vieraugen", "value": house.cookie("ben"), "url": house.url}
    ben.context.add_cookies([cookie])  # type: ignore[list-item]  # as Playwright has it
    ben.goto(f"{house.url}/my/talk/{house.series().series_id}")

    expect(row(ben, "Gehaltsgespräch vorbereiten")).to_be_visible()
    row(ben, "Gehaltsgespräch vorbereiten").get_by_role("checkbox").click()
    expect(row(ben, "Gehaltsgespräch vorbereiten").get_by_role("checkbox")).to_be_checked()
    until(lambda: points(house)["Gehaltsgespräch vorbereiten"].state.value == "discussed")
    assert "Gehaltsgespräch" not in house.event()


def test_carry_park_and_bring_back(visit: Visit, house: House) -> None:
    ben = visit("ben")
    add(ben, "Fürs nächste Mal gedacht")
    expect(row(ben, "Fürs nächste Mal gedacht")).to_be_visible()

    drawer(ben, "Fürs nächste Mal gedacht").get_by_role("button", name="Nächstes Mal").click()
    expect(row(ben, "Fürs nächste Mal gedacht")).to_have_count(0)
    ben.get_by_role("link", name="Merkliste").click()
    name = "Auf die Agenda: Fürs nächste Mal gedacht"
    ben.get_by_role("button", name=name).click()
    expect(ben.get_by_role("button", name=name)).to_have_count(0)

    until(lambda: "Fürs nächste Mal gedacht" in points(house))


def test_a_promise_with_owner_and_day_becomes_a_task(visit: Visit, house: House) -> None:
    anna = visit("anna")

    anna.get_by_text("Aufgabe festhalten").first.click()
    anna.get_by_label("Was ist zu tun?").fill("Folien schicken")
    anna.get_by_label("Wer", exact=True).last.select_option(label="Ben")
    anna.get_by_label("Bis wann").last.fill("2027-01-15")
    anna.get_by_role("button", name="Aufgabe festhalten").click()

    expect(row(anna, "Folien schicken")).to_contain_text("bis Fr., 15. Januar")
    until(lambda: any(t.title == "Folien schicken" for t in _tasks(house)))


def _tasks(house: House) -> list[object]:
    return list(house.stage.desk("ben").tasks().values())


def test_one_click_takes_a_question(visit: Visit, house: House) -> None:
    ben = visit("ben")
    question = ben.locator(".questions li").first
    text = question.locator("p").first.inner_text()

    question.get_by_role("button", name="Auf die Agenda").click()

    expect(row(ben, text)).to_be_visible()
    until(lambda: text in house.event())


@pytest.mark.capability("SD-82")
def test_sd_82_a_note_and_a_decision_from_the_meeting_stand_below_the_point(
    visit: Visit, house: House
) -> None:
    ben = visit("ben")
    add(ben, "Mit Beschluss")
    expect(row(ben, "Mit Beschluss")).to_be_visible()
    ben.get_by_role("link", name="Treffen").click()

    row(ben, "Mit Beschluss").locator("summary").click()
    row(ben, "Mit Beschluss").get_by_role("textbox").fill("ab Januar")
    row(ben, "Mit Beschluss").get_by_role("button", name="Als Beschluss").click()

    expect(row(ben, "Mit Beschluss").locator(".decision")).to_contain_text("ab Januar")
    until(lambda: "Beschluss: ab Januar" in house.event())


@pytest.mark.capability("F-47")
def test_what_stands_where_shows_the_very_text(visit: Visit, house: House) -> None:
    ben = visit("ben")
    add(ben, "Genau so")
    until(lambda: "Genau so" in house.event())

    ben.get_by_role("link", name="Was steht wo").click()

    shown = ben.locator("pre").first.inner_text()
    assert shown.strip() == house.event().strip()
    expect(ben.get_by_role("listitem").filter(has_text="anna@example.com")).to_be_visible()
