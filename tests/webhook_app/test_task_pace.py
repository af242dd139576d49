"""How often task lists are read."""

from __future__ import annotations

from core.model.series import ConnectionId
from webhook_app.jobs.task_pace import DAY, PAUSE, READS_A_DAY, TaskPace, pause

BEN, ANNA = ConnectionId("ben"), ConnectionId("anna")


def test_list_is_read_at_once_and_then_every_quarter_of_an_hour():
    now = [0.0]
    pace = TaskPace(lambda: now[0])

    assert pace.is_due(BEN, PAUSE)
    now[0] = PAUSE - 1
    assert not pace.is_due(BEN, PAUSE)
    assert pace.is_due(ANNA, PAUSE)
    now[0] = PAUSE
    assert pace.is_due(BEN, PAUSE)


def test_somebody_who_asks_for_a_pass_does_not_wait():
    pace = TaskPace(lambda: 0.0)
    assert pace.is_due(BEN, PAUSE)

    pace.hurry()

    assert pace.is_due(BEN, PAUSE)


def test_pause_is_a_quarter_of_an_hour_and_never_below_the_poll_s():
    assert pause(60.0, 2) == PAUSE == 15 * 60
    assert pause(3600.0, 2) == 3600
    assert pause(5.0, 2) == 5


def test_two_thousand_lists_stay_within_the_reads_of_a_day():
    assert 2000 * DAY / pause(60.0, 2000) <= READS_A_DAY
