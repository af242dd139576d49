"""Whose server brings an event where."""

from __future__ import annotations

from core.memory.store import MemoryStore
from core.model.calendar import CalendarId, EventId, EventRef
from core.model.series import Connection, ConnectionId, Copy, SeriesId
from core.service.houses import house_of, make_room

SERIES = SeriesId("s")


def connection(suite: str, person: str, **settings: str) -> Connection:
    return Connection(
        connection_id=ConnectionId(f"{suite}:{person}"),
        suite=suite,
        person=person,
        settings=tuple(settings.items()),
        calendars=(CalendarId(person),),
    )


BEN = connection("google", "ben@example.com")
ANNA = connection("caldav", "anna@example.com", home="https://dav.example.com/anna/")


def copy_of(mine: Connection, **more: object) -> Copy:
    ref = EventRef(calendar_id=mine.calendars[0], event_id=EventId("e"))
    made = {"whose": mine.person, "leading": False} | more
    return Copy(series_id=SERIES, connection_id=mine.connection_id, event=ref, **made)  # type: ignore[arg-type]


def test_a_server_and_a_tenant_are_houses_of_their_own() -> None:
    here = connection("caldav", "cleo@example.com", home="https://dav.example.com/cleo/")
    there = connection("caldav", "dan@example.com", home="https://other.example.org/dan/")

    assert house_of(here) == house_of(ANNA)
    assert len({house_of(each) for each in (BEN, ANNA, there)}) == 3


def test_a_copy_read_first_makes_room_for_the_organizer_s() -> None:
    store = MemoryStore()
    with store.transaction() as tx:
        tx.put_connection(BEN)
        tx.put_connection(ANNA)
        tx.put_copy(copy_of(ANNA, whose=None, leading=True))
        leader = copy_of(BEN, leading=True)
        tx.put_copy(leader)

        make_room(tx, leader)

        copies = {c.connection_id: c for c in tx.copies(SERIES)}
    assert copies[BEN.connection_id].leading
    assert not copies[ANNA.connection_id].leading
    assert copies[ANNA.connection_id].whose == ANNA.person
