"""Which templates are offered for the next talk, and how often in the life of a pair."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.content.loading import load_words
from core.content.template_model import Anchor, Relation
from core.templates import TalkFacts, due_offers, load_templates
from core.templates.offers import URGENCY, cycle_middle

TEMPLATES = load_templates()
DAY = date(2026, 3, 2)


def offered(facts: TalkFacts) -> list[str]:
    return [offer.template_id for offer in due_offers(TEMPLATES, facts)]


def settled(**changes: object) -> TalkFacts:
    facts = TalkFacts(talk_on=DAY, held=21, talking_since=DAY - timedelta(weeks=2))
    return replace(facts, **changes)  # type: ignore[arg-type]


def life(days: Mapping[Anchor, date], interval: int, weeks: int = 26) -> Counter[str]:
    """Play a pair that takes up every offer, and count the templates."""
    talks = [DAY + timedelta(days=3 + interval * n) for n in range(weeks * 7 // interval)]
    used: dict[str, date] = {}
    counts: Counter[str] = Counter()
    for held, talk in enumerate(talks[:-1]):
        facts = TalkFacts(
            talk_on=talk,
            previous_on=talks[held - 1] if held else None,
            following_on=talks[held + 1],
            held=held + 1,
            talking_since=talks[0],
            days=days,
            used=dict(used),
        )
        for template_id in offered(facts):
            used[template_id] = talk
            counts[template_id] += 1
    return counts


def test_an_ordinary_talk_gets_no_offer() -> None:
    assert offered(settled()) == []


def test_the_first_talk_is_offered_its_own_template() -> None:
    assert offered(settled(held=0)) == ["first"]


@pytest.mark.parametrize(
    ("day", "template_id"),
    [(3, "onb_7"), (7, "onb_7"), (25, "onb_30"), (35, "onb_30"), (60, "onb_60"), (90, "onb_90")],
)
def test_onboarding_talks_fit_their_days(day: int, template_id: str) -> None:
    days = {Anchor.EMPLOYMENT_START: DAY - timedelta(days=day)}

    assert offered(settled(days=days)) == [template_id]


@given(interval=st.integers(7, 31), offset=st.integers(0, 6))
def test_each_onboarding_talk_is_offered_at_most_once_and_with_two_weeks_always(
    interval: int, offset: int
) -> None:
    counts = life({Anchor.EMPLOYMENT_START: DAY - timedelta(days=offset)}, interval)

    onboarding = {t: counts[t] for t in ("onb_7", "onb_30", "onb_60", "onb_90")}
    assert max(onboarding.values()) == 1
    if interval <= 14:
        assert onboarding == dict.fromkeys(onboarding, 1)


def test_the_probation_talk_comes_well_before_the_end() -> None:
    ends = {Anchor.PROBATION_END: DAY + timedelta(days=45)}

    assert offered(settled(days=ends)) == ["onb_90"]
    assert offered(settled(days={Anchor.PROBATION_END: DAY + timedelta(days=5)})) == []


@given(interval=st.integers(7, 31))
def test_sd_31_the_goal_check_is_offered_once_at_the_middle_of_a_cycle(interval: int) -> None:
    middle = cycle_middle(DAY, DAY + timedelta(days=120))

    assert middle == DAY + timedelta(days=60)
    assert life({Anchor.CYCLE_MIDDLE: middle}, interval)["goals"] == 1


@pytest.mark.parametrize(("ahead", "due"), [(22, False), (21, True), (1, True), (-1, False)])
def test_review_preparation_is_offered_in_the_three_weeks_before(ahead: int, due: bool) -> None:
    days = {Anchor.REVIEW: DAY + timedelta(days=ahead)}

    assert offered(settled(days=days)) == (["review_prep"] if due else [])


@pytest.mark.parametrize(
    ("anchor", "shift", "template_id"),
    [
        (Anchor.LEAVE_END, -2, "return"),
        (Anchor.MANAGER_CHANGE, 14, "handover"),
        (Anchor.LAST_DAY, 10, "offboarding"),
        (Anchor.CYCLE_END, 7, "goals"),
    ],
)
def test_dated_turns_in_the_life_of_a_pair(anchor: Anchor, shift: int, template_id: str) -> None:
    assert offered(settled(days={anchor: DAY + timedelta(days=shift)})) == [template_id]


def test_a_late_first_talk_after_leave_still_gets_its_template() -> None:
    back = {Anchor.LEAVE_END: DAY - timedelta(days=20)}

    assert offered(settled(days=back, previous_on=DAY - timedelta(days=200))) == ["return"]
    assert offered(settled(days=back, previous_on=DAY - timedelta(days=14))) == []


def test_sd_37_a_development_talk_is_offered_after_twelve_weeks() -> None:
    eleven = settled(used={"career": DAY - timedelta(weeks=11)})
    twelve = settled(used={"career": DAY - timedelta(weeks=12)})

    assert "career" not in offered(eleven)
    assert "career" in offered(twelve)


def test_a_declined_offer_rests_for_four_weeks() -> None:
    used = {"career": DAY - timedelta(weeks=20)}

    assert "career" not in offered(settled(used=used, declined={"career": DAY - timedelta(27)}))
    assert "career" in offered(settled(used=used, declined={"career": DAY - timedelta(28)}))


@pytest.mark.parametrize(("held", "due"), [(2, False), (3, True), (4, False), (7, True)])
@pytest.mark.capability("SD-06")
def test_sd_06_each_fourth_talk_of_a_remote_pair_looks_at_distance(held: int, due: bool) -> None:
    assert offered(settled(held=held, remote=True)) == (["remote"] if due else [])
    assert offered(settled(held=held)) == []


def test_an_empty_agenda_is_offered_a_short_talk() -> None:
    assert offered(settled(agenda_empty=True)) == ["quick"]
    assert offered(settled(agenda_empty=True, current="quick")) == []
    assert offered(settled(agenda_empty=True, declined={"quick": DAY - timedelta(7)})) == []


@pytest.mark.parametrize(("following", "due"), [(12, True), (5, False)])
def test_with_no_talk_inside_the_days_the_nearer_one_before_or_after_is_taken(
    following: int, due: bool
) -> None:
    middle = DAY + timedelta(days=12)  # its days are 5 to 19 from now
    facts = settled(
        days={Anchor.CYCLE_MIDDLE: middle}, following_on=middle + timedelta(days=7 + following)
    )

    assert offered(replace(facts, talk_on=DAY - timedelta(days=3))) == (["goals"] if due else [])


def test_mentors_and_skip_levels_get_no_offers_meant_for_reports() -> None:
    days = {Anchor.EMPLOYMENT_START: DAY - timedelta(days=30), Anchor.REVIEW: DAY}

    assert offered(settled(days=days, relation=Relation.MENTORING)) == []


def test_the_pressing_offer_comes_first_and_each_template_once() -> None:
    days = {
        Anchor.MANAGER_CHANGE: DAY + timedelta(days=5),
        Anchor.EMPLOYMENT_START: DAY - timedelta(days=90),
        Anchor.PROBATION_END: DAY + timedelta(days=40),
        Anchor.REVIEW: DAY + timedelta(days=5),
    }

    assert offered(settled(days=days, agenda_empty=True)) == [
        "handover",
        "onb_90",
        "review_prep",
        "quick",
    ]


def test_every_offer_says_why_in_both_languages() -> None:
    assert set(load_words("offers")) == set(URGENCY)


@given(st.permutations(sorted(TEMPLATES)))
def test_offers_do_not_depend_on_the_order_of_the_templates(order: list[str]) -> None:
    facts = settled(
        remote=True,
        held=3,
        agenda_empty=True,
        days={Anchor.REVIEW: DAY, Anchor.EMPLOYMENT_START: DAY - timedelta(days=90)},
    )

    shuffled = {key: TEMPLATES[key] for key in order}
    assert due_offers(shuffled, facts) == due_offers(TEMPLATES, facts)


def test_a_talk_long_before_the_days_is_not_offered_the_template() -> None:
    probation = {Anchor.PROBATION_END: DAY + timedelta(days=80)}

    assert offered(settled(days=probation, following_on=DAY + timedelta(days=60))) == []
