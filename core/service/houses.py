"""Whose server brings an event where: which copies a write reaches, and which we write ourselves.

A house is one system that hands the organizer's text on to its own attendees: Google, one Entra
tenant, one CalDAV server. Between houses an invitation travels by mail once, and the text that
we write into the organizer's copy stays there; so the attendee's copy is written as well.
"""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

from core.model.calendar import CalendarEvent, EventRef
from core.model.people import normal_address
from core.model.series import Connection, Copy
from core.service.services import Circle, Services
from core.store import Transaction


def house_of(connection: Connection) -> tuple[str, str]:
    """Return which house an account lives in."""
    home = urlsplit(connection.setting("home")).netloc
    return (connection.suite, home or connection.setting("tenant_id"))


def is_shared(tx: Transaction, connection: Connection, event: CalendarEvent) -> bool:
    """Tell whether an event in a calendar without copies is the one that all its people see.

    It is not where one of them lives in another house: then this is somebody's own copy.
    """
    named = {normal_address(p.address) for p in event.participants} - {connection.person}
    others = [c for c in tx.connections() if c.person in named and c.calendars]
    return all(house_of(c) == house_of(connection) for c in others)


def make_room(tx: Transaction, leader: Copy) -> None:
    """Where the organizer's own copy has come, a copy in another house is its owner's alone."""
    if not leader.leading or leader.whose is None:
        return
    mine = tx.connection(leader.connection_id)
    for copy in tx.copies(leader.series_id):
        if copy.event == leader.event or not (copy.leading or copy.alias):
            continue
        connection = tx.connection(copy.connection_id)
        if mine and connection and house_of(connection) != house_of(mine):
            tx.put_copy(replace(copy, leading=False, alias=False, whose=connection.person))


def distant(services: Services, circle: Circle) -> frozenset[EventRef]:
    """Return the copies, as series, that the organizer's server does not reach."""
    if circle.leading is None:
        return frozenset()
    with services.store.transaction() as tx:
        known = {c.connection_id: tx.connection(c.connection_id) for c in circle.read}
    leading = known[circle.leading.connection_id]
    found = set()
    for copy in circle.read:
        connection = known[copy.connection_id]
        if (
            leading
            and connection
            and not copy.leading
            and house_of(connection) != house_of(leading)
        ):
            found.add(copy.event)
    return frozenset(found)
