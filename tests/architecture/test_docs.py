"""The docs lead somewhere: no dead link, no page outside the contents, no command that is none."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, shown
from webhook_app.cli.main import COMMANDS, GROUPS

LINK = re.compile(r"\]\(([^)\s]+)\)|src=\"([^\"]+)\"")
PAGE = re.compile(r"(?<![\w/])((?:docs|adapters|tests)/[\w./-]+\.md)\b")
COMMAND = re.compile(r"`(?:\./)?vieraugen ([a-z][\w-]*)(?: ([a-z][\w-]*))?")
TYPED = re.compile(r"^(?:\./)?vieraugen ([a-z][\w-]*)(?: ([a-z][\w-]*))?", re.MULTILINE)
FENCED = re.compile(r"^```(?:sh)?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
OTHERS = ("unix",)
"""What follows our name in other programs' files."""
LAUNCHER = {"test", "dev", "install"}


def pages() -> list[Path]:
    listed = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md"]
    names = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return [ROOT / name for name in names.splitlines() if (ROOT / name).exists()]


def dead(page: Path) -> Iterator[str]:
    text = page.read_text(encoding="utf-8")
    for linked, drawn in LINK.findall(text):
        target = (linked or drawn).partition("#")[0]
        inside = target and "://" not in target and not target.startswith("mailto:")
        if inside and not (page.parent / target).exists():
            yield target
    yield from (named for named in PAGE.findall(text) if not (ROOT / named).exists())


def unknown(text: str) -> list[str]:
    known = {name for name, *_ in COMMANDS} | LAUNCHER
    groups = {group: {name for name, *_ in members} for group, _, members in GROUPS}
    found = []
    typed = [words for block in FENCED.findall(text) for words in TYPED.findall(block)]
    for first, second in [*COMMAND.findall(text), *typed]:
        if first in OTHERS:
            continue
        if first in groups and (not second or second in groups[first]):
            continue
        if first not in known:
            found.append(f"{first} {second}".strip())
    return found


@pytest.mark.parametrize("page", pages(), ids=shown)
def test_no_link_is_dead(page: Path) -> None:
    assert list(dead(page)) == []


@pytest.mark.parametrize("page", pages(), ids=shown)
def test_every_command_that_is_named_exists(page: Path) -> None:
    assert unknown(page.read_text(encoding="utf-8")) == []


def test_every_page_stands_in_the_contents() -> None:
    contents = (ROOT / "docs/README.md").read_text(encoding="utf-8")
    missing = [p.name for p in (ROOT / "docs").glob("*.md") if f"]({p.name})" not in contents]

    assert missing == ["README.md"]


def test_a_dead_link_and_a_wrong_command_are_found(tmp_path: Path) -> None:
    page = tmp_path / "x.md"
    page.write_text("[a](none.md), docs/none.md; `vieraugen shout`, `vieraugen series shout`")

    assert list(dead(page)) == ["none.md", "docs/none.md"]
    assert unknown(page.read_text()) == ["shout", "series shout"]
