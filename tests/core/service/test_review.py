"""Goals in sight, a useful talk or not, and a period in lines that nothing sends."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.errors import InvalidInput, NotFound
from core.model.agenda import Visibility
from core.model.digest import Digest
from core.model.goals import GoalState
from core.model.notes import NoteKind
from core.model.pulse import PulseAnswer, Useful
from core.service.digest import (
    add_line,
    digest_markdown,
    make_digest,
    own_digest,
    reword_line,
    strike_line,
)
from core.service.edit import add_point, set_done
from core.service.goals import goals_of, link_goal, touch_goal, unlink_goal
from core.service.notes import write_private, write_shared
from core.service.pulse import answer_pulse, pulse_due, pulses_of
from core.service.settings import change_pair
from tests.core.builders import ANNA, BEN, CLEO, NOW, PAIR
from tests.core.service.conftest import WEEK, Company

BEGINS, ENDS = date(2026, 1, 1), date(2026, 12, 31)


@pytest.fixture
def running(company: Company) -> Company:
    """A running series."""
    company.now = NOW + 3 * WEEK
    company.say_yes()
    return company


def test_sd_30_a_goal_out_of_sight_is_stale_until_somebody_speaks_of_it(running: Company) -> None:
    with running.store.transaction() as tx:
        for _ in range(2):
            goal = link_goal(
                tx, PAIR.pair_id, "Messe", by=ANNA, now=running.now, url="https://okr.example.com/1"
            )
        later = running.now + timedelta(weeks=6)
        assert goals_of(tx, PAIR.pair_id, reader=BEN, today=later.date()) == [(goal, True)]
        touched = touch_goal(tx, PAIR.pair_id, goal.goal_id, by=BEN, now=later)
        assert not touched.is_stale(later.date())
        done = touch_goal(tx, PAIR.pair_id, goal.goal_id, by=BEN, now=later, state=GoalState.DONE)
        assert not done.is_stale(later.date() + timedelta(weeks=50))
        unlink_goal(tx, PAIR.pair_id, goal.goal_id, by=BEN, now=later)
        assert goals_of(tx, PAIR.pair_id, reader=BEN, today=later.date()) == []


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc", "okr", "https://"])
@pytest.mark.capability("F-23")
def test_a_goals_link_is_a_web_address(running: Company, url: str) -> None:
    with running.store.transaction() as tx, pytest.raises(InvalidInput):
        link_goal(tx, PAIR.pair_id, "Messe", by=ANNA, now=running.now, url=url)


def test_a_third_person_reaches_no_goal(running: Company) -> None:
    with running.store.transaction() as tx:
        with pytest.raises(NotFound):
            goals_of(tx, PAIR.pair_id, reader=CLEO, today=ENDS)
        with pytest.raises(NotFound):
            link_goal(tx, PAIR.pair_id, "x", by=CLEO, now=running.now)


# --- the pulse ---


def asked(company: Company, who: str = ANNA) -> bool:
    with company.store.transaction() as tx:
        return pulse_due(tx, company.series().series_id, who, company.now) is not None


def test_sd_10_the_pulse_is_off_until_the_pair_wants_it_and_comes_every_sixth(
    running: Company,
) -> None:
    for _ in range(6):
        running.pass_meeting()
    assert not asked(running)
    with running.store.transaction() as tx:
        change_pair(tx, PAIR.pair_id, pulse=True, now=running.now)
    assert asked(running)
    running.pass_meeting()
    assert not asked(running)


@pytest.mark.capability("SD-66")
def test_sd_35_and_sd_66_a_wish_for_next_time_stands_on_the_next_agenda(running: Company) -> None:
    with running.store.transaction() as tx:
        change_pair(tx, PAIR.pair_id, pulse=True, now=running.now)
    for _ in range(6):
        running.pass_meeting()
    series_id = running.series().series_id
    with running.store.transaction() as tx:
        answer_pulse(
            tx, series_id, Useful.PARTLY, by=ANNA, now=running.now, change="Mit Spaziergang"
        )
    assert not asked(running)
    assert asked(running, BEN)
    running.pass_meeting()

    assert running.open_points() == ["Mit Spaziergang"]


@pytest.mark.capability("C-30")
def test_sd_10_only_the_two_see_the_answers(running: Company) -> None:
    with running.store.transaction() as tx:
        change_pair(tx, PAIR.pair_id, pulse=True, now=running.now)
    running.pass_meeting()
    series_id = running.series().series_id
    with running.store.transaction() as tx:
        answer_pulse(tx, series_id, Useful.NO, by=ANNA, now=running.now)
        assert [a.useful for a in pulses_of(tx, PAIR.pair_id, reader=ANNA)] == [Useful.NO]
        with pytest.raises(NotFound):
            pulses_of(tx, PAIR.pair_id, reader=CLEO)
        with pytest.raises(NotFound):
            answer_pulse(tx, series_id, Useful.NO, by=CLEO, now=running.now)
        heard = [h for _, h in tx.happenings() if h.name == "pulse.answered"]
        assert [h.by for h in heard] == [None]


def test_an_answer_needs_a_pair_that_wants_it_and_a_talk(running: Company) -> None:
    series_id = running.series().series_id
    with running.store.transaction() as tx, pytest.raises(NotFound):
        answer_pulse(tx, series_id, Useful.YES, by=ANNA, now=running.now)
    running.pass_meeting()
    with running.store.transaction() as tx:
        with pytest.raises(InvalidInput):
            answer_pulse(tx, series_id, Useful.YES, by=ANNA, now=running.now)
        assert tx.nouns(PulseAnswer) == []


# --- the digest ---


@pytest.fixture
def year(running: Company) -> Company:
    """A talk with everything in it."""
    series_id = running.series().series_id
    running.add_line(BEN, "TODO Ben: Budget klären", below="Ben")
    running.sync()
    running.add_line(ANNA, "[x] Messe geplant\n- noch offen")
    running.sync()
    running.sync()
    for text, hidden in (("Gehalt", Visibility.SENSITIVE), ("Tagebuch", Visibility.PRIVATE)):
        point = add_point(
            running.services, series_id, text, by=BEN, now=running.now, visibility=hidden
        )
        set_done(running.services, series_id, point.point_id, True, by=BEN, now=running.now)
    (item,) = running.agenda().action_items
    set_done(running.services, series_id, item.item_id, True, by=BEN, now=running.now)
    with running.store.transaction() as tx:
        sheet = running.sheet()
        now = running.now
        write_shared(tx, sheet, "Wir fahren hin", kind=NoteKind.DECISION, by=ANNA, now=now)
        for who in (ANNA, BEN):
            write_private(tx, sheet, f"Notiz von {who}", by=who, now=now)
    running.pass_meeting()
    return running


def made(company: Company, owner: str = ANNA) -> Digest:
    with company.store.transaction() as tx:
        return make_digest(tx, PAIR.pair_id, owner=owner, begins=BEGINS, ends=ENDS, now=company.now)


def test_sd_60_the_digest_holds_shared_items_and_ones_own_private_ones(year: Company) -> None:
    words = {line.text for line in made(year).lines}

    assert words == {"Messe geplant", "Budget klären", "Wir fahren hin", f"Notiz von {ANNA}"}


@pytest.mark.capability("F-25")
def test_sd_61_its_owner_edits_it_and_nothing_is_sent(year: Company) -> None:
    digest = made(year)
    first, second = digest.lines[0], digest.lines[1]
    with year.store.transaction() as tx:
        actions = len(tx.due_actions(year.now + timedelta(days=400)))
        name, now = digest.digest_id, year.now
        strike_line(tx, name, first.line_id, True, by=ANNA, now=now)
        reword_line(tx, name, second.line_id, "in meinen Worten", by=ANNA, now=now)
        add_line(tx, name, "selbst ergänzt", by=ANNA, now=now)
        text = digest_markdown(own_digest(tx, name, ANNA), "de")
        assert len(tx.due_actions(year.now + timedelta(days=400))) == actions
        assert first.text not in text
        assert "in meinen Worten" in text
        assert "selbst ergänzt" in text
        for other in (BEN, CLEO):
            with pytest.raises(NotFound):
                own_digest(tx, name, other)
        with pytest.raises(NotFound):
            strike_line(tx, name, "none", True, by=ANNA, now=now)
    assert digest_markdown(made(year), "de") == text


def test_a_digest_is_for_one_of_the_two_and_a_real_period(year: Company) -> None:
    with pytest.raises(NotFound):
        made(year, CLEO)
    with year.store.transaction() as tx, pytest.raises(InvalidInput):
        make_digest(tx, PAIR.pair_id, owner=ANNA, begins=ENDS, ends=BEGINS, now=year.now)
    with year.store.transaction() as tx:
        empty = make_digest(tx, PAIR.pair_id, owner=ANNA, begins=BEGINS, ends=BEGINS, now=year.now)
    assert empty.lines == ()
