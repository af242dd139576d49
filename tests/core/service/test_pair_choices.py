"""What a pair says about itself reaches the rules, from the one place where it is kept."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from core.cadence import Rhythm
from core.content.prompts import Topic
from core.errors import InvalidInput
from core.model.suggestions import TapKind
from core.rules.facts import History
from core.service.access_request import pair_export
from core.service.held_talks import rhythm_of
from core.service.hr_facts import extra_of
from core.service.meetings import say
from core.service.pair_choices import choose
from core.service.snapshot import history_of
from tests.core.builders import ANNA, BEN, PAIR
from tests.core.service.conftest import FIRST, WEEK, Company


@pytest.fixture
def company(with_copies: Company) -> Company:
    """A pair with a point and an item."""
    with_copies.say_yes()
    with_copies.add_line(BEN, "- Freigabe\nTODO Ben: Budget", below="Ben")
    with_copies.sync()
    return with_copies


def chosen(company: Company, **changes: Any) -> History:
    with company.store.transaction() as tx:
        if changes:
            choose(tx, PAIR, now=company.now, **changes)
        pair = tx.pair(PAIR.pair_id)
        assert pair is not None
        extra, day = extra_of(tx, pair), company.now.date()
        return history_of(tx, pair, company.now, installed_on=day, extra=extra)


def test_what_the_pair_chose_is_what_the_rules_read(company: Company) -> None:
    before = chosen(company)
    assert before.next is not None
    assert (before.agreed, before.left_alone, before.next.third_allowed) == (None, False, False)
    assert (before.setting.remote, before.setting.reviews) == (False, True)

    after = chosen(
        company,
        agreed_days=9,
        left_alone=True,
        third_allowed=True,
        reviews=False,
        unwanted=("career",),
        remote=True,
        free_talk=True,
        pulse=True,
    )
    assert after.next is not None
    assert (after.agreed, after.left_alone) == (timedelta(days=9), True)
    assert after.next.third_allowed
    assert after.setting.unwanted == {Topic.CAREER}
    setting = after.setting
    assert (setting.remote, setting.free_talk, setting.pulse, setting.reviews) == (
        *(True, True, True),
        False,
    )


def test_a_point_waits_for_others_and_an_item_is_done_unticked(company: Company) -> None:
    before = chosen(company)
    assert not any(p.waits_outside for p in before.points)
    assert not any(a.said_done for a in before.actions)
    point, item = before.points[0].point_id, before.actions[0].item_id

    after = chosen(company, waiting=(point,), said_done=(item,))

    assert [p.point_id for p in after.points if p.waits_outside] == [point]
    assert [a.item_id for a in after.actions if a.said_done] == [item]


def rhythm_later(company: Company) -> Rhythm | None:
    with company.store.transaction() as tx:
        return rhythm_of(tx, PAIR, FIRST + 4 * WEEK)


def test_the_agreed_interval_wins_over_the_series(company: Company) -> None:
    company.now = FIRST + timedelta(hours=1)
    company.sync()
    say(company.services, PAIR.pair_id, TapKind.TALKED, on=company.now, by=ANNA)
    say(company.services, PAIR.pair_id, TapKind.TALKED, on=company.now, by=BEN)
    assert rhythm_later(company) is Rhythm.LAPSED

    chosen(company, agreed_days=30)

    assert rhythm_later(company) is Rhythm.ON_TRACK


def test_unwanted_topics_are_the_reports_alone(company: Company) -> None:
    report, manager = PAIR.report, PAIR.manager
    assert {report, manager} == {ANNA, BEN}
    with company.store.transaction() as tx:
        with pytest.raises(InvalidInput, match="only the report"):
            choose(tx, PAIR, now=company.now, by=manager, unwanted=("career",))
        choose(tx, PAIR, now=company.now, by=report, unwanted=("career",))

        assert pair_export(tx, PAIR, report)["settings"]["unwanted"] == ["career"]
        assert pair_export(tx, PAIR, manager)["settings"]["unwanted"] == []
