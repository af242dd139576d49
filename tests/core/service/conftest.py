"""A company in memory: Ben and Anna with calendars, task lists and the engine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from core.memory.calendar import MemoryCalendar
from core.memory.calendars import MemoryCalendars
from core.memory.clients import MemoryClients
from core.memory.readers import MemoryReaders
from core.memory.store import MemoryStore
from core.memory.tasks import MemoryTaskLists, MemoryTasks
from core.model.agenda import Agenda, PointState
from core.model.calendar import Body, EventDraft
from core.model.people import Person
from core.model.series import Connection, ConnectionId, Series, Sheet
from core.ports import CalendarFeature, Suite
from core.service.consent import say_yes
from core.service.run import Pass, sync_once
from core.service.services import Services
from tests.core.builders import ANNA, BEN, NOW, people, slot

UID = "weekly"
WEEK = timedelta(days=7)
FIRST = NOW + timedelta(days=1)
QUIET = CalendarFeature.OCCURRENCE_BODY | CalendarFeature.QUIET_UPDATE


@dataclass(slots=True)
class Company:
    """Two people, their calendars on one server, and our engine on both accounts."""

    copies: bool
    now: datetime = NOW
    store: MemoryStore = field(default_factory=MemoryStore)
    server: MemoryCalendars = field(init=False)
    clients: MemoryClients = field(init=False)
    tasks: MemoryTaskLists = field(default_factory=MemoryTaskLists)
    services: Services = field(init=False)

    def __post_init__(self) -> None:
        features = QUIET | CalendarFeature.COPIES if self.copies else QUIET
        self.server = MemoryCalendars(features)
        self.clients = MemoryClients(self.server)
        own = [self.server.open_calendar(BEN), self.server.open_calendar(ANNA)]
        shared = [] if self.copies else [self.server.open_calendar(BEN, ANNA, name="pair")]
        self.services = Services(store=self.store, suite_of=self.suite_of, default_locale="de")
        draft = EventDraft(
            title="1:1 Anna & Ben",
            slot=slot(FIRST),
            participants=people(BEN, ANNA),
            body=Body(content="Raum Linde"),
            rrule="FREQ=WEEKLY",
        )
        self.clients.add(BEN, draft, UID, calendar_id=(own if self.copies else shared)[0])
        with self.store.transaction() as tx:
            for n, address in enumerate((BEN, ANNA)):
                name = address.partition("@")[0].capitalize()
                tx.put_person(Person(address=address, name=name, locale="de"))
                tx.put_connection(
                    Connection(
                        connection_id=ConnectionId(address),
                        suite="memory",
                        person=address,
                        calendars=(own[n], *shared),
                        task_list=self.tasks.list_of(address),
                    )
                )

    def suite_of(self, connection: Connection) -> Suite:
        """Open somebody's account."""
        return Suite(
            name="memory",
            calendar=MemoryCalendar(self.server, connection.person),
            tasks=MemoryTasks(self.tasks, connection.person),
            readers=MemoryReaders(self.server, connection.person),
        )

    def sync(self) -> Pass:
        """Do a whole pass that has no troubles."""
        done = sync_once(self.services, self.now)
        assert done.troubles == ()
        return done

    def series(self, uid: str = UID) -> Series:
        """Return the series with that UID."""
        with self.store.transaction() as tx:
            found = tx.series_by_uid(uid)
        assert found is not None
        return found

    def say_yes(self) -> None:
        """Find the series, say yes, write."""
        self.sync()
        series_id = self.series().series_id
        with self.store.transaction() as tx:
            say_yes(tx, series_id, by=BEN, now=self.now)
        self.sync()

    def sheet(self, uid: str = UID) -> Sheet:
        """Return the open sheet."""
        series_id = self.series(uid).series_id
        with self.store.transaction() as tx:
            found = tx.open_sheet(series_id)
        assert found is not None
        return found

    def agenda(self) -> Agenda:
        """Return the open agenda."""
        return self.sheet().agenda

    def start(self) -> datetime:
        """Return the original start of the occurrence that holds the agenda."""
        place = self.sheet().place
        assert place is not None
        assert place.original_start is not None
        return place.original_start

    def type(self, person: str, edit: Callable[[str], str]) -> None:
        """Edit the current occurrence's notes in somebody's own client."""
        self.clients.edit_body(person, UID, self.start(), edit)

    def add_line(self, person: str, line: str, below: str = "Anna") -> None:
        """Type a line below a heading."""
        self.type(person, lambda text: text.replace(f"{below}\n", f"{below}\n{line}\n", 1))

    def open_points(self) -> list[str]:
        """Return the texts of what is open."""
        return [p.text for p in self.agenda().points if p.state is PointState.OPEN]

    def pass_meeting(self) -> None:
        """Let the current meeting pass."""
        place = self.sheet().place
        assert place is not None
        self.now = place.slot.end + timedelta(minutes=1)
        self.sync()


@pytest.fixture(params=[False, True], ids=["shared", "copies"])
def company(request: pytest.FixtureRequest) -> Company:
    """Both kinds of server."""
    return Company(copies=request.param)


@pytest.fixture
def with_copies() -> Company:
    """A server that keeps a copy for each."""
    return Company(copies=True)
