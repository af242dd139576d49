"""No seven words in a row stem from the article that the product was created from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.core.content.hash_runs import RUN, borrowed, hashes_of, words_of

ROOT = Path(__file__).parents[3]
ARTICLE = Path(__file__).with_name("article_runs.sha256").read_text().split()
ENDINGS = {".toml", ".py", ".md", ".html", ".js", ".json", ".po", ".txt"}
MADE_UP = "Die blaue Ente bringt am Dienstag zwei warme Brote zum alten Leuchtturm"


def our_files() -> Iterator[Path]:
    yield from ROOT.glob("*.md")
    for folder in ("core", "adapters", "webhook_app", "docs"):
        yield from (p for p in (ROOT / folder).rglob("*") if p.suffix in ENDINGS)


def test_only_hashes_of_the_article_are_kept() -> None:
    assert len(ARTICLE) > 2000
    assert all(len(line) == 64 and int(line, 16) >= 0 for line in ARTICLE)


def test_no_text_of_ours_holds_seven_words_in_a_row_of_the_article() -> None:
    found = {path: borrowed(path.read_text("utf-8"), ARTICLE) for path in our_files()}

    assert {path: runs for path, runs in found.items() if runs} == {}


def test_all_content_files_are_among_the_texts_that_are_checked() -> None:
    checked = set(our_files())

    assert set((ROOT / "core" / "content").rglob("*.toml")) <= checked
    assert len(checked) > 50


def test_a_planted_sentence_is_found_in_spite_of_case_and_signs() -> None:
    planted = hashes_of(MADE_UP)
    copied = "Wie gesagt: »die BLAUE Ente – bringt am Dienstag, zwei warme!« Und weiter."

    assert borrowed(copied, planted) == [
        "die blaue ente bringt am dienstag zwei",
        "blaue ente bringt am dienstag zwei warme",
    ]


def test_six_words_in_a_row_are_nobodys_property() -> None:
    six = " ".join(words_of(MADE_UP)[: RUN - 1])

    assert borrowed(f"Heute gilt: {six}, sonst nichts.", hashes_of(MADE_UP)) == []
