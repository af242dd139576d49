"""A leave: the series rests, nothing is lost, and it goes on with the first talk after it."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from core.model.series import Sheet, SheetState, Why
from core.service.offers import template_offers
from core.service.settings import change_person
from tests.core.builders import ANNA, BEN, NOW
from tests.core.service.conftest import FIRST, UID, WEEK, Company

BACK = date(2026, 4, 20)


def week(number: int) -> datetime:
    """Return when the rule puts an occurrence; clocks change on 29 March."""
    return FIRST + number * WEEK - timedelta(hours=number > 3)


@pytest.fixture
def away(company: Company) -> Company:
    """Anna goes on leave with a point on the agenda."""
    company.now = NOW + 3 * WEEK
    company.say_yes()
    company.add_line(ANNA, "- Urlaub\nTODO Anna: Folien schicken")
    company.sync()
    pause(company, paused_from=company.now.date(), paused_until=BACK)
    return company


def pause(company: Company, **days: date | None) -> None:
    with company.store.transaction() as tx:
        change_person(tx, ANNA, now=company.now, **days)
    company.sync()


def closed(company: Company) -> list[Sheet]:
    with company.store.transaction() as tx:
        sheets = tx.sheets(company.series().series_id)
    return [s for s in sheets if s.state is SheetState.CLOSED]


def test_us_6_the_agenda_waits_in_the_first_talk_after_the_leave(away: Company) -> None:
    assert away.start() == week(7)
    assert away.open_points() == ["Urlaub"]
    assert away.clients.body(ANNA, UID, week(3)) == "Raum Linde"
    assert away.clients.body(ANNA, UID, away.start()).count("Urlaub") == 1


def test_weeks_pass_and_nothing_counts_as_held(away: Company) -> None:
    for _ in range(3):
        away.now += WEEK
        away.sync()

    assert closed(away) == []
    assert away.agenda().points[0].carried == 0
    assert away.start() == week(7)


@pytest.mark.capability("F-27")
def test_after_the_leave_talks_go_on_and_the_return_is_offered(away: Company) -> None:
    away.now = week(7) - timedelta(hours=2)
    away.sync()
    with away.store.transaction() as tx:
        found = template_offers(tx, away.series().series_id, BEN, away.now)
    assert "return" in [o.template_id for o in found]

    away.pass_meeting()

    assert len(closed(away)) == 1
    assert away.open_points() == ["Urlaub"]


def test_an_open_end_rests_until_somebody_is_back(away: Company) -> None:
    pause(away, paused_until=None)
    assert away.series().agenda_reason is Why.PAUSED
    assert away.open_points() == ["Urlaub"]
    away.now += 5 * WEEK
    away.sync()
    assert closed(away) == []

    pause(away, paused_from=None, paused_until=None)

    assert away.start() == week(8)
    assert away.open_points() == ["Urlaub"]
    assert away.clients.body(ANNA, UID, away.start()).count("Urlaub") == 1


def test_a_leave_in_the_future_leaves_the_next_talk_alone(company: Company) -> None:
    company.now = NOW + 3 * WEEK
    company.say_yes()
    pause(company, paused_from=date(2026, 3, 30), paused_until=BACK)

    assert company.start() == week(3)
    company.pass_meeting()
    assert company.start() == week(7)


def test_a_longer_leave_than_any_list_of_occurrences(company: Company) -> None:
    company.now = NOW + 3 * WEEK
    company.say_yes()
    pause(company, paused_from=company.now.date(), paused_until=date(2027, 3, 29))

    assert company.start().date() == date(2027, 3, 30)


def test_a_leave_that_began_before_anybody_said_so_closes_nothing(company: Company) -> None:
    company.now = NOW + 3 * WEEK
    company.say_yes()
    company.add_line(ANNA, "- Urlaub")
    company.sync()
    with company.store.transaction() as tx:
        change_person(tx, ANNA, paused_from=company.now.date(), paused_until=BACK, now=company.now)
    company.now += 2 * WEEK
    company.sync()

    assert closed(company) == []
    assert company.open_points() == ["Urlaub"]
