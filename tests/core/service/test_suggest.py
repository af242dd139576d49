"""The engine plans what rules suggest; people see, take, put away and mute it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.cadence import Rhythm
from core.errors import InvalidInput, NotFound
from core.model.agenda import Visibility
from core.model.meetings import Meeting, MeetingState
from core.model.people import pair_id
from core.model.suggestions import RuleId, Suggestion, SuggestionState, TapKind
from core.model.switches import CompanyRules, SwitchEntry, broken_line
from core.service.edit import add_point
from core.service.held_talks import last_held, rhythm_of
from core.service.meetings import say
from core.service.rule_book import rule_book, turn
from core.service.settings import change_person
from core.service.suggest import (
    histories,
    mute,
    mute_rule,
    plan_team,
    suggestions_for,
    take,
    unmute_rule,
    why,
)
from tests.core.builders import ANNA, BEN, CLEO
from tests.core.service.conftest import FIRST, UID, WEEK, Company

PAIR = pair_id(ANNA, BEN)


@pytest.fixture
def company(with_copies: Company) -> Company:
    """A pair that has met for five weeks; the next talk is tomorrow and nothing stands there."""
    with_copies.say_yes()
    for week in range(5):
        with_copies.now = FIRST + week * WEEK + timedelta(hours=1)
        with_copies.sync()
    with_copies.now = FIRST + 5 * WEEK - timedelta(hours=20)
    return with_copies


def offered(company: Company) -> list[Suggestion]:
    with company.store.transaction() as tx:
        return list(tx.nouns(Suggestion, PAIR))


def test_the_engine_offers_by_itself_what_a_rule_suggests(company: Company) -> None:
    company.sync()

    assert [(s.rule_id, s.to) for s in offered(company)] == [("R-06", (ANNA,))]


def test_the_same_state_twice_offers_nothing_twice(company: Company) -> None:
    first = plan_team(company.services, BEN, company.now)
    again = plan_team(company.services, BEN, company.now)
    later = plan_team(company.services, BEN, company.now + timedelta(hours=2))

    assert [s.rule_id for s in first] == ["R-06"]
    assert (again, later) == ((), ())


def test_only_the_one_who_can_act_sees_it_in_their_own_language(company: Company) -> None:
    company.sync()

    (shown,) = suggestions_for(company.services, PAIR, ANNA, company.now)
    assert shown.text == "Was liegt dir für morgen auf dem Herzen? Ein Stichwort genügt."
    assert suggestions_for(company.services, PAIR, BEN, company.now) == ()
    assert [s.state for s in offered(company)] == [SuggestionState.SHOWN]


def test_it_is_gone_when_its_meeting_has_begun(company: Company) -> None:
    company.sync()

    assert suggestions_for(company.services, PAIR, ANNA, FIRST + 5 * WEEK + timedelta(1)) == ()


@pytest.mark.capability("SD-05")
def test_sd_05_why_shows_the_evidence_to_those_it_was_made_for_alone(company: Company) -> None:
    company.sync()
    suggestion_id = offered(company)[0].suggestion_id

    reason = why(company.services, suggestion_id, ANNA)
    assert "Rogelberg" in reason.source
    assert "kein gemeinsamer Punkt" in reason.text
    with pytest.raises(NotFound):
        why(company.services, suggestion_id, BEN)


def test_taking_is_kept_with_who_and_when(company: Company) -> None:
    company.sync()
    suggestion_id = offered(company)[0].suggestion_id
    take(company.services, suggestion_id, by=ANNA, now=company.now)

    (taken,) = offered(company)
    assert (taken.state, taken.answered_by) == (SuggestionState.TAKEN, ANNA)
    assert suggestions_for(company.services, PAIR, ANNA, company.now) == ()


def test_not_for_us_silences_the_rule_for_good(company: Company) -> None:
    company.sync()
    mute(company.services, offered(company)[0].suggestion_id, by=ANNA, now=company.now)
    for week in range(5, 12):
        company.now = FIRST + week * WEEK - timedelta(hours=20)
        company.sync()

    assert [s.rule_id for s in offered(company)].count(RuleId("R-06")) == 1


def test_a_muted_rule_may_speak_again_when_somebody_wants(company: Company) -> None:
    mute_rule(company.services, PAIR, RuleId("R-06"), by=BEN, now=company.now)
    assert plan_team(company.services, BEN, company.now) == ()
    unmute_rule(company.services, PAIR, RuleId("R-06"), by=ANNA)

    assert [s.rule_id for s in plan_team(company.services, BEN, company.now)] == ["R-06"]


def test_nobody_else_mutes_a_pairs_rule(company: Company) -> None:
    with pytest.raises(NotFound):
        mute_rule(company.services, PAIR, RuleId("R-06"), by=CLEO, now=company.now)


def test_a_private_or_sensitive_word_is_in_no_snapshot(company: Company) -> None:
    series_id = company.series().series_id
    for visibility in (Visibility.PRIVATE, Visibility.SENSITIVE):
        add_point(
            company.services,
            series_id,
            f"Gehalt {visibility}",
            by=ANNA,
            now=company.now,
            visibility=visibility,
        )
    with company.store.transaction() as tx:
        seen = histories(tx, BEN, company.now)

    assert "Gehalt" not in repr(seen)
    assert [len(h.points) for h in seen] == [1]


def test_a_switch_silences_a_rule_for_the_company(company: Company) -> None:
    with company.store.transaction() as tx:
        turn(tx, "R-06", False, by="council@example.com", now=company.now)
    assert plan_team(company.services, BEN, company.now) == ()

    with company.store.transaction() as tx:
        turn(tx, "R-06", True, by="council@example.com", now=company.now)
        log = tx.nouns(SwitchEntry)
    assert [s.rule_id for s in plan_team(company.services, BEN, company.now)] == ["R-06"]
    assert [(e.number, e.on) for e in log] == [(1, False), (2, True)]
    assert broken_line(log) is None
    assert broken_line([replace(log[0], by="nobody"), log[1]]) == 1
    assert broken_line([log[1]]) == 1
    assert broken_line(log[:1], head=log[1].seal) == 2


def test_an_unknown_switch_is_refused(company: Company) -> None:
    with pytest.raises(InvalidInput, match="R-99"), company.store.transaction() as tx:
        turn(tx, "R-99", True, by="council@example.com", now=company.now)


def states(company: Company) -> list[MeetingState]:
    with company.store.transaction() as tx:
        (seen,) = histories(tx, BEN, company.now)
    return [t.state for t in sorted(seen.talks, key=lambda t: t.start)]


@pytest.mark.capability("F-21")
def test_meetings_that_both_accepted_count_as_held(company: Company) -> None:
    assert states(company)[:5] == [MeetingState.HELD] * 5


def test_a_cancelled_meeting_was_not_held(company: Company) -> None:
    company.sync()
    company.clients.cancel(BEN, UID, company.start())
    company.sync()

    assert states(company)[5] is MeetingState.CANCELLED


def test_one_word_that_it_did_not_take_place_wins(company: Company) -> None:
    last = FIRST + 4 * WEEK
    say(company.services, PAIR, TapKind.NOT_HELD, on=last, by=ANNA)

    assert states(company)[4] is MeetingState.NOT_HELD


@pytest.mark.capability("SD-52")
def test_sd_52_a_talk_elsewhere_counts_when_both_say_so(company: Company) -> None:
    day = FIRST + 4 * WEEK + timedelta(days=2)
    say(company.services, PAIR, TapKind.TALKED, on=day, by=ANNA)
    before = states(company)
    say(company.services, PAIR, TapKind.TALKED, on=day + timedelta(days=1), by=BEN)

    assert states(company).count(MeetingState.HELD) == before.count(MeetingState.HELD) + 1


def test_a_stranger_says_nothing_about_a_pair(company: Company) -> None:
    with pytest.raises(NotFound):
        say(company.services, PAIR, TapKind.TALKED, on=company.now, by=CLEO)


def test_a_move_on_the_very_day_is_noted(company: Company) -> None:
    company.now = FIRST + 5 * WEEK - timedelta(hours=1)
    company.sync()
    start = company.start()
    later = replace(
        company.sheet().place.slot, start=start + timedelta(hours=3), end=start + timedelta(hours=4)
    )
    company.clients.move(BEN, UID, start, later)
    company.sync()
    with company.store.transaction() as tx:
        moved = [m.moved_on_the_day for m in tx.nouns(Meeting, PAIR)]

    assert moved.count(True) == 1


def test_the_rhythm_is_judged_by_what_was_held(company: Company) -> None:
    with company.store.transaction() as tx:
        pair = tx.pair(PAIR)
        assert pair is not None
        on_track = rhythm_of(tx, pair, company.now)
    for week in range(5):
        say(company.services, PAIR, TapKind.NOT_HELD, on=FIRST + week * WEEK, by=ANNA)
        if week == 1:
            with company.store.transaction() as tx:
                still = last_held(tx, pair, company.now)
    with company.store.transaction() as tx:
        nothing = last_held(tx, pair, company.now)

    assert on_track is Rhythm.ON_TRACK
    assert still == 6
    assert nothing is None


def test_weeks_without_a_held_talk_are_a_lapse(company: Company) -> None:
    for week in (1, 2, 3, 4):
        say(company.services, PAIR, TapKind.NOT_HELD, on=FIRST + week * WEEK, by=BEN)
    with company.store.transaction() as tx:
        pair = tx.pair(PAIR)
        assert pair is not None

        assert rhythm_of(tx, pair, company.now) is Rhythm.LAPSED


def test_own_rules_that_cannot_be_read_any_more_silence_only_themselves(company: Company) -> None:
    with company.store.transaction() as tx:
        tx.put_noun(CompanyRules(text="version = 9", by="admin", at=company.now))
        assert "version" in rule_book(tx).trouble

    assert [s.rule_id for s in plan_team(company.services, BEN, company.now)] == ["R-06"]


def test_a_cancelled_talk_that_both_had_elsewhere_was_held(company: Company) -> None:
    company.sync()
    day = company.start()
    company.clients.cancel(BEN, UID, day)
    company.sync()
    for person in (ANNA, BEN):
        say(company.services, PAIR, TapKind.TALKED, on=day, by=person)

    assert states(company)[5] is MeetingState.HELD


def test_r_19_who_leads_many_on_purpose_is_known_to_the_rules(company: Company) -> None:
    with company.store.transaction() as tx:
        change_person(tx, BEN, now=company.now, wide_span=True)
        (history,) = histories(tx, BEN, company.now)

    assert history.manager.wide_span
    assert not history.report.wide_span
