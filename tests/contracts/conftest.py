"""The calendar servers, started once for a test session."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.servers.accounts import CalendarServer
from tests.servers.cyrus import CyrusServer
from tests.servers.radicale import RadicaleServer
from tests.servers.xandikos import XandikosServer


@pytest.fixture(scope="session")
def radicale(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CalendarServer]:
    server = RadicaleServer(tmp_path_factory.mktemp("radicale"))
    yield server
    server.stop()


@pytest.fixture(scope="session")
def xandikos(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CalendarServer]:
    server = XandikosServer(tmp_path_factory.mktemp("xandikos"))
    yield server
    server.stop()


@pytest.fixture(scope="session")
def cyrus() -> Iterator[CalendarServer]:
    server = CyrusServer()
    yield server
    server.stop()
