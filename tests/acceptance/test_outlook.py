"""The whole cycle on Microsoft 365, and what life does in between, within the write budget."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from core.budget import FREEZE
from core.model.agenda import PointState
from core.model.series import SeriesState
from core.service.consent import say_stop
from core.service.run import Pass, sync_once
from tests.acceptance import stories
from tests.acceptance.conftest import MONDAY
from tests.acceptance.killing import killed_again_and_again
from tests.acceptance.stories import POINT, both, open_points
from tests.examples import THOROUGH
from webhook_app.config import Settings
from webhook_app.demo.cycle import WEEK, Cycle, Sync, next_week
from webhook_app.demo.outlook_stage import OutlookStage, on_clock, set_outlook_stage
from webhook_app.demo.people import BEN
from webhook_app.wiring import App, open_app

pytestmark = pytest.mark.server
EACH = 13 if THOROUGH else 39
"""Every so-many-th transaction is one to be killed at."""


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[OutlookStage]:
    stage = set_outlook_stage(Settings(data=tmp_path / "data"), MONDAY, frozen=True)
    yield stage
    stage.close()
    assert stage.graph.violations == []


@pytest.fixture
def cycle(stage: OutlookStage) -> Cycle:
    def sync(now: datetime) -> Pass:
        stage.graph.clock.set(now)
        return sync_once(stage.app.services, now)

    return Cycle(stage, MONDAY, sync)


def with_a_point(cycle: Cycle) -> Cycle:
    """Say yes and let Anna type one point, which reaches both copies."""
    stories.with_a_point(cycle)
    cycle.settle()
    return cycle


def test_the_whole_cycle_within_the_budget(cycle: Cycle, stage: OutlookStage) -> None:
    invitations = len(stage.graph.mails)

    assert len(list(cycle.steps())) == 8

    assert stage.graph.mails[invitations:] == []
    updates = [m for m in stage.graph.all_mails if m.kind == "update" and m.cause == "app"]
    assert len({m.original_start for m in updates}) == 2
    assert len(updates) <= 3 + 1
    assert all(m.original_start - m.sent > FREEZE for m in updates if m.original_start)


@pytest.mark.capability("C-31")
def test_a_moved_meeting_takes_its_agenda_along(cycle: Cycle, stage: OutlookStage) -> None:
    """Exchange lets no occurrence pass its neighbour: it moves within its week."""
    with_a_point(cycle)
    start = cycle.start()

    stage.desk("ben").move("anna", start, start + timedelta(days=2))
    cycle.sync(cycle.now)

    assert cycle.start() == start
    assert cycle.place().slot.start == start + timedelta(days=2)
    assert open_points(cycle) == [POINT]
    assert all(text.count(POINT) == 1 for text in both(cycle, start))


def test_a_cancelled_meeting_hands_its_points_to_the_next(
    cycle: Cycle, stage: OutlookStage
) -> None:
    with_a_point(cycle)
    start = cycle.start()

    stage.desk("ben").cancel("anna", start)
    cycle.sync(cycle.now)

    assert cycle.start() == next_week(start)
    assert open_points(cycle) == [POINT]
    assert all(text.count(POINT) == 1 for text in both(cycle, cycle.start()))


def test_a_replaced_series_goes_on_with_the_old_points(cycle: Cycle, stage: OutlookStage) -> None:
    with_a_point(cycle)
    old = stage.series_of("anna")
    start = cycle.start()

    fresh = stage.graph.ui.split(
        BEN.address, old.uid, start.date(), start.replace(tzinfo=None) + timedelta(hours=3)
    )
    cycle.sync(cycle.now)
    cycle.sync(cycle.now)

    with stage.app.store.transaction() as tx:
        heir = tx.series_by_uid(fresh)
        assert heir is not None
        sheet = tx.open_sheet(heir.series_id)
    assert heir.state is SeriesState.ENABLED
    assert heir.earlier_uids == (old.uid,)
    assert sheet is not None
    assert [p.text for p in sheet.agenda.points if p.state is PointState.OPEN] == [POINT]


def test_a_changed_pattern_loses_the_exceptions_but_not_the_points(
    cycle: Cycle, stage: OutlookStage
) -> None:
    """Exchange drops every exception, and the text in it, when the organizer moves a series."""
    with_a_point(cycle)
    start = cycle.start()

    stage.graph.ui.change_pattern(
        BEN.address, stage.uids["anna"], first=(start + timedelta(days=1)).replace(tzinfo=None)
    )
    cycle.sync(cycle.now)
    cycle.sync(cycle.now)

    assert open_points(cycle) == [POINT]
    assert cycle.notes(cycle.start()).count(POINT) == 1


def test_the_clock_change_moves_nothing(cycle: Cycle) -> None:
    with_a_point(cycle)
    starts = [cycle.start()]
    for _ in range(3):
        cycle.now = cycle.place().slot.end + timedelta(minutes=1)
        cycle.sync(cycle.now)
        starts.append(cycle.start())

    steps = [later - earlier for earlier, later in pairwise(starts)]
    assert steps == [WEEK, WEEK - timedelta(hours=1), WEEK]
    assert cycle.notes(cycle.start()).count(POINT) == 1
    assert [p.carried for p in cycle.agenda().points if p.text == POINT] == [3]


def test_stop_leaves_the_text_as_it_was_and_the_join_link(
    cycle: Cycle, stage: OutlookStage
) -> None:
    before = cycle.notes(with_a_point(cycle).start() + WEEK)
    start, series = cycle.start(), stage.series_of("anna")

    with stage.app.store.transaction() as tx:
        say_stop(tx, series.series_id, remove=True, by=BEN.address, now=cycle.now)
    cycle.sync(cycle.now)

    assert cycle.notes(start) == before
    assert stage.graph.ui.view(BEN.address, series.uid, start.date()).props["joinUrl"]


def killed(stage: OutlookStage) -> tuple[Sync, list[int]]:
    def opened() -> App:
        return on_clock(open_app(stage.app.settings), stage.graph.clock.now, [])

    return killed_again_and_again(opened, each=EACH, before=stage.graph.clock.set)


def test_the_whole_cycle_under_kill_9(stage: OutlookStage) -> None:
    sync, kills = killed(stage)

    steps = list(Cycle(stage, MONDAY, sync).steps())

    assert len(steps) == 8
    assert len(kills) > 4
    updates = [m for m in stage.graph.all_mails if m.kind == "update" and m.cause == "app"]
    assert len(updates) <= 3 + 1
    assert all(not m.visible for m in updates)


@pytest.mark.slow
@pytest.mark.parametrize(
    "story",
    [
        test_a_moved_meeting_takes_its_agenda_along,
        test_a_cancelled_meeting_hands_its_points_to_the_next,
        test_a_replaced_series_goes_on_with_the_old_points,
        test_a_changed_pattern_loses_the_exceptions_but_not_the_points,
        lambda cycle, _stage: test_the_clock_change_moves_nothing(cycle),
    ],
    ids=["moved", "cancelled", "split", "pattern", "clock change"],
)
def test_what_life_does_in_between_is_survived_too(
    story: Callable[[Cycle, OutlookStage], None], stage: OutlookStage
) -> None:
    sync, kills = killed(stage)

    story(Cycle(stage, MONDAY, sync), stage)

    assert len(kills) > 0
    updates = [m for m in stage.graph.all_mails if m.kind == "update" and m.cause == "app"]
    assert all(not m.visible for m in updates)
