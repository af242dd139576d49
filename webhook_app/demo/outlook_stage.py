"""The demo's stage on Microsoft 365: a tenant on loopback with the people's mailboxes."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from adapters.outlook import AppSecret, build
from adapters.outlook.calendar_id import calendar_id_of
from adapters.outlook.kept import secret_text, settings_text
from core.errors import InvalidInput, NotFound
from core.model.calendar import CalendarId
from core.model.series import Connection, ConnectionId, Series
from core.ports import Suite
from webhook_app.config import Settings
from webhook_app.demo.kept import keep_ids, kept_ids, kept_port
from webhook_app.demo.outlook_desk import OutlookDesk
from webhook_app.demo.people import ACTORS, BEN, ZONE, first_start
from webhook_app.demo.stand_ins import stand_in
from webhook_app.demo.texts import GREETING, NOTES
from webhook_app.microsoft import Registration, outlook_settings
from webhook_app.wiring import App, open_app


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlookStage:
    """See webhook_app.demo.scene.Scene."""

    graph: Any
    """tests.servers.graph.GraphServer."""
    app: App
    uids: Mapping[str, str]
    suites: list[Suite]
    """What was opened here."""

    def close(self) -> None:
        """End the tenant."""
        self.app.close()
        for suite in self.suites:
            suite.calendar.close()  # type: ignore[attr-defined]  # Outlook's has it
        self.graph.stop()

    def series_of(self, login: str) -> Series:
        """See Scene."""
        with self.app.store.transaction() as tx:
            series = tx.series_by_uid(self.uids[login])
        if series is None:
            raise NotFound(f"the 1:1 with {login} was not found")
        return series

    def desk(self, login: str) -> OutlookDesk:
        """See Scene."""
        return OutlookDesk(graph=self.graph, address=f"{login}@example.com", uids=self.uids)

    def ready(self, login: str) -> dict[str, Any]:
        """See Scene."""
        address = f"{login}@example.com"
        url = f"{self.graph.service_url}/hands/calendar/{address}"
        return {"login": address, "account": address, "calendar_url": url}

    def servers(self) -> dict[str, str]:
        """See Scene."""
        return {"graph_url": self.graph.root}

    def welcome(self) -> list[str]:
        """See Scene."""
        return [
            "2. A stand-in for Microsoft 365 plays Outlook, To Do and Teams; no account is needed.",
            "   Open a calendar and type there as its owner would:",
            *(f"     {a.person.name:12} {self.ready(a.login)['calendar_url']}" for a in ACTORS),
        ]


def set_outlook_stage(settings: Settings, now: datetime, *, frozen: bool = False) -> OutlookStage:
    """Start the tenant, furnish it and connect everybody.

    With `frozen` the tenant's clock and ours stand at `now` until somebody moves the tenant's,
    and notifications go out when they are told to.
    """
    settings.data.mkdir(parents=True, exist_ok=True)
    graph = _tenant(settings.data, frozen).start()
    if frozen:
        graph.clock.set(now)
    for each in ACTORS:
        manager = None if each.person is BEN else BEN.address
        if each.person.address not in graph.state.tenant.mailboxes:
            graph.add_mailbox(each.person.address, each.person.name, each.person.zone, manager)
    settings = replace(
        settings,
        graph_root=graph.root,
        entra_authority=graph.authority,
        entra_tenant_id=graph.tenant_id,
        entra_client_id=graph.app_id,
        teams_service_url=graph.service_url,
        ca_file=graph.ca_file,
        push="on",
    )
    app = open_app(settings, make=True)
    suites: list[Suite] = []
    if frozen:
        app = on_clock(app, graph.clock.now, suites)
    uids = _events(graph, settings.data / "graph-events.json", now)
    stage = OutlookStage(graph=graph, app=app, uids=uids, suites=suites)
    _connect(stage)
    return stage


def _tenant(data: Path, frozen: bool) -> Any:
    """Return a GraphServer that goes on where the folder's last demo was."""
    server = stand_in("graph").GraphServer
    if frozen:
        return server(deliver="manual")
    port = kept_port(data / "graph-port", "mailboxes")
    try:
        return server(port=port, deliver="auto", memory=data / "graph.json")
    except ValueError as err:
        raise InvalidInput(str(err)) from err


def on_clock(app: App, clock: Callable[[], datetime], opened: list[Suite]) -> App:
    """Return the services with suites that go by another clock than the real one."""
    known: dict[str, Suite] = {}

    def suite_of(connection: Connection) -> Suite:
        if connection.person not in known:
            with app.store.transaction() as tx:
                secret = tx.secret(connection.connection_id)
            suite = build(dict(connection.settings), secret or "", now=clock)
            opened.append(suite)
            known[connection.person] = suite
        return known[connection.person]

    return replace(app, services=replace(app.services, suite_of=suite_of))


def _events(graph: Any, file: Path, now: datetime) -> dict[str, str]:
    """Return the UIDs of the 1:1s, made where this tenant has none of them."""
    known, box = kept_ids(file), graph.state.tenant.mailbox(BEN.address)
    if not any(box.by_uid(uid) for uid in known.values()):
        known = _meetings(graph, now)
        keep_ids(file, known)
        graph.keep()
    return known


def _meetings(graph: Any, now: datetime) -> dict[str, str]:
    first = first_start(now).astimezone(ZoneInfo(ZONE)).replace(tzinfo=None)
    wanted = (("anna", "1:1 Anna & Ben", first, NOTES),
              ("cleo", "1:1 Ben & Cleo", first.replace(hour=14), GREETING))  # fmt: skip
    return {
        login: graph.ui.create_series(
            BEN.address, [f"{login}@example.com"], subject=title, first=start,
            body=f"<div>{text.replace(chr(10), '<br>')}</div>",
        )
        for login, title, start, text in wanted
    }  # fmt: skip


def _connect(stage: OutlookStage) -> None:
    """Connect everybody; what a tenant has told of changes holds as long as it remembers."""
    registered = Registration(tenant_id=stage.graph.tenant_id, client_id=stage.graph.app_id)
    known = outlook_settings(stage.app.settings, registered)
    secret = secret_text(AppSecret(secret=stage.graph.secret), secrets.token_bytes(32))
    for each in ACTORS:
        address = each.person.address
        connection = Connection(
            connection_id=ConnectionId(f"outlook:{address}"),
            suite="outlook",
            person=address,
            settings=tuple(sorted(settings_text(known, address).items())),
            calendars=(CalendarId(calendar_id_of(address)),),
        )
        with stage.app.store.transaction() as tx:
            tx.put_connection(connection)
            tx.put_secret(connection.connection_id, secret)
            if tx.person(address) is None:
                tx.put_person(each.person)
        tasks = stage.app.services.suite_of(connection).tasks
        lists = tasks.list_task_lists() if tasks else ()
        with stage.app.store.transaction() as tx:
            tx.put_connection(replace(connection, task_list=lists[0].list_id if lists else None))
