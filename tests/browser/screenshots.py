"""Photograph every state of the pages: ./vieraugen dev screenshots [STATE ...]."""

from __future__ import annotations

import base64
import os
import sys
import tempfile
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser.furniture import furnish
from tests.browser.house import open_house
from tests.browser.states import ALL, State, every, shown
from tests.servers import ROOT, servers_python
from tests.servers.chromium import ARGUMENTS

CHROMIUM = "/usr/bin/chromium"
FOLDER = ROOT / "docs" / "screenshots"
SHRINK = Path(__file__).with_name("small_png.js")
SETTLE = 250
"""Milliseconds until the last answer is drawn."""


def main(names: Sequence[str]) -> int:
    """Make the pictures of these states, or of all."""
    unknown = set(names) - {state.name for state in ALL}
    if unknown:
        print(f"no state {', '.join(sorted(unknown))}; there are", *(s.name for s in ALL))
        return 2
    os.environ["VIERAUGEN_SERVERS_VENV"] = str(servers_python().parents[1])
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        with open_house(Path(folder), timedelta(days=15)) as house:
            furnish(house)
            workshop = browser.new_page()
            for state, language, size in every(lambda s: s.sizes):
                if not names or state.name in names:
                    with shown(browser, house, state, language, size) as page:
                        page.wait_for_timeout(SETTLE)
                        page.evaluate("scrollTo(0, 0)")
                        picture = taken(page, state, size)
                    target = FOLDER / f"{state.name}-{language}-{size}.png"
                    target.write_bytes(small(workshop, picture))
                    print(f"{target.relative_to(ROOT)} {target.stat().st_size // 1024} KB")
        browser.close()
    total = sum(path.stat().st_size for path in FOLDER.glob("*.png"))
    print(f"{len(list(FOLDER.glob('*.png')))} pictures, {total / 1e6:.1f} MB")
    return 0


def taken(page: Page, state: State, width: int) -> bytes:
    """Return the picture of a whole page, or of its top."""
    height = page.evaluate("document.documentElement.scrollHeight")
    clip = {"x": 0, "y": 0, "width": width, "height": min(height, state.top or height)}
    return page.screenshot(full_page=True, clip=clip, animations="disabled")  # type: ignore[arg-type]


def small(workshop: Page, picture: bytes) -> bytes:
    """Return a picture with at most 48 colours."""
    text = base64.b64encode(picture).decode()
    made: str = workshop.evaluate(SHRINK.read_text(encoding="utf-8").partition("\n")[2], text)
    return base64.b64decode(made)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
