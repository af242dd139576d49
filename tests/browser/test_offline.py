"""A lost connection, a lost answer, two tabs: what was typed arrives, and arrives once."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Visit
from tests.browser.house import House
from tests.browser.test_side_by_side import add, drawer, points, row, until
from webhook_app.embedded.process import free_port

SERVER = """
import pathlib, sys, waitress
from webhook_app.config import Settings
from webhook_app.web import create_app
from webhook_app.wiring import open_app
app = open_app(Settings(data=pathlib.Path(sys.argv[1]), public_url=sys.argv[2]))
waitress.serve(create_app(app), host="127.0.0.1", port=int(sys.argv[3]), threads=8)
"""


def typed(house: House, text: str) -> int:
    """Return how many points have these words."""
    return [p.text for p in house.agenda().points].count(text)


def bar(page: Page) -> object:
    return page.locator("ve-outbox")


@pytest.mark.capability("US-10")
def test_without_network_everything_waits_and_then_arrives_once_in_order(
    visit: Visit, house: House
) -> None:
    anna = visit("anna")
    anna.context.set_offline(True)

    add(anna, "Im Zug eins")
    add(anna, "Im Zug zwei")
    expect(anna.locator("ve-outbox")).to_contain_text("Ohne Netz")
    expect(anna.locator("ve-outbox")).to_contain_text("2 Änderungen warten")
    expect(anna.locator("ve-outbox")).to_contain_text("Im Zug eins")
    assert typed(house, "Im Zug eins") == 0
    anna.context.set_offline(False)

    expect(row(anna, "Im Zug zwei")).to_be_visible()
    expect(anna.locator("ve-outbox")).to_be_empty()
    texts = [p.text for p in house.agenda().points]
    assert texts.index("Im Zug eins") < texts.index("Im Zug zwei")
    assert (typed(house, "Im Zug eins"), typed(house, "Im Zug zwei")) == (1, 1)


def test_a_closed_tab_loses_nothing(visit: Visit, house: House) -> None:
    anna = visit("anna")
    address = anna.url
    anna.context.set_offline(True)
    add(anna, "Tab zu")
    expect(anna.locator("ve-outbox")).to_contain_text("Tab zu")
    anna.close()
    anna.context.set_offline(False)

    again = anna.context.new_page()
    again.goto(address)

    expect(row(again, "Tab zu")).to_be_visible()
    assert typed(house, "Tab zu") == 1


def test_a_lost_answer_is_asked_for_again_and_adds_nothing_twice(
    visit: Visit, house: House
) -> None:
    anna = visit("anna")
    lost: list[str] = []

    def lose(route: Route) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch(max_redirects=0).text())
            route.abort()
        else:
            route.continue_()

    anna.route("**/do/**", lose)
    add(anna, "Antwort verloren")

    expect(row(anna, "Antwort verloren")).to_be_visible()
    expect(anna.locator("ve-outbox")).to_be_empty()
    assert len(lost) == 1
    assert typed(house, "Antwort verloren") == 1


def test_two_tabs_send_what_waits_once(visit: Visit, house: House) -> None:
    first = visit("anna")
    second = first.context.new_page()
    second.goto(first.url)
    first.context.set_offline(True)
    add(first, "Aus Tab eins")
    add(second, "Aus Tab zwei")
    expect(second.locator("ve-outbox")).to_contain_text("2 Änderungen warten")

    first.context.set_offline(False)

    for page in (first, second):
        expect(row(page, "Aus Tab eins")).to_be_visible()
        expect(row(page, "Aus Tab zwei")).to_be_visible()
        expect(page.locator("ve-outbox")).to_be_empty()
    assert (typed(house, "Aus Tab eins"), typed(house, "Aus Tab zwei")) == (1, 1)


def test_a_busy_server_is_tried_again(visit: Visit, house: House) -> None:
    anna = visit("anna")
    answers = [503, 429]

    def busy(route: Route) -> None:
        if answers:
            route.fulfill(status=answers.pop(), body="später")
        else:
            route.continue_()

    anna.route("**/do/**", busy)
    add(anna, "Mit Geduld")

    expect(row(anna, "Mit Geduld")).to_be_visible()
    assert answers == []
    assert typed(house, "Mit Geduld") == 1


def test_what_is_refused_says_why_and_keeps_the_words(visit: Visit, house: House) -> None:
    anna, ben = visit("anna"), visit("ben")
    add(anna, "Bald weg")
    expect(row(anna, "Bald weg")).to_be_visible()
    drawer(anna, "Bald weg").get_by_label("Neuer Wortlaut").fill("Meine Worte")
    anna.context.set_offline(True)
    anna.get_by_role("button", name="Speichern").first.press("Enter")
    expect(row(ben, "Bald weg")).to_be_visible()
    drawer(ben, "Bald weg").locator(".sure summary").click()
    row(ben, "Bald weg").get_by_role("button", name="Ja, entfernen").click()
    until(lambda: "Bald weg" not in points(house))

    anna.context.set_offline(False)

    expect(anna.get_by_role("alert")).to_contain_text("Meine Worte")
    anna.get_by_role("button", name="Verwerfen").click()
    expect(anna.locator("ve-outbox")).to_be_empty()


def test_own_notes_from_two_tabs_keep_both(visit: Visit, house: House) -> None:
    first = visit("ben", pair="cleo")
    second = first.context.new_page()
    second.goto(first.url)
    first.context.set_offline(True)
    first.get_by_label("Eigene Notizen").fill("Gedanke eins")
    second.get_by_label("Eigene Notizen").fill("Gedanke zwei")
    for page in (first, second):
        page.locator(".own-notes button").click()

    first.context.set_offline(False)

    expect(first.locator("ve-outbox")).to_be_empty()
    expect(second.locator("ve-outbox")).to_be_empty()

    def both_are_kept() -> bool:
        first.reload()
        kept = first.get_by_label("Eigene Notizen").input_value()
        return "Gedanke eins" in kept and "Gedanke zwei" in kept

    until(both_are_kept)


BLIND_TAB = """async ([module, add]) => {
  const { Queue, newKey } = await import(module);
  const seen = Storage.prototype.getItem;
  const one = (text) => ({ key: newKey(), path: "/", fields: [], text, field: "" });
  new Queue("test").add(one(add[0]));
  Storage.prototype.getItem = () => null;
  const keys = Object.keys;
  Object.keys = (of) => (of === localStorage ? [] : keys(of));
  new Queue("test").add(one(add[1]));
  Storage.prototype.getItem = seen;
  Object.keys = keys;
  const found = new Queue("test").all().map((each) => each.text);
  for (const each of new Queue("test").all()) new Queue("test").remove(each.key);
  return [found, new Queue("test").all().length];
}"""
"""Adds one thing, then another in a tab that does not see the first yet, as processes may."""


def test_a_tab_that_sees_the_others_late_writes_over_nothing(visit: Visit) -> None:
    page = visit("ben", pair="cleo")
    outbox = page.evaluate(
        "() => performance.getEntriesByType('resource').map(e => e.name)"
        ".find(name => /outbox/.test(name))"
    )

    found, left = page.evaluate(BLIND_TAB, [outbox.replace("outbox", "queue"), ["eins", "zwei"]])

    assert sorted(found) == ["eins", "zwei"]
    assert left == 0


@contextmanager
def serving(data: Path, port: int) -> Iterator[None]:
    """Serve the house's pages from a process of its own, and kill it."""
    url = f"http://127.0.0.1:{port}"
    program = [sys.executable, "-c", SERVER, str(data), url, str(port)]
    process = subprocess.Popen(program)

    def answers() -> bool:
        try:
            return requests.get(f"{url}/healthz", timeout=5).ok
        except requests.ConnectionError:
            return False

    try:
        until(answers)
        yield
    finally:
        process.kill()
        process.wait()


def test_a_killed_server_loses_and_doubles_nothing(visit: Visit, house: House) -> None:
    anna, port, data = visit("anna"), free_port(), house.app.settings.data
    with serving(data, port):
        anna.goto(anna.url.replace(house.url, f"http://127.0.0.1:{port}"))
        add(anna, "Vor dem Absturz")
        expect(row(anna, "Vor dem Absturz")).to_be_visible()

    for text in ("Nach dem Absturz eins", "Nach dem Absturz zwei"):
        add(anna, text)
    expect(anna.locator("ve-outbox")).to_contain_text("2 Änderungen warten")

    with serving(data, port):
        anna.get_by_role("button", name="Noch einmal versuchen").click()
        for text in ("Vor dem Absturz", "Nach dem Absturz eins", "Nach dem Absturz zwei"):
            expect(row(anna, text)).to_be_visible()
            assert typed(house, text) == 1
        expect(anna.locator("ve-outbox")).to_be_empty()
