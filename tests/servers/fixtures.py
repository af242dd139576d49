"""The calendar servers as fixtures, each started once for a test session."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.servers.cyrus import CyrusServer
from tests.servers.proxy import Proxy
from tests.servers.radicale import RadicaleServer
from tests.servers.xandikos import XandikosServer


@pytest.fixture(scope="session")
def radicale(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RadicaleServer]:
    server = RadicaleServer(tmp_path_factory.mktemp("radicale"))
    yield server
    server.stop()


@pytest.fixture(scope="session")
def xandikos(tmp_path_factory: pytest.TempPathFactory) -> Iterator[XandikosServer]:
    server = XandikosServer(tmp_path_factory.mktemp("xandikos"))
    yield server
    server.stop()


@pytest.fixture(scope="session")
def cyrus() -> Iterator[CyrusServer]:
    server = CyrusServer()
    yield server
    server.stop()


@pytest.fixture
def proxy(radicale: RadicaleServer) -> Iterator[Proxy]:
    """Radicale with a proxy before it."""
    before = Proxy(radicale.port)
    yield before
    before.stop()
