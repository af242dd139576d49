"""A demo that is started again in its folder: the stand-ins' events, edits and tasks are there."""

from __future__ import annotations

from pathlib import Path

import pytest

from core.service.consent import say_yes
from webhook_app.config import Settings
from webhook_app.demo.cycle import Cycle, plain_sync
from webhook_app.demo.scene import Scene, open_scene
from webhook_app.jobs.clock import utc_now

pytestmark = pytest.mark.server


def cycle(stage: Scene) -> Cycle:
    return Cycle(stage, utc_now(), plain_sync(stage))


@pytest.mark.parametrize("suite", ["google", "outlook"])
def test_what_was_typed_in_the_first_run_stands_there_once_in_the_second(
    suite: str, tmp_path: Path
) -> None:
    settings = Settings(data=tmp_path / "data")
    stage = open_scene(suite, settings, utc_now())
    try:
        first = cycle(stage)
        first.sync(first.now)
        series = stage.series_of("anna")
        with stage.app.store.transaction() as tx:
            say_yes(tx, series.series_id, by="ben@example.com", now=first.now)
        first.sync(first.now)
        first.type_below("anna", "Anna", "- Urlaub im August")
        first.sync(first.now)
        address = stage.servers()
    finally:
        stage.close()

    stage = open_scene(suite, settings, utc_now())
    try:
        again = cycle(stage)
        happened = again.happenings()
        done = again.sync(again.now)
        again.sync(again.now)

        assert stage.servers() == address
        assert done.troubles == ()
        assert stage.series_of("anna").series_id == series.series_id
        assert again.notes(again.start()).count("Urlaub im August") == 1
        assert [point.text for point in again.agenda().points] == ["Urlaub im August"]
        assert again.happenings() == happened
        with stage.app.store.transaction() as tx:
            assert len(tx.all_series()) == 2
    finally:
        stage.close()
