"""Each rule by its id: the one thing that makes it speak, and what is said then."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from core.model.people import Side
from core.rules.facts import Switches
from core.rules.registry import by_id
from core.rules.speech import say
from core.rules.suggest import suggest
from tests.core.rules.labelled import NOW, history

EVERYTHING = Switches(on=frozenset(by_id()), text_rules=True)
BEN, ANNA = "ben@example.com", "anna@example.com"
WEEKLY = "7 14 21 28 35 42"


def heard(
    rule_id: str, given: dict[str, Any], others: Sequence[dict[str, Any]] = ()
) -> dict[str, str]:
    """Return what each of the two reads of one rule, in English."""
    team = [history(given, NOW)]
    team += [history({"pair": f"ben+p{n}", **other}, NOW) for n, other in enumerate(others)]
    rule, side = by_id()[rule_id], {BEN: Side.MANAGER, ANNA: Side.REPORT}
    found = suggest(team, NOW, rules=[rule], switches=EVERYTHING)
    mine = [s for s in found if s.pair_id == "anna+ben"]
    return {address: say(rule, s, side[address], "en") for s in mine for address in s.to}


def said(rule_id: str, given: dict[str, Any], **more: Any) -> set[str]:
    """Return who is spoken to."""
    return set(heard(rule_id, given, **more))


def test_r_01_no_talk_within_five_weeks_is_said_to_the_manager() -> None:
    assert heard("R-01", {"next": "", "series": False}) == {
        BEN: "There is no regular talk with Anna in the calendar yet. "
        "Would three proposed times help?"
    }
    assert said("R-01", {"next": "+34"}) == set()


def test_r_02_only_held_talks_make_the_rhythm() -> None:
    assert said("R-02", {"agreed": 7, "talks": "2 19 36 53"}) == {BEN, ANNA}
    assert said("R-02", {"agreed": 7, "talks": "2 9c 16 23c 30"}) == set()


def test_r_03_three_weeks_of_silence_where_one_week_is_agreed() -> None:
    assert said("R-03", {"agreed": 7, "talks": "21 28", "next": ""}) == {BEN, ANNA}
    assert said("R-03", {"agreed": 7, "talks": "20 27", "next": ""}) == set()


def test_r_05_three_of_five_collide_and_nobody_is_named() -> None:
    found = heard("R-05", {"talks": "7c 14m 21 28c 35"})

    assert set(found.values()) == {
        "This slot collides a lot lately. Would another weekday suit better?"
    }
    assert said("R-05", {"talks": "7c 14m 21 28 35"}) == set()


def test_r_06_an_empty_agenda_the_day_before_is_the_reports_to_fill() -> None:
    assert said("R-06", {"next": "+1"}) == {ANNA}
    assert said("R-06", {"next": "+1", "points": ["R point"]}) == set()


def test_r_07_each_of_the_two_reads_words_of_their_own() -> None:
    found = heard("R-07", {"talks": WEEKLY, "points": ["M point @7 *4", "M point @14 *4"]})

    assert "your side" in found[BEN]
    assert "your time" in found[ANNA]


def test_r_08_one_point_in_five_minutes_and_one_more() -> None:
    assert said("R-08", {"next": "+2@30", "points": ["R point *8"]}) == {BEN, ANNA}
    assert said("R-08", {"next": "+2@60", "points": ["R point *8"]}) == set()


def test_r_09_a_short_talk_every_two_weeks_unless_chosen() -> None:
    assert said("R-09", {"agreed": 14, "next": "+2@15"}) == {BEN, ANNA}
    assert said("R-09", {"agreed": 14, "next": "+2@15=quick"}) == set()


def test_r_10_news_in_three_of_four_talks() -> None:
    news = [f"R update @{day} *3" for day in (7, 14, 21)]

    assert said("R-10", {"talks": WEEKLY, "points": news}) == {BEN, ANNA}
    assert said("R-10", {"talks": WEEKLY, "points": news[:2]}) == set()


def test_r_11_carried_three_times() -> None:
    assert said("R-11", {"points": ["M point @7 open x3"]}) == {BEN, ANNA}
    assert said("R-11", {"points": ["M point @7 open x2"]}) == set()


def test_r_12_two_of_the_managers_promises_are_for_the_manager_alone() -> None:
    assert said("R-12", {"actions": ["M due-22", "M due-30"]}) == {BEN}
    assert said("R-12", {"actions": ["M due-22", "R due-30"]}) == set()


def test_r_13_a_topic_missing_in_six_talks_is_offered_as_a_question() -> None:
    kinds = ("goal", "goal", "feedback_down", "thanks", "learning_wish", "point #wellbeing")
    points = [f"R {kind} @{day}" for kind, day in zip(kinds, WEEKLY.split(), strict=True)]

    found = heard("R-13", {"talks": WEEKLY, "points": points})

    assert all("what slows things down right now" in text for text in found.values())
    assert said("R-13", {"talks": WEEKLY, "points": [*points, "R obstacle"]}) == set()


def test_r_14_things_got_done_and_nobody_said_thanks() -> None:
    done = {"talks": WEEKLY, "actions": ["R done-3", "R done-9"]}

    assert said("R-14", done) == {BEN}
    assert said("R-14", {**done, "points": ["M thanks @7"]}) == set()


def test_r_15_the_report_is_never_asked_directly() -> None:
    talks = "7 14 21 28 35 42 49 56 63"

    assert said("R-15", {"talks": talks}) == {BEN}
    assert said("R-15", {"talks": talks, "points": ["M feedback_up @7"]}) == set()


def test_r_16_twelve_weeks_without_development() -> None:
    assert said("R-16", {"talks": "7 28 56 85"}) == {BEN, ANNA}
    assert said("R-16", {"talks": "7 28=career 56 85"}) == set()


def test_r_17_a_goal_nobody_spoke_of_for_six_weeks() -> None:
    assert said("R-17", {"goals": ["linked-42"]}) == {BEN, ANNA}
    assert said("R-17", {"goals": ["linked-42 mentioned-10"]}) == set()


def test_r_18_an_obstacle_older_than_two_weeks() -> None:
    given = {"agreed": 7, "talks": "7 14"}

    assert said("R-18", {**given, "points": ["R obstacle @14 -15 open"]}) == {BEN, ANNA}
    assert said("R-18", {**given, "points": ["R obstacle @14 -13 open"]}) == set()


def test_r_20_less_than_half_the_usual_time_is_for_the_manager_alone() -> None:
    even = [{"talks": "7 14 21 28", "agreed": 7}] * 3

    assert said("R-20", {"talks": "10", "agreed": 7}, others=even) == {BEN}
    assert said("R-20", {"talks": "10 17 24", "agreed": 7}, others=even) == set()


def test_r_21_a_slot_at_the_edge_of_the_week() -> None:
    assert said("R-21", {"next": "2026-03-16T08:00"}) == {BEN, ANNA}
    assert said("R-21", {"next": "2026-03-17T08:00"}) == set()


def test_r_22_a_third_person_is_asked_about_unless_allowed() -> None:
    assert said("R-22", {"humans": 3}) == {BEN, ANNA}
    assert said("R-22", {"humans": 3, "third": True}) == set()


def test_r_23_others_who_read_are_said_to_both() -> None:
    assert said("R-23", {"outside": 1}) == {BEN, ANNA}
    assert said("R-23", {"outside": 1, "reduced": True}) == set()


def test_r_24_is_off_and_speaks_where_all_comes_within_two_hours() -> None:
    points = [f"R point @{day} -{day}.04 *2" for day in (7, 14, 21, 28)]

    assert not by_id()["R-24"].on
    assert said("R-24", {"talks": "7 14 21 28", "points": points}) == {BEN, ANNA}
    assert said("R-24", {"talks": "7 14 21 28", "points": points[:3]}) == set()


def test_r_25_is_off_and_speaks_of_closed_questions_to_their_author() -> None:
    closed = [f"M point @{day} : Läuft es gut?" for day in (7, 14, 21)]

    assert not by_id()["R-25"].on
    assert said("R-25", {"talks": WEEKLY, "points": closed}) == {BEN}
    assert said("R-25", {"talks": WEEKLY, "points": ["M point @7 *3 : Was läuft?"]}) == set()


def test_r_26_a_colleagues_name_is_said_to_who_wrote_it() -> None:
    known = {"colleagues": "Cleo Dorn"}

    assert said("R-26", {**known, "points": ["R point : Tandem mit Cleo"]}) == {ANNA}
    assert said("R-26", {**known, "points": ["R point : Tandem"]}) == set()


def test_r_28_is_off_and_asks_both_after_the_sixth_talk() -> None:
    assert not by_id()["R-28"].on
    assert said("R-28", {"talks": "1 8 15 22 29 36"}) == {BEN, ANNA}
    assert said("R-28", {"talks": "1 8 15 22 29"}) == set()


def test_r_29_a_review_within_three_weeks() -> None:
    assert said("R-29", {"review": 21}) == {BEN, ANNA}
    assert said("R-29", {"review": 22}) == set()


def test_r_30_is_off_and_knows_skip_level_pairs_alone() -> None:
    given = {"relation": "skip_level", "next": "", "talks": "183"}

    assert not by_id()["R-30"].on
    assert said("R-30", given) == {BEN}
    assert said("R-30", {**given, "relation": "report"}) == set()
