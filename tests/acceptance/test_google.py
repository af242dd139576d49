"""The whole cycle on Google, and what life does in between: nobody gets a mail from us."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from core.model.series import SeriesState
from core.service.consent import say_stop
from core.service.run import Pass, sync_once
from tests.acceptance import stories
from tests.acceptance.conftest import MONDAY
from tests.acceptance.killing import killed_again_and_again
from tests.acceptance.stories import POINT, both, open_points, with_a_point
from tests.examples import THOROUGH
from webhook_app.config import Settings
from webhook_app.demo.cycle import Cycle, Sync
from webhook_app.demo.google_stage import GoogleStage, on_clock, set_google_stage
from webhook_app.demo.people import BEN
from webhook_app.wiring import App, open_app

pytestmark = pytest.mark.server
EACH = 19 if THOROUGH else 57
"""Every so-many-th transaction is one to be killed at."""


@pytest.fixture
def google(tmp_path: Path) -> Iterator[GoogleStage]:
    stage = set_google_stage(Settings(data=tmp_path / "data"), MONDAY, frozen=True)
    try:
        yield stage
        assert stage.stand_in.hand("violations") == []
        assert stage.stand_in.hand("mails") == 0
    finally:
        stage.close()


@pytest.fixture
def cycle(google: GoogleStage) -> Cycle:
    def sync(now: datetime) -> Pass:
        at(google, now)
        return sync_once(google.app.services, now)

    return Cycle(google, MONDAY, sync)


def at(google: GoogleStage, now: datetime) -> None:
    """Set both clocks."""
    assert google.clock is not None
    google.clock.set(now)


def test_the_whole_cycle(cycle: Cycle) -> None:
    assert len(list(cycle.steps())) == 8


@pytest.mark.parametrize(
    "story", [stories.moved_behind_the_next, stories.cancelled, stories.clock_change]
)
def test_what_life_does_in_between(story: Callable[[Cycle], None], cycle: Cycle) -> None:
    story(cycle)


@pytest.mark.parametrize("hours", [0, 3])
def test_this_and_following_goes_on_with_the_old_points(
    cycle: Cycle, google: GoogleStage, hours: int
) -> None:
    """Google makes a new series and wipes what was written behind the cut."""
    with_a_point(cycle)
    old, start = google.series_of("anna"), cycle.start()
    desk = google.desk("ben")
    later = start + timedelta(hours=hours)
    zone = {"timeZone": "Europe/Berlin"}
    times = {
        "start": {"dateTime": later.isoformat(), **zone},
        "end": {"dateTime": (later + timedelta(minutes=30)).isoformat(), **zone},
    }

    changes = times if hours else {}
    fresh = google.stand_in.hand(
        "split", user=BEN.address, event=desk.event("anna", start), changes=changes
    )
    uid = google.stand_in.hand("see", user=BEN.address, event=fresh)["iCalUID"]
    cycle.sync(cycle.now)
    cycle.sync(cycle.now)

    with google.app.store.transaction() as tx:
        heir = tx.series_by_uid(uid)
        gone = tx.series(old.series_id)
        assert heir is not None
        sheet = tx.open_sheet(heir.series_id)
    assert heir.state is SeriesState.ENABLED
    assert heir.earlier_uids == (old.uid,)
    assert gone is not None
    assert gone.state is SeriesState.ENDED
    assert sheet is not None
    assert sheet.place is not None
    assert sheet.place.slot.start == later
    assert [p.text for p in sheet.agenda.points] == [POINT]
    day = sheet.place.slot.start.date().isoformat()
    for person in (BEN.address, "anna@example.com"):
        event = google.stand_in.hand("occurrence", user=person, series=fresh, day=day)
        assert google.stand_in.hand("notes", user=person, event=event).count(POINT) == 1


def test_lines_of_both_in_the_web_editor_are_merged(cycle: Cycle, google: GoogleStage) -> None:
    """The organizer's text becomes markup, the guest's line lives in the guest's copy alone."""
    with_a_point(cycle)
    event = google.desk("ben").event("anna", cycle.start())

    google.stand_in.hand(
        "web_edit", user=BEN.address, event=event, old="Ben<br>", new="Ben<br>- von Ben<br>"
    )
    cycle.type_below("anna", "Anna", "- von Anna")
    cycle.sync(cycle.now)
    cycle.sync(cycle.now)

    assert sorted(open_points(cycle)) == [POINT, "von Anna", "von Ben"]
    for text in both(cycle, cycle.start()):
        assert all(text.count(words) == 1 for words in (POINT, "von Anna", "von Ben"))


def test_stop_leaves_the_text_as_it_was(cycle: Cycle, google: GoogleStage) -> None:
    with_a_point(cycle)
    start, series = cycle.start(), google.series_of("anna")
    event = google.desk("ben").event("anna", start)
    before = google.stand_in.hand("raw_notes", user=BEN.address, event=google.events["anna"])

    with google.app.store.transaction() as tx:
        say_stop(tx, series.series_id, remove=True, by=BEN.address, now=cycle.now)
    cycle.sync(cycle.now)

    for person in (BEN.address, "anna@example.com"):
        assert google.stand_in.hand("raw_notes", user=person, event=event) == before


def killed(google: GoogleStage) -> tuple[Sync, list[int]]:
    def opened() -> App:
        assert google.clock is not None
        return on_clock(open_app(google.app.settings), google.clock)

    return killed_again_and_again(opened, each=EACH, before=lambda now: at(google, now))


def test_the_whole_cycle_under_kill_9(google: GoogleStage) -> None:
    sync, kills = killed(google)

    assert len(list(Cycle(google, MONDAY, sync).steps())) == 8
    assert len(kills) > 2


@pytest.mark.slow
@pytest.mark.parametrize(
    "story", [stories.moved_behind_the_next, stories.cancelled, stories.clock_change]
)
def test_what_life_does_in_between_is_survived_too(
    story: Callable[[Cycle], None], google: GoogleStage
) -> None:
    sync, kills = killed(google)

    story(Cycle(google, MONDAY, sync))

    assert len(kills) > 0


@pytest.mark.slow
@pytest.mark.parametrize("hours", [0, 3])
def test_this_and_following_is_survived_too(google: GoogleStage, hours: int) -> None:
    sync, kills = killed(google)
    cycle = Cycle(google, MONDAY, sync)

    test_this_and_following_goes_on_with_the_old_points(cycle, google, hours)

    assert len(kills) > 0
