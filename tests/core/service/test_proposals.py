"""Comments of answers to an invitation: their author alone sees them, and makes points of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import NotFound
from core.memory.clients import MemoryClients
from core.model.agenda import Visibility
from core.model.calendar import CalendarEvent, EventKind, Participant, Role
from core.model.proposals import Proposal, SeenComments
from core.rsvp import LONGEST, MOST, comments_of, lines_of
from core.service.access_request import person_export
from core.service.comments import note_comments
from core.service.edit import remove_entry
from core.service.erasure import ask_for_erasure, erase
from core.service.proposals import dismiss_proposal, proposals_for, take_proposal
from tests.core.builders import ANNA, BEN, CLEO, NOW, event
from tests.core.service.conftest import UID, Company

WORDS = "Gehalt ansprechen?"


def waiting(company: Company, reader: str) -> list[str]:
    """Return what somebody is offered."""
    with company.store.transaction() as tx:
        return [p.text for p in proposals_for(tx, company.series().series_id, reader)]


def only(company: Company, reader: str = ANNA) -> str:
    """Return the id of the one that waits."""
    with company.store.transaction() as tx:
        (found,) = proposals_for(tx, company.series().series_id, reader)
    return found.proposal_id


@pytest.fixture
def commented(company: Company) -> Company:
    """Anna accepts one talk with a comment."""
    company.say_yes()
    company.clients.comment(ANNA, UID, WORDS, company.start())
    company.sync()
    return company


def bodies(clients: MemoryClients, company: Company) -> str:
    return "".join(clients.body(who, UID, company.start()) for who in (ANNA, BEN))


@pytest.mark.capability("F-46")
def test_a_comment_is_offered_to_its_author_alone_and_stands_nowhere(commented: Company) -> None:
    assert waiting(commented, ANNA) == [WORDS]
    assert waiting(commented, BEN) == []
    assert WORDS not in bodies(commented.clients, commented)
    assert [p.text for p in commented.agenda().points] == []
    with commented.store.transaction() as tx:
        assert WORDS not in str(tx.happenings())
        assert WORDS not in str(person_export(tx, BEN, NOW))
        assert WORDS in str(person_export(tx, ANNA, NOW))


def test_taken_it_is_one_point_of_hers_and_never_comes_again(commented: Company) -> None:
    series_id, name = commented.series().series_id, only(commented)
    for _ in range(2):
        take_proposal(commented.services, series_id, name, by=ANNA, now=commented.now)
    commented.sync()

    (point,) = commented.agenda().points
    assert (point.text, point.owner) == (WORDS, ANNA)
    assert bodies(commented.clients, commented).count(WORDS) >= 1
    remove_entry(commented.services, series_id, point.point_id, by=ANNA, now=commented.now)
    commented.pass_meeting()
    commented.sync()
    assert waiting(commented, ANNA) == []


def settle(company: Company) -> None:
    dismiss_proposal(company.services, company.series().series_id, only(company), by=ANNA)


def say(company: Company, text: str, start: datetime | None) -> None:
    """Let Anna answer an occurrence, or the series (None), and have it read."""
    company.clients.comment(ANNA, UID, text, start)
    company.sync()


def test_the_same_words_given_again_later_are_offered_again(commented: Company) -> None:
    for times in range(1, 4):
        settle(commented)
        commented.sync()
        assert waiting(commented, ANNA) == []
        say(commented, "" if times % 2 else "Etwas anderes", commented.start())
        while waiting(commented, ANNA):
            settle(commented)
        say(commented, WORDS, commented.start())
        assert waiting(commented, ANNA) == [WORDS], times


def test_while_they_wait_they_are_offered_once(commented: Company) -> None:
    say(commented, "", commented.start())
    say(commented, WORDS, commented.start())

    assert waiting(commented, ANNA) == [WORDS]


def test_the_same_words_for_another_talk_are_another_offer(commented: Company) -> None:
    settle(commented)
    commented.pass_meeting()
    commented.sync()
    assert waiting(commented, ANNA) == []

    say(commented, WORDS, commented.start())
    assert waiting(commented, ANNA) == [WORDS]


def test_what_the_series_says_is_offered_once_however_many_talks_pass(company: Company) -> None:
    company.say_yes()
    say(company, WORDS, None)
    settle(company)
    for _ in range(3):
        company.pass_meeting()
        company.add_line(BEN, "- Budget", below="Ben")
        company.sync()

        assert waiting(company, ANNA) == []


def answer(stamp: str, text: str = WORDS) -> CalendarEvent:
    wrote = Participant(address=ANNA, comment=text, answered=stamp)
    made = event(participants=(Participant(address=BEN, role=Role.ORGANIZER), wrote))
    return replace(made, kind=EventKind.SERIES)


def test_a_later_time_of_the_answer_is_another_answer(company: Company) -> None:
    company.say_yes()
    series = company.series()
    new = []
    for stamp in ("20260302T080000Z", "20260302T080000Z", "20260309T080000Z"):
        with company.store.transaction() as tx:
            new.append(note_comments(tx, series, answer(stamp), BEN, company.now))
        if waiting(company, ANNA):
            settle(company)

    assert new == [1, 0, 1]


def test_erased_not_even_a_digest_of_her_lines_is_kept(commented: Company) -> None:
    with commented.store.transaction() as tx:
        ask_for_erasure(tx, ANNA, by=BEN, now=NOW)
    erase(commented.services, ANNA, by="root@example.com", now=NOW)

    with commented.store.transaction() as tx:
        assert [line for seen in tx.nouns(SeenComments) for line in seen.said] == []


def test_taken_as_confidential_its_words_reach_no_calendar(commented: Company) -> None:
    take_proposal(
        commented.services,
        commented.series().series_id,
        only(commented),
        by=ANNA,
        now=commented.now,
        visibility=Visibility.SENSITIVE,
    )
    commented.sync()

    assert commented.agenda().points[0].visibility is Visibility.SENSITIVE
    assert WORDS not in bodies(commented.clients, commented)


def test_dismissed_its_words_are_kept_nowhere(commented: Company) -> None:
    series_id, name = commented.series().series_id, only(commented)
    dismiss_proposal(commented.services, series_id, name, by=ANNA)
    commented.sync()

    assert waiting(commented, ANNA) == []
    with commented.store.transaction() as tx:
        assert WORDS not in str(tx.nouns(Proposal))
    assert take_proposal(commented.services, series_id, name, by=ANNA, now=commented.now) is None
    assert commented.agenda().points == ()


@pytest.mark.parametrize("other", [BEN, CLEO])
def test_nobody_else_settles_it(commented: Company, other: str) -> None:
    series_id, name = commented.series().series_id, only(commented)

    with pytest.raises(NotFound):
        take_proposal(commented.services, series_id, name, by=other, now=commented.now)
    with pytest.raises(NotFound):
        dismiss_proposal(commented.services, series_id, name, by=other)
    assert waiting(commented, ANNA) == [WORDS]


def test_a_comment_on_the_whole_series_is_offered_once(company: Company) -> None:
    company.say_yes()
    company.clients.comment(ANNA, UID, f"{WORDS}\nUrlaub")
    company.sync()
    company.pass_meeting()
    company.now += timedelta(minutes=5)
    company.sync()

    assert sorted(waiting(company, ANNA)) == [WORDS, "Urlaub"]


def test_the_organizer_s_remark_is_no_answer() -> None:
    two = (
        Participant(address=BEN, role=Role.ORGANIZER),
        Participant(address=ANNA, comment=" Ich komme später "),
    )
    ours = event(participants=two, comment="Bitte Zahlen mitbringen")

    assert comments_of(ours, BEN) == {ANNA: ("Ich komme später",)}
    assert comments_of(ours, None) == {ANNA: ("Ich komme später",)}
    assert comments_of(ours, ANNA) == {ANNA: ("Bitte Zahlen mitbringen",)}


@given(st.text(max_size=LONGEST * 2) | st.lists(st.text(max_size=9), max_size=30).map("\n".join))
def test_any_comment_becomes_lines_that_a_point_can_hold(text: str) -> None:
    lines = lines_of(text)

    assert len(lines) <= MOST
    assert len(set(lines)) == len(lines)
    for line in lines:
        assert line == " ".join(line.split())
        assert 0 < len(line) <= LONGEST
