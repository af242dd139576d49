"""From an invitation to carry-over on a real calendar server, and what life does in between."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from icalendar.cal.component import Component

from core.errors import InvalidInput
from core.model.series import SeriesState
from core.service.consent import say_stop
from tests.acceptance.conftest import MONDAY
from tests.acceptance.stories import POINT, open_points, with_a_point
from webhook_app.config import Settings
from webhook_app.demo.cycle import WEEK, Cycle, next_week, plain_sync
from webhook_app.demo.people import ANNA, BEN, actor, weekly
from webhook_app.demo.stage import Stage, set_stage


def test_the_whole_cycle(cycle: Cycle) -> None:
    assert len(list(cycle.steps())) == 8


@pytest.fixture
def on_postgresql(tmp_path: Path, postgres_url: str, servers: None) -> Iterator[Cycle]:
    stage = set_stage(Settings(data=tmp_path / "data", database_url=postgres_url), MONDAY)
    yield Cycle(stage, MONDAY, plain_sync(stage))
    stage.close()


def test_the_whole_cycle_on_postgresql(on_postgresql: Cycle) -> None:
    assert not on_postgresql.stage.app.settings.is_sqlite
    assert len(list(on_postgresql.steps())) == 8


@pytest.mark.capability("C-01")
def test_a_meeting_moved_behind_the_next_takes_nothing_along(cycle: Cycle) -> None:
    with_a_point(cycle)
    start = cycle.start()
    later = start + WEEK + timedelta(days=2)

    actor("ben").phone.move(
        cycle.stage.event_url("anna"), start, later, later + timedelta(minutes=30)
    )
    cycle.sync(cycle.now)

    assert cycle.start() == next_week(start)
    assert open_points(cycle) == [POINT]
    assert cycle.notes(cycle.start()).count(POINT) == 1
    assert POINT not in cycle.notes(start)
    assert all(p.carried == 0 for p in cycle.agenda().points)


@pytest.mark.capability("F-05")
def test_a_cancelled_meeting_hands_its_points_to_the_next(cycle: Cycle) -> None:
    with_a_point(cycle)
    start = cycle.start()

    cycle.stage.desk("ben").cancel("anna", start)
    cycle.sync(cycle.now)

    assert cycle.start() == next_week(start)
    assert open_points(cycle) == [POINT]
    assert cycle.notes(cycle.start()).count(POINT) == 1


@pytest.mark.capability("C-02", "C-04", "C-12", "F-07", "F-08")
def test_a_replaced_series_goes_on_with_the_old_points(cycle: Cycle) -> None:
    with_a_point(cycle)
    old = cycle.stage.series_of("anna")
    fresh = cycle.stage.calendars["anna"] + "fresh.ics"
    first = MONDAY + timedelta(days=3)
    phone = actor("ben").phone

    phone.delete(cycle.stage.event_url("anna"))
    phone.put(
        fresh,
        weekly("fresh", "1:1 Anna & Ben", first, notes="neu", organizer=BEN, attendee=ANNA),
    )
    cycle.sync(cycle.now)
    cycle.sync(cycle.now)

    with cycle.stage.app.store.transaction() as tx:
        heir = tx.series_by_uid("fresh")
        assert heir is not None
        sheet = tx.open_sheet(heir.series_id)
        gone = tx.series(old.series_id)
    assert heir.state is SeriesState.ENABLED
    assert heir.earlier_uids == (old.uid,)
    assert gone is not None
    assert gone.state is SeriesState.ENDED
    assert sheet is not None
    assert [p.text for p in sheet.agenda.points] == [POINT]
    assert phone.notes(fresh, first).count(POINT) == 1


@pytest.mark.capability("C-26")
def test_the_clock_change_moves_nothing(cycle: Cycle) -> None:
    with_a_point(cycle)
    starts = [cycle.start()]
    for _ in range(3):
        cycle.now = cycle.place().slot.end + timedelta(minutes=1)
        cycle.sync(cycle.now)
        starts.append(cycle.start())

    assert [later - earlier for earlier, later in pairwise(starts)] == [
        WEEK,
        WEEK - timedelta(hours=1),
        WEEK,
    ]
    assert cycle.notes(cycle.start()).count(POINT) == 1
    assert [p.carried for p in cycle.agenda().points] == [3]


def test_a_promise_is_a_task_in_whatever_form_it_is_typed(cycle: Cycle) -> None:
    typed = (
        "TODO Ben: send the figures until Friday",
        "@Ben book the room by Friday",
        "AI: Ben: Vertrag lesen bis Freitag",
        "- [ ] @Ben Zugang beantragen bis Freitag",
    )
    with_a_point(cycle)

    cycle.type_below("anna", "Anna", "\n".join(typed))
    cycle.sync(cycle.now)

    names = {"send the figures", "book the room", "Vertrag lesen", "Zugang beantragen"}
    items = cycle.agenda().action_items
    assert {(i.text, i.owner, i.due and i.due.weekday()) for i in items} == {
        (name, BEN.address, 4) for name in names
    }
    tasks = actor("ben").phone.tasks(cycle.stage.task_lists["ben"]).values()
    assert {(task.title, task.due) for task in tasks} == {(i.text, i.due) for i in items}


def test_a_demo_that_is_started_again_goes_on_where_it_was(
    cycle: Cycle, settings: Settings
) -> None:
    with_a_point(cycle)
    first = cycle.stage
    assert isinstance(first, Stage)
    with pytest.raises(InvalidInput, match="is in use"):
        set_stage(settings, MONDAY)
    first.close()

    again = set_stage(settings, MONDAY)
    try:
        cycle = Cycle(again, MONDAY, plain_sync(again))
        cycle.type_below("anna", "Anna", "- nach dem Neustart")

        assert cycle.sync(MONDAY).troubles == ()
        assert open_points(cycle) == [POINT, "nach dem Neustart"]
        assert cycle.notes(cycle.start()).count(POINT) == 1
    finally:
        again.close()


def test_a_tick_after_the_meeting_still_counts(cycle: Cycle) -> None:
    with_a_point(cycle)
    held = cycle.start()
    cycle.now = cycle.place().slot.end + timedelta(minutes=1)
    cycle.sync(cycle.now)

    phone = actor("ben").phone
    phone.edit_notes(
        cycle.stage.event_url("anna"), held, lambda text: text.replace(f"- {POINT}", f"[x] {POINT}")
    )
    phone.edit_notes(cycle.stage.event_url("anna"), held, lambda text: text.replace("[ ]", "[x]"))
    cycle.sync(cycle.now)

    assert open_points(cycle) == []


@pytest.mark.capability("F-43")
def test_the_word_in_the_notes_says_yes_and_vanishes(cycle: Cycle) -> None:
    url = cycle.stage.event_url("cleo")
    cycle.sync(cycle.now)

    def enrol(calendar: Component) -> None:
        event = calendar.walk("VEVENT")[0]
        event["DESCRIPTION"] = "We meet in the small room.\n#1on1"

    actor("ben").phone.change(url, enrol)
    cycle.sync(cycle.now)

    series = cycle.stage.series_of("cleo")
    with cycle.stage.app.store.transaction() as tx:
        sheet = tx.open_sheet(series.series_id)
    assert series.state is SeriesState.ENABLED
    assert sheet is not None
    assert sheet.place is not None
    text = actor("ben").phone.notes(url, sheet.place.original_start)
    assert "#1on1" not in text
    assert "We meet in the small room." in text


def test_stop_leaves_every_byte_as_it_was(cycle: Cycle) -> None:
    phone = actor("ben").phone
    before = phone.raw(cycle.stage.event_url("anna"))
    with_a_point(cycle)
    assert phone.raw(cycle.stage.event_url("anna")) != before
    series = cycle.stage.series_of("anna")

    with cycle.stage.app.store.transaction() as tx:
        say_stop(tx, series.series_id, remove=True, by=BEN.address, now=cycle.now)
    cycle.sync(cycle.now)

    assert _without_stamps(phone.raw(cycle.stage.event_url("anna"))) == _without_stamps(before)


def _without_stamps(ics: bytes) -> list[bytes]:
    return [
        line for line in ics.splitlines() if not line.startswith((b"DTSTAMP", b"LAST-MODIFIED"))
    ]
