"""What holds for every test: no network but loopback, no settings of the developer's own."""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests import examples
from tests.servers.chromium import browser
from tests.servers.postgres import Postgres, running_postgres

__all__ = ["browser", "examples"]

KEPT = frozenset(
    f"VIERAUGEN_{name}"
    for name in ("VENV", "SERVERS_VENV", "BENCH_VENV", "REQUIRE_ALL", "OFFICE_SCHEMAS")
)
FOREIGN = ("VIERAUGEN_", "CALDAV_", "GOOGLE_", "AZURE_", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY")
STARTED = frozenset({"postgres", "server", "graph", "radicale", "xandikos", "cyrus"})
"""Fixtures that start a server, a stand-in included."""
SERVING = frozenset({"acceptance", "servers", "launcher"})
"""Folders whose tests play with whole programs."""

LONG = (
    "test_properties",
    "test_kill",
    "test_engine",
    "test_contract",
    "test_outlook",
    "test_google",
)
"""How the names of files begin that take minutes."""


class OutsideLoopbackError(AssertionError):
    """A test wanted to leave this machine; no code of ours may catch that."""


@pytest.fixture(scope="session", autouse=True)
def clean_environment() -> Iterator[None]:
    """Neither the developer's accounts nor a proxy reach a test or the programs it starts."""
    with pytest.MonkeyPatch.context() as patch:
        for name in os.environ:
            if name.upper().startswith(FOREIGN) and name not in KEPT:
                patch.delenv(name)
        yield


@pytest.fixture(scope="session", autouse=True)
def no_network() -> Iterator[None]:
    """Sockets reach this machine only, mail servers and name servers included."""
    with pytest.MonkeyPatch.context() as patch:
        for verb in ("connect", "connect_ex"):
            patch.setattr(socket.socket, verb, guarded(getattr(socket.socket, verb)))
        patch.setattr(socket, "getaddrinfo", looked_up(socket.getaddrinfo))
        yield


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """PostgreSQL for the whole session; skipped where it is not installed."""
    with running_postgres() as server:
        yield server


@pytest.fixture
def postgres_url(postgres: Postgres) -> str:
    """An empty database of the test's own."""
    return postgres.new_database()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """`fast` leaves out what starts a server, without each test having to say so.

    Long files come first: a worker that got one last would leave the others idle.
    """
    items.sort(key=lambda item: not item.path.stem.startswith(LONG))
    for item in items:
        started = STARTED.intersection(getattr(item, "fixturenames", ()))
        if started or SERVING.intersection(item.path.parts):
            item.add_marker("server")


def guarded(verb: Callable[..., Any]) -> Callable[..., Any]:
    def only_loopback(self: socket.socket, address: Any) -> Any:
        if self.family in (socket.AF_INET, socket.AF_INET6) and not is_loopback(address[0]):
            raise OutsideLoopbackError(f"a test wanted to reach {address[0]}")
        return verb(self, address)

    return only_loopback


def looked_up(lookup: Callable[..., Any]) -> Callable[..., Any]:
    def only_loopback(host: Any, *arguments: Any, **named: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if name is not None and not is_loopback(name):
            raise OutsideLoopbackError(f"a test wanted to look up {name}")
        return lookup(host, *arguments, **named)

    return only_loopback


def is_loopback(host: str) -> bool:
    if host in ("localhost", "") or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback or host in ("0.0.0.0", "::")
    except ValueError:
        return False
