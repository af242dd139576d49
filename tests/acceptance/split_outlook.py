"""Ben and Anna in two houses: one in Outlook, one at Google or on a CalDAV server outside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from adapters.google import Delegation, GoogleSettings
from adapters.google import build as build_google
from adapters.google.settings import EVENTS, FREE_BUSY, TASKS
from adapters.outlook import AppSecret, OutlookSettings, build, secret_text, settings_text
from adapters.outlook.calendar_id import calendar_id_of
from core.memory.store import MemoryStore
from core.model.calendar import CalendarId
from core.model.people import Person
from core.model.series import Connection, ConnectionId, Series, Sheet
from core.ports import Suite
from core.service.consent import say_yes
from core.service.run import sync_once
from core.service.services import Services
from tests.acceptance.split_pair import FIRST, PLACE, ZONE
from tests.servers.google import GoogleServer
from tests.servers.graph import GraphServer, body_store
from tests.servers.graph.mail_log import Mail
from webhook_app.demo.outlook_desk import OutlookDesk

BEN, ANNA = "ben@house.example.com", "anna@house.example.com"
"""Whoever of them lives in Outlook."""
MINUTES = timedelta(minutes=30)


@dataclass(slots=True)
class OutlookSplit:
    """The pair, with the other one's client as two functions."""

    graph: GraphServer
    desk: OutlookDesk
    uid: str
    anna: str
    other_text: Callable[[datetime], str]
    other_edit: Callable[[datetime, Callable[[str], str]], None]
    store: MemoryStore
    services: Services
    now: datetime
    ben: str = BEN

    @property
    def in_outlook(self) -> str:
        """Who of the two."""
        return self.desk.address

    def sync(self) -> None:
        self.graph.clock.set(self.now)
        assert sync_once(self.services, self.now).troubles == ()

    def series(self) -> Series:
        with self.store.transaction() as tx:
            found = tx.series_by_uid(self.uid)
        assert found is not None
        return found

    def sheet(self) -> Sheet:
        with self.store.transaction() as tx:
            found = tx.open_sheet(self.series().series_id)
        assert found is not None
        return found

    def text(self, person: str, start: datetime = FIRST) -> str:
        at_desk = person == self.in_outlook
        return self.desk.notes("anna", start) if at_desk else self.other_text(start)

    def type_below(self, person: str, heading: str, lines: str) -> None:
        def edit(text: str) -> str:
            assert f"{heading}\n" in text, text
            return text.replace(f"{heading}\n", f"{heading}\n{lines}\n", 1)

        self.edit(person, edit)

    def edit(self, person: str, edit: Callable[[str], str]) -> None:
        if person == self.in_outlook:
            self.desk.edit_notes("anna", FIRST, edit)
        else:
            self.other_edit(FIRST, edit)

    def texts(self) -> list[str]:
        return sorted(p.text for p in self.sheet().agenda.points)

    def seen_mails(self) -> list[Any]:
        """Update mails of ours that the other one sees."""
        return [m for m in self.graph.mails if m.cause == "app" and m.kind == "update"]


