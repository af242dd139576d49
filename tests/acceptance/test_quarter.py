"""A quarter of fifty pairs: how many mails people see, and that no word is lost or doubled."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from core.budget import MOST
from tests.acceptance.quarter import quarter
from tests.acceptance.quarter_report import Report

pytestmark = [pytest.mark.server, pytest.mark.slow, pytest.mark.timeout(900)]
PAIRS, WEEKS = 50, 13
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
