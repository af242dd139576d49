"""The demo's stage: a calendar server, people with calendars, and the engine's data folder."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from core.errors import InvalidInput, NotFound
from core.model.calendar import CalendarId
from core.model.series import Connection, ConnectionId, Series
from core.model.tasks import TaskListId
from webhook_app.config import Settings
from webhook_app.demo.caldav_desk import CaldavDesk
from webhook_app.demo.kept import kept_port
from webhook_app.demo.people import ACTORS, ANNA, BEN, CLEO, PASSWORD, actor, first_start, weekly
from webhook_app.demo.texts import GREETING, NOTES
from webhook_app.embedded.radicale import Radicale
from webhook_app.embedded.radicale_files import SharedCalendar
from webhook_app.wiring import App, open_app


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Everything that the demo plays on."""

    radicale: Radicale
    app: App
    calendars: Mapping[str, str]
    """Address of the calendar of each report's pair, by the report's login."""
    task_lists: Mapping[str, str]
    """Address of each person's task list, by login."""

    def close(self) -> None:
        """End the server."""
        self.app.close()
        self.radicale.stop()

    def series_of(self, login: str) -> Series:
        """Return the series of one report."""
        with self.app.store.transaction() as tx:
            series = tx.series_by_uid(uid_of(login))
        if series is None:
            raise NotFound(f"the 1:1 with {login} was not found")
        return series

    def event_url(self, login: str) -> str:
        """Return where the pair's event lives."""
        return f"{self.calendars[login]}{uid_of(login)}.ics"

    def desk(self, login: str) -> CaldavDesk:
        """Return somebody's phone with the addresses of their events and tasks."""
        urls = {pair: self.event_url(pair) for pair in self.calendars}
        return CaldavDesk(phone=actor(login).phone, events=urls, task_list=self.task_lists[login])

    def ready(self, login: str) -> dict[str, Any]:
        """Return where one person's calendar is and how they sign in."""
        return {
            "login": login,
            "password": PASSWORD,
            "calendar_url": self.calendars.get(login, self.calendars["anna"]),
            "tasks_url": self.task_lists[login],
        }

    def servers(self) -> dict[str, str]:
        """Return the calendar server's address."""
        return {"caldav_url": self.radicale.url}

    def welcome(self) -> list[str]:
        """Return lines that say where to look."""
        return [
            "2. Add a CalDAV account to your calendar client (in Thunderbird “On the network”, in",
            "   Apple Calendar “Other CalDAV account”, in DAVx⁵ “Login with URL”):",
            f"     server    {self.radicale.url}",
            *(f"     {a.person.called:9} login {a.login}, password {PASSWORD}" for a in ACTORS),
            "   Does your client want a calendar's own address?",
            *(
                f"     Ben and {actor(login).person.called}: {url}"
                for login, url in self.calendars.items()
            ),
        ]


def uid_of(login: str) -> str:
    """Return the UID of a report's weekly."""
    return f"weekly-{login}-ben"


def servers_python() -> Path:
    """Return the interpreter of the calendar server's own environment."""
    root = Path(__file__).parents[2]
    folder = Path(os.environ.get("VIERAUGEN_SERVERS_VENV") or root / ".venv-servers")
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.exists():
        raise InvalidInput("the calendar server is not installed: start with `./vieraugen demo`")
    return python


def set_stage(settings: Settings, now: datetime) -> Stage:
    """Start the server and make the people, where they are not there yet."""
    settings.data.mkdir(parents=True, exist_ok=True)
    app = open_app(settings, make=True)
    shared = [
        SharedCalendar(
            owner="ben",
            name=f"ben-{a.login}",
            title=f"1:1 Ben & {a.person.called}",
            members=(a.login,),
        )
        for a in ACTORS[1:]
    ]
    folder = settings.data / "radicale"
    folder.mkdir(exist_ok=True)
    logins = {a.login: PASSWORD for a in ACTORS}
    radicale = Radicale(
        folder,
        python=servers_python(),
        logins=logins,
        shared=shared,
        port=kept_port(settings.data / "calendar-port", "calendars"),
    ).start()
    stage = Stage(
        radicale=radicale,
        app=app,
        calendars={s.members[0]: radicale.calendar_url(s.path) for s in shared},
        task_lists={
            a.login: radicale.make_calendar(a.login, "tasks", "Tasks", ("VTODO",)) for a in ACTORS
        },
    )
    _put_events(stage, now)
    _connect(stage)
    return stage


def _put_events(stage: Stage, now: datetime) -> None:
    first = first_start(now)
    events = {
        "anna": weekly(
            uid_of("anna"), "1:1 Anna & Ben", first, notes=NOTES, organizer=BEN, attendee=ANNA
        ),
        "cleo": weekly(
            uid_of("cleo"),
            "1:1 Ben & Cleo",
            first.replace(hour=14),
            notes=GREETING,
            organizer=BEN,
            attendee=CLEO,
        ),
    }
    for login, ics in events.items():
        phone = actor("ben").phone
        if not phone.has(stage.event_url(login)):
            phone.put(stage.event_url(login), ics)


def _connect(stage: Stage) -> None:
    """Connect everybody; the pair's calendars are read once, through Ben's account."""
    with stage.app.store.transaction() as tx:
        for a in ACTORS:
            calendars = stage.calendars.values() if a.login == "ben" else ()
            connection = Connection(
                connection_id=ConnectionId(f"caldav:{a.person.address}"),
                suite="caldav",
                person=a.person.address,
                settings=(("home", f"{stage.radicale.url}{a.login}/"), ("login", a.login)),
                calendars=tuple(CalendarId(url) for url in calendars),
                task_list=TaskListId(stage.task_lists[a.login]),
            )
            tx.put_connection(connection)
            tx.put_secret(connection.connection_id, PASSWORD)
            if tx.person(a.person.address) is None:
                tx.put_person(a.person)
