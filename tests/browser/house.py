"""The CalDAV demo with its real server, our pages, and the engine reading all the time."""

from __future__ import annotations

import base64
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

import waitress

from core.model.agenda import Agenda
from core.model.people import Person, normal_address
from core.model.series import Series, SeriesState, Sheet
from core.service.consent import say_yes
from core.service.run import sync_once
from webhook_app.auth import sessions
from webhook_app.config import Settings
from webhook_app.demo.people import ACTORS
from webhook_app.demo.phone import Phone
from webhook_app.demo.stage import Stage, set_stage
from webhook_app.embedded.process import free_port
from webhook_app.jobs.clock import utc_now
from webhook_app.web import create_app
from webhook_app.wiring import App

HRIS_SECRET = "whsec_" + base64.b64encode(b"h" * 32).decode()
PAUSE = 0.2
"""Seconds between two passes of the engine."""


@dataclass(slots=True)
class House:
    """Everything that two people and their browsers need."""

    stage: Stage
    url: str
    strict_url: str
    """The same pages as behind https: a link wants a press, or a code in a further browser."""
    _stop: threading.Event = field(default_factory=threading.Event)
    _calm: threading.Lock = field(default_factory=threading.Lock)

    @property
    def app(self) -> App:
        return self.stage.app

    def link(self, login: str) -> str:
        """Return somebody's own page by signed link."""
        return f"{self.app.links.page_of(address(login), utc_now())}/"

    def talk(self, login: str, pair: str = "anna", part: str = "") -> str:
        """Return the page of a pair's 1:1."""
        return f"{self.link(login)}talk/{self.series(pair).series_id}{part}"

    def cookie(self, login: str) -> str:
        """Return a session of somebody who signed in by mail."""
        with self.app.store.transaction() as tx:
            return sessions.start(tx, address(login), sessions.Via.MAIL, utc_now())

    def series(self, pair: str = "anna") -> Series:
        return self.stage.series_of(pair)

    def other_series(self, kind: str, pair: str) -> Series:
        """Return a second series of a pair (furniture puts it there)."""
        with self.app.store.transaction() as tx:
            series = tx.series_by_uid(f"{kind}-{pair}-ben")
        assert series is not None
        return series

    def speaks(self, login: str, language: str) -> None:
        """Let somebody read this language."""
        with self.app.store.transaction() as tx:
            known = tx.person(address(login)) or Person(address=address(login), name="Dora Dorn")
            tx.put_person(replace(known, locale=language))

    def sheet(self, pair: str = "anna") -> Sheet:
        series_id = self.series(pair).series_id
        with self.app.store.transaction() as tx:
            sheet = tx.open_sheet(series_id)
        assert sheet is not None
        return sheet

    def agenda(self, pair: str = "anna") -> Agenda:
        return self.sheet(pair).agenda

    def phone(self, login: str) -> Phone:
        """Return somebody's calendar client: raw PUTs, none of our adapter."""
        return next(a for a in ACTORS if a.login == login).phone

    def start(self, pair: str = "anna") -> datetime:
        """Return the original start of the occurrence that holds the agenda."""
        place = self.sheet(pair).place
        assert place is not None
        assert place.original_start is not None
        return place.original_start

    def event(self, pair: str = "anna") -> str:
        """Return what a calendar client shows below the event."""
        return self.phone(pair).notes(self.stage.event_url(pair), self.start(pair))

    def put(self, login: str, edit: Callable[[str], str], pair: str = "anna") -> None:
        """Edit the event in somebody's calendar client."""
        self.phone(login).edit_notes(self.stage.event_url(pair), self.start(pair), edit)

    def sync(self, now: datetime | None = None) -> None:
        """Do one whole pass."""
        with self._calm:
            sync_once(self.app.services, now or utc_now())

    def say_yes(self, now: datetime) -> None:
        """Say yes to every 1:1 that was found."""
        with self.app.store.transaction() as tx:
            for series in tx.all_series(SeriesState.FOUND):
                say_yes(tx, series.series_id, by=series.organizer, now=now)

    def keep_syncing(self) -> None:
        while not self._stop.wait(PAUSE):
            # A client looks for a proxy among the variables while pytest takes one of its own away.
            with suppress(KeyError):
                self.sync()

    def stop(self) -> None:
        self._stop.set()


def address(login: str) -> str:
    return normal_address(f"{login}@example.com")


@contextmanager
def open_house(folder: Path, begun: timedelta, **more: str) -> Iterator[House]:
    """Open the house with calendars that were begun so long ago; nobody has said yes yet.

    `more` are settings, such as where mail goes.
    """
    port = free_port()
    settings = Settings(
        data=folder,
        public_url=f"http://127.0.0.1:{port}",
        locale="de",
        webhook_hosts="127.0.0.1",
        hris_secret=HRIS_SECRET,
        **more,  # type: ignore[arg-type]  # these are texts
    )
    stage = set_stage(settings, utc_now() - begun)
    strict = replace(stage.app, settings=replace(settings, new_devices="first"))
    door = free_port()
    house = House(stage=stage, url=settings.public_url, strict_url=f"http://127.0.0.1:{door}")
    servers = [
        waitress.create_server(create_app(app), host="127.0.0.1", port=each, threads=8)
        for app, each in ((stage.app, port), (strict, door))
    ]
    for server in servers:
        threading.Thread(target=server.run, name="pages", daemon=True).start()
    try:
        yield house
    finally:
        house.stop()
        for server in servers:
            server.close()
        stage.close()


@contextmanager
def syncing(house: House) -> Iterator[None]:
    """Let the engine read and write for as long as the block lasts."""
    thread = threading.Thread(target=house.keep_syncing, name="engine", daemon=True)
    thread.start()
    try:
        yield
    finally:
        house.stop()
        thread.join(timeout=30)
