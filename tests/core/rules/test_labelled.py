"""Each rule speaks and is silent as people labelled it: precision 1.0, recall 1.0."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

import pytest

from core.model.people import Side
from core.model.suggestions import Suggestion
from core.rules.facts import History, Leave, Past, Switches
from core.rules.registry import built_in, by_id
from core.rules.rule import Guard, Rule, never
from core.rules.seen import Seen
from core.rules.speech import say, say_why
from core.rules.suggest import suggest
from tests.core.rules.labelled import Labelled, labelled

ALL = labelled()
EVERYTHING = Switches(on=frozenset(by_id()), text_rules=True)
FIRST = {case.rule_id: case for case in reversed(ALL) if case.speaks}
"""One history a rule for which it speaks."""
RULES = built_in()


def said(case: Labelled, *pairs: History, switches: Switches = EVERYTHING) -> list[Suggestion]:
    """Return what the case's rule alone says to its pair."""
    team = pairs or (case.history, *case.others)
    found = suggest(team, case.now, switches=switches, rules=[by_id()[case.rule_id]])
    return [s for s in found if s.pair_id == case.history.pair_id]


@pytest.mark.parametrize("case", ALL, ids=lambda case: case.name)
def test_history(case: Labelled) -> None:
    found = said(case)

    assert bool(found) is case.speaks
    if case.variant:
        assert found[0].variant == case.variant
    if case.guard:
        rule = by_id()[case.rule_id]
        seen = Seen(history=case.history, team=(case.history, *case.others), now=case.now)
        assert rule.condition(seen) is not None
        assert rule.false_positive(seen)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.rule_id)
def test_there_are_twenty_histories_and_half_of_them_silent(rule: Rule) -> None:
    cases = [case for case in ALL if case.rule_id == rule.rule_id]
    count = Counter(case.speaks for case in cases)
    guarded = sum(case.guard for case in cases)

    assert len(cases) >= 20
    assert min(count.values()) >= 9
    assert len({case.why for case in cases}) == len(cases)
    assert guarded >= (0 if rule.false_positive is never else 2)


@pytest.mark.parametrize("case", FIRST.values(), ids=lambda case: case.rule_id)
class TestCommonGuards:
    """G1 to G5 silence each rule that would speak."""

    def silent(self, case: Labelled, **changes: object) -> bool:
        return said(case, replace(case.history, **changes), *case.others) == []  # type: ignore[arg-type]

    def test_g1_first_fourteen_days(self, case: Labelled) -> None:
        today = case.now.date()
        assert self.silent(case, installed_on=today - timedelta(days=13))
        assert not self.silent(case, installed_on=today - timedelta(days=14))

    def test_g1_thirty_days_after_a_new_manager(self, case: Labelled) -> None:
        exempt = Guard.NEW_MANAGER in by_id()[case.rule_id].exempt
        if case.rule_id == "R-20":
            pytest.skip("compares those who were there for the whole window")
        since = case.now.date() - timedelta(days=5)
        assert self.silent(case, manager_since=since) is not exempt

    def test_g1_leave(self, case: Labelled) -> None:
        today = case.now.date()
        leave = (Leave(first=today - timedelta(days=1), back=today + timedelta(days=3)),)
        report = replace(case.history.report, leaves=leave)
        assert self.silent(case, report=report)
        assert self.silent(case, manager=replace(case.history.manager, leaves=leave))

    def test_g1_a_holiday_of_who_would_listen(self, case: Labelled) -> None:
        today = frozenset({case.now.date()})
        people = {Side.MANAGER: "manager", Side.REPORT: "report"}
        for side in by_id()[case.rule_id].audience:
            person = getattr(case.history, people[side])
            assert self.silent(case, **{people[side]: replace(person, holidays=today)})

    def test_g2_one_word_a_talk(self, case: Labelled) -> None:
        coming = case.history.next
        word = Past(
            rule_id="R-99",
            at=case.now - timedelta(days=2),
            meeting=coming.start if coming else None,
        )
        assert self.silent(case, past=(*case.history.past, word))

    def test_g2_two_a_manager_a_week(self, case: Labelled) -> None:
        finding = said(case)[0]
        words = tuple(
            Past(rule_id="R-99", at=case.now - timedelta(days=d), meeting=case.now - timedelta(9))
            for d in (1, 6)
        )
        busy = replace(case.history, pair_id="ben+zoe", past=words)
        reaches_manager = case.history.manager.address in finding.to
        found = said(case, case.history, busy, *case.others)
        assert (found == []) is reaches_manager or case.rule_id in ("R-19", "R-20")

    def test_g2_cooldown(self, case: Labelled) -> None:
        rule = by_id()[case.rule_id]
        for days, silent in ((1, True), (rule.cooldown.days - 1, True)):
            past = Past(rule_id=case.rule_id, at=case.now - timedelta(days=min(days, 20000)))
            assert self.silent(case, past=(past,)) is silent

    def test_g2_mute(self, case: Labelled) -> None:
        assert self.silent(case, mutes=frozenset({case.rule_id}))

    def test_g3_only_the_two_people_who_can_act(self, case: Labelled) -> None:
        rule, history = by_id()[case.rule_id], case.history
        address = {Side.MANAGER: history.manager.address, Side.REPORT: history.report.address}
        for suggestion in said(case):
            assert set(suggestion.to) <= {address[side] for side in rule.audience}
            assert suggestion.to

    def test_g5_the_company_turned_it_off(self, case: Labelled) -> None:
        off = replace(EVERYTHING, off=frozenset({case.rule_id}))
        assert said(case, switches=off) == []

    def test_g5_words_are_not_read_unless_the_company_says_so(self, case: Labelled) -> None:
        unread = replace(EVERYTHING, text_rules=False)
        assert (said(case, switches=unread) == []) is by_id()[case.rule_id].reads_text

    def test_it_is_said_in_every_language_from_kept_facts(self, case: Labelled) -> None:
        rule = by_id()[case.rule_id]
        for suggestion in said(case):
            for locale in ("de", "de-Sie", "en"):
                for side in rule.audience:
                    assert "{" not in say(rule, suggestion, side, locale)
                assert rule.source in say_why(rule, suggestion, locale)
