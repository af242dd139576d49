"""Ben and Anna on Debian's Cyrus, each with a copy of the 1:1 and a task list of their own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from adapters.caldav.discovery import discover
from core.errors import NotFound
from core.model.calendar import Body, CalendarId, EventDraft, TimeSlot
from core.model.people import Person
from core.model.series import Connection, ConnectionId, Series
from core.model.tasks import TaskListId
from tests.core.builders import people
from tests.servers.accounts import Account, CalendarServer, Couple
from tests.servers.dav_clients import DavClients
from webhook_app.config import Settings
from webhook_app.demo.people import ZONE
from webhook_app.demo.phone import Phone, TaskSeen
from webhook_app.wiring import App, open_app

FIRST = datetime(2030, 3, 19, 9, tzinfo=ZoneInfo(ZONE))
"""To come, for Cyrus delivers nothing about what is past; two weeks later the clocks change."""
LENGTH = timedelta(minutes=30)
UID = "weekly-of-two"


@dataclass(frozen=True, slots=True, kw_only=True)
class CyrusDesk:
    """See webhook_app.demo.scene.Desk: raw PUTs into the person's own copy."""

    account: Account
    clients: DavClients

    def notes(self, pair: str, start: datetime | None = None) -> str:
        return self.clients.body(self.account.address, UID, start)

    def edit_notes(self, pair: str, start: datetime, edit: Callable[[str], str]) -> None:
        self.clients.edit_body(self.account.address, UID, start, edit)

    def move(self, pair: str, start: datetime, to: datetime) -> None:
        slot = TimeSlot(start=to, end=to + LENGTH, zone=ZONE)
        self.clients.move(self.account.address, UID, start, slot)

    def cancel(self, pair: str, start: datetime) -> None:
        self.clients.cancel(self.account.address, UID, start)

    def tasks(self) -> dict[str, TaskSeen]:
        return self._phone.tasks(self.account.tasks_url)

    def complete(self, task: str) -> None:
        self._phone.complete(task)

    @property
    def _phone(self) -> Phone:
        return Phone(login=self.account.login, password=self.account.password)


@dataclass(frozen=True, slots=True, kw_only=True)
class CyrusStage:
    """See webhook_app.demo.scene.Play."""

    app: App
    couple: Couple
    clients: DavClients

    def desk(self, login: str) -> CyrusDesk:
        account = self.couple.ben if login == "ben" else self.couple.anna
        return CyrusDesk(account=account, clients=self.clients)

    def series_of(self, login: str) -> Series:
        with self.app.store.transaction() as tx:
            found = tx.series_by_uid(UID)
        if found is None:
            raise NotFound("the 1:1 was not found")
        return found

    def raw(self) -> list[bytes]:
        """Return both copies as the server hands them out."""
        return [self.clients.raw(a.address, UID) for a in (self.couple.ben, self.couple.anna)]


def draft(couple: Couple, first: datetime = FIRST) -> EventDraft:
    """Return Ben's weekly invitation of Anna."""
    return EventDraft(
        title="1:1 Anna & Ben",
        slot=TimeSlot(start=first, end=first + LENGTH, zone=ZONE),
        participants=people(couple.ben.address, couple.anna.address),
        body=Body(content="Raum Linde"),
        rrule="FREQ=WEEKLY",
    )


def set_cyrus_stage(server: CalendarServer, data: Path) -> CyrusStage:
    """Make two people with accounts, Ben's invitation, and connect both."""
    couple = server.couple()
    stage = CyrusStage(
        app=open_app(Settings(data=data), make=True), couple=couple, clients=DavClients(couple)
    )
    stage.clients.add(couple.ben.address, draft(couple), UID)
    for account, name in ((couple.ben, "Ben"), (couple.anna, "Anna")):
        found = discover(account.start_url, account.login, account.password)
        connection = Connection(
            connection_id=ConnectionId(f"caldav:{account.address}"),
            suite="caldav",
            person=account.address,
            settings=tuple(sorted(found.settings.to_dict().items())),
            calendars=(CalendarId(account.calendar_url),),
            task_list=TaskListId(account.tasks_url),
        )
        with stage.app.store.transaction() as tx:
            tx.put_person(Person(address=account.address, name=name, locale="de", zone=ZONE))
            tx.put_connection(connection)
            tx.put_secret(connection.connection_id, account.password)
    return stage
