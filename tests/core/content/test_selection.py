"""Which questions are offered: at most three, fitting, rotating, and the same for the same seed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.content.prompts import Context, Prompt, PromptSide, Stage, Status, Topic
from core.questions import (
    HeldTalk,
    History,
    Offered,
    SelectionContext,
    Slot,
    Suggestion,
    Vote,
    load_questions,
    suggest_questions,
)

BANK = load_questions()
TODAY = date(2026, 3, 2)
MANAGER = SelectionContext(on=TODAY, side=PromptSide.ASKS_MANAGER)
FEEDBACK = {Topic.FEEDBACK_DOWN, Topic.FEEDBACK_UP}

DAYS = st.integers(0, 300).map(lambda n: TODAY - timedelta(days=n))
TOPICS = st.frozensets(st.sampled_from(Topic), max_size=4)
HISTORIES = st.builds(
    History,
    offered=st.lists(
        st.builds(Offered, prompt_id=st.sampled_from([*BANK, "gone"]), on=DAYS), max_size=40
    ).map(tuple),
    talks=st.lists(st.builds(HeldTalk, on=DAYS, topics=TOPICS), max_size=20).map(tuple),
    votes=st.dictionaries(st.sampled_from(sorted(BANK)), st.sampled_from(Vote), max_size=20),
)
CONTEXTS = st.builds(
    SelectionContext,
    on=st.just(TODAY),
    side=st.sampled_from(PromptSide),
    stage=st.sampled_from(Stage),
    contexts=st.frozensets(st.sampled_from(Context), max_size=3),
    covered=TOPICS,
    challenge=st.none() | st.sampled_from(Topic),
    sensitivity=st.integers(0, 2),
    for_body=st.booleans(),
)
SEEDS = st.text(max_size=5)


def ids(suggestions: tuple[Suggestion, ...]) -> list[str]:
    return [s.prompt.id for s in suggestions]


def meetings(weeks: int, seed: str, context: SelectionContext = MANAGER) -> Iterator[list[Prompt]]:
    """Play weekly talks in which people write nothing themselves."""
    history = History()
    for week in range(weeks):
        day = TODAY + timedelta(weeks=week)
        shown = [s.prompt for s in suggest_questions(history, replace(context, on=day), seed)]
        history = replace(
            history,
            offered=history.offered + tuple(Offered(prompt_id=p.id, on=day) for p in shown),
            talks=(*history.talks, HeldTalk(on=day)),
        )
        yield shown


@given(HISTORIES, CONTEXTS, SEEDS)
def test_at_most_three_that_fit_the_pair(
    history: History, context: SelectionContext, seed: str
) -> None:
    found = suggest_questions(history, context, seed)

    assert len(found) <= 3
    for prompt in (s.prompt for s in found):
        assert prompt.side is context.side
        assert not prompt.stages or context.stage in prompt.stages
        assert not prompt.contexts or set(prompt.contexts) & context.contexts
    assert len({s.slot for s in found}) == len(found)
    assert len({s.prompt.intent for s in found}) == len(found)
    assert len({s.prompt.topics[0] for s in found}) == len(found)


@given(HISTORIES, CONTEXTS, SEEDS)
def test_each_slot_holds_what_it_is_for(
    history: History, context: SelectionContext, seed: str
) -> None:
    for suggestion in suggest_questions(history, context, seed):
        prompt = suggestion.prompt
        match suggestion.slot:
            case Slot.LIGHT:
                assert (prompt.depth, prompt.sensitivity) == (1, 0)
            case Slot.NEGLECTED:
                assert prompt.topics[0] not in {Topic.SMALL_TALK, Topic.PRODUCT, Topic.MEETING}
            case Slot.CHALLENGE:
                assert (context.challenge or Topic.OBSTACLES) in prompt.topics


@given(HISTORIES, CONTEXTS, SEEDS)
def test_the_same_arguments_give_the_same_questions_in_whatever_order_history_comes(
    history: History, context: SelectionContext, seed: str
) -> None:
    backwards = History(
        offered=history.offered[::-1], talks=history.talks[::-1], votes=history.votes
    )

    assert suggest_questions(history, context, seed) == suggest_questions(backwards, context, seed)


@given(HISTORIES, CONTEXTS, SEEDS)
def test_nothing_of_sensitivity_two_reaches_a_body(
    history: History, context: SelectionContext, seed: str
) -> None:
    found = suggest_questions(history, replace(context, for_body=True), seed)

    assert all(s.prompt.sensitivity < 2 for s in found)


@given(HISTORIES, CONTEXTS, SEEDS)
def test_topics_of_peoples_own_points_are_left_to_them(
    history: History, context: SelectionContext, seed: str
) -> None:
    found = suggest_questions(history, context, seed)

    assert all(context.covered.isdisjoint(s.prompt.topics) for s in found)


@given(HISTORIES, CONTEXTS, SEEDS)
def test_a_question_rests_for_its_days_and_so_do_those_that_ask_the_same(
    history: History, context: SelectionContext, seed: str
) -> None:
    for suggestion in suggest_questions(history, context, seed):
        prompt = suggestion.prompt
        same = {p.id for p in BANK.values() if p.intent == prompt.intent}
        for offered in history.offered:
            rested = (TODAY - offered.on).days >= prompt.min_gap_days
            assert offered.prompt_id not in same or rested


@given(HISTORIES, CONTEXTS, SEEDS)
def test_not_for_us_is_never_offered_again(
    history: History, context: SelectionContext, seed: str
) -> None:
    first = suggest_questions(history, context, seed)
    unwanted = dict.fromkeys(ids(first), Vote.NOT_FOR_US)

    again = suggest_questions(replace(history, votes={**history.votes, **unwanted}), context, seed)

    assert not set(ids(again)) & set(unwanted)


def test_another_seed_may_give_other_questions() -> None:
    found = {tuple(ids(suggest_questions(History(), MANAGER, str(n)))) for n in range(20)}

    assert len(found) > 5


def test_a_seed_pins_the_three_questions() -> None:
    found = suggest_questions(History(), MANAGER, "anna+ben")

    assert [s.slot for s in found] == [Slot.LIGHT, Slot.NEGLECTED, Slot.CHALLENGE]
    assert ids(found) == ids(suggest_questions(History(), MANAGER, "anna+ben"))


def test_a_question_that_helped_may_come_back_sooner_than_its_neighbours() -> None:
    helped = "read_seen_heard"
    bank = {key: p for key, p in BANK.items() if p.topics[0] is Topic.SMALL_TALK}

    found = suggest_questions(History(votes={helped: Vote.HELPED}), MANAGER, "x", bank)

    assert ids(found) == [helped]


def test_a_retired_question_is_not_offered() -> None:
    retired = BANK["weekend"].model_copy(update={"status": Status.RETIRED})

    assert suggest_questions(History(), MANAGER, "x", {"weekend": retired}) == ()
    assert ids(suggest_questions(History(), MANAGER, "x", {"weekend": BANK["weekend"]})) == [
        "weekend"
    ]


def test_an_open_challenge_gets_its_question() -> None:
    context = replace(MANAGER, challenge=Topic.WORKLOAD)

    found = {s.slot: s.prompt for s in suggest_questions(History(), context, "x")}

    assert Topic.WORKLOAD in found[Slot.CHALLENGE].topics


def test_the_topic_that_was_silent_longest_wins_the_middle_slot() -> None:
    weeks = [TODAY - timedelta(weeks=n) for n in range(1, 9)]
    heard = frozenset(Topic) - {Topic.RECOGNITION}
    history = History(talks=tuple(HeldTalk(on=day, topics=heard) for day in weeks))

    for seed in "abcdef":
        found = {s.slot: s.prompt for s in suggest_questions(history, MANAGER, seed)}
        assert found[Slot.NEGLECTED].topics[0] is Topic.RECOGNITION


def test_a_new_pair_is_asked_what_fits_a_first_talk() -> None:
    found = suggest_questions(History(), replace(MANAGER, stage=Stage.FIRST), "x")

    assert any(Stage.FIRST in s.prompt.stages for s in found)


def test_sd_24_every_suggested_manager_question_is_a_question() -> None:
    for shown in meetings(26, "anna+ben"):
        assert all("?" in p.text.de_du and "?" in p.text.en for p in shown)


@settings(max_examples=25)
@given(SEEDS)
def test_sd_69_wellbeing_how_work_goes_and_what_helps_come_round(seed: str) -> None:
    shown = [{p.topics[0] for p in prompts} for prompts in meetings(30, seed)]
    asked = ({Topic.WELLBEING}, {Topic.OBSTACLES, Topic.PRIORITIES}, {Topic.WORKLOAD, *FEEDBACK})

    for topics in asked:
        for start in range(len(shown) - 7):
            assert topics & set().union(*shown[start : start + 8]), (topics, start)


@settings(max_examples=25)
@given(SEEDS)
def test_sd_89_wellbeing_development_goals_and_challenges_each_come_within_four_meetings(
    seed: str,
) -> None:
    shown = [{p.topics[0] for p in prompts} for prompts in meetings(30, seed)]

    for topic in (Topic.WELLBEING, Topic.DEVELOPMENT, Topic.GOALS, Topic.OBSTACLES):
        for start in range(len(shown) - 3):
            assert topic in set().union(*shown[start : start + 4]), (topic, start)


@settings(max_examples=25)
@given(SEEDS)
@pytest.mark.capability("F-24")
def test_sd_32_feedback_comes_within_every_eight_meetings(seed: str) -> None:
    shown = [{p.topics[0] for p in prompts} for prompts in meetings(30, seed)]

    for start in range(len(shown) - 7):
        assert FEEDBACK & set().union(*shown[start : start + 8]), start


@settings(max_examples=25)
@given(SEEDS)
def test_sd_33_asking_upward_comes_at_most_every_eight_weeks(seed: str) -> None:
    weeks = [
        week
        for week, prompts in enumerate(meetings(40, seed))
        if any(p.intent == "ask_upward" for p in prompts)
    ]

    assert all(later - earlier >= 8 for earlier, later in pairwise(weeks))
    assert BANK["more_less"].min_gap_days == 56


def test_reports_get_starters_of_their_own() -> None:
    context = replace(MANAGER, side=PromptSide.RAISES_REPORT)

    for shown in meetings(26, "anna+ben", context):
        assert all(p.side is PromptSide.RAISES_REPORT for p in shown)
        assert shown


def test_a_delicate_starter_reaches_the_page_but_never_the_body() -> None:
    pay = {"pay_talk": BANK["pay_talk"].model_copy(update={"topics": (Topic.CAREER,)})}
    page = replace(MANAGER, side=PromptSide.RAISES_REPORT, for_body=False)

    assert ids(suggest_questions(History(), page, "x", pay)) == ["pay_talk"]
    assert suggest_questions(History(), replace(page, for_body=True), "x", pay) == ()


def test_a_delicate_question_waits_unless_the_pair_is_ready_for_it() -> None:
    two = {key: BANK[key] for key in ("unsaid", "waiting_for")}
    ready = replace(MANAGER, sensitivity=1)

    cautious = {tuple(ids(suggest_questions(History(), MANAGER, s, two))) for s in "abcdefgh"}
    open_pair = {tuple(ids(suggest_questions(History(), ready, s, two))) for s in "abcdefgh"}
    assert cautious == {("waiting_for",)}
    assert ("unsaid",) in {found[-1:] for found in open_pair}


def test_a_question_never_asked_comes_before_one_asked_half_a_year_ago() -> None:
    two = {key: BANK[key] for key in ("week_weather", "start_of_day")}

    for asked, fresh in (("week_weather", "start_of_day"), ("start_of_day", "week_weather")):
        history = History(offered=(Offered(prompt_id=asked, on=TODAY - timedelta(days=180)),))
        for seed in "abcdef":
            assert ids(suggest_questions(history, MANAGER, seed, two)) == [fresh]
