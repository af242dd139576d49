"""Engines in processes of their own, and what a test waits for."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from core.model.calendar import IdempotencyKey
from core.service.consent import say_yes
from tests.core.builders import BEN
from tests.core.service.conftest import Company
from tests.webhook_app.forked import PATIENCE, Forked
from tests.webhook_app.remote import Host

PROGRAM = "tests.webhook_app.engine_program"


def engine_process(folder: Path, host: Host, *words: str, **environment: str) -> Forked:
    """Start an engine on a data folder and wait until it is ready."""
    return Forked(PROGRAM, str(folder), str(host.path), *words, **environment)


@contextmanager
def engine(folder: Path, host: Host, *words: str, **environment: str) -> Iterator[Forked]:
    """Run an engine for as long as the block lasts; it does not end by itself."""
    started = engine_process(folder, host, *words, **environment)
    try:
        yield started
    finally:
        started.kill()


def until(true: Callable[[], object]) -> None:
    """Wait for something; fail where it never comes."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.1)


def yes(company: Company) -> IdempotencyKey:
    """Find the series and say yes to it, without writing; return the action's key."""
    company.sync()
    series_id = company.series().series_id
    with company.store.transaction() as tx:
        say_yes(tx, series_id, by=BEN, now=company.now)
    return IdempotencyKey(f"reconcile:{series_id}")


def nothing_due(company: Company) -> bool:
    with company.store.transaction() as tx:
        return not tx.due_actions(company.now)
