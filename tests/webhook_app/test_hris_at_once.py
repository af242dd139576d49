"""One event of the personnel system that comes several times at one moment is taken in once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.webhook_app.memory_app import company_app
from tests.webhook_app.test_hris import HIRED, SECRET, send
from webhook_app.auth.limits import Limits
from webhook_app.web import create_app
from webhook_app.wiring import App

AT_ONCE = 5


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.server)])
def app(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[App]:
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else ""
    _, opened = company_app(tmp_path / "data", database_url=url)
    yield replace(opened, settings=replace(opened.settings, hris_secret=SECRET))
    opened.close()


def test_the_same_event_several_times_at_once_is_one(app: App) -> None:
    flask, barrier = create_app(app, limits=Limits(factor=1000)), threading.Barrier(AT_ONCE)
    told: list[tuple[int, bool]] = []

    def one() -> None:
        client = flask.test_client()
        barrier.wait(10)
        answer = send(client, "employee.hired", HIRED)
        told.append((answer.status_code, bool((answer.get_json() or {}).get("duplicate"))))

    threads = [threading.Thread(target=one) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(told) == [(200, False), *[(200, True)] * (AT_ONCE - 1)]
    with app.store.transaction() as tx:
        assert len(tx.all_received()) == 1
