"""Who else reads an event is asked rarely, offered to the two, and the event shows less."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.errors import InvalidInput, NotSupported, Unavailable
from core.memory.readers import EVERYBODY
from core.model.calendar import CalendarId, Readers
from core.model.people import pair_id
from core.model.readers import SeenReaders
from core.model.suggestions import Suggestion
from core.service.edit import add_point
from core.service.readers import Onlookers, onlookers
from core.service.settings import change_pair
from core.service.suggest import plan_team
from core.service.wording import add_line
from tests.core.builders import ANNA, BEN
from tests.core.service.conftest import UID, Company

PAIR = pair_id(ANNA, BEN)
ASSISTANT = "assistant@example.com"


@pytest.fixture
def company(with_copies: Company) -> Company:
    """Ben's assistant reads his calendar."""
    with_copies.server.shelf(calendar(BEN)).onlookers = (ASSISTANT,)
    return with_copies


def calendar(person: str) -> CalendarId:
    return CalendarId(f"{person}/calendar")


def seeing(company: Company) -> Onlookers:
    with company.store.transaction() as tx:
        pair = tx.pair(PAIR)
        assert pair is not None
        return onlookers(tx, pair)


def expose(company: Company, level: str) -> None:
    with company.store.transaction() as tx:
        change_pair(tx, PAIR, now=company.now, exposure=level)
    company.sync()


def body(company: Company) -> str:
    return company.clients.body(BEN, UID, company.start())


@pytest.mark.capability("C-14")
def test_r_23_a_delegate_who_reads_the_calendar_is_offered_as_a_reason(company: Company) -> None:
    company.say_yes()
    company.sync()
    company.now += timedelta(days=20)
    company.sync()

    plan_team(company.services, BEN, company.now)

    assert seeing(company) == Onlookers(people=(ASSISTANT,), told=2)
    with company.store.transaction() as tx:
        found = [s for s in tx.nouns(Suggestion, PAIR) if s.rule_id == "R-23"]
    assert [(s.variant, set(s.to)) for s in found] == [("delegate", {ANNA, BEN})]


def test_it_is_asked_once_a_week_and_only_where_an_agenda_stands(company: Company) -> None:
    company.sync()
    assert company.server.reader_calls == 0

    company.say_yes()
    for _ in range(20):
        company.now += timedelta(hours=8)
        company.sync()
    assert company.server.reader_calls == 2

    company.now += timedelta(days=7)
    company.sync()
    assert company.server.reader_calls == 4


@pytest.mark.parametrize("error", [NotSupported("it does not tell"), Unavailable("it is down")])
def test_trouble_breaks_nothing_and_is_not_taken_for_an_empty_room(
    company: Company, error: NotSupported | Unavailable
) -> None:
    company.server.fail("readers", error)

    company.say_yes()
    company.sync()

    assert seeing(company).untold == 1
    with company.store.transaction() as tx:
        kept = tx.noun(SeenReaders, calendar(ANNA))
    assert kept is not None
    assert kept.look_again > company.now


def test_what_was_known_stays_while_the_server_is_down(company: Company) -> None:
    company.say_yes()
    company.sync()
    company.now += timedelta(days=8)
    company.server.fail("readers", Unavailable("down"))
    company.server.fail("readers", Unavailable("down"))

    company.sync()

    assert seeing(company).people == (ASSISTANT,)
    company.server.shelf(calendar(BEN)).onlookers = (EVERYBODY,)
    company.now += timedelta(days=1)
    company.sync()
    assert seeing(company) == Onlookers(everybody=True, told=2)


def test_the_other_of_the_two_is_no_onlooker(company: Company) -> None:
    company.say_yes()
    with company.store.transaction() as tx:
        both = Readers(people=(ANNA, "anna"))
        tx.put_noun(SeenReaders(calendar_id=calendar(BEN), readers=both, look_again=company.now))

    assert seeing(company).people == ()


def test_f_16_titles_leave_notes_out_and_a_link_leaves_everything_out(company: Company) -> None:
    company.say_yes()
    series_id = company.series().series_id
    point = add_point(company.services, series_id, "Angebot", by=ANNA, now=company.now)
    add_line(company.services, series_id, point.point_id, "bis Mai", by=ANNA, now=company.now)
    company.sync()
    assert "Angebot" in body(company)
    assert "bis Mai" in body(company)

    expose(company, "titles")
    assert "Angebot" in body(company)
    assert "bis Mai" not in body(company)

    expose(company, "link")
    assert "Angebot" not in body(company)

    company.sync()
    assert company.open_points() == ["Angebot"]
    expose(company, "full")
    assert "bis Mai" in body(company)
    assert company.open_points() == ["Angebot"]


def test_what_somebody_types_into_a_bare_event_is_taken_in_and_hidden(company: Company) -> None:
    company.say_yes()
    expose(company, "link")

    company.type(ANNA, lambda text: text.replace("steht hier\n", "steht hier\n- Schulung\n", 1))
    company.sync()

    assert company.open_points() == ["Schulung"]
    assert "Schulung" not in body(company)


def test_an_unknown_level_is_refused(company: Company) -> None:
    company.say_yes()

    with company.store.transaction() as tx, pytest.raises(InvalidInput, match="full, titles, link"):
        change_pair(tx, PAIR, now=company.now, exposure="some")
