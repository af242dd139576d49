"""Keyboard alone, two clicks, no scripts, mouse and finger: everybody gets to everything."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from core.service.edit import add_point, remove_entry
from tests.browser.conftest import Visit
from tests.browser.house import House, address
from tests.browser.test_side_by_side import add, points, row, until
from webhook_app.jobs.clock import utc_now

TEXTS = ["Zug eins", "Zug zwei", "Zug drei"]


@pytest.mark.capability("SD-88")
def test_sd_88_a_point_takes_two_clicks_from_the_overview(visit: Visit, house: House) -> None:
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
    ben.get_by_role("region", name="Sprache").get_by_role("button").click()
    expect(ben.get_by_label("Sie", exact=True)).to_be_checked()

    anna.reload()

    expect(anna.get_by_label("Worüber möchten Sie reden?")).to_be_visible()
    ben.get_by_label("Wie jeder es eingestellt hat").first.check()
    ben.get_by_role("region", name="Sprache").get_by_role("button").click()
    anna.reload()
    expect(anna.get_by_label("Worüber möchtest du reden?")).to_be_visible()


# --- mouse and finger ---


@pytest.fixture
def three(house: House) -> Iterator[None]:
    """Three more points of Ben's, as the last ones of his section."""
    services, series = house.app.services, house.series().series_id
    made = [
        add_point(services, series, text, by=address("ben"), now=utc_now()).point_id
        for text in TEXTS
    ]
    yield
    for name in made:
        remove_entry(services, series, name, by=address("ben"), now=utc_now())


def stored(house: House) -> list[str]:
    return [p.text for p in house.agenda().points if p.text in TEXTS]


def shown(page: Page) -> list[str]:
    return [t for t in page.locator("p.text").all_inner_texts() if t in TEXTS]


def handle(page: Page, text: str) -> Locator:
    return row(page, text).locator("summary").first


def middle(place: Locator) -> tuple[float, float]:
    place.scroll_into_view_if_needed()
    box = place.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def pick_up(page: Page, text: str) -> None:
    page.mouse.move(*middle(handle(page, text)))
    page.mouse.down()


def carry_to(page: Page, text: str, *, below: bool) -> None:
    box = row(page, text).bounding_box()
    assert box is not None
    x, _ = middle(handle(page, text))
    page.mouse.move(x, box["y"] + (box["height"] - 3 if below else 3), steps=12)


@pytest.mark.usefixtures("three")
def test_the_mouse_drags_and_undo_brings_it_back(visit: Visit, house: House) -> None:
    ben = visit("ben", viewport={"width": 320, "height": 700})
    pick_up(ben, TEXTS[2])
    carry_to(ben, TEXTS[0], below=False)
    expect(row(ben, TEXTS[2])).to_have_class("row dragged")
    ben.mouse.up()

    expect(ben.locator("p.aloud")).to_contain_text("Verschoben auf Platz")
    until(lambda: stored(house) == [TEXTS[2], TEXTS[0], TEXTS[1]])
    expect(row(ben, TEXTS[2]).locator(".drawer")).to_be_hidden()
    ben.get_by_role("button", name="Rückgängig").click()
    until(lambda: stored(house) == TEXTS)
    expect(ben.locator("ve-undo")).to_be_empty()


@pytest.mark.usefixtures("three")
def test_the_finger_drags_and_does_not_scroll(visit: Visit, house: House) -> None:
    ben = visit("ben", viewport={"width": 320, "height": 700}, has_touch=True, is_mobile=True)
    x, y = middle(handle(ben, TEXTS[0]))
    box = row(ben, TEXTS[2]).bounding_box()
    assert box is not None
    before, target = ben.evaluate("scrollY"), box["y"] + box["height"] - 3
    wire = ben.context.new_cdp_session(ben)

    def touch(kind: str, *at: float) -> None:
        points = [{"x": at[0], "y": at[1]}] if at else []
        wire.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", x, y)
    for part in range(1, 13):
        touch("touchMove", x, y + (target - y) * part / 12)
    until(lambda: shown(ben) == [TEXTS[1], TEXTS[2], TEXTS[0]])
    touch("touchEnd")

    until(lambda: stored(house) == [TEXTS[1], TEXTS[2], TEXTS[0]])
    assert ben.evaluate("scrollY") == before
    expect(row(ben, TEXTS[0]).locator(".drawer")).to_be_hidden()


@pytest.mark.usefixtures("three")
def test_escape_lets_it_lie_and_a_tap_opens_the_drawer(visit: Visit, house: House) -> None:
    ben = visit("ben")
    pick_up(ben, TEXTS[2])
    carry_to(ben, TEXTS[0], below=False)
    until(lambda: shown(ben)[0] == TEXTS[2])
    ben.keyboard.press("Escape")
    ben.mouse.up()

    assert shown(ben) == TEXTS
    handle(ben, TEXTS[1]).click()
    expect(row(ben, TEXTS[1]).locator(".drawer")).to_be_visible()
    row(ben, TEXTS[1]).get_by_role("button", name="Nach oben").click()
    until(lambda: stored(house) == [TEXTS[1], TEXTS[0], TEXTS[2]])
    ben.keyboard.press("Control+z")
    until(lambda: stored(house) == TEXTS)


@pytest.mark.usefixtures("three")
def test_nothing_moves_under_a_hand(visit: Visit, house: House) -> None:
    ben = visit("ben")
    pick_up(ben, TEXTS[2])
    carry_to(ben, TEXTS[1], below=False)
    until(lambda: shown(ben) == [TEXTS[0], TEXTS[2], TEXTS[1]])

    point = add_point(
        house.app.services,
        house.series().series_id,
        "Dazwischen",
        by=address("anna"),
        now=utc_now(),
    )
    ben.evaluate("document.querySelector('ve-live').look()")
    expect(row(ben, TEXTS[2])).to_have_class("row dragged")
    expect(row(ben, "Dazwischen")).to_have_count(0)
    ben.mouse.up()

    until(lambda: stored(house) == [TEXTS[0], TEXTS[2], TEXTS[1]])
    expect(row(ben, "Dazwischen")).to_be_visible()
    remove_entry(
        house.app.services,
        house.series().series_id,
        point.point_id,
        by=address("anna"),
        now=utc_now(),
    )
