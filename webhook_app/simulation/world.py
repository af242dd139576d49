"""A made-up company: people, calendars in memory, and the engine on all accounts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from core.memory.calendar import MemoryCalendar
from core.memory.calendars import MemoryCalendars
from core.memory.clients import MemoryClients
from core.memory.store import MemoryStore
from core.memory.tasks import MemoryTaskLists, MemoryTasks
from core.model.calendar import Body, EventDraft, Participant, Response, Role, TimeSlot
from core.model.people import PairId, Person, pair_id
from core.model.series import Connection, ConnectionId, SeriesId, Sheet
from core.ports import Suite
from core.service.consent import say_yes
from core.service.observe import series_id_of
from core.service.run import look_at_time, observe_connection, run_due
from core.service.services import Services
from webhook_app.simulation.behaviours import Behaviour, cast

START = datetime(2026, 1, 5, 6, tzinfo=UTC)
"""A Monday."""
TEAM = 5
ZONE = "Europe/Berlin"
WEEK = timedelta(days=7)
NAMES = (
    "Anna Ben Cleo Dario Eva Felix Gina Hugo Ines Jan Kira Levi Mara Nils Olga Paul Quinn Rosa "
    "Sami Tara Udo Vera Willi Xenia Yara Zoe Ada Bruno Carla Dino Elsa Fritz Greta Henri Ida "
    "Jule Kurt Lotte Malik Nora Otto Pia Ruben Selma Theo Ulla Vito Wanda Yusuf Zita"
).split()


@dataclass(slots=True, kw_only=True)
class Couple:
    """One pair as the play knows it."""

    number: int
    behaviour: Behaviour
    manager: Person
    report: Person
    first: datetime
    """Its first talk."""
    minutes: int = 30
    weeks: int = 1
    """Every so many weeks."""
    begins: int = 0
    """Week in which its series is made."""

    @property
    def pair_id(self) -> PairId:
        """The pair."""
        return pair_id(self.manager.address, self.report.address)

    @property
    def uid(self) -> str:
        """The series' UID."""
        return f"talk-{self.number}"

    @property
    def series_id(self) -> SeriesId:
        """The series."""
        return series_id_of(self.uid)

    def talk_in(self, week: int) -> datetime | None:
        """Return when the rule puts a talk in a week of the play."""
        since = week - self.begins
        if since < 0 or since % self.weeks:
            return None
        here = self.first.astimezone(ZoneInfo(ZONE))
        return (here + since * WEEK).astimezone(UTC)


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
        rule = "FREQ=WEEKLY" + (f";INTERVAL={couple.weeks}" if couple.weeks > 1 else "")
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
            rrule=rule,
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


def company(pairs: int, *, weeks: int) -> World:
    """Return a company of so many pairs, each with a behaviour of its own."""
    roles = cast(pairs)
    managers = max(1, -(-pairs // TEAM))
    return World(tuple(_couple(n, role, managers, weeks) for n, role in enumerate(roles)))


def _couple(number: int, behaviour: Behaviour, managers: int, weeks: int) -> Couple:
    leader = _person(number % managers, "lead")
    report = _person(number + managers, "team")
    day, hour = 1 + number % 3, 8 + (number // managers + number) % 6
    first = START.replace(hour=hour) + timedelta(days=day)
    couple = Couple(number=number, behaviour=behaviour, manager=leader, report=report, first=first)
    match behaviour:
        case Behaviour.SHORT:
            couple.minutes, couple.weeks = 15, 2
        case Behaviour.EDGE:
            couple.first = START.replace(hour=8)
        case Behaviour.NEW:
            couple.begins = min(15, max(2, weeks - 4))
            couple.first = first + couple.begins * WEEK
        case _:
            pass
    return couple


def _person(number: int, kind: str) -> Person:
    name = NAMES[number % len(NAMES)]
    family = "" if number < len(NAMES) else f" {number // len(NAMES) + 1}"
    address = f"{name.lower()}{number}.{kind}@example.com"
    return Person(address=address, name=f"{name}{family}", locale="de", zone=ZONE)
