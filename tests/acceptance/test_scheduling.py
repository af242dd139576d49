"""Two people, two copies: the engine on servers that schedule."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from adapters.caldav import build
from adapters.caldav.discovery import discover
from core.memory.store import MemoryStore
from core.model.agenda import PointState
from core.model.calendar import Body, CalendarId, EventDraft, Response, TimeSlot
from core.model.people import Person
from core.model.series import Connection, ConnectionId, Series, Sheet
from core.ports import Suite
from core.service.consent import say_yes
from core.service.proposals import proposals_for, take_proposal
from core.service.run import sync_once
from core.service.services import Services
from tests.core.builders import people
from tests.servers.accounts import Account, CalendarServer, Couple
from tests.servers.dav_clients import DavClients

ZONE = "Europe/Berlin"
FIRST = datetime(2030, 3, 5, 9, tzinfo=ZoneInfo(ZONE))
"""A Tuesday to come: Cyrus delivers nothing about what is past."""
WEEK = timedelta(days=7)
UID = "weekly-of-two"


@dataclass(slots=True)
class Two:
    """Anna and Ben on one server, each with an account of their own."""

    couple: Couple
    clients: DavClients
    services: Services
    store: MemoryStore
    now: datetime

    def sync(self) -> None:
        """Do a whole pass without troubles."""
        assert sync_once(self.services, self.now).troubles == ()

    def series(self) -> Series:
        """Return the series."""
        with self.store.transaction() as tx:
            found = tx.series_by_uid(UID)
        assert found is not None
        return found

    def sheet(self) -> Sheet:
        """Return the open sheet."""
        with self.store.transaction() as tx:
            found = tx.open_sheet(self.series().series_id)
        assert found is not None
        return found

    def texts(self, start: datetime) -> tuple[str, str]:
        """Return what Ben's and Anna's clients show."""
        ben, anna = self.couple.ben.address, self.couple.anna.address
        return self.clients.body(ben, UID, start), self.clients.body(anna, UID, start)


def two_on(server: CalendarServer) -> Two:
    """Make a weekly of Ben and Anna, connect both, say yes and write."""
    couple = server.couple()
    clients = DavClients(couple)
    draft = EventDraft(
        title="1:1 Anna & Ben",
        slot=TimeSlot(start=FIRST, end=FIRST + timedelta(minutes=30), zone=ZONE),
        participants=people(couple.ben.address, couple.anna.address),
        body=Body(content="Raum Linde"),
        rrule="FREQ=WEEKLY",
    )
    clients.add(couple.ben.address, draft, UID)
    store = MemoryStore()
    passwords: dict[str, str] = {}

    def suite_of(connection: Connection) -> Suite:
        return build(dict(connection.settings), passwords[connection.person])

    two = Two(
        couple=couple,
        clients=clients,
        services=Services(store=store, suite_of=suite_of, default_locale="de"),
        store=store,
        now=FIRST - timedelta(days=1),
    )
    for account, name in ((couple.ben, "Ben"), (couple.anna, "Anna")):
        passwords[account.address] = account.password
        _connect(store, account, name)
    two.sync()
    with store.transaction() as tx:
        say_yes(tx, two.series().series_id, by=couple.ben.address, now=two.now)
    two.sync()
    return two


def _connect(store: MemoryStore, account: Account, name: str) -> None:
    found = discover(account.start_url, account.login, account.password)
    with store.transaction() as tx:
        tx.put_person(Person(address=account.address, name=name, locale="de"))
        tx.put_connection(
            Connection(
                connection_id=ConnectionId(account.address),
                suite="caldav",
                person=account.address,
                settings=tuple(sorted(found.settings.to_dict().items())),
                calendars=(CalendarId(account.calendar_url),),
            )
        )


@pytest.fixture
def on_cyrus(cyrus: CalendarServer) -> Two:
    return two_on(cyrus)


@pytest.fixture
def on_xandikos(xandikos: CalendarServer) -> Two:
    return two_on(xandikos)


def test_the_agenda_reaches_both_copies_on_cyrus(on_cyrus: Two) -> None:
    ben, anna = on_cyrus.texts(FIRST)

    assert "1:1" in ben
    assert ben == anna
    assert on_cyrus.texts(FIRST + WEEK) == ("Raum Linde", "Raum Linde")


@pytest.mark.capability("C-11")
def test_lines_typed_in_both_copies_are_merged_on_cyrus(on_cyrus: Two) -> None:
    couple, clients = on_cyrus.couple, on_cyrus.clients
    # The organizer first: a person's own save in the organizer's copy wipes the other's.
    clients.edit_body(
        couple.ben.address, UID, FIRST, lambda t: t.replace("Ben\n", "Ben\n- von Ben\n", 1)
    )
    clients.edit_body(
        couple.anna.address, UID, FIRST, lambda t: t.replace("Anna\n", "Anna\n- von Anna\n", 1)
    )

    on_cyrus.sync()
    on_cyrus.sync()

    owners = {p.text: p.owner for p in on_cyrus.sheet().agenda.points}
    assert owners == {"von Anna": couple.anna.address, "von Ben": couple.ben.address}
    for text in on_cyrus.texts(FIRST):
        assert (text.count("von Anna"), text.count("von Ben")) == (1, 1)


def test_the_attendees_tick_survives_the_organizers_write_on_cyrus(on_cyrus: Two) -> None:
    couple, clients = on_cyrus.couple, on_cyrus.clients
    clients.edit_body(
        couple.anna.address, UID, FIRST, lambda t: t.replace("Anna\n", "Anna\n- Urlaub\n", 1)
    )
    on_cyrus.sync()

    clients.edit_body(
        couple.ben.address, UID, FIRST, lambda t: t.replace("Ben\n", "Ben\n- neu\n", 1)
    )
    clients.edit_body(
        couple.anna.address, UID, FIRST, lambda t: t.replace("[ ] Urlaub", "[x] Urlaub")
    )
    on_cyrus.sync()

    states = {p.text: p.state for p in on_cyrus.sheet().agenda.points}
    assert states == {"Urlaub": PointState.DISCUSSED, "neu": PointState.OPEN}


def test_the_comment_of_her_answer_waits_for_her_alone_on_cyrus(on_cyrus: Two) -> None:
    couple, clients = on_cyrus.couple, on_cyrus.clients
    clients.answer(couple.anna.address, UID, Response.ACCEPTED, FIRST, comment="Gehalt ansprechen?")

    on_cyrus.sync()

    series_id = on_cyrus.series().series_id
    with on_cyrus.store.transaction() as tx:
        (hers,) = proposals_for(tx, series_id, couple.anna.address)
        assert proposals_for(tx, series_id, couple.ben.address) == ()
    assert hers.text == "Gehalt ansprechen?"
    assert "Gehalt" not in "".join(on_cyrus.texts(FIRST))
    take_proposal(on_cyrus.services, series_id, hers.key, by=couple.anna.address, now=on_cyrus.now)
    on_cyrus.sync()
    for text in on_cyrus.texts(FIRST):
        assert text.count("Gehalt ansprechen?") == 1


def test_the_organizers_lines_reach_the_attendee_on_xandikos(on_xandikos: Two) -> None:
    couple, clients = on_xandikos.couple, on_xandikos.clients
    clients.edit_body(
        couple.ben.address, UID, FIRST, lambda t: t.replace("Ben\n", "Ben\n- von Ben\n", 1)
    )

    on_xandikos.sync()
    on_xandikos.sync()

    for text in on_xandikos.texts(FIRST):
        assert text.count("von Ben") == 1


def test_open_points_are_carried_in_both_copies_on_cyrus(on_cyrus: Two) -> None:
    couple, clients = on_cyrus.couple, on_cyrus.clients
    clients.edit_body(
        couple.anna.address, UID, FIRST, lambda t: t.replace("Anna\n", "Anna\n- bleibt\n", 1)
    )
    on_cyrus.sync()

    on_cyrus.now = FIRST + timedelta(hours=1)
    on_cyrus.sync()

    for text in on_cyrus.texts(FIRST + WEEK):
        assert text.count("bleibt") == 1
    assert [p.carried for p in on_cyrus.sheet().agenda.points] == [1]
