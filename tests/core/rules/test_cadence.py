"""The agreed rhythm against what was held."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.cadence import Rhythm, agreed_interval, rhythm
from tests.core.builders import NOW

WEEK = timedelta(days=7)


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=WEEKLY", 7),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", 14),
        ("FREQ=WEEKLY;BYDAY=MO,TH", 3.5),
        ("FREQ=MONTHLY;BYDAY=1MO", 30),
        ("freq=daily;interval=10", 10),
        ("FREQ=WEEKLY;INTERVAL=x", 7),
    ],
)
def test_a_rule_asks_for_an_interval(rule: str, days: float) -> None:
    assert agreed_interval(rule) == timedelta(days=days)


def test_a_single_event_asks_for_none() -> None:
    assert agreed_interval(None) is None
    assert agreed_interval("FREQ=SECONDLY") is None


def test_weekly_talks_held_weekly_are_on_track() -> None:
    held = [NOW - n * WEEK for n in range(5, 0, -1)]

    assert rhythm(held, WEEK, NOW) is Rhythm.ON_TRACK
    assert rhythm([], WEEK, NOW) is Rhythm.ON_TRACK


def test_long_gaps_are_drifting_only_where_they_are_longer_than_agreed() -> None:
    held = [NOW - n * 18 * timedelta(days=1) for n in range(5, 0, -1)]

    assert rhythm(held, WEEK, NOW) is Rhythm.DRIFTING
    assert rhythm(held, 2 * WEEK, NOW) is Rhythm.ON_TRACK
    assert rhythm(held[:3], WEEK, held[2] + WEEK) is Rhythm.ON_TRACK


def test_no_talk_for_three_weeks_has_lapsed() -> None:
    held = [NOW - timedelta(days=22)]

    assert rhythm(held, WEEK, NOW) is Rhythm.LAPSED
    assert rhythm(held, 2 * WEEK, NOW) is Rhythm.ON_TRACK
