"""A poll leaves out what was just listed, and a pass that somebody asks for leaves out nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from core.model.actions import Action
from core.service.hearing import note_asked
from tests.core.builders import ANNA, BEN
from tests.core.service.conftest import Company
from tests.webhook_app.memory_app import company_app
from webhook_app.jobs.engine import Engine
from webhook_app.wiring import App


class NoJobs:
    """A queue that takes everything and does nothing."""

    def enqueue(self, due: Sequence[Action]) -> list[Action]:
        return []


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[tuple[Company, App]]:
    company, app = company_app(tmp_path / "data")
    yield company, app
    app.close()


def read(app: App, *, hurried: bool = False) -> set[str]:
    """Do one pass right after Ben's calendar was listed; return whose calendars were read."""
    jobs: Any = NoJobs()
    engine = Engine(app, jobs)
    with app.store.transaction() as tx:
        accounts = list(tx.connections())
        for account in accounts:
            for calendar_id in account.calendars:
                tx.put_cursor(account.connection_id, calendar_id, None)
                if account.person == BEN:
                    note_asked(tx, calendar_id, engine._clock())
    if hurried:
        engine.hurry()
    engine._observe()
    with app.store.transaction() as tx:
        return {c.person for c in accounts if tx.cursor(c.connection_id, c.calendars[0])}


def test_poll_leaves_out_what_was_just_listed(stage: tuple[Company, App]) -> None:
    assert read(stage[1]) == {ANNA}


def test_pass_that_somebody_asks_for_reads_everything(stage: tuple[Company, App]) -> None:
    assert read(stage[1], hurried=True) == {ANNA, BEN}
