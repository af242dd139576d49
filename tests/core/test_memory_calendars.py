"""The pretended calendar server beyond the contract: pages, failures, counts, speed of growth."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from core.errors import InvalidInput, NotFound, Unavailable
from core.memory import recurrence
from core.memory.calendar import MemoryCalendar
from core.memory.calendars import SHARED, MemoryCalendars
from core.memory.clients import MemoryClients
from core.model.calendar import (
    Body,
    CalendarId,
    EventDraft,
    EventRef,
    EventStatus,
    Participant,
    Response,
    Role,
    TimeSlot,
)

BEN, ANNA = "ben@example.com", "anna@example.com"
START = datetime(2030, 9, 2, 7, tzinfo=UTC)
SLOT = TimeSlot(start=START, end=START + timedelta(minutes=30), zone="Europe/Berlin")
PEOPLE = (
    Participant(address=BEN, role=Role.ORGANIZER, response=Response.ACCEPTED),
    Participant(address=ANNA),
)
WEEKLY = EventDraft(title="1:1", slot=SLOT, participants=PEOPLE, rrule="FREQ=WEEKLY")


@pytest.fixture
def server() -> MemoryCalendars:
    server = MemoryCalendars()
    for person in (BEN, ANNA):
        server.open_calendar(person)
    return server


def test_changes_come_in_pages_of_the_size_that_was_set(server: MemoryCalendars) -> None:
    server.page_size = 2
    clients, port = MemoryClients(server), MemoryCalendar(server, BEN)
    refs = [clients.add(BEN, WEEKLY, f"{number}") for number in range(5)]

    cursor, uids, more = None, [], True
    while more:
        page = port.changes(refs[0].calendar_id, cursor)
        cursor, more = page.cursor, page.more
        uids += [event.uid for event in page.changed]

    assert uids == ["0", "1", "2", "3", "4"]


def test_ordered_failure_comes_once_before_anything_is_done(server: MemoryCalendars) -> None:
    clients, port = MemoryClients(server), MemoryCalendar(server, BEN)
    event = port.get_event(clients.add(BEN, WEEKLY, "a"))
    server.fail("write_body", Unavailable("down"))

    with pytest.raises(Unavailable):
        port.write_body(event.ref, Body(content="x"), expect=event.revision)
    assert not server.writes
    port.write_body(event.ref, Body(content="x"), expect=event.revision)
    assert [write.verb for write in server.writes] == ["write_body"]


def test_ordered_failure_can_come_after_it_was_done(server: MemoryCalendars) -> None:
    clients, port = MemoryClients(server), MemoryCalendar(server, BEN)
    event = port.get_event(clients.add(BEN, WEEKLY, "a"))
    server.fail("write_body", Unavailable("answer lost"), done=True)

    with pytest.raises(Unavailable):
        port.write_body(event.ref, Body(content="x"), expect=event.revision)

    assert clients.body(BEN, "a") == "x"
    assert clients.body(ANNA, "a") == "x"


def test_calendar_of_others_is_not_found(server: MemoryCalendars) -> None:
    ref = MemoryClients(server).add(BEN, WEEKLY, "a")
    port = MemoryCalendar(server, ANNA)

    with pytest.raises(NotFound):
        port.changes(ref.calendar_id, None)
    with pytest.raises(NotFound):
        port.get_event(EventRef(calendar_id=CalendarId("nowhere"), event_id=ref.event_id))


def test_deleted_by_its_organizer_it_is_cancelled_for_the_attendee(
    server: MemoryCalendars,
) -> None:
    clients = MemoryClients(server)
    clients.add(BEN, WEEKLY, "a")
    clients.delete(BEN, "a")

    page = MemoryCalendar(server, ANNA).changes(server.open_calendar(ANNA), None)

    assert [event.status for event in page.changed] == [EventStatus.CANCELLED]


def test_deleted_by_the_attendee_it_is_declined_for_the_organizer(
    server: MemoryCalendars,
) -> None:
    clients = MemoryClients(server)
    ref = clients.add(BEN, WEEKLY, "a")
    clients.delete(ANNA, "a")

    event = MemoryCalendar(server, BEN).get_event(ref)

    assert event.participants[1].response is Response.DECLINED


def test_shared_calendar_is_one_and_the_same_for_both() -> None:
    server = MemoryCalendars(SHARED)
    calendar = server.open_calendar(BEN, ANNA)
    clients = MemoryClients(server)
    clients.add(BEN, WEEKLY, "a", calendar_id=calendar)
    clients.edit_body(ANNA, "a", START, lambda text: f"{text}Anna's")

    assert clients.body(BEN, "a", START) == "Anna's"
    assert [info.calendar_id for info in MemoryCalendar(server, ANNA).list_calendars()] == [
        calendar
    ]


def test_split_series_ends_before_the_new_one_begins(server: MemoryCalendars) -> None:
    clients, port = MemoryClients(server), MemoryCalendar(server, BEN)
    old = clients.add(BEN, WEEKLY, "a")
    later = TimeSlot(
        start=START + timedelta(weeks=2), end=SLOT.end + timedelta(weeks=2), zone=SLOT.zone
    )
    draft = EventDraft(title="1:1", slot=later, participants=PEOPLE, rrule="FREQ=WEEKLY")

    new = clients.replace_series(BEN, "a", draft, "b", keep_past=True)

    assert [e.slot.start for e in port.occurrences(old, START, 9)] == [
        START,
        START + timedelta(weeks=1),
    ]
    assert port.occurrences(new, START, 1)[0].slot.start == later.start


@pytest.mark.parametrize(
    ("rrule", "days"),
    [
        ("FREQ=DAILY;INTERVAL=3;COUNT=3", [2, 5, 8]),
        ("FREQ=WEEKLY;BYDAY=MO,WE;COUNT=4", [2, 4, 9, 11]),
        ("FREQ=WEEKLY;INTERVAL=2;UNTIL=20300930", [2, 16, 30]),
        ("FREQ=WEEKLY;UNTIL=20300916T070000Z", [2, 9, 16]),
        ("FREQ=WEEKLY;UNTIL=20300916T065959Z", [2, 9]),
        ("FREQ=WEEKLY;UNTIL=20300909T090000", [2, 9]),
    ],
)
def test_rule_puts_its_days(rrule: str, days: list[int]) -> None:
    assert [start.day for start in recurrence.starts(SLOT, rrule)] == days


@pytest.mark.parametrize(
    ("rrule", "dates"),
    [
        ("FREQ=MONTHLY;COUNT=3", ["02.09", "02.10", "02.11"]),
        ("FREQ=MONTHLY;BYDAY=1MO;COUNT=3", ["02.09", "07.10", "04.11"]),
        ("FREQ=MONTHLY;BYDAY=-1FR;COUNT=2", ["27.09", "25.10"]),
        ("FREQ=MONTHLY;BYDAY=5MO;COUNT=2", ["30.09", "30.12"]),
        ("FREQ=MONTHLY;BYMONTHDAY=31;COUNT=3", ["31.10", "31.12", "31.01"]),
    ],
)
def test_monthly_rule_puts_its_days(rrule: str, dates: list[str]) -> None:
    assert [start.strftime("%d.%m") for start in recurrence.starts(SLOT, rrule)] == dates


@pytest.mark.parametrize("rrule", ["FREQ=YEARLY", "FREQ=WEEKLY;BYSETPOS=1", "INTERVAL=2"])
def test_rule_that_the_fake_does_not_know_is_refused(rrule: str) -> None:
    with pytest.raises(InvalidInput):
        list(recurrence.starts(SLOT, rrule))


def test_thousand_pairs_are_read_without_walking_what_did_not_change() -> None:
    server = MemoryCalendars()
    clients = MemoryClients(server)
    boss = server.open_calendar(BEN)
    port = MemoryCalendar(server, BEN)
    for number in range(1000):
        clients.add(BEN, WEEKLY, f"{number}")
    cursor = port.changes(boss, None).cursor
    clients.edit_body(BEN, "7", START, "typed")

    assert [event.uid for event in port.changes(boss, cursor).changed] == ["7"]
