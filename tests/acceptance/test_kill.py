"""The whole cycle with kill -9 between each two steps of the engine: nothing lost or doubled."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from core.service.run import Pass, sync_once
from core.store import Store, Transaction
from tests.acceptance import test_cycle
from tests.acceptance.conftest import MONDAY
from webhook_app.config import Settings
from webhook_app.demo.cycle import Cycle, Sync
from webhook_app.demo.stage import Stage
from webhook_app.jobs.clock import utc_now
from webhook_app.jobs.notes import Report, answer_to, ask
from webhook_app.wiring import open_app

ROOT = Path(__file__).parents[2]
ENGINE = Path(__file__).with_name("engine_at.py")
PATIENCE = 60.0
MOST = 400
"""More transactions than any pass of the cycle has."""


class DyingStore:
    """A store whose process is killed as it opens its n-th transaction."""

    def __init__(self, store: Store, n: int) -> None:
        self._store = store
        self._left = n

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        with self._store.transaction() as tx:
            yield tx


def killed_again_and_again(settings: Settings) -> tuple[Sync, list[int]]:
    """Return a pass that dies at its first transaction, then at its second, and so on."""
    kills: list[int] = []

    def sync(now: datetime) -> Pass:
        for n in range(1, MOST):
            status = in_a_child(settings, now, n)
            if os.WIFSIGNALED(status):
                assert os.WTERMSIG(status) == signal.SIGKILL
                kills.append(n)
                continue
            assert os.WEXITSTATUS(status) == 0
            return Pass()
        raise AssertionError("a pass that never ends")

    return sync, kills


def in_a_child(settings: Settings, now: datetime, n: int) -> int:
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1]
    code = 1
    try:
        app = open_app(settings)
        services = replace(app.services, store=DyingStore(app.store, n))
        code = 3 if sync_once(services, now).troubles else 0
    finally:
        os._exit(code)


def test_the_whole_cycle_under_kill_9(stage: Stage, settings: Settings) -> None:
    sync, kills = killed_again_and_again(settings)

    steps = list(Cycle(stage, MONDAY, sync).steps())

    assert len(steps) == 8
    assert len(kills) > 50


@pytest.mark.parametrize(
    "story",
    [
        test_cycle.test_a_meeting_moved_behind_the_next_takes_nothing_along,
        test_cycle.test_a_cancelled_meeting_hands_its_points_to_the_next,
        test_cycle.test_a_replaced_series_goes_on_with_the_old_points,
        test_cycle.test_the_clock_change_moves_nothing,
        test_cycle.test_stop_leaves_every_byte_as_it_was,
    ],
)
def test_what_life_does_in_between_is_survived_too(
    story: Callable[[Cycle], None], stage: Stage, settings: Settings
) -> None:
    sync, kills = killed_again_and_again(settings)

    story(Cycle(stage, MONDAY, sync))

    assert len(kills) > 20


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_the_whole_cycle_with_the_engine_s_process_killed_after_each_step(
    stage: Stage, settings: Settings
) -> None:
    steps = list(Cycle(stage, MONDAY, by_an_engine_that_is_killed(stage, settings)).steps())

    assert len(steps) == 8


def by_an_engine_that_is_killed(stage: Stage, settings: Settings) -> Sync:
    """Return a pass by a new engine and its durable queue, killed as soon as it is done."""

    def sync(now: datetime) -> Pass:
        engine = subprocess.Popen(
            [sys.executable, str(ENGINE), str(settings.data), now.isoformat()],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        try:
            report = asked_of(stage)
        finally:
            engine.kill()
            engine.wait(20)
        assert report.troubles == []
        return Pass()

    return sync


def asked_of(stage: Stage) -> Report:
    """Ask the running engine for a pass, as `vieraugen sync` does, and wait for it."""
    wish = utc_now().isoformat()
    with stage.app.store.transaction() as tx:
        ask(tx, wish)
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with stage.app.store.transaction() as tx:
            report = answer_to(tx, wish)
        if report is not None:
            return report
        time.sleep(0.05)
    raise AssertionError("the engine never answered")
