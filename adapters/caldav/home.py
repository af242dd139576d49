"""An account's calendar home: the calendars and task lists in it."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from adapters.caldav.multistatus import CAL, DAV, Entry, read_multistatus
from adapters.caldav.wire import Wire
from core.errors import UnexpectedResponse
from core.model.calendar import CalendarId, CalendarInfo
from core.model.tasks import TaskListId, TaskListInfo

ASKED = b"""<?xml version="1.0" encoding="utf-8"?>
<propfind xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><prop>
<displayname/><resourcetype/><current-user-privilege-set/>
<C:supported-calendar-component-set/><C:calendar-timezone/>
</prop></propfind>"""
NOT_FOR_PEOPLE = ("schedule-inbox", "schedule-outbox")


def calendars_of(wire: Wire) -> Sequence[CalendarInfo]:
    """Return the calendars that can hold events, in the server's order."""
    return [
        CalendarInfo(
            calendar_id=CalendarId(wire.absolute(entry.href)),
            name=_name(entry),
            zone=_zone(entry),
            writable=_writable(entry),
            primary=number == 0,
        )
        for number, entry in enumerate(_holding(wire, "VEVENT"))
    ]


def task_lists_of(wire: Wire) -> Sequence[TaskListInfo]:
    """Return the lists that can hold tasks, those for tasks alone first."""
    entries = sorted(_holding(wire, "VTODO"), key=lambda entry: "VEVENT" in _components(entry))
    return [
        TaskListInfo(
            list_id=TaskListId(wire.absolute(entry.href)),
            name=_name(entry),
            primary=number == 0,
        )
        for number, entry in enumerate(entries)
    ]


def _holding(wire: Wire, component: str) -> list[Entry]:
    headers = {"Content-Type": "application/xml; charset=utf-8", "Depth": "1"}
    answer = wire.ask("PROPFIND", wire.settings.home, ASKED, headers=headers)
    return [
        entry
        for entry in read_multistatus(answer).entries
        if _is_calendar(entry) and component in _components(entry)
    ]


def _is_calendar(entry: Entry) -> bool:
    kind = entry.prop(f"{DAV}resourcetype")
    if kind is None or kind.find(f"{CAL}calendar") is None:
        return False
    return all(kind.find(f"{CAL}{name}") is None for name in NOT_FOR_PEOPLE)


def _components(entry: Entry) -> set[str]:
    """Return what it can hold; a server that does not say takes everything."""
    named = entry.prop(f"{CAL}supported-calendar-component-set")
    if named is None:
        return {"VEVENT", "VTODO"}
    return {comp.get("name", "").upper() for comp in named.iter(f"{CAL}comp")}


def _writable(entry: Entry) -> bool:
    privileges = entry.prop(f"{DAV}current-user-privilege-set")
    if privileges is None:
        return True
    can = {_bare(element) for element in privileges.iter()}
    return bool(can & {"all", "write", "write-content"})


def _bare(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _name(entry: Entry) -> str:
    return entry.text(f"{DAV}displayname") or entry.href.rstrip("/").rpartition("/")[2]


def _zone(entry: Entry) -> str:
    text = entry.text(f"{CAL}calendar-timezone") or ""
    named = [line[5:].strip() for line in text.splitlines() if line.startswith("TZID:")]
    return named[0] if named else "UTC"


def require_calendar(wire: Wire, url: str) -> None:
    """Raise UnexpectedResponse where a URL is no calendar of this account."""
    headers = {"Content-Type": "application/xml; charset=utf-8", "Depth": "0"}
    found = read_multistatus(wire.ask("PROPFIND", url, ASKED, headers=headers)).entries
    if not any(_is_calendar(entry) for entry in found):
        raise UnexpectedResponse(f"{url} is not a calendar.")
