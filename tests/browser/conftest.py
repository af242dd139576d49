"""A browser, a house with two weeks of history, and pages of both people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.furniture import furnish
from tests.browser.house import House, open_house, syncing
from tests.browser.mail_house import PHONE, MailHouse, open_mail_house
from tests.servers import servers_python

PATIENCE = 15_000

Visit = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever opens a page needs Chromium and a calendar server."""
    for item in items:
        if "visit" in getattr(item, "fixturenames", ()):
            item.add_marker("browser")
            item.add_marker("server")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VIERAUGEN_SERVERS_VENV", str(servers_python().parents[1]))
        with open_house(tmp_path_factory.mktemp("house"), timedelta(days=15)) as opened:
            furnish(opened)
            with syncing(opened):
                yield opened


@pytest.fixture
def visit(browser: Browser, house: House) -> Iterator[Visit]:
    """Open a page as one of the people; nothing may be complained about in its console."""
    expect.set_options(timeout=PATIENCE)
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def go(login: str, pair: str = "anna", part: str = "", **how: object) -> Page:
        given = {"viewport": {"width": 390, "height": 800}, "locale": "de-DE", **how}
        context = browser.new_context(**given)  # type: ignore[arg-type]  # as Playwright has it
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda err: complaints.append(str(err)))
        page.on("console", lambda m: complaints.append(m.text) if _is_bad(m.text) else None)
        page.goto(house.talk(login, pair, part) if pair else house.link(login) + part)
        return page

    yield go
    for context in contexts:
        context.close()
    assert complaints == []


def _is_bad(text: str) -> bool:
    return "Content Security Policy" in text or "Uncaught" in text


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MailHouse]:
    """A house in which nobody has said yes yet, with mail."""
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
