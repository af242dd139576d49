"""Recurrence: every kind of pattern and range, in Graph's own words."""

from __future__ import annotations

from datetime import date

import pytest

from tests.servers.graph.answers import GraphError
from tests.servers.graph.recurrence import checked, days, same_rhythm

UNTIL = date(2027, 3, 1)


def rule(pattern, **limits):
    full = {"type": "noEnd", "startDate": "2026-11-30"} | limits
    return checked({"pattern": {"interval": 1} | pattern, "range": full}, "UTC")


def first(found, number=3):
    return [str(day) for day, _ in zip(days(found, UNTIL), range(number), strict=False)]


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ({"type": "daily", "interval": 2}, ["2026-11-30", "2026-12-02", "2026-12-04"]),
        (
            {"type": "weekly", "interval": 2, "daysOfWeek": ["monday"]},
            ["2026-11-30", "2026-12-14", "2026-12-28"],
        ),
        (
            {"type": "weekly", "daysOfWeek": ["monday", "thursday"]},
            ["2026-11-30", "2026-12-03", "2026-12-07"],
        ),
        (
            {"type": "absoluteMonthly", "dayOfMonth": 31},
            ["2026-11-30", "2026-12-31", "2027-01-31"],
        ),
        (
            {"type": "relativeMonthly", "daysOfWeek": ["monday"], "index": "last"},
            ["2026-11-30", "2026-12-28", "2027-01-25"],
        ),
        (
            {"type": "relativeMonthly", "daysOfWeek": ["tuesday"], "index": "second"},
            ["2026-12-08", "2027-01-12", "2027-02-09"],
        ),
        ({"type": "absoluteYearly", "dayOfMonth": 14, "month": 2}, ["2027-02-14"]),
        (
            {"type": "relativeYearly", "daysOfWeek": ["friday"], "month": 1, "index": "first"},
            ["2027-01-01"],
        ),
    ],
)
def test_pattern_falls_on_its_days(pattern, expected):
    assert first(rule(pattern)) == expected


def test_range_ends_by_day_or_by_number():
    weekly = {"type": "weekly", "daysOfWeek": ["monday"]}

    assert first(rule(weekly, type="endDate", endDate="2026-12-08")) == ["2026-11-30", "2026-12-07"]
    assert first(rule(weekly, type="numbered", numberOfOccurrences=1)) == ["2026-11-30"]


def test_endless_range_is_written_with_graphs_null_values():
    limits = rule({"type": "daily"})["range"]

    assert (limits["endDate"], limits["numberOfOccurrences"]) == ("0001-01-01", 0)


@pytest.mark.parametrize(
    "bad",
    [
        {"pattern": {"type": "weekly", "interval": 1}},
        {"pattern": {"type": "weekly", "interval": 0, "daysOfWeek": ["monday"]}},
        {"pattern": {"type": "hourly", "interval": 1}},
        {"range": {"type": "noEnd"}},
        {"range": None},
    ],
)
def test_recurrence_that_makes_no_sense_is_refused(bad):
    good = {"pattern": {"type": "daily", "interval": 1},
            "range": {"type": "noEnd", "startDate": "2026-11-30"}}  # fmt: skip

    with pytest.raises(GraphError):
        checked(good | bad, "UTC")


def test_another_end_is_the_same_rhythm():
    weekly = {"type": "weekly", "daysOfWeek": ["monday"]}

    assert same_rhythm(rule(weekly), rule(weekly, type="endDate", endDate="2026-12-08"))
    assert not same_rhythm(rule(weekly), rule(weekly, startDate="2026-12-07"))
