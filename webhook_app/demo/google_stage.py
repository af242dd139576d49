"""The demo on Google: the stand-in, people with accounts, and the engine's data folder."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from adapters.google.kept import build_kept, kept_secret
from adapters.google.scopes import SCOPES
from adapters.google.settings import Delegation
from core.errors import NotFound
from core.model.calendar import CalendarId
from core.model.series import Connection, ConnectionId, Series
from core.ports import Suite
from webhook_app.config import Settings
from webhook_app.demo.google_desk import GoogleDesk
from webhook_app.demo.kept import keep_ids, kept_ids, kept_port
from webhook_app.demo.people import ACTORS, ZONE, actor, first_start
from webhook_app.demo.stand_in import StandIn
from webhook_app.demo.texts import GREETING, NOTES
from webhook_app.google import roots
from webhook_app.wiring import App, open_app

PUSH_SECRET = b"a secret of the demo's own"


@dataclass(slots=True)
class Frozen:
    """A clock that stands until somebody sets it, here and in the stand-in."""

    stand_in: StandIn
    now: datetime

    def set(self, now: datetime) -> None:
        """Move both."""
        self.now = now
        self.stand_in.hand("set_time", now=now.isoformat())


@dataclass(frozen=True, slots=True, kw_only=True)
class GoogleStage:
    """See webhook_app.demo.scene.Scene."""

    stand_in: StandIn
    app: App
    events: Mapping[str, str]
    """Id of each pair's series, by the report's login."""
    clock: Frozen | None = None

    def close(self) -> None:
        """See Scene."""
        self.app.close()
        self.stand_in.stop()

    def desk(self, login: str) -> GoogleDesk:
        """See Scene."""
        address = actor(login).person.address
        return GoogleDesk(stand_in=self.stand_in, user=address, events=self.events)

    def series_of(self, login: str) -> Series:
        """See Scene."""
        seen = self.stand_in.hand("see", user="ben@example.com", event=self.events[login])
        with self.app.store.transaction() as tx:
            series = tx.series_by_uid(seen["iCalUID"])
        if series is None:
            raise NotFound(f"the 1:1 with {login} was not found")
        return series

    def ready(self, login: str) -> dict[str, Any]:
        """See Scene."""
        address = actor(login).person.address
        return {"account": address, "calendar_url": f"{self.stand_in.url}hands/calendar/{address}"}

    def servers(self) -> dict[str, str]:
        """See Scene."""
        return {"google_url": self.stand_in.url}

    def welcome(self) -> list[str]:
        """See Scene."""
        return [
            "2. A stand-in for Google plays Calendar, Tasks and Chat; no account is needed.",
            "   Open a calendar and type there as its owner would:",
            *(f"     {a.person.name:12} {self.ready(a.login)['calendar_url']}" for a in ACTORS),
        ]


def set_google_stage(settings: Settings, now: datetime, *, frozen: bool = False) -> GoogleStage:
    """Start the stand-in, make the people and their 1:1s, and connect everybody.

    With `frozen` the stand-in's clock and ours stand at `now` until somebody moves them.
    """
    settings.data.mkdir(parents=True, exist_ok=True)
    people = [f"--user={a.person.address}={a.person.name}" for a in ACTORS]
    remembers = [] if frozen else [f"--memory={settings.data / 'google.json'}"]
    stand_in = StandIn(
        "google",
        [*people, *remembers],
        log=settings.data / "stand-in.log",
        port=kept_port(settings.data / "google-port", "calendars"),
    )
    try:
        scopes = [each.scope for each in SCOPES]
        ready = stand_in.hand("ready", scopes=scopes)
        chosen = replace(
            settings,
            google_api_root=ready["url"],
            google_token_uri=ready["token_uri"],
            push="on",
        )
        app, clock = open_app(chosen, make=True), None
        if frozen:
            clock = Frozen(stand_in=stand_in, now=now)
            clock.set(now)
            app = on_clock(app, clock)
        events = _events(stand_in, settings.data / "google-events.json", now)
        _connect(app, ready["service_account"])
    except BaseException:
        stand_in.stop()
        raise
    return GoogleStage(stand_in=stand_in, app=app, events=events, clock=clock)


def on_clock(app: App, clock: Frozen) -> App:
    """Return the services with suites that go by another clock than the real one."""
    known: dict[str, Suite] = {}

    def suite_of(connection: Connection) -> Suite:
        if connection.person not in known:
            with app.store.transaction() as tx:
                secret = tx.secret(connection.connection_id)
            chosen = dict(connection.settings) | roots(app.settings)
            known[connection.person] = build_kept(chosen, secret or "", now=lambda: clock.now)
        return known[connection.person]

    return replace(app, services=replace(app.services, suite_of=suite_of))


def _events(stand_in: StandIn, file: Path, now: datetime) -> dict[str, str]:
    """Return the ids of the 1:1s, made where this stand-in has none of them."""
    known = kept_ids(file)
    there = {event["id"] for event in stand_in.hand("events", user="ben@example.com")}
    if not there & set(known.values()):
        known = _put_events(stand_in, now)
        keep_ids(file, known)
    return known


def _put_events(stand_in: StandIn, now: datetime) -> dict[str, str]:
    texts = {"anna": ("1:1 Anna & Ben", NOTES, 10), "cleo": ("1:1 Ben & Cleo", GREETING, 14)}
    made = {}
    for login, (title, notes, hour) in texts.items():
        start = first_start(now).astimezone(ZoneInfo(ZONE)).replace(hour=hour)
        made[login] = stand_in.hand(
            "create",
            user="ben@example.com",
            summary=title,
            start=start.isoformat(),
            guests=[actor(login).person.address],
            recurrence="FREQ=WEEKLY",
            description=notes,
        )
    return made


def _connect(app: App, key_file: dict[str, str]) -> None:
    secret = kept_secret(Delegation(key_file=key_file), PUSH_SECRET)
    for each in ACTORS:
        address = each.person.address
        connection = Connection(
            connection_id=ConnectionId(f"google:{address}"),
            suite="google",
            person=address,
            settings=(("account", address),),
            calendars=(CalendarId(address),),
        )
        with app.store.transaction() as tx:
            tx.put_secret(connection.connection_id, secret)
            if tx.person(address) is None:
                tx.put_person(each.person)
        tasks = app.services.suite_of(connection).tasks
        made = tasks.ensure_list("1:1")  # type: ignore[union-attr]  # Google has tasks
        with app.store.transaction() as tx:
            tx.put_connection(replace(connection, task_list=made.list_id))
