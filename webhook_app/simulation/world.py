"""The pairs with calendars in memory, and the engine on all their accounts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from core.memory.calendar import MemoryCalendar
from core.memory.calendars import MemoryCalendars
from core.memory.clients import MemoryClients
from core.memory.store import MemoryStore
from core.memory.tasks import MemoryTaskLists, MemoryTasks
from core.model.calendar import Body, Cursor, EventDraft, Participant, Response, Role, TimeSlot
from core.model.people import Person
from core.model.series import Connection, ConnectionId, Sheet
from core.ports import Suite
from core.service.consent import say_yes
from core.service.plans import NEXT_PLAN, PLANNER
from core.service.run import look_at_time, observe_connection, run_due
from core.service.services import Services
from core.service.suggest import plan_team
from webhook_app.simulation.company import START, ZONE, Couple

NEVER = START + timedelta(weeks=1000)


@dataclass(slots=True)
class World:
    """All of it, at one moment."""

    couples: tuple[Couple, ...]
    now: datetime = START
    store: MemoryStore = field(default_factory=MemoryStore)
    server: MemoryCalendars = field(default_factory=MemoryCalendars)
    tasks: MemoryTaskLists = field(default_factory=MemoryTaskLists)
    clients: MemoryClients = field(init=False)
    services: Services = field(init=False)
    reconciled: int = 0

    def __post_init__(self) -> None:
        self.clients = MemoryClients(self.server)
        self.services = Services(store=self.store, suite_of=self.suite_of, default_locale="de")
        with self.store.transaction() as tx:
            for person in self.people():
                tx.put_person(person)
                tx.put_connection(
                    Connection(
                        connection_id=ConnectionId(person.address),
                        suite="memory",
                        person=person.address,
                        calendars=(self.server.open_calendar(person.address),),
                        task_list=self.tasks.list_of(person.address),
                    )
                )
            # The play says when the rules look: once each morning, at everybody.
            tx.put_cursor(PLANNER, NEXT_PLAN, Cursor(NEVER.isoformat()))

    def people(self) -> list[Person]:
        """Everybody, once."""
        found = {p.address: p for c in self.couples for p in (c.manager, c.report)}
        return [found[address] for address in sorted(found)]

    def suite_of(self, connection: Connection) -> Suite:
        """Open somebody's account."""
        return Suite(
            name="memory",
            calendar=MemoryCalendar(self.server, connection.person),
            tasks=MemoryTasks(self.tasks, connection.person),
        )

    def open_series(self, couple: Couple) -> None:
        """Let the manager invite the report to a series."""
        people = (couple.manager, couple.report)
        draft = EventDraft(
            title=f"1:1 {couple.report.called} & {couple.manager.called}",
            slot=TimeSlot(
                start=couple.first,
                end=couple.first + timedelta(minutes=couple.minutes),
                zone=ZONE,
            ),
            participants=tuple(
                Participant(
                    address=p.address,
                    name=p.name,
                    role=Role.REQUIRED if n else Role.ORGANIZER,
                    response=Response.ACCEPTED,
                )
                for n, p in enumerate(people)
            ),
            body=Body(),
            rrule=couple.rrule,
        )
        calendar = self.server.open_calendar(couple.manager.address)
        self.clients.add(couple.manager.address, draft, couple.uid, calendar_id=calendar)

    def say_yes(self, couple: Couple) -> None:
        """Turn the agenda on."""
        with self.store.transaction() as tx:
            say_yes(tx, couple.series_id, by=couple.manager.address, now=self.now)

    def sheet(self, couple: Couple) -> Sheet | None:
        """Return the open sheet of a pair."""
        with self.store.transaction() as tx:
            return tx.open_sheet(couple.series_id)

    def type(self, couple: Couple, person: Person, edit: Callable[[str], str]) -> None:
        """Let somebody edit the notes of the coming talk in their own calendar."""
        sheet = self.sheet(couple)
        if sheet is not None and sheet.place is not None:
            start = sheet.place.original_start
            self.clients.edit_body(person.address, couple.uid, start, edit)

    def look(self, people: set[str] | None = None) -> None:
        """Let the engine do a pass: over these people's calendars, or everybody's."""
        with self.store.transaction() as tx:
            connections = tx.connections()
        for connection in connections:
            if people is None or connection.person in people:
                _, troubles = observe_connection(self.services, connection, self.now)
                assert not troubles, troubles
        look_at_time(self.services, self.now)
        ran = run_due(self.services, self.now)
        self.reconciled += len(ran)
        failed = [action for action in ran if action.trouble]
        assert not failed, failed

    def plan(self) -> None:
        """Let the rules look at everybody."""
        for manager in sorted({couple.manager.address for couple in self.couples}):
            plan_team(self.services, manager, self.now)
