"""A quarter of fifty pairs: how many mails people see, and that no word is lost or doubled.

CI plays all fifty, `./vieraugen test` a few of them.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from core.budget import MOST
from tests.acceptance.quarter import quarter
from tests.acceptance.quarter_report import Report
from tests.examples import THOROUGH

pytestmark = [pytest.mark.server, pytest.mark.slow, pytest.mark.timeout(900)]
PAIRS, WEEKS = 50 if THOROUGH else 6, 13
MOST_CALLS = 8
"""A pair and week, on average; what is reached stands in docs/benchmarks.md."""


@pytest.fixture(scope="module")
def played() -> Iterator[Report]:
    with quarter(PAIRS, WEEKS) as made:
        yield Report(played=made)
        assert made.graph.violations == []


def test_nobody_sees_a_mail_of_ours(played: Report) -> None:
    assert len(played.updates()) > PAIRS * WEEKS
    assert played.seen() == []


@pytest.mark.capability("C-06")
def test_nothing_is_written_within_the_freeze(played: Report) -> None:
    assert played.within_freeze() == []


@pytest.mark.capability("C-05", "F-09")
def test_no_occurrence_gets_more_than_two_writes_of_our_own_accord(played: Report) -> None:
    assert 1 <= played.automatic() <= MOST


def test_every_line_stands_once_on_the_newest_agenda(played: Report) -> None:
    assert sum(map(len, played.played.typed.values())) > PAIRS
    assert played.lost_or_doubled() == []


def test_calls_of_a_pair_s_week_are_bounded(played: Report) -> None:
    """Renewed subscriptions and everything else included; polls that bring nothing are not."""
    assert {"renewed subscriptions", "writes"} <= played.calls().keys()
    assert played.requests() / (PAIRS * WEEKS) <= MOST_CALLS


@pytest.mark.parametrize("storm", [0, 5], ids=["unordered and twice", "with a storm of 429"])
def test_notifications_twice_and_in_any_order_lose_and_double_nothing(storm: int) -> None:
    """Delta repeats its rows and has no order either; each fifth request is refused besides."""
    with quarter(5, 3, seed=2, play=False) as made:
        made.graph.state.push.duplicate = made.graph.state.push.reverse = True
        made.graph.faults.delta_replays = True
        made.graph.state.throttle.storm = storm
        made.play()
        report = Report(played=made)

        assert report.lost_or_doubled() == []
        assert sum(map(len, made.typed.values())) > 10
        assert (report.seen(), report.within_freeze()) == ([], [])
        assert report.automatic() <= MOST
        assert (made.graph.state.throttle.refused > 0) is (storm > 0)
        assert made.graph.violations == []
