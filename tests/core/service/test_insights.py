"""A manager sees their own 1:1s over time; nobody else does, and no secret is among it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.model.agenda import Visibility
from core.service.edit import add_point
from core.service.insights import Insight, insights
from tests.core.builders import ANNA, BEN
from tests.core.service.conftest import FIRST, UID, WEEK, Company


@pytest.fixture
def lived(with_copies: Company) -> Company:
    """Three talks: one with an obstacle on its agenda, one cancelled, one with a secret goal."""
    company = with_copies
    company.say_yes()
    series_id = company.series().series_id
    add_point(company.services, series_id, "Hindernis: Freigabe", by=ANNA, now=company.now)
    company.sync()
    company.now = FIRST + timedelta(hours=1)
    company.sync()
    company.clients.cancel(BEN, UID, FIRST + WEEK, visible=True)
    company.sync()
    hidden = Visibility.SENSITIVE
    add_point(
        company.services, series_id, "Ziel: geheim", by=ANNA, now=company.now, visibility=hidden
    )
    company.now = FIRST + 2 * WEEK + timedelta(hours=1)
    company.sync()
    return company


def seen(company: Company, who: str) -> tuple[Insight, ...]:
    with company.store.transaction() as tx:
        return insights(tx, who, company.now)


def test_rhythm_coverage_and_topics_of_ones_own_pairs(lived: Company) -> None:
    (one,) = seen(lived, BEN)

    assert [week.state for week in one.weeks[-3:]] == ["held", "cancelled", "held"]
    assert one.weeks[-4].state == "none"
    assert one.weeks[-3].topics == {"obstacles"}
    assert (one.name, one.held, one.days_since, one.has_series) == ("Anna", 2, 0, True)


def test_what_is_confidential_is_no_topic(lived: Company) -> None:
    (one,) = seen(lived, BEN)

    assert one.talked_of("goals") == 0


def test_the_report_and_a_stranger_see_nothing(lived: Company) -> None:
    assert seen(lived, ANNA) == ()
    assert seen(lived, "dora@example.com") == ()
