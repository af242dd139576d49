"""Questions are offered, at most three; one call puts one onto the agenda."""

from __future__ import annotations

import pytest

from core.errors import NotFound
from core.guides import guide_cards, guide_markdown, load_guide
from core.model.agenda import Visibility
from core.model.people import Side
from core.model.settings import Bond
from core.questions import Vote, load_questions
from core.service.briefing import briefing
from core.service.edit import set_done
from core.service.questions import Question, add_question, questions_for, vote_on
from core.service.settings import change_pair, change_person
from tests.core.builders import ANNA, BEN, CLEO, NOW, PAIR
from tests.core.service.conftest import UID, WEEK, Company


@pytest.fixture
def running(company: Company) -> Company:
    """A series that has gone on for a while."""
    company.now = NOW + 3 * WEEK
    company.say_yes()
    return company


def ask(company: Company, person: str = BEN) -> tuple[Question, ...]:
    return questions_for(company.services, company.series().series_id, person, company.now)


def ids(found: tuple[Question, ...]) -> list[str]:
    return [q.prompt_id for q in found]


@pytest.mark.capability("F-11")
def test_at_most_three_and_nothing_is_inserted(running: Company) -> None:
    for person in (ANNA, BEN):
        assert 1 <= len(ask(running, person)) <= 3
    running.sync()

    assert running.open_points() == []
    text = running.clients.body(ANNA, UID, running.start())
    assert all(q.text not in text for q in ask(running, BEN))


def test_each_side_gets_its_own_kind(running: Company) -> None:
    bank = load_questions()

    assert {bank[q].side.value for q in ids(ask(running, BEN))} == {"asks_manager"}
    assert {bank[q].side.value for q in ids(ask(running, ANNA))} == {"raises_report"}
    assert all(q.listen for q in ask(running, BEN))
    assert not any(q.listen for q in ask(running, ANNA))


def test_they_stay_until_the_talk_is_over_and_then_rest(running: Company) -> None:
    first = ids(ask(running))
    assert ids(ask(running)) == first
    seen = set(first)
    for _ in range(4):
        running.pass_meeting()
        following = ids(ask(running))
        assert following
        assert seen.isdisjoint(following)
        seen |= set(following)


def test_one_call_puts_one_onto_the_agenda_once(running: Company) -> None:
    question = ask(running)[0]
    series_id = running.series().series_id

    for _ in range(2):
        add_question(running.services, series_id, question.prompt_id, by=BEN, now=running.now)
    running.sync()

    assert running.open_points() == [question.text]
    assert running.agenda().points[0].owner == BEN
    assert running.clients.body(ANNA, UID, running.start()).count(question.text) == 1
    assert question.prompt_id not in ids(ask(running))


def test_sd_45_a_delicate_one_never_stands_in_a_calendar(running: Company) -> None:
    delicate = next(p for p in load_questions().values() if p.sensitivity == 2)
    series_id = running.series().series_id

    point = add_question(running.services, series_id, delicate.id, by=ANNA, now=running.now)
    running.sync()

    assert point.visibility is Visibility.SENSITIVE
    for person in (ANNA, BEN):
        assert point.text not in running.clients.body(person, UID, running.start())


def test_not_for_us_is_never_offered_again(running: Company) -> None:
    series_id = running.series().series_id
    first = ask(running)[0].prompt_id

    vote_on(running.services, series_id, first, Vote.NOT_FOR_US, by=BEN, now=running.now)

    for _ in range(12):
        assert first not in ids(ask(running))
        running.pass_meeting()


def test_helped_is_shown_and_taken_back(running: Company) -> None:
    series_id = running.series().series_id
    first = ask(running)[0].prompt_id
    vote_on(running.services, series_id, first, Vote.HELPED, by=BEN, now=running.now)
    assert ask(running)[0].vote == "helped"

    vote_on(running.services, series_id, first, None, by=BEN, now=running.now)

    assert ask(running)[0].vote == ""


def test_a_third_person_gets_none(running: Company) -> None:
    series_id = running.series().series_id
    with pytest.raises(NotFound):
        ask(running, CLEO)
    with pytest.raises(NotFound):
        add_question(running.services, series_id, "nonsense", by=BEN, now=running.now)
    with pytest.raises(NotFound):
        vote_on(running.services, series_id, "nonsense", None, by=BEN, now=running.now)


def test_du_and_sie_are_the_pairs(running: Company) -> None:
    with running.store.transaction() as tx:
        change_pair(tx, PAIR.pair_id, formal=True, now=running.now)
    bank = load_questions()

    assert [q.text for q in ask(running)] == [bank[q].text.de_sie for q in ids(ask(running))]


# --- before a talk ---


def test_sd_78_each_role_is_told_what_the_talk_is_for(running: Company) -> None:
    series_id = running.series().series_id

    report = briefing(running.services, series_id, ANNA)
    manager = briefing(running.services, series_id, BEN)
    assert report.purpose.startswith("Dieses Gespräch gehört dir")
    assert manager.purpose.startswith("Zuhören")
    with running.store.transaction() as tx:
        change_pair(tx, PAIR.pair_id, bond=Bond.MENTORING, now=running.now)
    assert briefing(running.services, series_id, BEN).role == "mentor"
    with pytest.raises(NotFound):
        briefing(running.services, series_id, CLEO)


def test_sd_56_tips_fade_with_practice_and_can_be_off(running: Company) -> None:
    series_id = running.series().series_id
    shown = []
    for _ in range(20):
        shown.append(bool(briefing(running.services, series_id, ANNA).tip))
        running.pass_meeting()
    assert sum(shown[:8]) == 8
    assert 0 < sum(shown[8:16]) <= 4

    with running.store.transaction() as tx:
        change_person(tx, ANNA, tips=False, now=running.now)
    for _ in range(8):
        assert briefing(running.services, series_id, ANNA).tip == ""
        running.pass_meeting()


def test_sd_19_and_sd_38_what_was_promised_and_what_was_done(running: Company) -> None:
    running.add_line(BEN, "TODO Ben: Budget klären", below="Ben")
    running.sync()
    running.add_line(ANNA, "TODO Anna: Folien schicken")
    running.sync()
    series_id = running.series().series_id

    before = briefing(running.services, series_id, BEN)
    assert [i.text for i in before.mine] == ["Budget klären"]
    assert [i.text for i in before.theirs] == ["Folien schicken"]
    item = before.theirs[0].item_id
    set_done(running.services, series_id, item, True, by=ANNA, now=running.now)
    running.pass_meeting()
    after = briefing(running.services, series_id, BEN)
    assert [i.text for i in after.done] == ["Folien schicken"]
    assert briefing(running.services, series_id, ANNA).done == ()


def test_sd_77_the_roll_out_kit_comes_first_in_both_languages() -> None:
    for side in Side:
        for locale, word in (("de", "Kurz erklärt"), ("en", "In brief")):
            cards = guide_cards(side, locale)
            assert cards[0].kind == "rollout"
            assert cards[0].title.startswith(word)
            assert cards[0].title in guide_markdown(load_guide(cards[0].guide_id), locale)
    assert len(guide_cards(None, "de")) == 15
