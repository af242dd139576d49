"""Google says no, for minutes or for good: nothing is lost, and the administrator is told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from adapters.google import Consent, Delegation, GoogleSettings, build
from adapters.google.settings import CHAT_SPACES, EVENTS, FREE_BUSY, TASKS
from core.model.actions import ActionState
from core.model.calendar import CalendarId
from core.model.people import Person
from core.model.series import Connection, ConnectionId, ConnectionState, Series, SeriesState, Why
from core.ports import Suite
from core.service.consent import say_yes
from core.service.edit import add_point
from core.service.run import Pass, sync_once
from core.service.services import Services
from tests.adapters.google.consented import consent_of
from tests.servers.google import GoogleServer
from webhook_app.config import Settings
from webhook_app.wiring import App, open_app

BEN, ANNA = "ben@example.com", "anna@example.com"
START = datetime.fromisoformat("2026-11-24T09:00:00+00:00")
NOW = START - timedelta(days=1)
SCOPES = (EVENTS, FREE_BUSY, TASKS, CHAT_SPACES)


class Pair:
    """Ben and Anna at Google, with an agenda in their next 1:1."""

    def __init__(self, server: GoogleServer, folder: Path) -> None:
        self.server = server
        self.app: App = open_app(Settings(data=folder), make=True)
        self.now = NOW
        server.clock.set(NOW)
        self.key = server.service_account(*SCOPES)
        self.services = Services(store=self.app.store, suite_of=self._suite, default_locale="en")
        self.consents: dict[str, Consent] = {}
        self._open: dict[str, Suite] = {}
        for address in (BEN, ANNA):
            server.add_user(address, address.partition("@")[0].capitalize())
            with self.app.store.transaction() as tx:
                tx.put_person(Person(address=address, name=address[:1].upper() + address[1:4]))
                tx.put_connection(
                    Connection(
                        connection_id=ConnectionId(f"google:{address}"),
                        suite="google",
                        person=address,
                        calendars=(CalendarId(address),),
                    )
                )
        self.event = server.ui.create(
            BEN, "1:1", START, guests=[ANNA], recurrence="FREQ=WEEKLY", notify=False
        )
        self.sync()
        found = self.series().series_id
        with self.app.store.transaction() as tx:
            say_yes(tx, found, by=BEN, now=self.now)
        self.sync()

    def _suite(self, connection: Connection) -> Suite:
        if connection.person not in self._open:
            settings = GoogleSettings(api_root=self.server.url, token_uri=self.server.token_uri)
            self._open[connection.person] = build(
                settings,
                connection.person,
                self.consents.get(connection.person) or Delegation(key_file=self.key),
                now=self.server.clock.now,
                sleep=lambda seconds: self.later(timedelta(seconds=seconds)),
            )
        return self._open[connection.person]

    def connect_by_consent(self, person: str) -> None:
        self.consents[person] = consent_of(self.server, person)
        self._open.pop(person, None)

    def later(self, span: timedelta) -> None:
        self.now += span
        self.server.clock.set(self.now)

    def sync(self) -> Pass:
        return sync_once(self.services, self.now)

    def series(self) -> Series:
        with self.app.store.transaction() as tx:
            return tx.all_series()[0]

    def type(self, line: str) -> None:
        occurrence = f"{self.event}_{START:%Y%m%dT%H%M%SZ}"
        self.server.ui.edit(
            ANNA, occurrence, lambda t: t.replace("Anna\n", f"Anna\n- {line}\n", 1), phone=True
        )

    def shown(self) -> str:
        occurrence = f"{self.event}_{START:%Y%m%dT%H%M%SZ}"
        return str(self.server.ui.see(BEN, occurrence).get("description", ""))

    def states(self) -> dict[str, ConnectionState]:
        with self.app.store.transaction() as tx:
            return {c.person: c.state for c in tx.connections()}


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    with GoogleServer() as server:
        made = Pair(server, tmp_path / "data")
        assert "1:1" in made.shown()
        yield made
        made.app.close()
        server.check()
        assert server.mails.caused_by_api == []


def test_a_revoked_delegation_stops_and_goes_on_after_it_is_back(pair: Pair) -> None:
    pair.type("before it is back")
    pair.server.delegate(pair.key)

    texts = [trouble.text for trouble in pair.sync().troubles]

    assert texts
    assert all("Domain-wide delegation" in text for text in texts)
    pair.server.delegate(pair.key, *SCOPES)
    pair.later(timedelta(hours=2))
    pair.sync()
    pair.sync()
    assert pair.shown().count("before it is back") == 1


def test_a_withdrawn_consent_is_told_and_all_is_read_after_it_is_given_again(pair: Pair) -> None:
    pair.connect_by_consent(ANNA)
    assert pair.sync().troubles == ()
    pair.server.withdraw_consent(ANNA)
    pair.type("typed without consent")

    texts = [trouble.text for trouble in pair.sync().troubles]

    assert texts
    assert all(ANNA in text and "connect again" in text for text in texts)
    assert pair.states() == {BEN: ConnectionState.ACTIVE, ANNA: ConnectionState.DISCONNECTED}
    assert pair.series().state is SeriesState.ENABLED
    pair.connect_by_consent(ANNA)
    pair.later(timedelta(hours=2))
    pair.sync()
    assert pair.states() == {BEN: ConnectionState.ACTIVE, ANNA: ConnectionState.ACTIVE}
    assert pair.shown().count("typed without consent") == 1


@pytest.mark.slow
def test_ten_megabytes_in_the_event_are_read_left_alone_and_told(pair: Pair) -> None:
    occurrence = f"{pair.event}_{START:%Y%m%dT%H%M%SZ}"
    giant = "wort " * 2_000_000
    pair.server.assumptions.long_description = "keep"
    pair.server.ui.edit(BEN, occurrence, lambda text: f"{giant}\n{text}", phone=True)
    add_point(pair.services, pair.series().series_id, "bleibt", by=ANNA, now=pair.now)
    calls = pair.server.calls.count("calendar.events.patch")

    pair.sync()

    assert pair.series().agenda_reason is Why.TOO_LONG
    assert pair.server.calls.count("calendar.events.patch") == calls
    assert pair.shown().startswith(giant[:100])
    series = pair.series().series_id
    with pair.app.store.transaction() as tx:
        sheet = tx.open_sheet(series)
    assert sheet is not None
    assert "bleibt" in [p.text for p in sheet.agenda.points]


def test_a_suspended_guest_is_named_and_the_organizer_s_reading_goes_on(pair: Pair) -> None:
    pair.server.suspend(ANNA)

    texts = [trouble.text for trouble in pair.sync().troubles]

    assert any(ANNA in text and "suspended" in text for text in texts)
    assert not any(text.startswith(BEN) for text in texts)
    pair.server.world.directory.person(ANNA).suspended = False
    assert pair.sync().troubles == ()


def test_a_deleted_calendar_is_told_and_nothing_of_ours_is_lost(pair: Pair) -> None:
    pair.type("kept in our store")
    pair.sync()
    gone = pair.server.world.calendars.by_id.pop(BEN)

    texts = [trouble.text for trouble in pair.sync().troubles]

    assert any(f"The calendar {BEN} is gone from Google" in text for text in texts)
    series = pair.series().series_id
    with pair.app.store.transaction() as tx:
        sheet = tx.open_sheet(series)
    assert sheet is not None
    assert "kept in our store" in [p.text for p in sheet.agenda.points]
    pair.server.world.calendars.by_id[BEN] = gone


def test_usage_limits_for_hours_park_the_write_and_lose_nothing(pair: Pair) -> None:
    pair.type("typed during the limit")
    pair.server.quotas.blocked[BEN] = pair.now + timedelta(hours=5)

    pair.sync()
    writes = pair.server.calls.count("calendar.events.patch")
    pair.sync()

    assert pair.server.calls.count("calendar.events.patch") == writes
    with pair.app.store.transaction() as tx:
        (waiting,) = [a for a in tx.due_actions(pair.now + timedelta(days=1)) if a.trouble]
    assert waiting.state is ActionState.DUE
    assert waiting.due_at >= pair.now + timedelta(minutes=55)
    assert "usage limit" in waiting.trouble
    for _ in range(7):
        pair.later(timedelta(hours=1, minutes=1))
        pair.sync()
    assert pair.shown().count("typed during the limit") == 1
    assert pair.series().state is SeriesState.ENABLED


def test_a_long_agenda_is_shown_as_far_as_it_fits_and_kept_whole(pair: Pair) -> None:
    series = pair.series().series_id
    for number in range(6):
        text = f"{number} " + "wort " * 390
        add_point(pair.services, series, text, by=ANNA, now=pair.now)
    pair.sync()

    assert "… and" in pair.shown()
    assert len(pair.shown()) <= 8192
    with pair.app.store.transaction() as tx:
        sheet = tx.open_sheet(series)
    assert sheet is not None
    assert len([p for p in sheet.agenda.points if "wort" in p.text]) == 6


def test_people_s_own_text_that_leaves_no_room_is_said_and_not_tried_for_ever(pair: Pair) -> None:
    occurrence = f"{pair.event}_{START:%Y%m%dT%H%M%SZ}"
    room = 8100 - len(pair.shown())
    pair.server.ui.edit(BEN, occurrence, lambda text: f"{'x' * room}\n{text}", phone=True)
    pair.sync()
    add_point(pair.services, pair.series().series_id, "wort " * 60, by=ANNA, now=pair.now)
    pair.sync()
    calls = pair.server.calls.count("calendar.events.patch")
    pair.sync()

    assert pair.series().agenda_reason is Why.TOO_LONG
    assert pair.server.calls.count("calendar.events.patch") == calls
    assert "x" * room in pair.shown()
    with pair.app.store.transaction() as tx:
        assert [a for a in tx.due_actions(pair.now + timedelta(days=9)) if a.trouble] == []
