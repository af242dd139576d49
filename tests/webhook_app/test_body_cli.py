"""`vieraugen body explain` on files as people have them, and on wrong command lines."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

from webhook_app.cli.main import main

BODY = "▼ 1:1-Agenda (hier schreiben)\r\nAnna\r\n [ ] Urlaub\r\n▲ Ende 1:1-Agenda\r\n"
PAIR = ("--manager", "ben@example.com", "--report", "anna@example.com")


@pytest.fixture
def file(tmp_path: Path) -> str:
    """Return a body's file."""
    (tmp_path / "body.txt").write_bytes(BODY.encode())
    return str(tmp_path / "body.txt")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--manager", "ben@example.com"), "name both: --manager ADDRESS --report ADDRESS"),
        ((*PAIR[:3], "Ben@example.com"), "manager and report are two different people"),
        ((*PAIR[:3], "Anna"), "Anna: expected an e-mail address, such as anna@example.com"),
        ((*PAIR, "--copy-of", "cara@example.com"), "--copy-of cara@example.com: name that person"),
        (("--copy-of", "anna@example.com"), "name that person with --manager or --report too"),
        (("--zone", "Mars/Base"), "Mars/Base: no time zone, such as Europe/Berlin"),
        (("--zone", "/etc"), "/etc: no time zone, such as Europe/Berlin"),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    words: tuple[str, ...], said: str, file: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["body", "explain", file, *words]) == 1

    assert said in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "form"),
    [
        (BODY.encode(), "plain text"),
        (f"\ufeff<p>{BODY}</p>".encode(), "HTML"),
        (f"Agenda<br><b>{BODY}".encode(), "HTML"),
    ],
)
def test_a_file_is_read_as_it_looks_from_standard_input_too(
    content: bytes,
    form: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "body").write_bytes(content)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    assert main(["body", "explain", str(tmp_path / "body"), *PAIR]) == 0
    of_file = capsys.readouterr().out
    assert main(["body", "explain", "-", *PAIR]) == 0

    assert of_file == capsys.readouterr().out
    assert of_file.startswith(f"form: {form}\n")
    assert "[open] Urlaub" in of_file
