"""Ben and Anna at Outlook, as the contracts of the ports want them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any, cast

from adapters.outlook.mapping import from_draft
from core.model.calendar import (
    Body,
    CalendarEvent,
    CalendarId,
    EventDraft,
    EventId,
    EventRef,
    Response,
    TimeSlot,
    Window,
)
from core.ports import CalendarPort
from tests.servers.graph import GraphServer, body_store, event_json, meeting
from tests.servers.graph.zones import windows_name, zone_of

ANSWERS = {
    Response.ACCEPTED: "accepted",
    Response.DECLINED: "declined",
    Response.TENTATIVE: "tentativelyAccepted",
}


def as_text(stored: str) -> str:
    """A body without the markup that Exchange wraps around every text."""
    return body_store.as_text(stored).replace("\r\n", "\n")


class OutlookClients:
    """What people do in Outlook; the UID of a test stands for the one that Exchange has made."""

    def __init__(self, graph: GraphServer, calendars: dict[str, CalendarId]) -> None:
        self._graph = graph
        self._calendars = calendars
        self.uids: dict[str, str] = {}
        """The test's UID -> Exchange's."""

    def add(
        self,
        person: str,
        draft: EventDraft,
        uid: str,
        *,
        calendar_id: CalendarId | None = None,
        extras: tuple[str, ...] = (),
    ) -> EventRef:
        state = self._graph.state
        box = state.tenant.mailbox(person)
        written = from_draft(draft, "by hand", "by hand")
        with state.lock:
            kept = event_json.read(written, windows_name(box.zone))
            self.uids[uid] = meeting.create(state, box, kept, cause="person").uid
        return self._ref(person, uid)

    def _ref(self, person: str, uid: str) -> EventRef:
        made = self._graph.event_id(person, self.uids[uid])
        return EventRef(calendar_id=self._calendars[person], event_id=EventId(made))

    def _day(self, person: str, uid: str, original_start: datetime | None) -> date | None:
        if original_start is None:
            return None
        zone = self._graph.ui.view(person, self.uids[uid]).item.props["zone"]
        return original_start.astimezone(zone_of(zone)).date()

    def body(self, person: str, uid: str, original_start: datetime | None = None) -> str:
        day = self._day(person, uid, original_start)
        return as_text(self._graph.ui.body(person, self.uids[uid], day))

    def edit_body(
        self,
        person: str,
        uid: str,
        original_start: datetime | None,
        edit: str | Callable[[str], str],
    ) -> None:
        text = edit if isinstance(edit, str) else edit(self.body(person, uid, original_start))
        day = self._day(person, uid, original_start)
        self._graph.ui.edit_body(person, self.uids[uid], day, body_store.store_text(text))

    def move(self, person: str, uid: str, original_start: datetime | None, slot: TimeSlot) -> None:
        day = self._day(person, uid, original_start)
        assert day is not None
        self._graph.ui.move(person, self.uids[uid], day, slot.start)

    def cancel(
        self, person: str, uid: str, original_start: datetime, *, visible: bool = False
    ) -> None:
        """An organizer's own calendar does not go on showing what was cancelled."""
        self._graph.ui.cancel(person, self.uids[uid], self._day(person, uid, original_start))

    def answer(
        self, person: str, uid: str, response: Response, original_start: datetime | None = None
    ) -> None:
        day = self._day(person, uid, original_start)
        self._graph.ui.respond(person, self.uids[uid], ANSWERS[response], day)

    def delete(self, person: str, uid: str) -> None:
        self._graph.ui.cancel(person, self.uids[uid])

    def replace_series(
        self, person: str, uid: str, draft: EventDraft, new_uid: str, *, keep_past: bool = False
    ) -> EventRef:
        self.delete(person, uid)
        return self.add(person, draft, new_uid)

    def sequence(self, person: str, uid: str, original_start: datetime | None = None) -> int:
        """Graph shows no SEQUENCE: how often the time has changed, which is what it counts."""
        day = self._day(person, uid, original_start)
        view = self._graph.ui.view(person, self.uids[uid], day)
        return int(view.original_start not in (None, view.start))

    def extras(
        self, person: str, uid: str, original_start: datetime | None = None
    ) -> tuple[str, ...]:
        raise AssertionError("Outlook takes no lines of iCalendar")

    def exceptions(self, person: str, uid: str) -> set[datetime]:
        item = self._graph.ui.view(person, self.uids[uid]).item
        views = [self._graph.ui.view(person, self.uids[uid], day) for day in item.exceptions]
        return {view.original_start for view in views if view.original_start}


class AsText:
    """A calendar port whose bodies are read as text and whose UIDs are the test's.

    Exchange turns each body into HTML of its own and gives each meeting its UID; what a contract
    says of texts and UIDs holds behind that.
    """

    def __init__(self, port: CalendarPort, clients: OutlookClients) -> None:
        self._port = port
        self._clients = clients

    def __getattr__(self, name: str) -> Any:
        return getattr(self._port, name)

    def _event(self, event: CalendarEvent) -> CalendarEvent:
        known = {theirs: ours for ours, theirs in self._clients.uids.items()}
        body = Body(content=as_text(event.body.content))
        return replace(event, body=body, uid=known.get(event.uid, event.uid))

    def changes(self, calendar_id: CalendarId, since: Any) -> Any:
        page = self._port.changes(calendar_id, since)
        return replace(
            page,
            changed=tuple(map(self._event, page.changed)),
            occurrences=tuple(map(self._event, page.occurrences)),
        )

    def occurrences(self, series: EventRef, after: datetime, limit: int) -> Sequence[CalendarEvent]:
        return [self._event(each) for each in self._port.occurrences(series, after, limit)]

    def get_event(self, ref: EventRef) -> CalendarEvent:
        return self._event(self._port.get_event(ref))

    def create_event(self, calendar_id: CalendarId, draft: EventDraft, *, key: Any) -> Any:
        return self._event(self._port.create_event(calendar_id, draft, key=key))

    def list_occurrences(self, calendar_id: CalendarId, window: Window) -> Iterator[CalendarEvent]:
        yield from map(self._event, self._port.list_occurrences(calendar_id, window))


def as_text_port(port: CalendarPort, clients: OutlookClients) -> CalendarPort:
    return cast("CalendarPort", AsText(port, clients))


MONDAY = date(2027, 10, 4)
"""Four weeks before the clocks go back."""
NOW = datetime(2027, 9, 27, 8, 0, tzinfo=UTC)
