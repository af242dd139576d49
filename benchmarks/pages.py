"""Pages in a browser: bytes over the wire, time until the first button works, cost of a question.

Run: python benchmarks/pages.py [RUNS]

The demo's CalDAV server and people with two weeks of history, `serve`'s server with eight threads,
Debian's Chromium; every run in a browser context that has nothing stored.
"""

from __future__ import annotations

import gzip
import os
import statistics
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

# ruff: noqa: E402
sys.path[0] = str(Path(__file__).resolve().parent.parent)

import requests
from playwright.sync_api import Browser, sync_playwright

from tests.browser.furniture import furnish
from tests.browser.house import House, open_house
from tests.servers import servers_python
from tests.servers.chromium import ARGUMENTS

CHROMIUM = "/usr/bin/chromium"
RUNS = 15
QUESTIONS = 60

WATCH = """
window.fetch = () => new Promise(() => {});
addEventListener("submit", (event) => {
  if (event.defaultPrevented) window.pressed ??= performance.now();
});
const look = () => {
  const form = document.querySelector("form.add");
  if (form === null || !customElements.get("ve-outbox")) return requestAnimationFrame(look);
  window.defined = performance.now();
  form.elements.namedItem("text").value = "x";
  form.querySelector(".field button").click();
};
requestAnimationFrame(look);
"""
"""Types a point and presses the button as soon as there is one; nothing is sent."""


def visit(browser: Browser, url: str) -> tuple[float, float, int, int]:
    """Return ms until the elements are defined and a press was taken, bytes, requests."""
    context = browser.new_context(viewport={"width": 390, "height": 800}, locale="de-DE")
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    sizes: list[int] = []
    wire.on("Network.loadingFinished", lambda e: sizes.append(int(e["encodedDataLength"])))
    page.add_init_script(WATCH)
    page.goto(url, wait_until="load")
    while page.evaluate("window.pressed === undefined"):
        page.wait_for_timeout(20)
    defined, pressed = page.evaluate("[window.defined, window.pressed]")
    context.close()
    return defined, pressed, sum(sizes), len(sizes)


def bare(browser: Browser, url: str) -> float:
    """Return ms until an answer without any page has been loaded."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(url, wait_until="load")
    took: float = page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")
    context.close()
    return took


def asked(url: str, *, with_mark: bool) -> list[float]:
    """Return ms of each answer, of a page that is drawn or of one that can't have changed."""
    line, took = requests.Session(), []
    mark = line.get(url, timeout=20).headers["ETag"]
    mark = line.get(url, headers={"If-None-Match": mark}, timeout=20).headers["ETag"]
    for _ in range(QUESTIONS):
        begun = time.perf_counter()
        answer = line.get(url, headers={"If-None-Match": mark} if with_mark else {}, timeout=20)
        took.append(1000 * (time.perf_counter() - begun))
        if answer.status_code != (304 if with_mark else 200):
            raise RuntimeError(f"{answer.status_code}")
    return took


def row(what: str, *cells: Any) -> None:
    """Print a line of the table."""
    print(f"| {what} |", " | ".join(str(cell) for cell in cells), "|")


def measured(browser: Browser, house: House, runs: int) -> None:
    """Print the tables."""
    print("| page | over the wire | requests | elements defined | first press taken | slowest |")
    print("| --- | --- | --- | --- | --- | --- |")
    places = {"overview": house.link("ben"), "agenda": house.talk("ben")}
    for name, url in places.items():
        visit(browser, url)
        found = [visit(browser, url) for _ in range(runs)]
        times = [sorted(column) for column in zip(*found, strict=True)]
        defined, pressed = (f"{statistics.median(times[n]):.0f} ms" for n in (0, 1))
        size = f"{found[0][2] / 1000:.0f} KB"
        row(name, size, found[0][3], defined, pressed, f"{times[1][-1]:.0f} ms")
    took = sorted(bare(browser, f"{house.url}/healthz") for _ in range(runs))
    row("an answer without a page", "0 KB", 1, f"{statistics.median(took):.0f} ms", "", "")
    print()
    print("| question to the server | median | p95 |")
    print("| --- | --- | --- |")
    for name, url in places.items():
        for what, marked in (("drawn", False), ("not changed (304)", True)):
            took = sorted(asked(url, with_mark=marked))
            median, late = statistics.median(took), took[int(len(took) * 0.95)]
            row(f"{name}, {what}", f"{median:.1f} ms", f"{late:.1f} ms")
    text = requests.get(places["agenda"], timeout=20).content
    packed = len(gzip.compress(text, 5)) / 1000
    row("agenda alone, plain and packed", f"{len(text) / 1000:.0f} KB", f"{packed:.0f} KB")


def main() -> None:
    """Open the house and measure."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else RUNS
    os.environ["VIERAUGEN_SERVERS_VENV"] = str(servers_python().parents[1])
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        with open_house(Path(folder), timedelta(days=15)) as house:
            furnish(house)
            measured(browser, house, runs)
        browser.close()


if __name__ == "__main__":
    main()
