"""Ben and Anna in two houses: one at Google, one on a CalDAV server, furnished and connected."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from adapters.caldav import build as build_caldav
from adapters.caldav.discovery import discover
from adapters.google import Delegation, GoogleSettings
from adapters.google import build as build_google
from adapters.google.settings import EVENTS, FREE_BUSY, TASKS
from core.memory.store import MemoryStore
from core.model.calendar import Body, CalendarId, EventDraft, TimeSlot
from core.model.people import Person
from core.model.series import Connection, ConnectionId, Series, Sheet
from core.model.tasks import TaskListId
from core.ports import Suite
from core.service.consent import say_yes
from core.service.run import sync_once
from core.service.services import Services
from core.store import Store
from tests.core.builders import people
from tests.servers.accounts import Account, CalendarServer
from tests.servers.dav_clients import DavClients
from tests.servers.google import GoogleServer

ZONE = "Europe/Berlin"
FIRST = datetime(2030, 3, 5, 9, tzinfo=ZoneInfo(ZONE))
WEEK = timedelta(days=7)
UID = "split@example.com"
PLACE = "Raum Linde"


@dataclass(slots=True)
class Split:
    """Ben manages Anna; one of them lives at Google, the other on a CalDAV server."""

    ben: str
    anna: str
    google: GoogleServer
    event: str
    """Id of the series at Google."""
    clients: DavClients
    account: Account
    store: Store
    services: Services
    now: datetime
    on_google: str
    """Who lives at Google."""

    def sync(self) -> None:
        assert sync_once(self.services, self.now).troubles == ()

    def series(self) -> Series:
        with self.store.transaction() as tx:
            found = tx.series_by_uid(UID)
        assert found is not None
        return found

    def sheet(self) -> Sheet:
        series = self.series().series_id
        with self.store.transaction() as tx:
            found = tx.open_sheet(series)
        assert found is not None
        return found

    def at_google(self, start: datetime) -> str:
        utc = start.astimezone(ZoneInfo("UTC"))
        return f"{self.event}_{utc:%Y%m%dT%H%M%SZ}"

    def text(self, person: str, start: datetime = FIRST) -> str:
        if person == self.on_google:
            return str(self.google.ui.see(person, self.at_google(start)).get("description", ""))
        return self.clients.body(person, UID, start)

    def type(self, person: str, edit: Callable[[str], str], start: datetime = FIRST) -> None:
        if person == self.on_google:
            self.google.ui.edit(person, self.at_google(start), edit, phone=True)
        else:
            self.clients.edit_body(person, UID, start, edit)

    def type_below(self, person: str, heading: str, line: str) -> None:
        def edit(text: str) -> str:
            assert f"{heading}\n" in text
            return text.replace(f"{heading}\n", f"{heading}\n- {line}\n", 1)

        self.type(person, edit)

    def points(self) -> dict[str, str | None]:
        return {p.text: p.owner for p in self.sheet().agenda.points}

    def deliver(self) -> None:
        """Bring the organizer's text to Anna at Google, as an update by mail does."""
        start = self.google.ui.see(self.anna, self.at_google(FIRST))
        self.google.ui.change(self.anna, start["id"], {"description": self.text(self.ben)})


def split(
    server: CalendarServer,
    google: GoogleServer,
    *,
    manager_on_google: bool,
    store: Store | None = None,
    outside: str = "",
) -> Split:
    """Furnish both calendars with the invitation, connect both people, and say yes.

    `outside`: the report's address, where the CalDAV server is not to know it as its own.
    """
    couple = server.couple()
    ben, anna = couple.ben.address, outside or couple.anna.address
    on_google, on_dav = (ben, anna) if manager_on_google else (anna, ben)
    google.clock.set(FIRST - timedelta(days=1))
    google.add_user(on_google, on_google.partition("@")[0].capitalize())
    clients, account = DavClients(couple), couple.account(on_dav)
    draft = EventDraft(
        title="1:1 Anna & Ben",
        slot=TimeSlot(start=FIRST, end=FIRST + timedelta(minutes=30), zone=ZONE),
        participants=people(ben, anna),
        body=Body(content=PLACE),
        rrule="FREQ=WEEKLY",
    )
    clients.add(on_dav, draft, UID)
    event = _event_at_google(google, ben, anna, manager_on_google)
    store = store or MemoryStore()
    key = google.service_account(EVENTS, FREE_BUSY, TASKS)

    def suite_of(connection: Connection) -> Suite:
        if connection.suite == "caldav":
            return build_caldav(dict(connection.settings), account.password)
        return build_google(
            GoogleSettings(api_root=google.url, token_uri=google.token_uri),
            connection.person,
            Delegation(key_file=key),
            now=google.clock.now,
            sleep=lambda seconds: google.clock.advance(timedelta(seconds=seconds)),
        )

    services = Services(store=store, suite_of=suite_of, default_locale="de")
    made = Split(ben=ben, anna=anna, google=google, event=event, clients=clients,
                 account=account, store=store, services=services,
                 now=FIRST - timedelta(days=1), on_google=on_google)  # fmt: skip
    _connect(made, on_dav)
    made.sync()
    found = made.series().series_id
    with store.transaction() as tx:
        say_yes(tx, found, by=ben, now=made.now)
    made.sync()
    return made


def _event_at_google(google: GoogleServer, ben: str, anna: str, manager_on_google: bool) -> str:
    if manager_on_google:
        return google.ui.create(
            ben,
            "1:1 Anna & Ben",
            FIRST,
            guests=[anna],
            recurrence="FREQ=WEEKLY",
            description=PLACE,
            more={"iCalUID": UID},
            notify=False,
        )
    zone = {"timeZone": ZONE}
    invitation = {
        "iCalUID": UID,
        "summary": "1:1 Anna & Ben",
        "description": PLACE,
        "start": {"dateTime": FIRST.isoformat(), **zone},
        "end": {"dateTime": (FIRST + timedelta(minutes=30)).isoformat(), **zone},
        "recurrence": ["RRULE:FREQ=WEEKLY"],
        "organizer": {"email": ben},
        "attendees": [
            {"email": ben, "responseStatus": "accepted", "organizer": True},
            {"email": anna, "responseStatus": "accepted"},
        ],
    }
    return google.ui.receive_invitation(anna, invitation)


def _connect(made: Split, on_dav: str) -> None:
    account = made.account
    home = discover(account.start_url, account.login, account.password).settings
    dav = Connection(
        connection_id=ConnectionId(f"caldav:{on_dav}"),
        suite="caldav",
        person=on_dav,
        settings=tuple(sorted(home.to_dict().items())),
        calendars=(CalendarId(made.account.calendar_url),),
        task_list=TaskListId(made.account.tasks_url),
    )
    google = Connection(
        connection_id=ConnectionId(f"google:{made.on_google}"),
        suite="google",
        person=made.on_google,
        calendars=(CalendarId(made.on_google),),
    )
    tasks = made.services.suite_of(google).tasks
    assert tasks is not None
    google = replace(google, task_list=tasks.list_task_lists()[0].list_id)
    with made.store.transaction() as tx:
        for address, name, locale in ((made.ben, "Ben", "en"), (made.anna, "Anna", "de")):
            tx.put_person(Person(address=address, name=name, locale=locale, zone=ZONE))
        tx.put_connection(dav)
        tx.put_connection(google)
