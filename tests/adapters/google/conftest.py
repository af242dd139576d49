"""The adapter on the stand-in, for two people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from adapters.google import Delegation, GoogleSettings, build
from adapters.google.settings import EVENTS, FREE_BUSY, TASKS
from core.model.calendar import CalendarId, EventId, EventRef
from core.ports import Suite
from tests.servers.google import GoogleServer

BEN, ANNA = "ben@example.com", "anna@example.com"
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
"""A Monday morning."""

Connect = Callable[..., Suite]


@pytest.fixture
def server() -> Iterator[GoogleServer]:
    with GoogleServer() as running:
        running.clock.set(NOW)
        running.add_user(BEN, "Ben")
        running.add_user(ANNA, "Anna")
        yield running
        running.check()
        assert running.mails.caused_by_api == []


@pytest.fixture
def key_file(server: GoogleServer) -> dict[str, Any]:
    return server.service_account(EVENTS, FREE_BUSY, TASKS)


@pytest.fixture
def settings(server: GoogleServer) -> GoogleSettings:
    return GoogleSettings(
        api_root=server.url, token_uri=server.token_uri, push_secret=b"s" * 32, time_out=(2, 5)
    )


@pytest.fixture
def slept(server: GoogleServer) -> list[float]:
    """How long the adapter waited, one entry a wait."""
    return []


@pytest.fixture
def connect(
    server: GoogleServer,
    settings: GoogleSettings,
    key_file: dict[str, Any],
    slept: list[float],
) -> Connect:
    """`connect(user)`; waiting moves the stand-in's clock."""

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        server.clock.advance(timedelta(seconds=seconds))

    def connected(user: str, **changes: Any) -> Suite:
        chosen = replace(settings, **changes)
        return build(chosen, user, Delegation(key_file=key_file), now=server.clock.now, sleep=sleep)

    return connected


@pytest.fixture
def weekly(server: GoogleServer) -> str:
    """Ben's weekly 1:1 with Anna on Tuesdays at 10:00 in Berlin, since September."""
    return server.ui.create(
        BEN,
        "Ben / Anna",
        datetime(2026, 9, 1, 8, 0, tzinfo=UTC),
        guests=[ANNA],
        recurrence="FREQ=WEEKLY;BYDAY=TU",
        description="Please keep this slot free.",
        notify=False,
    )


@pytest.fixture
def tomorrow(weekly: str) -> str:
    """The id of its occurrence on 24 November."""
    return f"{weekly}_20261124T090000Z"


def ref(user: str, event_id: str) -> EventRef:
    return EventRef(calendar_id=CalendarId(user), event_id=EventId(event_id))
