"""A tenant with Anna and Ben, and our road to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from adapters.outlook import AppSecret, OutlookSettings, build, secret_text, settings_text
from adapters.outlook.auth import Tokens
from adapters.outlook.calendar import OutlookCalendar
from adapters.outlook.sdk import Sdk
from adapters.outlook.wire import Wire
from core.model.calendar import CalendarEvent, CalendarId
from core.ports import CalendarPort, Suite
from tests.servers.graph import GraphServer

ANNA, BEN = "anna@example.com", "ben@example.com"
FIRST = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
"""When the weekly 1:1 takes place first."""


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


@pytest.fixture
def series(graph: GraphServer) -> str:
    """Ben's weekly 1:1 with Anna, Mondays at 10 in Berlin, in Teams."""
    return graph.ui.create_series(
        BEN, [ANNA], subject="1:1", first=datetime(2026, 11, 30, 10, 0), body="<p>Hi</p>"
    )


@pytest.fixture
def ben(connect: Connect) -> CalendarPort:
    return connect(BEN).calendar


@pytest.fixture
def anna(connect: Connect) -> CalendarPort:
    return connect(ANNA).calendar


def calendar_of(port: CalendarPort) -> CalendarId:
    return port.list_calendars()[0].calendar_id


def master(port: CalendarPort) -> CalendarEvent:
    page = port.changes(calendar_of(port), None)
    return next(event for event in page.changed if event.rrule)


def coming(port: CalendarPort, limit: int = 1) -> list[CalendarEvent]:
    return list(port.occurrences(master(port).ref, FIRST - timedelta(days=1), limit))
