"""US-5: another manager in the middle of a quarter, and the report decides what passes on."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.errors import InvalidInput, NotFound
from core.model.agenda import Visibility
from core.model.calendar import EventDraft
from core.model.goals import Goal
from core.model.handover import Fate, ManagerChange, Release
from core.model.notes import PrivateNote
from core.model.people import pair_id
from core.model.series import Sheet
from core.model.settings import Bond
from core.service.consent import say_yes
from core.service.edit import add_point
from core.service.handover import (
    begin_change,
    changes_for,
    choose_release,
    decide_promise,
    promises_to_decide,
)
from core.service.notes import write_private
from core.service.old_pairs import close_end_offer, ends_to_offer, released_sheets, reopen
from tests.core.builders import ANNA, BEN, CLEO, NOW, PAIR, people, slot
from tests.core.service.conftest import FIRST, UID, WEEK, Company

NEW = pair_id(ANNA, CLEO)
DAY = date(2026, 4, 1)


@pytest.fixture
def changing(company: Company) -> Company:
    """Anna and Ben have talked, and Anna will report to Cleo from 1 April."""
    company.now = NOW + 3 * WEEK
    company.say_yes()
    company.add_line(BEN, "- Wie lief die Messe?", below="Ben")
    company.add_line(ANNA, "- Urlaub\n   Notiz von Ben dazu\nTODO Ben: Budget\nTODO Anna: Folien")
    company.sync()
    company.sync()
    with company.store.transaction() as tx:
        tx.put_noun(
            Goal(goal_id="g1", pair_id=PAIR.pair_id, title="Messe", since=DAY, touched_on=DAY)
        )
        begin_change(tx, ANNA, BEN, CLEO, DAY, now=company.now)
    company.pass_meeting()
    return company


def change(company: Company, reader: str = ANNA) -> ManagerChange:
    with company.store.transaction() as tx:
        (found,) = changes_for(tx, reader)
    return found


def release(company: Company, **what: bool) -> None:
    with company.store.transaction() as tx:
        choose_release(tx, change(company).change_id, Release(**what), by=ANNA, now=company.now)


def day_comes(company: Company) -> None:
    company.now += timedelta(days=10)
    company.sync()
    company.sync()


def new_series(company: Company) -> Sheet:
    """Cleo invites Anna and says yes; return the first agenda."""
    draft = EventDraft(
        title="1:1 Anna & Cleo",
        slot=slot(company.now + timedelta(days=1)),
        participants=people(CLEO, ANNA),
        rrule="FREQ=WEEKLY",
    )
    shelf = company.server.shelf_with(BEN, UID).calendar_id
    where = None if company.copies else shelf
    company.clients.add(CLEO if company.copies else BEN, draft, "new", calendar_id=where)
    company.sync()
    with company.store.transaction() as tx:
        series = tx.series_by_uid("new")
        assert series is not None
        say_yes(tx, series.series_id, by=CLEO, now=company.now)
    company.sync()
    return company.sheet("new")


def all_words(sheet: Sheet) -> str:
    return " ".join(" ".join((e.text, *e.notes)) for s in sheet.agenda.sections for e in s.entries)


def test_the_usual_passes_the_reports_own_and_nothing_of_the_manager(changing: Company) -> None:
    day_comes(changing)

    sheet = new_series(changing)
    words = all_words(sheet)
    assert "Urlaub" in words
    assert "Folien" in words
    assert "Messe?" not in words
    assert "Budget" not in words
    assert "Notiz von Ben" not in words
    owners = {i.text: i.owner for i in sheet.agenda.action_items}
    assert owners == {"Folien": ANNA}
    with changing.store.transaction() as tx:
        assert [g.title for g in tx.nouns(Goal, NEW)] == ["Messe"]
        pair = tx.pair(NEW)
        assert pair is not None
        assert released_sheets(tx, pair, CLEO) == []


@pytest.mark.capability("F-26")
def test_only_what_she_released_passes_on(changing: Company) -> None:
    release(changing, actions=False, points=False, goals=False, history=True)
    day_comes(changing)

    assert all_words(new_series(changing)).strip() == ""
    with changing.store.transaction() as tx:
        assert tx.nouns(Goal, NEW) == []
        pair = tx.pair(NEW)
        assert pair is not None
        past = released_sheets(tx, pair, CLEO)
        assert len(past) == 1
        with pytest.raises(NotFound):
            released_sheets(tx, pair, BEN)


def test_the_old_pair_freezes_and_keeps_its_history(changing: Company) -> None:
    day_comes(changing)

    with changing.store.transaction() as tx:
        pair = tx.pair(PAIR.pair_id)
        assert pair is not None
        assert pair.ended is not None
        assert len(tx.sheets(changing.series().series_id)) == 2
        with pytest.raises(InvalidInput, match="pair reopen"):
            say_yes(tx, changing.series().series_id, by=BEN, now=changing.now)
    assert changing.clients.body(BEN, UID, FIRST + 5 * WEEK - timedelta(hours=1)) == "Raum Linde"
    assert changing.clients.body(BEN, UID) == "Raum Linde"


def test_bens_private_notes_and_points_never_move(changing: Company) -> None:
    series_id = changing.series().series_id
    add_point(
        changing.services,
        series_id,
        "nur für mich",
        by=BEN,
        now=changing.now,
        visibility=Visibility.PRIVATE,
    )
    with changing.store.transaction() as tx:
        write_private(tx, changing.sheet(), "ganz privat", by=BEN, now=changing.now)
    release(changing, history=True)
    day_comes(changing)

    assert "nur für mich" not in all_words(new_series(changing))
    with changing.store.transaction() as tx:
        pair = tx.pair(NEW)
        assert pair is not None
        for sheet in released_sheets(tx, pair, CLEO):
            assert "nur für mich" not in str(sheet.agenda.shared())
        notes = tx.nouns(PrivateNote)
        assert {n.pair_id for n in notes} == {PAIR.pair_id}


def test_what_she_chose_is_hers_to_know(changing: Company) -> None:
    release(changing, history=True)

    assert change(changing, ANNA).release.history
    for other in (BEN, CLEO):
        assert change(changing, other).release == Release()
        assert not change(changing, other).answered
    with changing.store.transaction() as tx, pytest.raises(NotFound):
        choose_release(tx, change(changing).change_id, Release(), by=CLEO, now=changing.now)


def test_each_promise_of_ben_is_kept_closed_or_taken(changing: Company) -> None:
    change_id = change(changing).change_id
    with changing.store.transaction() as tx:
        (promise,) = promises_to_decide(tx, change_id, by=BEN)
        item = promise.item.item_id
        with pytest.raises(NotFound):
            decide_promise(tx, change_id, item, Fate.TAKEN, by=CLEO, now=changing.now)
        decide_promise(tx, change_id, item, Fate.OFFERED, by=BEN, now=changing.now)
        with pytest.raises(NotFound):
            decide_promise(tx, change_id, item, Fate.TAKEN, by=BEN, now=changing.now)
    assert [p.item.text for p in change(changing, CLEO).promises] == ["Budget"]
    with changing.store.transaction() as tx:
        decide_promise(tx, change_id, item, Fate.TAKEN, by=CLEO, now=changing.now)
    day_comes(changing)

    owners = {i.text: i.owner for i in new_series(changing).agenda.action_items}
    assert owners == {"Folien": ANNA, "Budget": CLEO}


def test_an_offered_promise_that_nobody_takes_does_not_move(changing: Company) -> None:
    change_id = change(changing).change_id
    with changing.store.transaction() as tx:
        (promise,) = promises_to_decide(tx, change_id, by=BEN)
        decide_promise(tx, change_id, promise.item.item_id, Fate.OFFERED, by=BEN, now=changing.now)
    day_comes(changing)
    with changing.store.transaction() as tx:
        decide_promise(tx, change_id, promise.item.item_id, Fate.TAKEN, by=CLEO, now=changing.now)

    owners = {i.text: i.owner for i in new_series(changing).agenda.action_items}
    assert owners == {"Folien": ANNA, "Budget": CLEO}


def test_both_get_an_offer_to_end_the_old_series_until_they_heard_it(changing: Company) -> None:
    day_comes(changing)
    with changing.store.transaction() as tx:
        (offer,) = ends_to_offer(tx, BEN)
        assert len(ends_to_offer(tx, ANNA)) == 1
        assert ends_to_offer(tx, CLEO) == ()
        close_end_offer(tx, offer.change_id, by=BEN)
        assert ends_to_offer(tx, BEN) == ()
        assert len(ends_to_offer(tx, ANNA)) == 1


@pytest.mark.capability("C-17")
def test_ben_may_become_her_mentor_with_the_old_history(changing: Company) -> None:
    day_comes(changing)
    with changing.store.transaction() as tx:
        with pytest.raises(InvalidInput):
            reopen(tx, ANNA, BEN, Bond.REPORT, now=changing.now)
        assert reopen(tx, ANNA, BEN, Bond.MENTORING, now=changing.now).ended is None
        say_yes(tx, changing.series().series_id, by=BEN, now=changing.now)
    changing.sync()

    with changing.store.transaction() as tx:
        assert len(tx.sheets(changing.series().series_id)) >= 2
    assert "1:1-Agenda" in changing.clients.body(ANNA, UID, changing.start())


def test_the_same_news_twice_is_one_change_and_another_day_moves_it(changing: Company) -> None:
    with changing.store.transaction() as tx:
        begin_change(tx, ANNA, BEN, CLEO, DAY, now=changing.now)
        begin_change(tx, ANNA, BEN, CLEO, DAY + timedelta(days=5), now=changing.now)
        assert len(tx.nouns(ManagerChange)) == 1
        with pytest.raises(InvalidInput):
            begin_change(tx, ANNA, BEN, BEN, DAY, now=changing.now)
    assert change(changing).on == DAY + timedelta(days=5)
    release(changing)
    day_comes(changing)
    day_comes(changing)
    with pytest.raises(InvalidInput, match="called back"):
        release(changing)
