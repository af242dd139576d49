"""What else is in the calendars around a talk: a collision is said to both, a packed day too."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from core.errors import Unavailable
from core.model.calendar import Body, CalendarId, EventDraft
from core.model.neighbours import Neighbours
from core.model.people import pair_id
from core.model.suggestions import Suggestion
from core.ports import CalendarFeature
from core.rules.registry import by_id
from core.rules.suggest import suggest
from core.service.consent import say_yes
from core.service.neighbours import collisions_of, look_around
from core.service.settings import change_person
from core.service.slots import propose_slots
from core.service.suggest import histories, plan_team
from tests.core.builders import ANNA, BEN, CLEO, people, slot
from tests.core.service.conftest import FIRST, WEEK, Company

PAIR = pair_id(ANNA, BEN)
HOUR = timedelta(hours=1)


@pytest.fixture
def company(with_copies: Company) -> Company:
    """Three weeks in, a day before the next talk."""
    with_copies.say_yes()
    with_copies.now = FIRST + 3 * WEEK - 20 * HOUR
    with_copies.sync()
    return with_copies


def put(company: Company, who: str, start: datetime, minutes: int, uid: str) -> None:
    draft = EventDraft(title="Geheimprojekt", slot=slot(start, minutes=minutes))
    company.clients.add(who, draft, uid, calendar_id=CalendarId(f"{who}/calendar"))
    company.sync()


def talk_of(company: Company) -> datetime:
    place = company.sheet().place
    assert place is not None
    return place.slot.start


def offered(company: Company) -> list[Suggestion]:
    plan_team(company.services, BEN, company.now)
    with company.store.transaction() as tx:
        return [s for s in tx.nouns(Suggestion, PAIR) if s.rule_id == "R-21"]


def test_sd_02_an_event_that_comes_later_on_the_same_time_is_said_to_both(company: Company) -> None:
    plan_team(company.services, BEN, company.now)
    with company.store.transaction() as tx:
        for said in tx.nouns(Suggestion, PAIR):
            tx.remove_noun(Suggestion, said.suggestion_id)
    put(company, ANNA, talk_of(company) + timedelta(minutes=15), 60, "later")
    company.now += 7 * HOUR

    found = offered(company)

    assert [(s.variant, set(s.to)) for s in found] == [("collides", {ANNA, BEN})]
    with company.store.transaction() as tx:
        for who in (ANNA, BEN):
            assert [s.series_id for s, _ in collisions_of(tx, who, company.now)] == [
                company.series().series_id
            ]
        assert collisions_of(tx, CLEO, company.now) == ()
        assert "Geheim" not in repr(tx.noun(Neighbours, PAIR))


def test_r_21_a_talk_right_after_long_meetings_is_offered_another_place(company: Company) -> None:
    start = talk_of(company)
    put(company, BEN, start - 3 * HOUR, 175, "workshop")

    look_around(company.services, BEN, company.now + 7 * HOUR)
    with company.store.transaction() as tx:
        for said in tx.nouns(Suggestion, PAIR):
            tx.remove_noun(Suggestion, said.suggestion_id)
        seen = histories(tx, BEN, company.now)
    assert [s.variant for s in suggest(seen, company.now, rules=[by_id()["R-21"]])] == ["packed"]


def test_what_is_declined_or_lasts_all_day_takes_no_time_and_it_is_looked_at_rarely(
    company: Company,
) -> None:
    whole = slot(talk_of(company) - 4 * HOUR, 24 * 60, all_day=True)
    draft = EventDraft(title="Feiertag", slot=whole)
    company.clients.add(ANNA, draft, "day", calendar_id=CalendarId(f"{ANNA}/calendar"))
    company.sync()

    assert look_around(company.services, BEN, company.now + HOUR) == 0
    assert look_around(company.services, BEN, company.now + 7 * HOUR) == 1
    with company.store.transaction() as tx:
        known = tx.noun(Neighbours, PAIR)
    assert known is not None
    assert known.taken == ()


def test_a_calendar_that_does_not_answer_stops_nothing(company: Company) -> None:
    put(company, BEN, talk_of(company), 30, "same")
    company.server.fail("list_occurrences", Unavailable("down"))

    assert look_around(company.services, BEN, company.now + 7 * HOUR) == 1
    with company.store.transaction() as tx:
        known = tx.noun(Neighbours, PAIR)
    assert known is not None
    assert known.look_again == company.now + 13 * HOUR


def test_sd_02_a_pause_that_somebody_wants_is_left_around_other_events(company: Company) -> None:
    company.server.features |= CalendarFeature.FREE_BUSY
    with company.store.transaction() as tx:
        change_person(tx, ANNA, now=company.now, buffer_minutes=15)
    put(company, ANNA, talk_of(company) + HOUR, 60, "other")
    begins, ends = talk_of(company) + HOUR, talk_of(company) + 2 * HOUR

    found = propose_slots(company.services, PAIR, company.now, limit=60).slots

    pause = timedelta(minutes=15)
    assert found
    assert all(s.end <= begins - pause or s.start >= ends + pause for s in found)


def test_calendars_that_tell_of_nothing_else_are_not_asked(company: Company) -> None:
    look_around(company.services, BEN, company.now)
    company.server.fail("list_occurrences", Unavailable("nobody is to ask"))
    company.now += 7 * HOUR
    company.sync()
    assert look_around(company.services, BEN, company.now) == 0

    put(company, ANNA, talk_of(company), 30, "same")
    assert look_around(company.services, BEN, company.now) == 1


def test_sd_02_two_talks_of_one_manager_at_one_time_are_seen_without_asking(
    company: Company,
) -> None:
    draft = EventDraft(
        title="1:1 Ben & Cleo",
        slot=slot(talk_of(company)),
        participants=people(BEN, CLEO),
        body=Body(),
    )
    company.clients.add(BEN, draft, "second", calendar_id=CalendarId(f"{BEN}/calendar"))
    company.sync()
    with company.store.transaction() as tx:
        say_yes(tx, company.series("second").series_id, by=BEN, now=company.now)
    company.sync()
    company.server.fail("list_occurrences", Unavailable("nobody is to ask"))

    look_around(company.services, BEN, company.now)
    with company.store.transaction() as tx:
        assert len(collisions_of(tx, ANNA, company.now)) == 1


def test_of_two_series_of_a_pair_the_next_talk_is_looked_at_and_not_each_in_turn(
    company: Company,
) -> None:
    draft = EventDraft(
        title="Anna & Ben, kurz",
        slot=slot(talk_of(company) + 24 * HOUR),
        participants=people(BEN, ANNA),
        body=Body(),
    )
    company.clients.add(BEN, draft, "second", calendar_id=CalendarId(f"{BEN}/calendar"))
    company.sync()
    with company.store.transaction() as tx:
        say_yes(tx, company.series("second").series_id, by=BEN, now=company.now)
    company.sync()
    look_around(company.services, BEN, company.now)

    assert [look_around(company.services, BEN, company.now) for _ in range(3)] == [0, 0, 0]
