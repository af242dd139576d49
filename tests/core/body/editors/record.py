"""Record what real editors make of our block: `python tests/core/body/editors/record.py`.

Needs Node with npm and a Chromium; nothing that is installed or bundled stays in the tree.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path
from typing import Any, Final

from playwright.sync_api import Error, Page, sync_playwright

HERE: Final = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[3]))

from tests.core.body.editors.scenarios import SCENARIOS, Scenario, Step  # noqa: E402

SAMPLES: Final = HERE.parent / "samples"
ARGS: Final = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync")
SETUPS: Final = (
    ("contenteditable", "contenteditable", "de-html"),
    ("flat", "contenteditable", "de-flat"),
    ("textarea", "textarea", "de-text"),
    ("roosterjs", "roosterjs", "de-html"),
    ("tiptap", "tiptap", "de-html"),
    ("quill", "quill", "de-html"),
    ("rendered_contenteditable", "contenteditable", "de-rendered"),
    ("rendered_roosterjs", "roosterjs", "de-rendered"),
    ("rendered_quill", "quill", "de-rendered"),
)


def bundle(folder: Path) -> str:
    """Install the editors into `folder` and return them as one script."""
    for name in ("package.json", "package-lock.json", ".npmrc", "editors.js"):
        shutil.copy(HERE / name, folder / name)
    for command in (
        ["npm", "ci", "--no-audit", "--no-fund"],
        ["npx", "esbuild", "editors.js", "--bundle", "--format=iife", "--outfile=out.js"],
    ):
        subprocess.run(command, cwd=folder, check=True, timeout=300, stdout=subprocess.DEVNULL)
    return (folder / "out.js").read_text("utf-8")


def act(page: Page, step: Step) -> None:
    """Carry out one step."""
    match step:
        case ("type", words):
            page.keyboard.type(words)
        case ("key", key):
            page.keyboard.press(key)
        case ("empty",):
            page.evaluate("markEmptyBullet()")
        case ("paste", html):
            page.evaluate("html => pasteHtml(html)", html)
        case (("start" | "end" | "mark" | "last") as side, snippet):
            if not page.evaluate("has('☐')"):
                snippet = snippet.replace("☐", "[ ]")
            page.evaluate("([s, side]) => mark(s, side)", [snippet, side.replace("last", "end")])
        case _:
            raise ValueError(step)
    page.wait_for_timeout(30)


def record(page: Page, scenario: Scenario, editor: str, start: str) -> str:
    """Return what the editor would save."""
    page.evaluate("([name, html]) => openEditor(name, html)", [editor, start])
    page.wait_for_timeout(60)
    for step in scenario.steps:
        act(page, step)
    page.wait_for_timeout(60)
    return str(page.evaluate("content()"))


def quoted(value: Any) -> str:
    """Return a TOML value; a basic string takes what JSON writes."""
    if isinstance(value, list):
        return "[\n" + "".join(f"  {quoted(part)},\n" for part in value) + "]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def sample(scenario: Scenario, setup: str, base: str, theirs: str, version: str) -> str:
    """Return the text of a sample file."""
    head = {
        "why": scenario.why,
        "source": f"recorded: {setup} in {version}",
        "base": base,
        "copy_of": scenario.copy_of,
        "theirs": theirs,
    }
    top = "".join(f"{key} = {quoted(value)}\n" for key, value in head.items())
    expect = "".join(f"{key} = {quoted(value)}\n" for key, value in scenario.expect.items())
    return f"{top}\n[expect]\n{expect}"


def main() -> None:
    """Record every scenario in every editor it makes sense in."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    parser.add_argument("--only", default="", help="part of a setup's name")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        script = bundle(Path(folder))
        browser = play.chromium.launch(executable_path=options.chromium, args=list(ARGS))
        version = f"Chromium {browser.version.split('.')[0]}"
        for setup, editor, base in SETUPS:
            if options.only not in setup:
                continue
            start = tomllib.loads((SAMPLES / "bases" / f"{base}.toml").read_text("utf-8"))["body"]
            (SAMPLES / setup).mkdir(exist_ok=True)
            for scenario in SCENARIOS:
                if scenario.only and setup not in scenario.only:
                    continue
                page = browser.new_page()
                page.set_content("<!doctype html><meta charset=utf-8><body></body>")
                page.add_script_tag(content=script)
                try:
                    theirs = record(page, scenario, editor, start)
                except Error as err:
                    print(f"{setup}/{scenario.name}: {str(err).splitlines()[0]}")
                else:
                    target = SAMPLES / setup / f"{scenario.name}.toml"
                    text = sample(scenario, setup, base, theirs, version)
                    target.write_text(text, "utf-8", newline="\n")
                page.close()
        browser.close()


if __name__ == "__main__":
    main()
