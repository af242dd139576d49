"""How many calls a pair's week takes on Google: they must not creep up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from core.memory.store import MemoryStore
from core.model.calendar import CalendarId
from core.service.edit import add_point
from core.service.hearing import note_unheard
from core.service.run import observe_connection
from tests.acceptance.google_company import MONDAY, Company, listening
from tests.acceptance.google_week import ANNA, BEN, Week
from tests.servers.google import GoogleServer
from webhook_app.config import Settings
from webhook_app.wiring import App, open_app

pytestmark = pytest.mark.server
MOST_BY_PUSH, MOST_BY_POLLING = 6, 12


@pytest.fixture
def made() -> Iterator[Company]:
    with GoogleServer() as server:
        company = Company(server, MemoryStore(), 1)
        company.enable()
        yield company
        assert server.mails.caused_by_api == []


@pytest.fixture
def pushed(made: Company) -> Iterator[Week]:
    with listening() as (address, heard):
        week = Week(made, heard)
        for connection in made.connections():
            push = made.suite(connection.person).push
            assert push is not None
            push.subscribe(connection.calendars[0], address, ttl=timedelta(days=7))
        made.server.push.flush()
        made.server.calls.clear()
        yield week


@contextmanager
def opened(folder: Path) -> Iterator[App]:
    app = open_app(Settings(data=folder), make=True)
    try:
        yield app
    finally:
        app.close()


def names(week: Week) -> list[str]:
    return [f"{call.user.partition('0@')[0]} {call.method.split('.')[-1]}" for call in week.counted]


def types(week: Week, line: str) -> None:
    week.edit(ANNA, lambda text: text.replace("Anna0\n", f"Anna0\n- {line}\n"))


def times(week: Week, line: str) -> list[int]:
    return [week.text(person).count(line) for person in (BEN, ANNA)]


def test_week_by_push_takes_at_most_six_calls(pushed: Week) -> None:
    pushed.play()

    assert names(pushed) == ["anna list", "ben patch", "ben list", "ben patch"]
    assert pushed.out_of_turn == 2  # a look at the other copy right before each write
    assert pushed.left_out >= pushed.out_of_turn
    pushed.number = 0
    assert times(pushed, "[x] Holidays") == [1, 1]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("reports", "push", "most", "busy"),
    [
        (1, True, MOST_BY_PUSH, False),
        (1, True, MOST_BY_PUSH, True),
        (2, True, MOST_BY_PUSH, False),
        (5, True, MOST_BY_PUSH, True),
        (1, False, MOST_BY_POLLING, True),
    ],
)
def test_four_weeks_with_upkeep_stay_within_the_calls_of_a_week(
    tmp_path: Path, reports: int, push: bool, most: float, busy: bool
) -> None:
    """Channels live a week, and `busy` calendars hold other appointments around the talks."""
    with GoogleServer() as server, listening() as (address, heard), opened(tmp_path) as app:
        server.push.longest = timedelta(days=7)
        made = Company(server, MemoryStore(), reports, team=reports, busy=busy)
        made.enable()
        week = Week(made, heard if push else None)
        if push:
            week.subscribe(app, address)

        week.play(4)

        asked_for = Counter(call.method.removeprefix("calendar.") for call in week.counted)
        assert len(week.counted) / 4 / reports <= most
        assert asked_for["acl.list"] == 1 + reports
        assert asked_for["events.watch"] == 4 * reports * push
        assert asked_for["events.list around"] == (1 + reports) * busy
        assert week.left_out >= week.out_of_turn
        assert server.mails.caused_by_api == []


def test_week_by_polling_brings_the_tick_to_both(made: Company) -> None:
    week = Week(made)

    week.play()

    week.number = 0
    assert times(week, "[x] Holidays") == [1, 1]


def test_poll_without_change_is_one_call_a_calendar(made: Company) -> None:
    made.server.calls.clear()

    for connection in made.connections():
        observe_connection(made.services, connection, made.now, with_tasks=False)
    made.act()

    assert made.server.calls.count() == len(made.connections())


def test_line_typed_between_our_write_and_its_echo_is_read(pushed: Week) -> None:
    def happens() -> None:
        types(pushed, "Holidays")
        pushed.hear()
        pushed.follow()
        types(pushed, "Budget")

    pushed.step("two lines", happens)

    assert times(pushed, "Holidays") == [1, 1]
    assert times(pushed, "Budget") == [1, 1]


def test_line_whose_announcement_hides_behind_the_echo_is_read_by_the_next_poll(
    pushed: Week,
) -> None:
    def happens() -> None:
        types(pushed, "Holidays")
        pushed.hear()
        pushed.follow()
        pushed.made.server.push.flush()
        pushed.made.server.push.lose_next = 1
        types(pushed, "Budget")

    pushed.step("two lines", happens)

    assert times(pushed, "Holidays") == [1, 1]
    assert times(pushed, "Budget") == [1, 1]


@pytest.mark.parametrize("late", [False, True])
def test_line_whose_announcement_is_lost_or_late_is_read_before_a_write_overwrites_it(
    pushed: Week, late: bool
) -> None:
    made = pushed.made

    def happens() -> None:
        made.server.push.lose_next = 0 if late else 1
        types(pushed, "Holidays")
        with made.store.transaction() as tx:
            series = tx.all_series()[0].series_id
        made.to(made.now + timedelta(minutes=1))
        add_point(made.services, series, "Asked on the page", by=BEN, now=made.now)

    made.to(MONDAY + timedelta(hours=1))
    pushed.step("typed and asked", happens)

    assert times(pushed, "Holidays") == [1, 1]
    assert times(pushed, "Asked on the page") == [1, 1]


def test_word_typed_by_the_guest_between_our_reading_and_our_write_is_read_first(
    pushed: Week,
) -> None:
    def happens() -> None:
        types(pushed, "Holidays")
        faults = pushed.made.server.faults
        faults.meanwhile("calendar.events.list", lambda: types(pushed, "Budget"), user=ANNA)

    pushed.step("two lines", happens)

    assert times(pushed, "Holidays") == [1, 1]
    assert times(pushed, "Budget") == [1, 1]


@pytest.mark.parametrize("also_by_anna", [False, True])
def test_guest_s_channel_alone_brings_the_organizer_s_words_before_any_poll(
    pushed: Week, also_by_anna: bool
) -> None:
    made = pushed.made
    owners = made.server.push.channels
    for name in [name for name, channel in owners.items() if channel.owner == BEN]:
        del owners[name]
    with made.store.transaction() as tx:
        note_unheard(tx, CalendarId(BEN), unheard=True)
    made.to(MONDAY + timedelta(hours=1))

    pushed.edit(BEN, lambda text: text.replace("Ben0\n", "Ben0\n- Budget\n"))
    if also_by_anna:
        types(pushed, "Holidays")
    pushed.hear()
    pushed.follow()

    with made.store.transaction() as tx:
        sheet = tx.open_sheet(tx.all_series()[0].series_id)
    assert sheet is not None
    said = {point.text: point.owner for point in sheet.agenda.points}
    assert said == {"Budget": BEN} | ({"Holidays": ANNA} if also_by_anna else {})
    assert times(pushed, "Budget") == [1, 1]


def test_channels_that_ended_cost_time_and_no_word(pushed: Week) -> None:
    pushed.made.server.push.channels.clear()

    pushed.step("unannounced", lambda: types(pushed, "Holidays"))

    assert times(pushed, "Holidays") == [1, 1]


def test_action_item_takes_one_call_to_become_a_task_and_none_to_be_seen_done(
    pushed: Week,
) -> None:
    def promised() -> None:
        pushed.edit(BEN, lambda text: text.replace("Ben0\n", "Ben0\n- TODO Anna0: Slides\n"))

    def done() -> None:
        tasks = pushed.made.server.ui.tasks
        (task,) = tasks.all_of(ANNA)
        tasks.complete(ANNA, task["id"])

    pushed.step("promised", promised)
    assert names(pushed)[-1] == "anna insert"
    pushed.counted.clear()
    pushed.step("done", done)

    assert names(pushed) == ["ben patch"]
    assert times(pushed, "[x] Anna0: Slides") == [1, 1]
