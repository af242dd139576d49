"""People's own CalDAV clients: plain HTTP and the icalendar library, nothing of our adapter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit
from xml.etree import ElementTree

from icalendar import Calendar, vRecur

from core.model.calendar import (
    CalendarId,
    EventDraft,
    EventId,
    EventRef,
    Response,
    TimeSlot,
)
from tests.servers.accounts import Account, Couple
from tests.servers.dav_events import (
    Component,
    calendar_with,
    cancelled,
    count_up,
    event_of,
    master_of,
    new_override,
    override_of,
    overrides_of,
    set_times,
)
from tests.servers.plain_dav import Answer, ask

ICALENDAR = "text/calendar; charset=utf-8"
QUERY = """<?xml version="1.0"?>
<C:calendar-query xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav">
<prop><C:calendar-data/></prop>
<C:filter><C:comp-filter name="VCALENDAR"/></C:filter></C:calendar-query>"""


class Refused(AssertionError):
    """The server did not take what a client sent."""


class DavClients:
    """A couple's clients; an event is found by its UID in the person's calendar."""

    def __init__(self, couple: Couple) -> None:
        self._couple = couple

    def add(
        self,
        person: str,
        draft: EventDraft,
        uid: str,
        *,
        calendar_id: CalendarId | None = None,
        extras: tuple[str, ...] = (),
    ) -> EventRef:
        """Make an event as a client would: with its zone, people and an alarm."""
        account = self._couple.account(person)
        calendar = CalendarId(calendar_id or account.calendar_url)
        url = f"{calendar}{uid.replace('@', '-')}.ics"
        self._put(account, url, calendar_with(event_of(draft, uid, extras)), {"If-None-Match": "*"})
        return EventRef(calendar_id=calendar, event_id=EventId(urlsplit(url).path))

    def body(self, person: str, uid: str, original_start: datetime | None = None) -> str:
        """Read a text."""
        return str(self._read(person, uid, original_start).get("DESCRIPTION", ""))

    def edit_body(
        self,
        person: str,
        uid: str,
        original_start: datetime | None,
        edit: str | Callable[[str], str],
    ) -> None:
        """Type a text."""

        def change(event: Component) -> None:
            before = str(event.get("DESCRIPTION", ""))
            event.pop("DESCRIPTION", None)
            event.add("DESCRIPTION", edit if isinstance(edit, str) else edit(before))

        self._edit(person, uid, original_start, change)

    def move(self, person: str, uid: str, original_start: datetime | None, slot: TimeSlot) -> None:
        """Move it."""

        def change(event: Component) -> None:
            set_times(event, slot.start, slot.end)
            count_up(event)

        self._edit(person, uid, original_start, change)

    def cancel(
        self, person: str, uid: str, original_start: datetime, *, visible: bool = False
    ) -> None:
        """Cancel one occurrence: it vanishes, or stays to be seen as cancelled."""
        if visible:
            self._edit(person, uid, original_start, cancelled)
            return

        def exclude(calendar: Component) -> None:
            master = master_of(calendar)
            master.add("EXDATE", original_start.astimezone(master["DTSTART"].dt.tzinfo))
            for override in overrides_of(calendar):
                if override["RECURRENCE-ID"].dt.astimezone(UTC) == original_start:
                    calendar.subcomponents.remove(override)
            count_up(master)

        self._change(person, uid, exclude)

    def answer(
        self,
        person: str,
        uid: str,
        response: Response,
        original_start: datetime | None = None,
        *,
        comment: str = "",
    ) -> None:
        """Accept or decline, with a comment (RFC 5546 section 3.2.3: COMMENT of a REPLY)."""

        def change(event: Component) -> None:
            people = event.get("ATTENDEE", [])
            for attendee in people if isinstance(people, list) else [people]:
                if str(attendee).lower() == f"mailto:{person}":
                    attendee.params["PARTSTAT"] = response.value.upper()
            if comment:
                event.add("COMMENT", comment)

        self._edit(person, uid, original_start, change)

    def delete(self, person: str, uid: str) -> None:
        """Delete all of it."""
        url, _, _ = self._find(person, uid)
        answer = ask(self._couple.account(person), "DELETE", url)
        _require(answer)

    def replace_series(
        self, person: str, uid: str, draft: EventDraft, new_uid: str, *, keep_past: bool = False
    ) -> EventRef:
        """Put another series in its place, as clients do for "this and all following"."""
        url, _, _ = self._find(person, uid)
        if keep_past:
            until = draft.slot.start - timedelta(seconds=1)

            def end(event: Component) -> None:
                rule = dict(event["RRULE"])
                rule.pop("COUNT", None)
                event["RRULE"] = vRecur({**rule, "UNTIL": [until]})
                count_up(event)

            self._edit(person, uid, None, end)
        else:
            self.delete(person, uid)
        return self.add(
            person, draft, new_uid, calendar_id=CalendarId(url.rpartition("/")[0] + "/")
        )

    def sequence(self, person: str, uid: str, original_start: datetime | None = None) -> int:
        """Return SEQUENCE."""
        return int(self._read(person, uid, original_start).get("SEQUENCE", 0))

    def extras(
        self, person: str, uid: str, original_start: datetime | None = None
    ) -> tuple[str, ...]:
        """Return X- lines and what alarms say."""
        event = self._read(person, uid, original_start)
        lines = [f"{name}:{value}" for name, value in event.items() if name.startswith("X-")]
        return (*lines, *(f"ALARM:{alarm.get('TRIGGER').dt}" for alarm in event.walk("VALARM")))

    def exceptions(self, person: str, uid: str) -> set[datetime]:
        """Return the original starts that have an exception."""
        _, _, calendar = self._find(person, uid)
        return {event["RECURRENCE-ID"].dt.astimezone(UTC) for event in overrides_of(calendar)}

    def raw(self, person: str, uid: str) -> bytes:
        """Return an event as the server hands it out."""
        url, _, _ = self._find(person, uid)
        return ask(self._couple.account(person), "GET", url).body

    def put_raw(self, person: str, name: str, data: bytes) -> Answer:
        """Store any bytes in a person's calendar."""
        account = self._couple.account(person)
        return ask(account, "PUT", f"{account.calendar_url}{name}", data, kind=ICALENDAR)

    def _read(self, person: str, uid: str, original_start: datetime | None) -> Component:
        _, _, calendar = self._find(person, uid)
        found = override_of(calendar, original_start) if original_start else None
        return found or master_of(calendar)

    def _edit(
        self,
        person: str,
        uid: str,
        original_start: datetime | None,
        change: Callable[[Component], None],
    ) -> None:
        def apply(calendar: Component) -> None:
            if original_start is None:
                event = master_of(calendar)
            else:
                event = override_of(calendar, original_start) or new_override(
                    calendar, original_start
                )
            change(event)

        self._change(person, uid, apply)

    def _change(self, person: str, uid: str, change: Callable[[Component], None]) -> None:
        url, etag, calendar = self._find(person, uid)
        change(calendar)
        self._put(self._couple.account(person), url, calendar, {"If-Match": etag})

    def _find(self, person: str, uid: str) -> tuple[str, str, Calendar]:
        account = self._couple.account(person)
        answer = ask(account, "REPORT", account.calendar_url, QUERY, headers={"Depth": "1"})
        _require(answer)
        for response in ElementTree.fromstring(answer.body).iter("{DAV:}response"):
            data = response.findtext(".//{urn:ietf:params:xml:ns:caldav}calendar-data") or ""
            data = data.replace("\r\n ", "").replace("\n ", "")  # RFC 5545, 3.1: long lines
            if f"UID:{uid}" not in data:
                continue
            parts = urlsplit(account.calendar_url)
            path = urlsplit(response.findtext("{DAV:}href") or "").path
            url = f"{parts.scheme}://{parts.netloc}{path}"
            read = ask(account, "GET", url)
            _require(read)
            return url, read.headers["etag"], Calendar.from_ical(read.body)
        raise Refused(f"{person} has no event {uid}")

    def _put(
        self, account: Account, url: str, calendar: Component, headers: dict[str, str]
    ) -> None:
        data = calendar.to_ical(sorted=False)
        _require(ask(account, "PUT", url, data, headers=headers, kind=ICALENDAR))


def _require(answer: Answer) -> None:
    if answer.status >= 300:
        raise Refused(f"{answer.status}: {answer.text[:300]}")
