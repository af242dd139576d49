"""A stage with a real calendar server for each test."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.servers import servers_python
from tests.servers.fixtures import cyrus, radicale, xandikos
from webhook_app.config import Settings
from webhook_app.demo.cycle import Cycle, plain_sync
from webhook_app.demo.stage import Stage, set_stage

__all__ = ["cyrus", "radicale", "xandikos"]

MONDAY = datetime(2026, 3, 16, 8, tzinfo=UTC)
"""Two weeks later Europe changes its clocks."""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "data")


@pytest.fixture
def servers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the demo finds its calendar server."""
    monkeypatch.setenv("VIERAUGEN_SERVERS_VENV", str(servers_python().parents[1]))


@pytest.fixture
def stage(settings: Settings, servers: None) -> Iterator[Stage]:
    stage = set_stage(settings, MONDAY)
    yield stage
    stage.close()


@pytest.fixture
def cycle(stage: Stage) -> Cycle:
    return Cycle(stage, MONDAY, plain_sync(stage))
