"""What docs say of commands, columns and events is so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from core.hris import COLUMNS
from core.hris_events import KINDS
from webhook_app.cli.main import parser

DOCS = Path(__file__).parents[2] / "docs"


def test_every_column_and_event_of_the_personnel_system_is_described() -> None:
    text = (DOCS / "hris.md").read_text(encoding="utf-8")

    assert set(COLUMNS) <= set(re.findall(r"`(\w+)`", text))
    assert set(KINDS) <= set(re.findall(r"`([a-z]+\.[a-z]+)`", text))


def commands() -> list[list[str]]:
    words = re.findall(
        r"`([a-z]+(?: [a-z]+)*)(?: --[a-z-]+)?(?: [A-Z] --[a-z]+ [A-Z])?`",
        (DOCS / "pairs.md").read_text(encoding="utf-8"),
    )
    return [word.split() for word in sorted(set(words))]


@pytest.mark.parametrize("words", commands(), ids=" ".join)
def test_every_command_of_the_life_of_a_pair_exists(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        parser().parse_args([*words, "--help"])

    assert ended.value.code == 0
    assert "usage: vieraugen " + words[0] in capsys.readouterr().out
