"""A new series goes on with an old one's points: by itself where sure, else either is asked."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core.errors import InvalidInput, NotFound
from core.model.calendar import CalendarId, EventDraft
from core.model.series import SeriesState, SheetState
from core.service.consent import say_yes
from core.service.edit import add_point
from core.service.relink import Match, matches_to_ask, not_the_same, relink_by_hand
from tests.core.builders import ANNA, BEN, CLEO, people, slot
from tests.core.service.conftest import UID, WEEK, Company

LATER = timedelta(days=200)


@pytest.fixture
def company(with_copies: Company) -> Company:
    """A series with an open point that was deleted from the calendar."""
    company = with_copies
    company.say_yes()
    add_point(company.services, company.series().series_id, "Budget", by=ANNA, now=company.now)
    company.sync()
    company.clients.delete(BEN, UID)
    company.sync()
    return company


def begin(company: Company, title: str, uid: str = "fresh") -> None:
    """Ben starts another series at another time of day, under another name."""
    first = slot(company.now + timedelta(days=2, hours=3))
    draft = EventDraft(title=title, slot=first, participants=people(BEN, ANNA), rrule="FREQ=WEEKLY")
    calendar = CalendarId(f"{BEN}/calendar")
    company.clients.add(BEN, draft, uid, calendar_id=calendar)
    company.sync()


def asked(company: Company, who: str) -> list[Match]:
    with company.store.transaction() as tx:
        return list(matches_to_ask(tx, who, company.now))


def relink(company: Company, by: str = ANNA, uid: str = "fresh") -> None:
    new, old = company.series(uid).series_id, company.series(UID).series_id
    with company.store.transaction() as tx:
        relink_by_hand(tx, new, old, by=by, now=company.now)
    company.sync()


def test_f_08_where_it_is_unclear_both_are_asked_once_and_either_answers(company: Company) -> None:
    begin(company, "Jour fixe")
    assert company.series("fresh").state is SeriesState.FOUND
    for who in (ANNA, BEN):
        (match,) = asked(company, who)
        assert (match.new.uid, match.old.uid, match.open_entries) == ("fresh", UID, 1)
    assert asked(company, CLEO) == []

    relink(company, by=ANNA)

    assert [p.text for p in company.sheet("fresh").agenda.points] == ["Budget"]
    assert company.series("fresh").state is SeriesState.ENABLED
    assert asked(company, BEN) == []
    relink(company, by=BEN)
    assert [p.text for p in company.sheet("fresh").agenda.points] == ["Budget"]


def test_f_08_a_no_is_heard(company: Company) -> None:
    begin(company, "Jour fixe")
    new, old = company.series("fresh").series_id, company.series(UID).series_id

    with company.store.transaction() as tx:
        not_the_same(tx, new, old, by=BEN)

    assert asked(company, ANNA) == asked(company, BEN) == []
    assert company.series("fresh").state is SeriesState.FOUND


def test_c_03_after_more_than_five_months_the_points_go_on_where_somebody_says_so(
    company: Company,
) -> None:
    company.now += LATER
    company.sync()
    begin(company, "1:1 Anna & Ben")
    assert company.series("fresh").state is SeriesState.FOUND

    relink(company)

    assert [p.text for p in company.sheet("fresh").agenda.points] == ["Budget"]


def test_c_04_a_series_with_an_agenda_of_its_own_takes_the_open_points_along(
    company: Company,
) -> None:
    begin(company, "Jour fixe")
    fresh = company.series("fresh").series_id
    with company.store.transaction() as tx:
        say_yes(tx, fresh, by=BEN, now=company.now)
    add_point(company.services, fresh, "Neues", by=BEN, now=company.now)
    company.sync()
    assert len(asked(company, ANNA)) == 1

    relink(company, by=BEN)

    found = {p.text: p.carried for p in company.sheet("fresh").agenda.points}
    assert found == {"Neues": 0, "Budget": 1}
    with company.store.transaction() as tx:
        old = tx.sheets(company.series(UID).series_id)
    assert [s.state for s in old] == [SheetState.CLOSED]


def test_what_cannot_be_linked_is_refused_in_words(company: Company) -> None:
    begin(company, "Jour fixe")
    new, old = company.series("fresh").series_id, company.series(UID).series_id
    with company.store.transaction() as tx:
        with pytest.raises(NotFound):
            relink_by_hand(tx, new, old, by=CLEO, now=company.now)
        with pytest.raises(InvalidInput, match="two series"):
            relink_by_hand(tx, new, new, by=BEN, now=company.now)
        with pytest.raises(InvalidInput, match="no meeting to come"):
            relink_by_hand(tx, old, new, by=BEN, now=company.now)
    relink(company)
    company.now += 2 * WEEK
    begin(company, "Noch eine", "third")
    third = company.series("third").series_id
    with company.store.transaction() as tx, pytest.raises(InvalidInput, match="still takes place"):
        relink_by_hand(tx, third, new, by=BEN, now=company.now)
