"""Debian's Chromium for the tests of one file.

Playwright keeps an event loop running in the thread of the tests. Whatever comes after it in the
same process and asks for a loop of its own must find none, so it ends with its file.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.servers import skip_or_fail

ARGUMENTS = [
    *("--no-sandbox", "--disable-gpu", "--disable-background-networking"),
    # A page that stands in for a public site may frame what a test serves on loopback.
    "--disable-features=LocalNetworkAccessChecks",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser; each test opens contexts of its own."""
    chromium = shutil.which("chromium")
    if chromium is None:
        skip_or_fail("Chromium", "apt-get install chromium")
    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield started
        started.close()
