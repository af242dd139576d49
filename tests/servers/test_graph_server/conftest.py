"""A tenant with Anna and Ben, and the rule that nothing unknown to Graph may be said."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import requests

from tests.servers.graph import GraphServer
from tests.servers.test_graph_server.sdk_models import missing

ANNA, BEN, CLEO = "anna@example.com", "ben@example.com", "cleo@example.org"
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
MONDAY = date(2026, 11, 30)
NEXT = date(2026, 12, 7)


class Api:
    """Speaks HTTP with the stand-in as the app, or as a person."""

    def __init__(self, server: GraphServer, token: str) -> None:
        self._root = server.root
        self._session = requests.Session()
        self._session.headers["Authorization"] = f"Bearer {token}"

    def __call__(self, method: str, path: str, **options: Any) -> requests.Response:
        url = path if path.startswith("http") else self._root + path
        return self._session.request(method, url, timeout=20, **options)

    def get(self, path: str, **headers: str) -> Any:
        answer = self("GET", path, headers=headers)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def close(self) -> None:
        self._session.close()


@pytest.fixture
def server() -> Iterator[GraphServer]:
    """The stand-in alone; violations are the test's own business."""
    with GraphServer() as running:
        running.clock.set(NOW)
        running.add_mailbox(BEN, "Ben Beispiel")
        running.add_mailbox(ANNA, "Anna Muster", manager=BEN)
        yield running


@pytest.fixture
def graph(server: GraphServer) -> Iterator[GraphServer]:
    """The stand-in; the test fails where anything was said that Graph does not know."""
    yield server
    assert server.violations == []
    unknown = {bad for name, row in server.state.answered for bad in missing(name, row)}
    assert unknown == set()


@pytest.fixture
def api(server: GraphServer) -> Iterator[Api]:
    made = Api(server, server.token())
    yield made
    made.close()


@pytest.fixture
def series(server: GraphServer) -> str:
    """Ben's weekly 1:1 with Anna, Mondays at 10 in Berlin, online."""
    return server.ui.create_series(
        BEN, [ANNA], subject="1:1 Anna / Ben", first=datetime(2026, 11, 30, 10, 0), body="<p>Hi</p>"
    )