def with_google(graph: GraphServer, google: GoogleServer) -> OutlookSplit:
    """Anna has an account at Google."""
    anna = "anna@example.com"
    google.clock.set(FIRST - timedelta(days=1))
    google.add_user(anna, "Anna")
    uid = invite(graph, anna)
    zone = {"timeZone": ZONE}
    event = google.ui.receive_invitation(
        anna,
        {
            "iCalUID": uid,
            "summary": "1:1 Anna & Ben",
            "description": PLACE,
            "start": {"dateTime": FIRST.isoformat(), **zone},
            "end": {"dateTime": (FIRST + MINUTES).isoformat(), **zone},
            "recurrence": ["RRULE:FREQ=WEEKLY"],
            "organizer": {"email": BEN},
            "attendees": [
                {"email": BEN, "responseStatus": "accepted", "organizer": True},
                {"email": anna, "responseStatus": "accepted"},
            ],
        },
    )
    key = google.service_account(EVENTS, FREE_BUSY, TASKS)
    suite = build_google(
        GoogleSettings(api_root=google.url, token_uri=google.token_uri),
        anna,
        Delegation(key_file=key),
        now=google.clock.now,
        sleep=lambda seconds: google.clock.advance(timedelta(seconds=seconds)),
    )

    def at(start: datetime) -> str:
        return f"{event}_{start.astimezone(UTC):%Y%m%dT%H%M%SZ}"

    def arrives(mail: Mail) -> None:
        """What Exchange mails to a guest elsewhere, Gmail takes into her calendar."""
        if mail.kind == "update" and mail.recipient == anna and mail.original_start:
            google.ui.change(anna, at(mail.original_start), {"description": _plain(mail.content)})

    graph.state.mails.on_mail = arrives
    connection = Connection(
        connection_id=ConnectionId(f"google:{anna}"),
        suite="google",
        person=anna,
        calendars=(CalendarId(anna),),
    )
    made = made_of(
        graph,
        uid,
        (BEN, anna),
        connection,
        suite,
        lambda start: str(google.ui.see(anna, at(start)).get("description", "")),
        lambda start, edit: google.ui.edit(anna, at(start), edit, phone=True),
    )
    return agreed(made)


def _plain(content: Any) -> str:
    return body_store.as_text(content["body"]).replace("\r\n", "\n")


def invite(graph: GraphServer, anna: str) -> str:
    graph.clock.set(FIRST - timedelta(days=1))
    graph.add_mailbox(BEN, "Ben Beispiel")
    return graph.ui.create_series(
        BEN, [anna], subject="1:1 Anna & Ben", first=FIRST.replace(tzinfo=None),
        body=f"<p>{PLACE}</p>",
    )  # fmt: skip


def made_of(
    graph: GraphServer,
    uid: str,
    pair: tuple[str, str],
    other: Connection,
    other_suite: Suite,
    other_text: Callable[[datetime], str],
    other_edit: Callable[[datetime, Callable[[str], str]], None],
) -> OutlookSplit:
    """Connect both people of a pair, manager and report."""
    (person,) = {*pair} - {other.person}
    known = OutlookSettings(
        tenant_id=graph.tenant_id,
        client_id=graph.app_id,
        graph_root=graph.root,
        authority=graph.authority,
        ca_file=graph.ca_file,
    )
    secret = secret_text(AppSecret(secret=graph.secret))
    suite = build(settings_text(known, person), secret, now=graph.clock.now)
    mine = Connection(
        connection_id=ConnectionId(f"outlook:{person}"),
        suite="outlook",
        person=person,
        calendars=(calendar_id_of(person),),
    )
    assert other_suite.tasks is not None
    assert suite.tasks is not None
    mine = replace(mine, task_list=suite.tasks.list_task_lists()[0].list_id)
    lists = other.task_list or other_suite.tasks.list_task_lists()[0].list_id
    store = MemoryStore()
    services = Services(
        store=store,
        suite_of=lambda c: suite if c.person == person else other_suite,
        default_locale="de",
    )
    with store.transaction() as tx:
        for address, name, locale in zip(pair, ("Ben", "Anna"), ("en", "de"), strict=True):
            tx.put_person(Person(address=address, name=name, locale=locale, zone=ZONE))
        tx.put_connection(mine)
        tx.put_connection(replace(other, task_list=lists))
    made = OutlookSplit(
        graph=graph,
        desk=OutlookDesk(graph=graph, address=person, uids={"anna": uid}),
        uid=uid,
        ben=pair[0],
        anna=pair[1],
        other_text=other_text,
        other_edit=other_edit,
        store=store,
        services=services,
        now=FIRST - timedelta(days=1),
    )
    made.sync()
    return made


def agreed(pair: OutlookSplit) -> OutlookSplit:
    """Let Ben say yes."""
    with pair.store.transaction() as tx:
        say_yes(tx, pair.series().series_id, by=pair.ben, now=pair.now)
    pair.sync()
    return pair


def close(pair: OutlookSplit) -> None:
    """Give Outlook's connections back."""
    with pair.store.transaction() as tx:
        connections = tx.connections()
    for connection in connections:
        calendar: Any = pair.services.suite_of(connection).calendar
        if connection.suite == "outlook":
            calendar.close()
