"""Every form a page comes in: browser, pane, tab and phone; by finger, by keyboard, enlarged."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from core.service.edit import add_point
from tests.browser.conftest import Visit
from tests.browser.house import House, address
from tests.browser.states import PLAIN, shown
from tests.browser.test_side_by_side import points, row, until
from webhook_app.jobs.clock import utc_now

FORMS = {
    "browser": {"viewport": {"width": 1280, "height": 800}},
    "task pane": {"viewport": {"width": 320, "height": 700}},
    "Teams tab": {"viewport": {"width": 1024, "height": 700}},
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
}
COUNT = "addEventListener('click', () => { window.clicks = (window.clicks ?? 0) + 1; }, true)"
SMALL = """() => [...document.querySelectorAll(
    'button, summary, select, input, textarea, a.button, nav a, .foot a, header a, label:has(input)'
)].filter((one) => one.checkVisibility() && !one.matches('[type=radio], [type=checkbox]'))
  .map((one) => [one.outerHTML.slice(0, 90), one.getBoundingClientRect()])
  .filter(([, box]) => box.height < 43.5 || box.width < 43.5)
  .map(([text]) => text)"""


@pytest.mark.parametrize("form", FORMS)
def test_sd_88_two_clicks_add_a_point_in_every_form(visit: Visit, house: House, form: str) -> None:
    """Outlook's pane and Teams' tab open on this very page; a card takes two presses as well."""
    page = visit("anna", **FORMS[form])
    page.evaluate(COUNT)
    press = page.locator("#a").tap if form == "phone" else page.locator("#a").click

    press()
    page.keyboard.type(f"Aus: {form}")
    page.get_by_role("button", name="Hinzufügen").click()

    expect(row(page, f"Aus: {form}")).to_be_visible()
    assert page.evaluate("window.clicks") == 2
    until(lambda: f"Aus: {form}" in points(house))


@pytest.mark.parametrize("name", ["agenda", "drawer", "adding", "meeting", "overview", "settings"])
def test_a_finger_hits_everything_on_a_phone(browser: Browser, house: House, name: str) -> None:
    state = next(s for s in PLAIN if s.name == name)

    with shown(browser, house, state, "de", 390) as page:
        small = page.evaluate(SMALL)

    assert small == []


@pytest.mark.parametrize("name", ["agenda", "overview", "meeting", "where", "talk-settings"])
def test_letters_twice_as_big_still_fit(browser: Browser, house: House, name: str) -> None:
    state = next(s for s in PLAIN if s.name == name)

    with shown(browser, house, state, "de", 390) as page:
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        width = page.evaluate("document.documentElement.scrollWidth")

    assert width <= 390


def test_who_takes_an_entry_away_stands_at_the_next_one(visit: Visit, house: House) -> None:
    for text in ("Fällt weg", "Bleibt stehen"):
        add_point(
            house.app.services, house.series().series_id, text, by=address("anna"), now=utc_now()
        )
    anna = visit("anna")
    row(anna, "Fällt weg").locator("summary").first.focus()
    anna.keyboard.press("Enter")
    row(anna, "Fällt weg").get_by_role("button", name="Entfernen").focus()

    anna.keyboard.press("Enter")

    expect(row(anna, "Fällt weg")).to_have_count(0)
    expect(row(anna, "Bleibt stehen").get_by_role("checkbox")).to_be_focused()


def typed(page: Page, words: str, *keys: str) -> None:
    """Type where the focus is, then press keys."""
    page.keyboard.type(words)
    for key in keys:
        page.keyboard.press(key)


def test_a_whole_meeting_by_keyboard_alone(visit: Visit, house: House) -> None:
    for text in ("Treffen eins", "Treffen zwei"):
        add_point(
            house.app.services, house.series().series_id, text, by=address("anna"), now=utc_now()
        )
    ben = visit("ben", part="/meet")
    expect(ben.locator(".tabs")).to_have_count(0)
    ben.keyboard.press("Tab")
    ben.keyboard.press("Enter")
    ben.locator("ve-timer button").focus()
    ben.keyboard.press("Enter")
    expect(ben.get_by_role("timer")).to_have_text("noch 30 Min.")

    jot = row(ben, "Treffen eins").locator(".jot > summary")
    jot.focus()
    typed(ben, "", "Enter", "Tab")
    typed(ben, "so machen wir es", "Tab", "Tab", "Enter")
    expect(row(ben, "Treffen eins")).to_contain_text("Beschluss so machen wir es von Ben")
    row(ben, "Treffen eins").get_by_role("checkbox").focus()
    ben.keyboard.press("Space")
    expect(row(ben, "Treffen eins").get_by_role("checkbox")).to_be_checked()

    row(ben, "Treffen zwei").locator(".jot > summary").focus()
    typed(ben, "", "Enter")
    row(ben, "Treffen zwei").get_by_role("button", name="Nächstes Mal").focus()
    typed(ben, "", "Enter")
    expect(row(ben, "Treffen zwei")).to_have_count(0)

    ben.locator("#more-point > summary").focus()
    typed(ben, "", "Enter", "Tab")
    typed(ben, "Gerade eingefallen", "Enter")
    expect(row(ben, "Gerade eingefallen")).to_be_visible()
    ben.locator("#new-item > summary").focus()
    typed(ben, "", "Enter", "Tab")
    typed(ben, "Protokoll ablegen", "Enter")
    expect(row(ben, "Protokoll ablegen")).to_be_visible()
    ben.get_by_role("link", name="Zur Agenda").last.focus()
    typed(ben, "", "Enter")
    expect(ben.locator(".tabs")).to_be_visible()


def test_in_a_meeting_the_timer_and_what_was_typed_outlive_a_lost_connection(
    visit: Visit, house: House
) -> None:
    ben = visit("ben", part="/meet")
    ben.locator("ve-timer button").click()
    ben.context.set_offline(True)
    ben.locator("#more-point > summary").click()
    ben.get_by_label("Worüber möchtest du reden?").fill("Im Funkloch")
    ben.keyboard.press("Enter")
    expect(ben.locator("ve-outbox")).to_contain_text("Im Funkloch")
    expect(ben.get_by_role("timer")).to_be_visible()

    ben.context.set_offline(False)

    expect(row(ben, "Im Funkloch")).to_be_visible()
    ben.reload()
    expect(ben.get_by_role("timer")).to_contain_text("Min.")
    until(lambda: list(points(house)).count("Im Funkloch") == 1)


LOCKS = """
window.locks = 0;
Object.defineProperty(navigator, 'wakeLock', { value: {
    request: async () => { window.locks += 1; return { release: async () => {} }; },
} });
"""


def test_on_a_walk_the_screen_stays_on_also_after_looking_elsewhere(visit: Visit) -> None:
    anna = visit("anna", part="/walk")
    anna.add_init_script(LOCKS)
    anna.reload()

    anna.get_by_label("Bildschirm anlassen").check()
    anna.wait_for_function("window.locks === 1")
    anna.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    anna.wait_for_function("window.locks === 2")
    anna.get_by_role("link", name="festhalten, was ihr vereinbart habt").click()
    expect(anna.locator("ve-timer")).to_be_visible()


def test_who_hears_the_page_is_told_what_others_do_and_not_what_they_do(visit: Visit) -> None:
    anna, ben = visit("anna"), visit("ben")
    aloud = anna.locator("ve-live > .aloud")

    anna.locator("#a").fill("Von mir selbst")
    anna.keyboard.press("Enter")
    expect(row(anna, "Von mir selbst")).to_be_visible()
    expect(aloud).to_have_text("")
    ben.locator("#a").fill("Von jemand anderem")
    ben.keyboard.press("Enter")

    expect(row(anna, "Von jemand anderem")).to_be_visible()
    expect(aloud).to_have_text("Aktualisiert")
