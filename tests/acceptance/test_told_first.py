"""The organizer's line stands once, whichever calendar tells of it first: the host copies it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from core.service.consent import say_yes
from core.service.run import observe_connection, run_due
from webhook_app.config import Settings
from webhook_app.demo.cycle import Cycle, plain_sync
from webhook_app.demo.google_stage import set_google_stage
from webhook_app.demo.outlook_stage import set_outlook_stage
from webhook_app.jobs.clock import utc_now

pytestmark = pytest.mark.server

OPEN = {"google": set_google_stage, "outlook": set_outlook_stage}


@pytest.mark.parametrize("first", ["anna@example.com", "ben@example.com"])
@pytest.mark.parametrize("suite", OPEN)
def test_what_the_organizer_typed_is_his_and_stands_once(
    suite: str, first: str, tmp_path: Path
) -> None:
    stage = OPEN[suite](Settings(data=tmp_path / "data"), utc_now(), frozen=True)
    clock = stage.graph.clock if suite == "outlook" else stage.clock  # type: ignore[attr-defined]
    cycle = Cycle(stage, utc_now(), plain_sync(stage))

    def later(**span: float) -> None:
        cycle.now += timedelta(**span)
        clock.set(cycle.now)

    try:
        cycle.sync(cycle.now)
        series_id = stage.series_of("anna").series_id
        with stage.app.store.transaction() as tx:
            say_yes(tx, series_id, by="ben@example.com", now=cycle.now)
        cycle.sync(cycle.now)
        later(minutes=1)
        cycle.type_below("anna", "Anna", "- Urlaub im August")
        cycle.sync(cycle.now)
        later(minutes=1)
        cycle.type_below("ben", "Ben", "- Was brauchst du?")
        with stage.app.store.transaction() as tx:
            (told,) = [one for one in tx.connections() if one.person == first]
        observe_connection(stage.app.services, told, cycle.now, with_tasks=False)
        run_due(stage.app.services, cycle.now)
        cycle.sync(cycle.now)

        points = [(point.text, point.owner) for point in cycle.agenda().points]
        assert points == [
            ("Urlaub im August", "anna@example.com"),
            ("Was brauchst du?", "ben@example.com"),
        ]
    finally:
        stage.close()
