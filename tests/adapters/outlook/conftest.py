"""A tenant with Anna and Ben, and our road to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from adapters.outlook import AppSecret, OutlookSettings, build, secret_text, settings_text
from adapters.outlook.auth import Tokens
from adapters.outlook.calendar import OutlookCalendar
from adapters.outlook.sdk import Sdk
from adapters.outlook.wire import Wire
from core.ports import Suite
from tests.servers.graph import GraphServer

ANNA, BEN = "anna@example.com", "ben@example.com"


@pytest.fixture
def graph() -> Iterator[GraphServer]:
    """The stand-in; the test fails where we say anything that Graph does not know."""
    with GraphServer() as running:
        running.clock.set(datetime(2026, 11, 23, 8, 0, tzinfo=UTC))
        running.add_mailbox(BEN, "Ben Beispiel")
        running.add_mailbox(ANNA, "Anna Muster", manager=BEN)
        yield running
        assert running.violations == []


@pytest.fixture
def settings(graph: GraphServer) -> OutlookSettings:
    return OutlookSettings(
        tenant_id=graph.tenant_id,
        client_id=graph.app_id,
        graph_root=graph.root,
        authority=graph.authority,
        ca_file=graph.ca_file,
        time_out=(2, 2),
    )


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def wire(graph: GraphServer, settings: OutlookSettings, waits: list[float]) -> Iterator[Wire]:
    tokens = Tokens(settings, AppSecret(secret=graph.secret))
    made = Wire(Sdk(settings, tokens), tokens, graph_root=settings.graph_root, sleep=waits.append)
    yield made
    made.close()


Connect = Callable[..., Suite]


@pytest.fixture
def connect(graph: GraphServer, settings: OutlookSettings, waits: list[float]) -> Iterator[Connect]:
    """`connect(person)`: that person's suite, by the app's own right."""
    opened: list[Suite] = []

    def connected(person: str, *, push_secret: bytes = b"s" * 32) -> Suite:
        kept = settings_text(settings, person)
        secret = secret_text(AppSecret(secret=graph.secret), push_secret)
        opened.append(build(kept, secret, now=graph.clock.now, sleep=waits.append))
        return opened[-1]

    yield connected
    for suite in opened:
        assert isinstance(suite.calendar, OutlookCalendar)
        suite.calendar.close()
