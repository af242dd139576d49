"""The whole cycle with kill -9 between each two steps of the engine: nothing lost or doubled."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from functools import partial

import pytest

from core.service.run import Pass
from tests.acceptance import test_cycle
from tests.acceptance.conftest import MONDAY
from tests.acceptance.killing import killed_again_and_again
from tests.examples import THOROUGH
from tests.webhook_app.forked import Forked
from webhook_app.config import Settings
from webhook_app.demo.cycle import Cycle, Sync
from webhook_app.demo.stage import Stage
from webhook_app.jobs.clock import utc_now
from webhook_app.jobs.notes import Report, answer_to, ask
from webhook_app.wiring import open_app

PATIENCE = 60.0
EACH = 1 if THOROUGH else 8
"""Every so-many-th transaction is one to be killed at; CI kills at each."""


def test_the_whole_cycle_under_kill_9(stage: Stage, settings: Settings) -> None:
    sync, kills = killed_again_and_again(partial(open_app, settings), each=EACH)

    steps = list(Cycle(stage, MONDAY, sync).steps())

    assert len(steps) == 8
    assert len(kills) > 50 // EACH


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
    sync, kills = killed_again_and_again(partial(open_app, settings), each=EACH)

    story(Cycle(stage, MONDAY, sync))

    assert len(kills) > 20 // EACH


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
        engine = Forked("tests.acceptance.engine_at", str(settings.data), now.isoformat())
        try:
            report = asked_of(stage)
        finally:
            engine.kill()
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
