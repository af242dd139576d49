"""A data folder whose Microsoft is the stand-in."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.servers.graph import GraphServer
from webhook_app.cli.main import main
from webhook_app.config import load
from webhook_app.wiring import App, open_app

ANNA, BEN = "anna@example.com", "ben@example.com"


@pytest.fixture
def graph() -> Iterator[GraphServer]:
    """Ben and Anna's tenant; the test fails where we say anything that Graph does not know."""
    with GraphServer() as running:
        running.add_mailbox(BEN, "Ben Beispiel")
        running.add_mailbox(ANNA, "Anna Muster", manager=BEN)
        yield running
        assert running.violations == []


@pytest.fixture
def folder(graph: GraphServer, tmp_path: Path) -> Path:
    """A folder that is set up, with the stand-in's addresses in its file."""
    data = tmp_path / "data"
    data.mkdir()
    lines = {
        "graph_root": graph.root,
        "entra_authority": graph.authority,
        "entra_tenant_id": graph.tenant_id,
        "entra_client_id": graph.app_id,
        "teams_service_url": graph.service_url,
        "ca_file": graph.ca_file,
        "public_url": "https://talks.example.com",
    }
    text = "".join(f'{name} = "{value}"\n' for name, value in lines.items())
    (data / "vieraugen.toml").write_text(text, encoding="utf-8")
    open_app(load(str(data), {}), make=True).close()
    return data


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a command came to."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Command = Callable[..., Done]


@pytest.fixture
def command(folder: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    """`command("connect", "outlook", ...)`: run one of ours on the folder."""

    def run(*words: str) -> Done:
        capsys.readouterr()
        try:
            code = main([*words, "--data", str(folder)])
        except SystemExit as end:
            code = int(str(end.code))
        captured = capsys.readouterr()
        return Done(code=code, out=captured.out, err=captured.err)

    return run


@pytest.fixture
def secret_file(graph: GraphServer, tmp_path: Path) -> str:
    path = tmp_path / "secret"
    path.write_text(graph.secret + "\n", encoding="utf-8")
    return str(path)


@pytest.fixture
def app(folder: Path) -> Iterator[App]:
    """The same folder, opened."""
    opened = open_app(load(str(folder), {}))
    yield opened
    opened.close()
