"""Keyboard alone, two clicks, no scripts: everybody gets to everything."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visit
from tests.browser.house import House
from tests.browser.test_side_by_side import add, points, row, until


@pytest.mark.capability("SD-88")
def test_a_point_takes_two_clicks_from_the_overview(visit: Visit, house: House) -> None:
    ben = visit("ben", pair="")
    card = ben.get_by_role("region", name="1:1 Anna & Ben")

    card.get_by_role("textbox").click()
    ben.keyboard.type("Zwei Klicks")
    card.get_by_role("button", name="Hinzufügen").click()

    expect(card.get_by_role("textbox")).to_have_value("")
    until(lambda: "Zwei Klicks" in points(house))


@pytest.mark.capability("F-42")
def test_the_keyboard_alone_adds_ticks_and_moves(visit: Visit, house: House) -> None:
    anna = visit("anna")
    field = anna.get_by_label("Worüber möchtest du reden?")
    field.focus()
    for text in ("Taste eins", "Taste zwei"):
        anna.keyboard.type(text)
        anna.keyboard.press("Enter")
        expect(row(anna, text)).to_be_visible()
        expect(field).to_be_focused()

    box = row(anna, "Taste zwei").get_by_role("checkbox")
    box.focus()
    anna.keyboard.press("Alt+ArrowUp")
    until(lambda: _order(house, "Taste zwei") < _order(house, "Taste eins"))
    expect(box).to_be_focused()
    anna.keyboard.press("Space")

    expect(box).to_be_checked()
    expect(box).to_be_focused()
    until(lambda: points(house)["Taste zwei"].state.value == "discussed")


def _order(house: House, text: str) -> int:
    return list(points(house)).index(text)


def test_the_first_tab_leads_past_the_head(visit: Visit) -> None:
    anna = visit("anna")

    anna.keyboard.press("Tab")

    expect(anna.get_by_role("link", name="Zum Inhalt")).to_be_focused()
    anna.keyboard.press("Enter")
    expect(anna.locator("main")).to_be_focused()


def test_what_the_other_does_takes_no_words_drawers_or_focus_away(visit: Visit) -> None:
    anna, ben = visit("anna"), visit("ben")
    anna.get_by_label("Mehr zu: Urlaub im August absprechen").click()
    field = anna.get_by_label("Worüber möchtest du reden?")
    field.fill("Noch nicht fert")

    add(ben, "Bens Zwischenruf")

    expect(row(anna, "Bens Zwischenruf")).to_be_visible()
    expect(field).to_have_value("Noch nicht fert")
    expect(field).to_be_focused()
    expect(row(anna, "Urlaub im August absprechen").locator(".drawer")).to_be_visible()


def test_without_scripts_every_button_works(visit: Visit, house: House) -> None:
    anna = visit("anna", java_script_enabled=False)
    add(anna, "Ohne Skript")
    assert "Ohne Skript" in points(house)

    row(anna, "Ohne Skript").locator("summary").first.click()
    row(anna, "Ohne Skript").get_by_label("Neuer Wortlaut").fill("Ganz ohne Skript")
    row(anna, "Ohne Skript").get_by_role("button", name="Speichern").click()
    assert "Ganz ohne Skript" in points(house)
    mine = row(anna, "Ganz ohne Skript")
    mine.locator("summary").first.click()
    mine.get_by_label("Notiz oder Beschluss").fill("eine Notiz")
    mine.get_by_role("button", name="Als Notiz").click()
    expect(mine.locator(".lines")).to_contain_text("eine Notiz")
    mine.get_by_role("checkbox").click()
    expect(mine.get_by_role("checkbox")).to_be_checked()
    mine.locator("summary").first.click()
    mine.get_by_role("button", name="Entfernen", exact=True).click()

    expect(mine).to_have_count(0)


def test_settings_hold_and_change_the_language_at_once(visit: Visit, house: House) -> None:
    ben = visit("ben", pair="", part="settings")
    ben.get_by_label("Deutsch, Sie").check()
    ben.get_by_label("Teams").check()
    ben.get_by_label("ab", exact=True).first.fill("20:30")
    ben.get_by_role("button", name="Speichern").click()

    expect(ben.get_by_role("status").first).to_have_text("Gespeichert.")
    expect(ben.get_by_label("Teams")).to_be_checked()
    expect(ben.get_by_label("ab", exact=True).first).to_have_value("20:30")
    expect(ben.get_by_text("Gilt für Sie")).to_be_visible()
    ben.get_by_label("Deutsch, du").check()
    ben.get_by_role("button", name="Speichern").click()
    expect(ben.get_by_text("Gilt für dich")).to_be_visible()


def test_the_pair_agrees_on_sie_and_both_read_it(visit: Visit, house: House) -> None:
    ben, anna = visit("ben", part="/settings"), visit("anna")
    ben.get_by_label("Sie", exact=True).check()
    ben.get_by_role("button", name="Speichern").last.click()
    expect(ben.get_by_label("Sie", exact=True)).to_be_checked()

    anna.reload()

    expect(anna.get_by_label("Worüber möchten Sie reden?")).to_be_visible()
    ben.get_by_label("Wie jeder es eingestellt hat").first.check()
    ben.get_by_role("button", name="Speichern").last.click()
    anna.reload()
    expect(anna.get_by_label("Worüber möchtest du reden?")).to_be_visible()
