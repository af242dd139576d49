"""Every state: nothing for axe to find, nothing wider than the screen, no script or CSP error."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.browser.house import House
from tests.browser.states import ALL, State, every, shown
from tests.examples import THOROUGH

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}

BOTH = ("agenda", "overview", "history", "where", "meeting", "settings", "offline")
"""Looked at in English as well; the others have the same templates in both languages."""
# Outside CI the dark and the high contrast ones, which differ in colours alone, are left out.
LOOKED_AT = [
    (state, language, size)
    for state, language, size in every(lambda s: (320, 1280) if s.name == "agenda" else (320,))
    if language == "de" or state.name in BOTH
    if THOROUGH or not state.name.endswith(("-dark", "-contrast"))
]


@pytest.mark.browser
@pytest.mark.server
@pytest.mark.parametrize(
    ("state", "language", "size"),
    LOOKED_AT,
    ids=[f"{state.name}-{language}-{size}" for state, language, size in LOOKED_AT],
)
@pytest.mark.capability("SD-18")
def test_state_is_for_everybody(
    browser: Browser, house: House, state: State, language: str, size: int
) -> None:
    with shown(browser, house, state, language, size) as page:
        page.evaluate("scrollTo(0, 0)")
        found = Axe().run(page, options=RULES).response["violations"]
        width = page.evaluate("document.documentElement.scrollWidth")
        named = page.locator("html").get_attribute("lang")

    complaints = [f"{v['id']}: {[n['html'][:120] for n in v['nodes']][:3]}" for v in found]
    assert complaints == []
    assert width <= size
    # Nobody is known at the door: it speaks both languages.
    assert named == language or state.name == "sign-in"


@pytest.mark.browser
@pytest.mark.server
def test_axe_finds_a_field_that_nobody_named(browser: Browser, house: House) -> None:
    with shown(browser, house, ALL[0], "de", 320) as page:
        page.evaluate("document.querySelector('label[for=a]').remove()")
        page.evaluate("document.querySelector('#a').removeAttribute('placeholder')")
        found = Axe().run(page, options=RULES).response["violations"]

    assert "label" in [violation["id"] for violation in found]
