"""A person's calendar client as the demo plays it: plain HTTP and the icalendar library.

Nothing of our adapter is in it, so that what it reads and writes is what a phone would.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from urllib.parse import urljoin

import requests
from icalendar import Calendar, Event
from icalendar.cal.component import Component
from lxml import etree

from core.errors import RevisionConflict, Unavailable

TIMEOUT = 300
"""Seconds: ten thousand events come in one request, to a machine that may be slow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskSeen:
    """A task as a client shows it."""

    title: str
    due: date | None
    done: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone:
    """One person's client, signed in."""

    login: str
    password: str

    def _send(
        self, method: str, url: str, data: bytes | None = None, **headers: str
    ) -> requests.Response:
        kind = {"Content-Type": "text/calendar; charset=utf-8"} if data else {}
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            answer = requests.request(
                method,
                url,
                data=data,
                auth=(self.login, self.password),
                headers={**kind, **named},
                timeout=TIMEOUT,
            )
        except requests.RequestException as err:
            raise Unavailable(f"{method} {url}: no answer") from err
        if answer.status_code == 412:
            raise RevisionConflict(f"{url} changed meanwhile")
        if answer.status_code >= 400:
            raise Unavailable(f"{method} {url}: {answer.status_code}")
        return answer

    def put(self, url: str, ics: bytes) -> None:
        """Store a new entry."""
        self._send("PUT", url, ics)

    def has(self, url: str) -> bool:
        """Tell whether an entry is there."""
        answer = requests.get(url, auth=(self.login, self.password), timeout=TIMEOUT)
        return answer.status_code == 200

    def raw(self, url: str) -> bytes:
        """Return an entry as the server has it."""
        return self._send("GET", url).content

    def delete(self, url: str) -> None:
        """Delete an entry."""
        self._send("DELETE", url)

    def _read(self, url: str) -> tuple[Component, str]:
        answer = self._send("GET", url)
        return Calendar.from_ical(answer.content), answer.headers["ETag"]

    def change(self, url: str, edit: Callable[[Component], None]) -> None:
        """Read, edit and save an entry, again where somebody else was faster."""
        for _ in range(10):
            calendar, etag = self._read(url)
            edit(calendar)
            try:
                self._send("PUT", url, calendar.to_ical(), If_Match=etag)
            except RevisionConflict:
                time.sleep(0.1)
                continue
            return
        raise RevisionConflict(f"{url} never stood still")

    def notes(self, url: str, start: datetime | None = None) -> str:
        """Return the description of the series, or of the occurrence that the rule put there."""
        calendar, _ = self._read(url)
        return str(_event(calendar, start).get("DESCRIPTION", ""))

    def edit_notes(self, url: str, start: datetime, edit: Callable[[str], str]) -> None:
        """Change the description of one occurrence."""

        def change(calendar: Component) -> None:
            event = _event(calendar, start)
            before = str(event.pop("DESCRIPTION", ""))
            event.add("DESCRIPTION", edit(before))

        self.change(url, change)

    def move(self, url: str, start: datetime, to: datetime, end: datetime) -> None:
        """Move one occurrence."""

        def change(calendar: Component) -> None:
            event = _event(calendar, start)
            for name, value in (("DTSTART", to), ("DTEND", end)):
                zone = event.decoded(name).tzinfo
                del event[name]
                event.add(name, value.astimezone(zone))

        self.change(url, change)

    def comment(self, url: str, address: str, text: str, start: datetime | None = None) -> None:
        """Accept with a comment, as clients keep it beside the attendee."""

        def change(calendar: Component) -> None:
            for event in (c for c in calendar.walk("VEVENT") if start in (None, _start(c))):
                people = event.get("ATTENDEE", [])
                for one in people if isinstance(people, list) else [people]:
                    if str(one).lower() == f"mailto:{address}":
                        one.params["PARTSTAT"] = "ACCEPTED"
                        one.params["X-RESPONSE-COMMENT"] = text

        self.change(url, change)

    def cancel(self, url: str, start: datetime) -> None:
        """Cancel one occurrence."""

        def change(calendar: Component) -> None:
            event = _event(calendar, start)
            event.pop("STATUS", None)
            event.add("STATUS", "CANCELLED")

        self.change(url, change)

    def tasks(self, list_url: str) -> dict[str, TaskSeen]:
        """Return the tasks of a list by their address."""
        body = (
            b'<?xml version="1.0"?><C:calendar-query xmlns="DAV:" '
            b'xmlns:C="urn:ietf:params:xml:ns:caldav"><prop><C:calendar-data/></prop>'
            b'<C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VTODO"/>'
            b"</C:comp-filter></C:filter></C:calendar-query>"
        )
        answer = self._send("REPORT", list_url, body, Depth="1", Content_Type="application/xml")
        found: dict[str, TaskSeen] = {}
        for href, data in _multistatus(answer.content):
            for todo in Calendar.from_ical(data).walk("VTODO"):
                due = todo.decoded("DUE") if "DUE" in todo else None
                done = str(todo.get("STATUS", "")) == "COMPLETED"
                seen = TaskSeen(title=str(todo["SUMMARY"]), due=due, done=done)
                found[urljoin(list_url, href)] = seen
        return found

    def complete(self, url: str) -> None:
        """Tick a task."""

        def change(calendar: Component) -> None:
            for todo in calendar.walk("VTODO"):
                todo.pop("STATUS", None)
                todo.add("STATUS", "COMPLETED")
                todo.pop("COMPLETED", None)
                todo.add("COMPLETED", datetime.now(UTC))

        self.change(url, change)


def _event(calendar: Component, start: datetime | None) -> Event:
    """Return the exception with that RECURRENCE-ID, made where there is none; None: master."""
    events = [c for c in calendar.walk("VEVENT") if isinstance(c, Event)]
    master = next(e for e in events if "RECURRENCE-ID" not in e)
    if start is None:
        return master
    for event in events:
        if "RECURRENCE-ID" in event and event.decoded("RECURRENCE-ID") == start:
            return event
    return _new_exception(calendar, master, start)


def _start(event: Component) -> datetime | None:
    return event.decoded("RECURRENCE-ID") if "RECURRENCE-ID" in event else None


def _new_exception(calendar: Component, master: Event, start: datetime) -> Event:
    event = Event()
    for name, value in master.items():
        if name not in ("RRULE", "EXDATE", "RDATE", "DTSTART", "DTEND"):
            event[name] = value
    first, end = master.decoded("DTSTART"), master.decoded("DTEND")
    local = start.astimezone(first.tzinfo)
    event.add("RECURRENCE-ID", local)
    event.add("DTSTART", local)
    event.add("DTEND", local + (end - first))
    calendar.add_component(event)
    return event


def _multistatus(body: bytes) -> list[tuple[str, str]]:
    spaces = {"d": "DAV:", "c": "urn:ietf:params:xml:ns:caldav"}
    tree = etree.fromstring(body)
    return [
        (row.findtext("d:href", "", spaces), row.findtext(".//c:calendar-data", "", spaces))
        for row in tree.findall("d:response", spaces)
    ]
