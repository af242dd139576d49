"""Which events are 1:1s."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.detect import declined_by, detect
from core.model.calendar import EventStatus, Participant, Role
from core.model.series import Why
from core.reasons import SENTENCES, sentence
from tests.core.builders import ANNA, BEN, CLEO, NOW, event, people, slot

ROOM = Participant(address="room@example.com", role=Role.RESOURCE)
GROUP = Participant(address="team@example.com", role=Role.GROUP)


def test_two_people_are_a_one_on_one() -> None:
    found = detect(event(), owner=BEN, now=NOW)

    assert found.is_one_on_one
    assert found.humans == (ANNA, BEN)
    assert found.organizer == BEN


def test_sd_08_two_humans_and_a_room_are_a_one_on_one_and_three_humans_are_not() -> None:
    with_room = event(participants=(*people(BEN, ANNA), ROOM))
    with_cleo = event(participants=(*people(BEN, ANNA, CLEO), ROOM))

    assert detect(with_room, owner=BEN, now=NOW).is_one_on_one
    assert not detect(with_cleo, owner=BEN, now=NOW).is_one_on_one


def test_three_people_are_not_a_one_on_one() -> None:
    three = event(participants=people(BEN, ANNA, CLEO))

    assert detect(three, owner=BEN, now=NOW).why is Why.MORE_THAN_TWO


def test_the_owner_of_the_calendar_counts_where_the_list_leaves_them_out() -> None:
    without_owner = event(participants=(Participant(address=ANNA),))

    found = detect(without_owner, owner=BEN, now=NOW)

    assert found.humans == (ANNA, BEN)
    assert found.organizer == BEN


def test_an_event_that_names_nobody_is_one_person_alone() -> None:
    assert detect(event(participants=()), owner=BEN, now=NOW).why is Why.ALONE


def test_an_unknown_group_is_refused() -> None:
    with_group = event(participants=(*people(BEN), GROUP))

    assert detect(with_group, owner=BEN, now=NOW).why is Why.A_GROUP


def test_a_group_of_one_counts_as_its_member() -> None:
    with_group = event(participants=(*people(BEN), GROUP))

    found = detect(with_group, owner=BEN, now=NOW, resolve=lambda _: ["Anna@Example.com"])

    assert found.humans == (ANNA, BEN)


def test_a_group_that_hides_a_third_person_is_more_than_two() -> None:
    with_group = event(participants=(*people(BEN), GROUP))

    found = detect(with_group, owner=BEN, now=NOW, resolve=lambda _: [ANNA, CLEO])

    assert found.why is Why.MORE_THAN_TWO


def test_a_cancelled_event_is_none_whoever_is_in_it() -> None:
    cancelled = event(status=EventStatus.CANCELLED)

    assert detect(cancelled, owner=BEN, now=NOW).why is Why.CANCELLED


def test_a_whole_day_is_no_talk() -> None:
    assert detect(event(slot=slot(all_day=True)), owner=BEN, now=NOW).why is Why.ALL_DAY


def test_a_single_event_is_over_after_its_end() -> None:
    end = event().slot.end

    assert detect(event(), owner=BEN, now=end - timedelta(seconds=1)).is_one_on_one
    assert detect(event(), owner=BEN, now=end).why is Why.OVER


def test_a_series_without_end_is_never_over() -> None:
    weekly = event(rrule="FREQ=WEEKLY")

    assert detect(weekly, owner=BEN, now=NOW + timedelta(days=999)).is_one_on_one
    ended = replace(weekly, ends=NOW + timedelta(days=7))
    assert detect(ended, owner=BEN, now=NOW + timedelta(days=7)).why is Why.OVER


def test_who_declined_is_told_only_of_the_two() -> None:
    declined = event(participants=people(BEN, ANNA, declined=ANNA))

    assert declined_by(declined, [ANNA, BEN]) == (ANNA,)
    assert declined_by(declined, [BEN]) == ()


@pytest.mark.parametrize("why", list(Why))
def test_each_reason_is_one_sentence_in_both_languages(why: Why) -> None:
    german, english = SENTENCES[why]

    assert german != english
    assert sentence(why, "de-Sie") == german
    assert sentence(why, "en") == english
    assert all(text.endswith(".") for text in (german, english))
