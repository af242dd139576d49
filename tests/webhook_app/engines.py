"""Engines in processes of their own, and what a test waits for."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from core.model.calendar import IdempotencyKey
from core.service.consent import say_yes
from tests.core.builders import BEN
from tests.core.service.conftest import Company
from tests.webhook_app.remote import PATIENCE, Host

ROOT = Path(__file__).parents[2]
PROGRAM = Path(__file__).with_name("engine_program.py")


class EngineProcess:
    """One engine."""

    def __init__(self, folder: Path, host: Host, *words: str, **environment: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(PROGRAM), str(folder), str(host.path), *words],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        )
        assert self.process.stdout is not None
        self.said = self.process.stdout.readline()

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self.wait()

    def wait(self) -> int:
        code = self.process.wait(PATIENCE)
        assert self.process.stdout is not None
        self.process.stdout.close()
        return code


@contextmanager
def engine(folder: Path, host: Host, *words: str, **environment: str) -> Iterator[EngineProcess]:
    """Run an engine for as long as the block lasts; it does not end by itself."""
    started = EngineProcess(folder, host, *words, **environment)
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
