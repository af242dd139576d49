"""While Anna is away Ben offers her open action items to others (US-6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from core.errors import InvalidInput, NotFound
from core.model.agenda import ActionItem, ItemState
from core.model.cover import CoverOffer, CoverState
from core.model.handover import HandedItem
from core.model.people import Pair, Person, pair_id
from core.service.access_request import person_export
from core.service.cover import answer_cover, offer_cover, offered_to, team_of, uncovered
from core.service.open_agenda import with_entry
from core.service.settings import change_person
from core.service.traces import traces_of
from tests.core.builders import ANNA, BEN, CLEO
from tests.core.service.conftest import Company

DORA = "dora@example.com"


@pytest.fixture
def away(with_copies: Company) -> Company:
    """Anna has promised slides and is away; Cleo and Dora are Ben's people, too."""
    company = with_copies
    company.say_yes()
    company.add_line(ANNA, "TODO Anna: Folien schicken bis 20.03.2026\nTODO Ben: Raum buchen")
    company.sync()
    with company.store.transaction() as tx:
        for address in (CLEO, DORA):
            tx.put_person(Person(address=address, name=address.partition("@")[0].capitalize()))
            pair = pair_id(BEN, address)
            tx.put_pair(Pair(pair_id=pair, manager=BEN, report=address, roles_confirmed=True))
        tx.put_pair(Pair(pair_id=pair_id(ANNA, BEN), manager=BEN, report=ANNA))
    leave(company, date(2026, 9, 1))
    return company


def leave(company: Company, until: date) -> None:
    with company.store.transaction() as tx:
        begins = company.now.date()
        change_person(tx, ANNA, now=company.now, paused_from=begins, paused_until=until)
    company.sync()


def item_of(company: Company, owner: str) -> ActionItem:
    return next(i for i in company.agenda().action_items if i.owner == owner)


def offer(company: Company, to: str, *, by: str = BEN) -> str:
    with company.store.transaction() as tx:
        made = offer_cover(tx, item_of(company, ANNA).item_id, to, by=by, now=company.now)
    return made.offer_id


def answer(company: Company, offer_id: str, *, take: bool, by: str) -> CoverState:
    with company.store.transaction() as tx:
        state = answer_cover(tx, offer_id, take=take, by=by, now=company.now).state
    company.sync()
    return state


def test_us_6_the_manager_offers_what_is_open_and_a_colleague_takes_it(away: Company) -> None:
    with away.store.transaction() as tx:
        assert [u.item.text for u in uncovered(tx, BEN, away.now.date())] == ["Folien schicken"]
        assert [p.address for p in team_of(tx, BEN, away.now.date())] == [CLEO, DORA]
    made = offer(away, CLEO)

    assert answer(away, made, take=True, by=CLEO) is CoverState.TAKEN
    assert item_of(away, ANNA).state is ItemState.DROPPED
    with away.store.transaction() as tx:
        handed = tx.nouns(HandedItem, pair_id(BEN, CLEO))
        assert uncovered(tx, BEN, away.now.date()) == ()
    assert [(h.item.text, h.item.owner) for h in handed] == [("Folien schicken", CLEO)]
    assert handed[0].item.due == date(2026, 3, 20)


def test_us_6_a_no_leaves_it_where_it_is_and_somebody_else_may_be_asked(away: Company) -> None:
    first = offer(away, CLEO)
    assert offer(away, CLEO) == first
    assert answer(away, first, take=False, by=CLEO) is CoverState.DECLINED

    second = offer(away, DORA)

    assert item_of(away, ANNA).state is ItemState.OPEN
    with away.store.transaction() as tx:
        assert [o.offer_id for o in offered_to(tx, DORA)] == [second]
        assert offered_to(tx, CLEO) == ()
    assert answer(away, first, take=True, by=CLEO) is CoverState.DECLINED


def test_asking_somebody_else_takes_the_first_offer_back(away: Company) -> None:
    first = offer(away, CLEO)
    offer(away, DORA)

    with away.store.transaction() as tx:
        assert offered_to(tx, CLEO) == ()
    assert answer(away, first, take=True, by=CLEO) is CoverState.WITHDRAWN
    assert item_of(away, ANNA).state is ItemState.OPEN


def test_only_the_manager_offers_only_to_their_people_and_only_during_a_leave(
    away: Company,
) -> None:
    made = offer(away, CLEO)

    with pytest.raises(InvalidInput, match="one of your people"):
        offer(away, ANNA)
    with pytest.raises(NotFound):
        offer(away, DORA, by=CLEO)
    with pytest.raises(NotFound):
        answer(away, made, take=True, by=DORA)
    leave(away, away.now.date() + timedelta(days=1))
    away.now += timedelta(days=2)
    with pytest.raises(NotFound):
        offer(away, DORA)


def test_what_is_done_meanwhile_is_not_done_twice(away: Company) -> None:
    made = offer(away, CLEO)
    with away.store.transaction() as tx:
        sheet = away.sheet()
        done = replace(item_of(away, ANNA), state=ItemState.DONE)
        tx.put_sheet(replace(sheet, agenda=with_entry(sheet.agenda, done)))

    with pytest.raises(InvalidInput, match="done or gone"):
        answer(away, made, take=True, by=CLEO)


def test_an_offer_is_part_of_what_is_kept_about_somebody_and_goes_with_them(away: Company) -> None:
    offer(away, CLEO)

    with away.store.transaction() as tx:
        exported = person_export(tx, CLEO, away.now)
        pair = tx.pair(pair_id(ANNA, BEN))
        assert pair is not None
        traces = [t for t in traces_of(tx, pair, ANNA) if isinstance(t, CoverOffer)]

    assert [o["text"] for o in exported["cover_offers"]] == ["Folien schicken"]
    assert [t.to for t in traces] == [CLEO]


def test_who_has_another_manager_meanwhile_is_told_and_nothing_changes(away: Company) -> None:
    made = offer(away, CLEO)
    with away.store.transaction() as tx:
        known = tx.pair(pair_id(BEN, CLEO))
        assert known is not None
        tx.put_pair(replace(known, ended=away.now))

    with pytest.raises(InvalidInput, match="no pair any more"):
        answer(away, made, take=True, by=CLEO)

    assert item_of(away, ANNA).state is ItemState.OPEN
