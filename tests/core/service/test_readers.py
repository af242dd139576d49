"""Who else reads an event is asked rarely, offered to the two, and the event shows less."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from core.errors import InvalidInput, NotSupported, Unavailable
from core.memory.readers import EVERYBODY
from core.model.calendar import CalendarId, EventDraft, Participant, Readers, Role
from core.model.people import Pair, pair_id
from core.model.readers import SeenReaders
from core.model.series import Why
from core.model.suggestions import Suggestion
from core.service.edit import add_point
from core.service.exposure import Lowered, Onlookers, onlookers, outside_domains
from core.service.known_people import boss_of, members_of, set_group
from core.service.readers import look_soon
from core.service.services import circle_of
from core.service.settings import change_company, change_pair, change_person
from core.service.suggest import plan_team
from core.service.wording import add_line
from tests.core.builders import ANNA, BEN, people, slot
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


def with_note(company: Company, text: str, note: str) -> None:
    """Add a point with a line below it."""
    series_id = company.series().series_id
    point = add_point(company.services, series_id, text, by=ANNA, now=company.now)
    add_line(company.services, series_id, point.point_id, note, by=ANNA, now=company.now)
    company.sync()


def body(company: Company) -> str:
    return company.clients.body(BEN, UID, company.start())


@pytest.mark.capability("C-14", "US-9")
def test_r_23_where_a_delegate_reads_the_event_shows_titles_and_both_are_told_why(
    company: Company,
) -> None:
    company.say_yes()
    company.sync()
    company.now += timedelta(days=20)
    company.sync()

    plan_team(company.services, BEN, company.now)

    assert seeing(company) == Onlookers(people=(ASSISTANT,), told=2)
    with company.store.transaction() as tx:
        found = [s for s in tx.nouns(Suggestion, PAIR) if s.rule_id == "R-23"]
    assert [(s.variant, set(s.to)) for s in found] == [("lowered_reader", {ANNA, BEN})]
    with_note(company, "Angebot", "nur mit Rabatt")
    assert "Angebot" in body(company)
    assert "Rabatt" not in body(company)


def test_us_9_the_two_may_let_the_assistant_read_and_a_new_reader_lowers_it_again(
    company: Company,
) -> None:
    company.say_yes()
    with_note(company, "Budget", "zehn Prozent")
    assert "Prozent" not in body(company)

    expose(company, "full")
    assert "Prozent" in body(company)

    company.server.shelf(calendar(BEN)).onlookers = (ASSISTANT, "temp@example.com")
    company.now += timedelta(days=7, hours=1)
    somebody_looks(company)
    company.sync()
    company.sync()
    assert "Prozent" not in body(company)


@pytest.mark.capability("US-7")
def test_us_7_an_assistant_who_invites_is_a_delegate_and_the_pair_stays(company: Company) -> None:
    company.say_yes()
    with_note(company, "Budget", "zehn Prozent")
    with company.store.transaction() as tx:
        change_person(tx, BEN, now=company.now, assistants=(ASSISTANT,))
    invited = (Participant(address=ASSISTANT, role=Role.ORGANIZER), *people(BEN, ANNA))
    shelf = company.server.shelf_with(BEN, UID)
    entry = company.server.find(shelf.calendar_id, UID)
    others = tuple(
        replace(p, role=Role.REQUIRED) if p.address in (BEN, ANNA) else p for p in invited
    )
    company.server.store(shelf, replace(entry, master=replace(entry.master, participants=others)))
    company.sync()

    series = company.series()
    assert (series.pair_id, series.humans, series.organizer) == (PAIR, (ANNA, BEN), ASSISTANT)
    assert series.reason is Why.TWO_PEOPLE
    assert company.open_points() == ["Budget"]
    with company.store.transaction() as tx:
        circle = circle_of(tx, series)
    assert circle is not None
    assert (circle.exposure, circle.lowered) == ("titles", Lowered.ASSISTANT)


def test_us_7_somebody_who_only_reads_is_no_assistant_of_people_they_talk_with(
    company: Company,
) -> None:
    company.say_yes()
    with company.store.transaction() as tx:
        tx.put_pair(Pair(pair_id=pair_id(ASSISTANT, ANNA), manager=ASSISTANT, report=ANNA))
        find = boss_of(tx)
        assert find(ASSISTANT, (ANNA, BEN)) is None
        assert find("temp@example.com", (ANNA, BEN)) is None


@pytest.mark.capability("C-32")
def test_c_32_a_group_of_one_is_its_member_and_a_larger_one_is_no_one_on_one(
    company: Company,
) -> None:
    group = Participant(address="backend@example.com", role=Role.GROUP)
    ben = Participant(address=BEN, role=Role.ORGANIZER)
    draft = EventDraft(title="1:1", slot=slot(company.now), participants=(ben, group))
    event = company.clients.add(BEN, draft, "grouped", calendar_id=calendar(BEN))
    assert event is not None
    company.sync()
    assert company.series("grouped").reason is Why.A_GROUP

    with company.store.transaction() as tx:
        set_group(tx, "backend@example.com", [ANNA])
        assert members_of(tx)("Backend@example.com") == (ANNA,)
        set_group(tx, "backend@example.com", [ANNA, "cleo@example.com"])
        assert len(members_of(tx)("backend@example.com") or ()) == 2
        set_group(tx, "backend@example.com", [])
        assert members_of(tx)("backend@example.com") is None


def test_r_23_who_has_another_mail_domain_reads_from_outside(company: Company) -> None:
    company.say_yes()
    company.server.shelf(calendar(BEN)).onlookers = ("office@partner.example",)
    company.now += timedelta(days=8)
    somebody_looks(company)
    company.sync()

    with company.store.transaction() as tx:
        pair = tx.pair(PAIR)
        assert pair is not None
        assert outside_domains(tx, pair, onlookers(tx, pair)) == 1
        change_company(tx, now=company.now, domains=("example.com", "partner.example"))
        assert outside_domains(tx, pair, onlookers(tx, pair)) == 0


def somebody_looks(company: Company) -> None:
    with company.store.transaction() as tx:
        look_soon(tx, company.series().series_id, company.now)


def test_who_looks_has_it_asked_again_after_a_day_and_not_sooner(company: Company) -> None:
    company.say_yes()
    company.sync()
    for hours, asked in ((1, 2), (22, 2), (2, 4), (1, 4)):
        company.now += timedelta(hours=hours)
        somebody_looks(company)
        company.sync()

        assert company.server.reader_calls == asked


def test_it_is_asked_every_four_weeks_and_only_where_an_agenda_stands(company: Company) -> None:
    company.sync()
    assert company.server.reader_calls == 0

    company.say_yes()
    for _ in range(20):
        company.now += timedelta(hours=8)
        company.sync()
    assert company.server.reader_calls == 2

    company.now += timedelta(days=28)
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
    company.now += timedelta(days=29)
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
    expose(company, "full")
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
