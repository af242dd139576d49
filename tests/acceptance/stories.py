"""What life does between two steps of the cycle, on any suite with two copies."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

from core.model.agenda import PointState
from webhook_app.demo.cycle import WEEK, Cycle, next_week

POINT = "Konzept gegenlesen"


def with_a_point(cycle: Cycle) -> Cycle:
    """Say yes and let Anna type one point, which reaches both copies."""
    cycle.nothing_before_a_yes()
    cycle.block_in_the_next_occurrence_only()
    cycle.type_below("anna", "Anna", f"- {POINT}")
    cycle.sync(cycle.now)
    return cycle


def open_points(cycle: Cycle) -> list[str]:
    return [p.text for p in cycle.agenda().points if p.state is PointState.OPEN]


def both(cycle: Cycle, start: datetime) -> list[str]:
    return [cycle.stage.desk(login).notes("anna", start) for login in ("ben", "anna")]


def moved_behind_the_next(cycle: Cycle) -> None:
    """The agenda stays where it is next; the moved occurrence takes nothing along."""
    with_a_point(cycle)
    start = cycle.start()

    cycle.stage.desk("ben").move("anna", start, start + WEEK + timedelta(days=2))
    cycle.sync(cycle.now)

    assert cycle.start() == next_week(start)
    assert open_points(cycle) == [POINT]
    assert all(text.count(POINT) == 1 for text in both(cycle, cycle.start()))
    assert POINT not in cycle.notes(start)


def cancelled(cycle: Cycle) -> None:
    """A cancelled meeting hands its points to the next."""
    with_a_point(cycle)
    start = cycle.start()

    cycle.stage.desk("ben").cancel("anna", start)
    cycle.sync(cycle.now)

    assert cycle.start() == next_week(start)
    assert open_points(cycle) == [POINT]
    assert all(text.count(POINT) == 1 for text in both(cycle, cycle.start()))


def clock_change(cycle: Cycle) -> None:
    """Three meetings pass, the clocks change before the last of them."""
    with_a_point(cycle)
    starts = [cycle.start()]
    for _ in range(3):
        cycle.now = cycle.place().slot.end + timedelta(minutes=1)
        cycle.sync(cycle.now)
        starts.append(cycle.start())

    steps = [later - earlier for earlier, later in pairwise(starts)]
    assert steps == [WEEK, WEEK - timedelta(hours=1), WEEK]
    assert all(text.count(POINT) == 1 for text in both(cycle, cycle.start()))
    assert [p.carried for p in cycle.agenda().points if p.text == POINT] == [3]
