"""The whole cycle where the server keeps two copies: each types into the own one, raw PUTs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from core.model.series import SeriesState
from tests.acceptance import stories
from tests.acceptance.cyrus_stage import FIRST, UID, CyrusStage, draft, set_cyrus_stage
from tests.acceptance.killing import killed_again_and_again
from tests.examples import THOROUGH
from tests.servers.accounts import CalendarServer
from webhook_app.demo.cycle import Cycle, Sync, plain_sync
from webhook_app.wiring import open_app

EACH = 9 if THOROUGH else 27
"""Every so-many-th transaction is one to be killed at."""


@pytest.fixture
def stage(cyrus: CalendarServer, tmp_path: Path) -> Iterator[CyrusStage]:
    stage = set_cyrus_stage(cyrus, tmp_path / "data")
    yield stage
    stage.app.close()


def cycle_on(stage: CyrusStage, sync: Sync | None = None) -> Cycle:
    return Cycle(
        stage,
        FIRST - timedelta(days=1),
        sync or plain_sync(stage),
        {"ben": stage.couple.ben.address, "anna": stage.couple.anna.address},
    )


def test_the_whole_cycle(stage: CyrusStage) -> None:
    cycle = cycle_on(stage)

    *_, last = cycle.steps()

    assert "wrote nothing" in last
    before = stage.raw()
    assert not cycle.sync(cycle.now).troubles
    assert stage.raw() == before


@pytest.mark.parametrize(
    "story", [stories.moved_behind_the_next, stories.cancelled, stories.clock_change]
)
def test_what_life_does_in_between(story: Callable[[Cycle], None], stage: CyrusStage) -> None:
    story(cycle_on(stage))


def test_a_replaced_series_goes_on_with_the_old_points(stage: CyrusStage) -> None:
    cycle = stories.with_a_point(cycle_on(stage))
    old, first, couple = stage.series_of("anna"), FIRST + timedelta(days=1), stage.couple

    stage.clients.replace_series(couple.ben.address, UID, draft(couple, first), "fresh")
    cycle.sync(cycle.now)
    cycle.sync(cycle.now)

    with stage.app.store.transaction() as tx:
        heir = tx.series_by_uid("fresh")
        assert heir is not None
        sheet = tx.open_sheet(heir.series_id)
    assert heir.state is SeriesState.ENABLED
    assert heir.earlier_uids == (old.uid,)
    assert sheet is not None
    assert [p.text for p in sheet.agenda.points] == [stories.POINT]
    for account in (couple.ben, couple.anna):
        assert stage.clients.body(account.address, "fresh", first).count(stories.POINT) == 1


def test_the_whole_cycle_under_kill_9(stage: CyrusStage) -> None:
    opened = partial(open_app, stage.app.settings)
    sync, kills = killed_again_and_again(opened, each=EACH)

    assert len(list(cycle_on(stage, sync).steps())) == 8
    assert len(kills) > 5
