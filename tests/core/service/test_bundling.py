"""Fixed days for a manager's talks (C-39)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from core.errors import InvalidInput
from core.memory.calendar import MemoryCalendar
from core.model.calendar import CalendarId, EventDraft, Window
from core.model.people import Person
from core.model.series import Connection, ConnectionId
from core.ports import CalendarFeature
from core.service.bundling import bundle
from core.service.consent import say_yes
from tests.core.builders import BEN, NOW, people, slot
from tests.core.service.conftest import Company

DAY = timedelta(days=1)


@pytest.fixture
def busy(with_copies: Company) -> Company:
    """Ben talks on Tuesday with three people and on Thursday with one more."""
    company = with_copies
    company.server.features |= CalendarFeature.FREE_BUSY
    company.say_yes()
    for n, start in enumerate((NOW + DAY + timedelta(hours=3), NOW + 3 * DAY, NOW + 4 * DAY)):
        add(company, f"p{n}@example.com", start)
    return company


def add(company: Company, report: str, start: datetime) -> None:
    own = company.server.open_calendar(report)
    with company.store.transaction() as tx:
        tx.put_person(Person(address=report, locale="de"))
        connection = Connection(
            connection_id=ConnectionId(report), suite="memory", person=report, calendars=(own,)
        )
        tx.put_connection(connection)
    draft = EventDraft(
        title="1:1", slot=slot(start), participants=people(BEN, report), rrule="FREQ=WEEKLY"
    )
    company.clients.add(BEN, draft, report, calendar_id=CalendarId(f"{BEN}/calendar"))
    company.sync()
    series = company.series(report).series_id
    with company.store.transaction() as tx:
        say_yes(tx, series, by=BEN, now=company.now)
    company.sync()


def test_c_39_the_days_with_most_talks_stay_and_the_others_come_beside_them(busy: Company) -> None:
    before = len(busy.server.writes)

    found = bundle(busy.services, BEN, busy.now, days=2)

    assert found.weekdays == (1, 3)
    assert len(found.stays) == 3
    (move,) = found.moves
    assert move.to is not None
    assert move.to.start.weekday() in (1, 3)
    for report in (BEN, "p2@example.com"):
        calendar = MemoryCalendar(busy.server, report)
        taken = calendar.busy(CalendarId(f"{report}/calendar"), move.to)
        assert [w for w in taken if w.start < move.to.end and move.to.start < w.end] == []
    gaps = [abs(t.slot.end - move.to.start) for t in found.stays]
    gaps += [abs(move.to.end - t.slot.start) for t in found.stays]
    assert min(gaps) == timedelta()
    assert len(busy.server.writes) == before


def test_c_39_where_no_time_suits_both_it_says_so(busy: Company) -> None:
    all_week = Window(start=NOW, end=NOW + 14 * DAY)
    draft = EventDraft(title="Urlaub", slot=slot(all_week.start, minutes=60 * 24 * 14))
    busy.clients.add(
        "p2@example.com", draft, "off", calendar_id=CalendarId("p2@example.com/calendar")
    )

    (move,) = bundle(busy.services, BEN, busy.now).moves

    assert move.to is None


def test_c_39_nobody_to_bundle_and_a_wrong_number(with_copies: Company) -> None:
    assert bundle(with_copies.services, "zoe@example.com", NOW).weekdays == ()
    with pytest.raises(InvalidInput):
        bundle(with_copies.services, BEN, NOW, days=0)
