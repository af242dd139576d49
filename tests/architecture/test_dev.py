"""The days' commands: listed, and the spelling check sees our English only."""

from __future__ import annotations

import pytest

from dev import programs, spelling
from dev.__main__ import COMMANDS, main


def test_without_a_command_all_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    code = main([])

    listed = capsys.readouterr().out
    assert (code, [command.name for command in COMMANDS if command.name not in listed]) == (0, [])


def test_an_unknown_command_is_refused() -> None:
    assert main(["dance"]) == 2


def test_an_unknown_benchmark_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert programs.bench(["dance"]) == 2
    assert "recurrence" in capsys.readouterr().out


def test_spelling_reads_comments_and_docstrings_where_they_stand() -> None:
    source = '"""One\ntwo."""\n\nname = "Ende"  # three\nclass A:\n    x: int\n    """Four."""\n'

    assert spelling.spoken(source).split("\n")[:7] == [
        "One",
        "two.",
        "",
        "# three",
        "",
        "",
        "Four.",
    ]
