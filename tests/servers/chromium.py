"""Debian's Chromium for a whole test session: Playwright runs once in a process."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.servers import skip_or_fail

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A browser; each test opens contexts of its own."""
    chromium = shutil.which("chromium")
    if chromium is None:
        skip_or_fail("Chromium", "apt-get install chromium")
    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield started
        started.close()
