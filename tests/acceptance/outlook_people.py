"""People of a company on the stand-in of Microsoft 365, connected by the app's own right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from adapters.outlook import AppSecret, OutlookSettings, build, secret_text, settings_text
from adapters.outlook.calendar_id import calendar_id_of
from core.model.people import Person
from core.model.series import Connection, ConnectionId
from core.ports import Suite
from core.store import Store
from tests.servers.graph import GraphServer

SECRET = b"q" * 32


def hired(
    graph: GraphServer,
    store: Store,
    person: str,
    *,
    sleep: Callable[[float], None],
    with_tasks: bool = False,
) -> Suite:
    """Give somebody a mailbox and connect it."""
    name = person.partition("@")[0].upper()
    graph.add_mailbox(person, name)
    known = OutlookSettings(
        tenant_id=graph.tenant_id,
        client_id=graph.app_id,
        graph_root=graph.root,
        authority=graph.authority,
        ca_file=graph.ca_file,
    )
    suite = build(
        settings_text(known, person),
        secret_text(AppSecret(secret=graph.secret), SECRET),
        now=graph.clock.now,
        sleep=sleep,
    )
    connection = Connection(
        connection_id=ConnectionId(person),
        suite="outlook",
        person=person,
        calendars=(calendar_id_of(person),),
    )
    if with_tasks and suite.tasks is not None:
        connection = replace(connection, task_list=suite.tasks.list_task_lists()[0].list_id)
    with store.transaction() as tx:
        tx.put_person(Person(address=person, name=name))
        tx.put_connection(connection)
    return suite
