"""Draw our cards with Microsoft's own renderer in Chromium, as Teams shows them.

`npm` installs the renderer into dev/cards; the pictures go to docs/pictures. What the renderer
does not know is an error.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dev.steps import ROOT

FOLDER = ROOT / "dev/cards"
SCRIPT = FOLDER / "node_modules/adaptivecards/dist/adaptivecards.min.js"
PICTURES = ROOT / "docs/pictures"
LOOKS = ROOT / "tests/servers/data/adaptivecards"
WIDTH = 480
PAGE = """<!doctype html><meta charset="utf-8"><title>card</title>
<style>body{margin:0;padding:12px;font:14px "Segoe UI",system-ui,sans-serif;background:%(back)s}
#card{background:%(card)s;border-radius:6px;padding:4px 8px;box-shadow:0 1px 4px #0004}
.ac-pushButton{font:inherit;padding:4px 10px;border:1px solid #8886;border-radius:4px;
background:transparent;color:inherit;cursor:pointer}
.ac-pushButton.style-positive{background:#5b5fc7;color:#fff;border-color:#5b5fc7}
[role=button]{cursor:pointer}</style>
<div id="card"></div>"""
DRAW = """([card, look]) => {
  const context = new AdaptiveCards.SerializationContext();
  const made = new AdaptiveCards.AdaptiveCard();
  made.hostConfig = new AdaptiveCards.HostConfig(look);
  const pressed = [];
  made.onExecuteAction = (action) => pressed.push(action.toJSON());
  made.parse(card, context);
  const events = [];
  for (let i = 0; i < context.eventCount; i++) events.push(context.getEventAt(i).message);
  document.getElementById("card").appendChild(made.render());
  window.pressed = pressed;
  return events;
}"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What the renderer said of one card."""

    problems: tuple[str, ...]
    text: str
    buttons: tuple[str, ...]
    pressed: tuple[Mapping[str, Any], ...] = ()


def installed() -> bool:
    """Install the renderer where it isn't there yet; tell whether it is."""
    if not SCRIPT.exists() and shutil.which("npm"):
        words = ["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-save"]
        subprocess.run([*words, "--no-package-lock"], cwd=FOLDER, check=False, timeout=120,
                       capture_output=True)  # fmt: skip
    return SCRIPT.exists()


@contextmanager
def _opened(browser: Any) -> Iterator[Any]:
    """Open a context in a browser that runs already, else in one of our own."""
    size: dict[str, Any] = {"viewport": {"width": WIDTH, "height": 200}, "device_scale_factor": 2}
    if browser is not None:
        context = browser.new_context(**size)
        yield context
        context.close()
        return
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as profile:
        context = playwright.chromium.launch_persistent_context(
            profile,
            executable_path=shutil.which("chromium") or shutil.which("chromium-browser"),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
            **size,
        )
        yield context
        context.close()


def draw(
    card: Mapping[str, Any],
    *,
    dark: bool = False,
    picture: Path | None = None,
    press: str = "",
    browser: Any = None,
) -> Drawn:
    """Render one card; `press` names a button to be pressed."""
    look = json.loads((LOOKS / f"hostconfig-microsoft-teams-{_look(dark)}.json").read_text())
    colours = (
        {"back": "#1f1f1f", "card": "#2d2c2c"} if dark else {"back": "#f5f5f5", "card": "#fff"}
    )
    with _opened(browser) as context:
        page = context.new_page()
        page.set_content(PAGE % colours)
        page.add_script_tag(path=str(SCRIPT))
        problems = page.evaluate(DRAW, [card, look])
        if picture is not None:
            picture.parent.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=str(picture), full_page=True)
        names = page.get_by_role("button").all()
        buttons = tuple(b.get_attribute("aria-label") or b.inner_text() for b in names)
        if press:
            page.get_by_role("button", name=press).first.click()
        pressed = tuple(page.evaluate("() => window.pressed"))
        text = page.inner_text("#card")
    return Drawn(problems=tuple(problems), text=text, buttons=buttons, pressed=pressed)


def _look(dark: bool) -> str:
    return "dark" if dark else "light"


def main(_arguments: Sequence[str]) -> int:
    """Draw the sample cards into docs/pictures."""
    from tests.webhook_app.card_samples import samples

    if not installed():
        print("npm could not install the renderer (dev/cards): is npm there?", file=sys.stderr)
        return 1
    failed = 0
    for name, card in samples().items():
        for dark in (False, True):
            target = PICTURES / f"teams-{name}-{_look(dark)}.png"
            found = draw(card, dark=dark, picture=target)
            print(f"{target.relative_to(ROOT)}: {list(found.problems) or 'as it should be'}")
            failed += bool(found.problems)
    return 1 if failed else 0
