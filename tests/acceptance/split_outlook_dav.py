"""Ben and Anna in two houses: one in Outlook, one on a CalDAV server."""

from __future__ import annotations

from datetime import timedelta

from adapters.caldav import build as build_caldav
from adapters.caldav.discovery import discover
from core.model.calendar import Body, CalendarId, EventDraft, TimeSlot
from core.model.series import Connection, ConnectionId
from core.model.tasks import TaskListId
from tests.acceptance.split_outlook import (
    ANNA,
    BEN,
    MINUTES,
    OutlookSplit,
    agreed,
    invite,
    made_of,
)
from tests.acceptance.split_pair import FIRST, PLACE, ZONE
from tests.core.builders import people
from tests.servers.accounts import Account, CalendarServer
from tests.servers.dav_clients import DavClients
from tests.servers.graph import GraphServer


def with_caldav(graph: GraphServer, server: CalendarServer) -> OutlookSplit:
    """Anna has a calendar on a CalDAV server."""
    couple = server.couple()
    anna = couple.anna.address
    uid = invite(graph, anna)
    clients, account = DavClients(couple), couple.account(anna)
    clients.add(anna, _draft(BEN, anna), uid)
    return agreed(_with_dav(graph, uid, (BEN, anna), clients, account))


def invited_from_caldav(graph: GraphServer, server: CalendarServer) -> OutlookSplit:
    """Ben has a calendar on a CalDAV server; his invitation has reached Anna in Outlook by mail."""
    graph.clock.set(FIRST - timedelta(days=1))
    couple = server.couple()
    ben, uid = couple.ben.address, "leads@dav.example.com"
    clients, account = DavClients(couple), couple.account(ben)
    clients.add(ben, _draft(ben, ANNA), uid)
    graph.add_mailbox(ANNA, "Anna Muster")
    comes_by_mail(graph, uid, ben, PLACE)
    return agreed(_with_dav(graph, uid, (ben, ANNA), clients, account))


def comes_by_mail(
    graph: GraphServer, uid: str, ben: str, text: str, *, update: bool = False
) -> None:
    """Exchange takes an invitation, or an update of its first meeting, into Anna's calendar."""
    graph.ui.receive_invitation(
        ANNA, uid, organizer=ben, attendees=[ANNA], subject="1:1 Anna & Ben", first=FIRST,
        text=text, zone=ZONE, day=FIRST.date() if update else None,
    )  # fmt: skip


def _draft(ben: str, anna: str) -> EventDraft:
    return EventDraft(
        title="1:1 Anna & Ben",
        slot=TimeSlot(start=FIRST, end=FIRST + MINUTES, zone=ZONE),
        participants=people(ben, anna),
        body=Body(content=PLACE),
        rrule="FREQ=WEEKLY",
    )


def _with_dav(
    graph: GraphServer, uid: str, pair: tuple[str, str], clients: DavClients, account: Account
) -> OutlookSplit:
    person = account.address
    connection = _dav_connection(account)
    return made_of(
        graph,
        uid,
        pair,
        connection,
        build_caldav(dict(connection.settings), account.password),
        lambda start: clients.body(person, uid, start),
        lambda start, edit: clients.edit_body(person, uid, start, edit),
    )


def _dav_connection(account: Account) -> Connection:
    home = discover(account.start_url, account.login, account.password).settings
    return Connection(
        connection_id=ConnectionId(f"caldav:{account.address}"),
        suite="caldav",
        person=account.address,
        settings=tuple(sorted(home.to_dict().items())),
        calendars=(CalendarId(account.calendar_url),),
        task_list=TaskListId(account.tasks_url),
    )
