"""A person's own exported calendar as the demo's input."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from icalendar import Calendar
from icalendar.cal.component import Component

from core.errors import InvalidInput, Unavailable
from core.model.calendar import CalendarId
from core.model.people import normal_address
from core.model.series import Connection, ConnectionId, Series
from core.model.tasks import TaskListId
from core.service.observe import sync_calendar
from webhook_app.demo.people import actor
from webhook_app.demo.stage import Stage

BIGGEST = 50_000_000


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
    calendar = _read(path)
    events = _by_uid(calendar)
    if not events:
        raise InvalidInput(f"{path.name}: no events in it")
    url = stage.radicale.make_calendar("ben", "imported", path.stem)
    titles: dict[str, str] = {}
    broken: list[tuple[str, str]] = []
    for number, (uid, parts) in enumerate(events.items()):
        name = f"{number}-{re.sub(r'[^A-Za-z0-9_-]', '', uid)[:60] or 'event'}.ics"
        titles[name] = str(parts[0].get("SUMMARY", "")) or uid
        try:
            actor("ben").phone.put(f"{url}{name}", _resource(calendar, parts))
        except Unavailable:
            broken.append((titles[name], "The calendar server does not take this event."))
    connection = Connection(
        connection_id=ConnectionId("caldav:imported"),
        suite="caldav",
        person=_owner(events),
        settings=(*_settings(stage), ("shared", "no")),
        calendars=(CalendarId(url),),
        task_list=TaskListId(stage.task_lists["ben"]),
    )
    with stage.app.store.transaction() as tx:
        tx.put_connection(connection)
        tx.put_secret(connection.connection_id, actor("ben").phone.password)
    seen = sync_calendar(stage.app.services, connection, CalendarId(url), now)
    broken += [(titles[href.rpartition("/")[2]], why) for href, why in seen.broken]
    with stage.app.store.transaction() as tx:
        found = [tx.series_by_uid(uid) for uid in events]
    return Imported(series=tuple(each for each in found if each), broken=tuple(broken))


def _settings(stage: Stage) -> tuple[tuple[str, str], ...]:
    with stage.app.store.transaction() as tx:
        ben = tx.connection(ConnectionId("caldav:ben@example.com"))
    return ben.settings if ben else ()


def _read(path: Path) -> Component:
    try:
        raw = path.read_bytes()
    except OSError as err:
        raise InvalidInput(f"{path}: {err.strerror}") from err
    if len(raw) > BIGGEST:
        raise InvalidInput(f"{path.name}: larger than {BIGGEST // 1_000_000} MB")
    try:
        return Calendar.from_ical(raw)
    except ValueError as err:
        raise InvalidInput(f"{path.name}: not an iCalendar file ({err})") from err


def _by_uid(calendar: Component) -> dict[str, list[Component]]:
    found: dict[str, list[Component]] = {}
    for event in calendar.walk("VEVENT"):
        found.setdefault(str(event.get("UID", f"no-uid-{len(found)}")), []).append(event)
    return found


def _resource(calendar: Component, events: list[Component]) -> bytes:
    resource = Calendar()
    resource.add("VERSION", "2.0")
    resource.add("PRODID", "-//vieraugen//import//EN")
    for zone in calendar.walk("VTIMEZONE"):
        resource.add_component(zone)
    for event in events:
        resource.add_component(event)
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
