"""What the list of requirements says of the rules, requirement by requirement."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from core.model.suggestions import Suggestion
from core.rules.facts import History, Switches
from core.rules.measures import measures
from core.rules.registry import by_id
from core.rules.seen import Seen
from core.rules.suggest import suggest
from tests.core.rules.labelled import NOW, history

TEXT_RULES = Switches(text_rules=True)
BEN, ANNA = "ben@example.com", "anna@example.com"
WEEKLY = "1 8 15 22 29"
POINT, UPDATE = ["R point *3", "R obstacle"], "update"


def said(
    given: dict[str, Any], *others: History, rule: str, switches: Switches = TEXT_RULES
) -> list[Suggestion]:
    """Return what one rule says to Anna and Ben."""
    team = [history(given, NOW), *others]
    found = suggest(team, NOW, rules=[by_id()[rule]], switches=switches)
    return [s for s in found if s.pair_id == "anna+ben"]


def others(count: int, **given: Any) -> list[History]:
    """Return further pairs of Ben."""
    pairs = [history({"pair": f"ben+p{n}", **given}, NOW) for n in range(count)]
    return [
        replace(p, report=replace(p.report, address=f"p{n}@example.com"))
        for n, p in enumerate(pairs)
    ]


def test_sd_01_of_five_reports_the_one_without_a_series_is_named_to_their_manager() -> None:
    team = [history({"next": "", "series": False}, NOW), *others(4)]

    found = suggest(team, NOW, rules=[by_id()["R-01"]])

    assert [(s.pair_id, s.to) for s in found] == [("anna+ben", (BEN,))]


def test_sd_06_a_remote_pair_is_asked_where_others_are_not() -> None:
    rare = {"agreed": 7, "talks": "2 14 26 38"}

    assert said({**rare, "remote": True}, rule="R-02")
    assert said(rare, rule="R-02") == []


def test_sd_14_the_days_count_from_the_last_held_talk_not_from_a_planned_one() -> None:
    pair = history({"talks": "2c 9n 16u 23 30", "next": "+5"}, NOW)

    known = measures(Seen(history=pair, team=(pair,), now=NOW))

    assert known["days_since_held"] == 23


def test_sd_16_whose_points_they_were_is_counted_over_the_last_four_talks() -> None:
    points = ["M point @1 *4", "M point @8 *4", "R point @15 *2", "R point @36 *9"]

    found = said({"talks": f"{WEEKLY} 36", "points": points}, rule="R-07")

    assert {f.name: f.value for f in found[0].facts} == {
        "points": "10",
        "by_report": "2",
        "talks": "4",
    }


def test_sd_22_an_obstacle_older_than_one_interval_brings_one_offer() -> None:
    given = {"talks": WEEKLY, "points": ["R obstacle -20 open"]}

    assert len(said(given, rule="R-18")) == 1
    assert said({**given, "past": ["R-18 -5"]}, rule="R-18") == []


@pytest.mark.capability("C-39", "F-39")
def test_sd_50_more_than_six_hours_a_week_brings_options() -> None:
    team = others(6, next="+2@60")

    assert said({"next": "+2@60", "rrule": "FREQ=WEEKLY"}, *team, rule="R-19") == []
    weekly = others(6, next="+2@60", rrule="FREQ=WEEKLY")
    assert [s.to for s in said({"next": "+2@60", "rrule": "FREQ=WEEKLY"}, *weekly, rule="R-19")]


def test_sd_59_update_lines_are_no_talking_points() -> None:
    assert said({"points": ["R point *9"]}, rule="R-08")
    assert said({"points": ["R update *9"]}, rule="R-08") == []


def test_sd_63_and_sd_74_less_time_or_too_much_load_is_for_the_manager_alone() -> None:
    even = others(4, talks=WEEKLY)

    found = said({"talks": "29"}, *even, rule="R-20")

    assert [s.to for s in found] == [(BEN,)]
    crowd = others(9, rrule="FREQ=WEEKLY")
    load = suggest([history({}, NOW), *crowd], NOW, rules=[by_id()["R-19"]])
    assert [s.to for s in load] == [(BEN,)]


@pytest.mark.parametrize(("news", "speaks"), [(3, True), (2, False)])
def test_sd_67_mostly_news_in_three_of_four_talks(news: int, speaks: bool) -> None:
    points = [
        f"R {'update' if n < news else 'point'} @{day} *3" for n, day in enumerate((1, 8, 15, 22))
    ]

    assert bool(said({"talks": WEEKLY, "points": points}, rule="R-10")) is speaks


def test_sd_73_and_sd_90_fourteen_days_are_fine_and_more_is_asked_about() -> None:
    fine, rare = "1 15 29 43", "1 18 35 52"

    assert said({"talks": fine, "rrule": "FREQ=WEEKLY"}, rule="R-02") == []
    assert said({"talks": rare, "rrule": "FREQ=WEEKLY"}, rule="R-02")


def test_sd_75_and_sd_91_the_report_is_asked_first_where_nothing_is_written() -> None:
    found = said({"next": "+1"}, rule="R-06")

    assert [s.to for s in found] == [(ANNA,)]


def test_sd_76_more_than_seven_points_in_half_an_hour() -> None:
    assert said({"points": ["R point *7"]}, rule="R-08") == []
    assert said({"points": ["R point *8"]}, rule="R-08")


def test_c_29_after_three_carries_one_question() -> None:
    given = {"points": ["R point -25 open x3"]}

    assert [set(s.to) for s in said(given, rule="R-11")] == [{ANNA, BEN}]
    assert said({"points": ["R point -25 open x2"]}, rule="R-11") == []
    assert said({**given, "past": ["R-11 -6"]}, rule="R-11") == []


def test_sd_92_a_topic_that_never_came_is_offered_once() -> None:
    points = [f"R {kind} @{day}" for kind, day in zip(KINDS, (1, 8, 15, 22, 29, 36), strict=True)]
    given = {"talks": f"{WEEKLY} 36", "points": points}

    found = said(given, rule="R-13")

    assert [s.subject for s in found] == ["recognition"]
    assert said({**given, "points": [*points, "M thanks @1"]}, rule="R-13") == []


KINDS = ("obstacle", "goal", "feedback_up", "learning_wish", "point #wellbeing", "obstacle")
