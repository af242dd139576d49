"""docs/pages.md shows every state in both languages, and the pictures stay small."""

from __future__ import annotations

import re

from tests.browser.states import every
from tests.servers import ROOT

DOCS = ROOT / "docs"


def wanted() -> set[str]:
    return {
        f"{state.name}-{language}-{size}.png" for state, language, size in every(lambda s: s.sizes)
    }


def test_every_state_is_photographed_and_nothing_else() -> None:
    assert {path.name for path in (DOCS / "screenshots").iterdir()} == wanted()


def test_the_page_shows_every_picture() -> None:
    text = (DOCS / "pages.md").read_text(encoding="utf-8")

    assert set(re.findall(r"\(screenshots/([^)]+)\)", text)) == wanted()


def test_the_pictures_stay_small() -> None:
    assert sum(path.stat().st_size for path in (DOCS / "screenshots").iterdir()) < 6_000_000


def test_every_test_that_the_journeys_name_is_there() -> None:
    text = (DOCS / "journeys.md").read_text(encoding="utf-8")
    tests = "".join(p.read_text(encoding="utf-8") for p in (ROOT / "tests").rglob("test_*.py"))

    named = set(re.findall(r"`(test_\w+)`", text))
    assert {name for name in named if f"def {name}(" not in tests} == set()
    files = re.findall(r"`(tests/[\w/]+(?:\.py)?)`", text)
    assert [name for name in files if not (ROOT / name).exists()] == []
