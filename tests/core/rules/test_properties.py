"""What holds for every history: nothing twice, nobody who cannot act, no private word."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.model.people import Side
from core.model.suggestions import Suggestion
from core.rules.facts import History, Past, Point, Switches
from core.rules.registry import built_in, by_id
from core.rules.suggest import suggest
from tests.core.rules.labelled import NOW, history, labelled

EVERYTHING = Switches(on=frozenset(by_id()), text_rules=True)
SPEAKING = [case.history for case in labelled() if case.speaks and case.now == NOW]
SECRET = "Geheimnis Kündigung"
DAY = timedelta(days=1)
WELL_PREPARED = [
    *("R point @6 *2", "R obstacle @13", "R goal @20", "M thanks @27"),
    *("M feedback_up @34", "R learning_wish @41", "R point #wellbeing"),
]


@st.composite
def teams(draw: st.DrawFn) -> list[History]:
    """Pairs of one manager: histories in which something could be said, thrown together."""
    chosen = draw(st.lists(st.sampled_from(SPEAKING), min_size=1, max_size=5))
    team = []
    for number, one in enumerate(chosen):
        other = draw(st.sampled_from(SPEAKING))
        report = replace(one.report, address=f"report{number}@example.com")
        team.append(
            replace(
                one,
                pair_id=f"pair{number}",
                report=report,
                points=one.points + _renamed(other.points),
                actions=one.actions + other.actions,
                next=other.next or one.next,
            )
        )
    return team


def _renamed(points: tuple[Point, ...]) -> tuple[Point, ...]:
    return tuple(replace(p, point_id=f"other {p.point_id}") for p in points)


def remembered(team: list[History], found: tuple[Suggestion, ...]) -> list[History]:
    """Return the pairs with what was said to them."""

    def with_past(pair: History) -> History:
        sides = {pair.report.address: Side.REPORT, pair.manager.address: Side.MANAGER}
        past = tuple(
            Past(
                rule_id=s.rule_id,
                at=s.at,
                meeting=s.meeting,
                to=frozenset(sides[a] for a in s.to),
                subject=s.subject,
            )
            for s in found
            if s.pair_id == pair.pair_id
        )
        return replace(pair, past=pair.past + past)

    return [with_past(pair) for pair in team]


@given(teams())
def test_only_the_two_and_only_those_who_can_act(team: list[History]) -> None:
    for suggestion in suggest(team, NOW, switches=EVERYTHING):
        pair = next(h for h in team if h.pair_id == suggestion.pair_id)
        rule = by_id()[suggestion.rule_id]
        address = {Side.MANAGER: pair.manager.address, Side.REPORT: pair.report.address}
        assert suggestion.to
        assert set(suggestion.to) <= {address[side] for side in rule.audience}


@given(teams())
def test_one_word_a_pair_and_two_a_manager(team: list[History]) -> None:
    found = suggest(team, NOW, switches=EVERYTHING)

    assert len({s.pair_id for s in found}) == len(found)
    assert sum("ben@example.com" in s.to for s in found) <= 2


@given(teams(), st.randoms(use_true_random=False))
def test_the_order_of_what_is_known_does_not_matter(team: list[History], chance: Any) -> None:
    shuffled = [
        replace(
            h,
            talks=tuple(chance.sample(h.talks, len(h.talks))),
            points=tuple(chance.sample(h.points, len(h.points))),
            actions=tuple(chance.sample(h.actions, len(h.actions))),
            past=tuple(chance.sample(h.past, len(h.past))),
        )
        for h in chance.sample(team, len(team))
    ]

    assert suggest(shuffled, NOW, switches=EVERYTHING) == suggest(team, NOW, switches=EVERYTHING)


@settings(max_examples=25)
@given(teams())
def test_no_rule_speaks_twice_within_its_cooldown(team: list[History]) -> None:
    said: list[Suggestion] = []
    for day in range(0, 70, 2):
        now = NOW + day * DAY
        coming = [
            replace(h, next=replace(h.next, start=h.next.start + (day // 7) * 7 * DAY))
            if h.next
            else h
            for h in team
        ]
        said += suggest(remembered(coming, tuple(said)), now, switches=EVERYTHING)

    for n, first in enumerate(said):
        for later in said[n + 1 :]:
            if (first.rule_id, first.pair_id) == (later.rule_id, later.pair_id):
                assert later.at - first.at >= by_id()[first.rule_id].cooldown


@given(teams())
def test_the_same_state_twice_says_nothing_twice(team: list[History]) -> None:
    found = suggest(team, NOW, switches=EVERYTHING)
    again = suggest(remembered(team, found), NOW, switches=EVERYTHING)

    assert not {s.pair_id for s in found} & {s.pair_id for s in again}


@given(teams())
def test_private_points_change_nothing_and_words_are_never_facts(team: list[History]) -> None:
    secret = Point(
        point_id="secret",
        talk=NOW,
        by=Side.REPORT,
        added_at=NOW - DAY,
        carried=9,
        is_open=True,
        shared=False,
        text=SECRET,
    )
    worded = [
        replace(h, points=tuple(replace(p, text=p.text or SECRET) for p in h.points)) for h in team
    ]
    with_secret = [replace(h, points=(*h.points, secret)) for h in worded]
    found = suggest(with_secret, NOW, switches=EVERYTHING)

    assert found == suggest(worded, NOW, switches=EVERYTHING)
    assert SECRET not in repr(found)


def test_a_pair_that_goes_well_hears_little_in_a_year() -> None:
    """Weekly talks that are held, prepared by the report: at most two words a month."""
    said: list[Suggestion] = []
    for week in range(52):
        now = NOW + week * 7 * DAY
        good = history(
            {
                "installed": -1000,
                "agreed": 7,
                "talks": "6 13 20 27 34 41 48",
                "points": WELL_PREPARED,
            },
            now,
        )
        said += suggest(remembered([good], tuple(said)), now)

    assert said == []


def test_every_rule_is_there_in_the_order_of_urgency() -> None:
    ids = [rule.rule_id for rule in built_in()]

    assert sorted(ids) == [f"R-{n:02}" for n in range(1, 31)]
    assert ids[:3] == ["R-22", "R-23", "R-26"]


@pytest.mark.capability("US-8")
def test_on_a_fresh_installation_no_words_are_read_and_nobody_is_asked_to_rate() -> None:
    fresh = Switches()
    off = {r.rule_id for r in built_in() if not r.on or (r.reads_text and not fresh.text_rules)}

    assert off == {"R-10", "R-24", "R-25", "R-26", "R-28", "R-30"}
