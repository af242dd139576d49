"""A person's own exported calendar as the demo's input."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from urllib.parse import urljoin

from icalendar import Calendar
from icalendar.cal.component import Component

from core.errors import Unavailable
from core.model.calendar import CalendarId
from core.model.people import normal_address
from core.model.series import Connection, ConnectionId, Series
from core.model.tasks import TaskListId
from core.service.observe import sync_calendar
from webhook_app.demo.ics_file import UNNAMED, IcsFile, read_ics
from webhook_app.demo.people import actor
from webhook_app.demo.stage import Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What a person's own calendar is to us."""

    series: tuple[Series, ...]
    broken: tuple[tuple[str, str], ...] = ()
    """Title and a sentence for each event that the server or we could not read."""


def import_calendar(stage: Stage, path: Path, now: datetime) -> Imported:
    """Put every event of an .ics file onto the server and return what each one is to us.

    The file's owner is the address that most of its events name. Raise InvalidInput where the
    file can't be read; one event that can't be read does not stop the others.
    """
    file = read_ics(path)
    url = stage.radicale.make_calendar("ben", "imported", path.stem)
    broken = [*file.broken, *_put_all(url, file)]
    connection = Connection(
        connection_id=ConnectionId("caldav:imported"),
        suite="caldav",
        person=_owner(file.events),
        settings=(*_settings(stage), ("shared", "no")),
        calendars=(CalendarId(url),),
        task_list=TaskListId(stage.task_lists["ben"]),
    )
    with stage.app.store.transaction() as tx:
        tx.put_connection(connection)
        tx.put_secret(connection.connection_id, actor("ben").phone.password)
    seen = sync_calendar(stage.app.services, connection, CalendarId(url), now)
    broken += [(_titled(urljoin(url, href), file), why) for href, why in seen.broken]
    with stage.app.store.transaction() as tx:
        found = [tx.series_by_uid(uid) for uid in file.events]
    return Imported(series=tuple(each for each in found if each), broken=tuple(broken))


def _settings(stage: Stage) -> tuple[tuple[str, str], ...]:
    with stage.app.store.transaction() as tx:
        ben = tx.connection(ConnectionId("caldav:ben@example.com"))
    return ben.settings if ben else ()


def _put_all(url: str, file: IcsFile) -> list[tuple[str, str]]:
    """Put the events onto the server; return title and a sentence for those it does not take."""
    phone = actor("ben").phone
    try:
        phone.put(url, _resource(file, [e for parts in file.events.values() for e in parts]))
    except Unavailable:
        # Among them is one that the server refuses: only one by one it shows which.
        return [lost for each in file.events.items() if (lost := _put(url, file, *each))]
    return []


def _put(url: str, file: IcsFile, uid: str, parts: list[Component]) -> tuple[str, str] | None:
    name = sha256(uid.encode()).hexdigest()[:40]
    try:
        actor("ben").phone.put(f"{url}{name}.ics", _resource(file, parts))
    except Unavailable:
        return _title(parts), "The calendar server does not take this event."
    return None


def _titled(address: str, file: IcsFile) -> str:
    """Return the title of an event that stands on the server and that we could not read."""
    stored = Calendar.from_ical(actor("ben").phone.raw(address))
    uids = [str(event.get("UID")) for event in stored.walk("VEVENT")]
    return next((_title(file.events[uid]) for uid in uids if uid in file.events), address)


def _title(parts: list[Component]) -> str:
    return str(parts[0].get("SUMMARY", "")) or UNNAMED


def _resource(file: IcsFile, events: Sequence[Component]) -> bytes:
    resource = Calendar()
    resource.add("VERSION", "2.0")
    resource.add("PRODID", "-//vieraugen//import//EN")
    for component in (*file.zones, *events):
        resource.add_component(component)
    return bytes(resource.to_ical())


def _owner(events: dict[str, list[Component]]) -> str:
    named: dict[str, int] = {}
    for parts in events.values():
        people = {
            normal_address(str(person))
            for event in parts
            for key in ("ORGANIZER", "ATTENDEE")
            for person in _listed(event.get(key))
        }
        for address in people:
            named[address] = named.get(address, 0) + 1
    return max(named, key=lambda address: (named[address], address), default="me@example.com")


def _listed(value: object) -> list[object]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
