"""Ben and Anna at Google, as the contracts of the ports want them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

from adapters.google import Delegation, GoogleSettings, build
from adapters.google.mapping import from_draft
from adapters.google.settings import CHAT_SPACES, EVENTS, FREE_BUSY, TASKS
from core.model.calendar import (
    CalendarId,
    EventDraft,
    EventId,
    EventRef,
    Response,
    TimeSlot,
)
from core.ports import Suite
from tests.contracts.hosts import CalendarHost
from tests.servers.google import GoogleServer

BEN, ANNA = "ben@example.com", "anna@example.com"
MONDAY = date(2027, 10, 4)
"""Four weeks before the clocks go back."""
NOW = datetime(2027, 9, 27, 8, 0, tzinfo=UTC)


class GoogleClients:
    """What people do in Google's own clients; the UID of a test becomes the event's own."""

    def __init__(self, server: GoogleServer) -> None:
        self._server = server
        self.ids: dict[str, str] = {}
        """A test's UID -> the event's id, which is the same in every calendar."""

    def add(
        self,
        person: str,
        draft: EventDraft,
        uid: str,
        *,
        calendar_id: CalendarId | None = None,
        extras: tuple[str, ...] = (),
    ) -> EventRef:
        body = from_draft(draft, "")
        guests = [p.address for p in draft.participants if p.address != person]
        made = self._server.ui.create(
            person,
            draft.title,
            draft.slot.start,
            guests=guests,
            recurrence=draft.rrule,
            more={
                "iCalUID": uid,
                "start": body["start"],
                "end": body["end"],
                "description": draft.body.content,
            }
            | ({"attendees": body["attendees"]} if "attendees" in body else {}),
            notify=False,
        )
        self.ids[uid] = made
        return EventRef(calendar_id=CalendarId(person), event_id=EventId(made))

    def _id(self, uid: str, original_start: datetime | None) -> str:
        series = self.ids[uid]
        if original_start is None:
            return series
        return f"{series}_{original_start.astimezone(UTC):%Y%m%dT%H%M%SZ}"

    def body(self, person: str, uid: str, original_start: datetime | None = None) -> str:
        seen = self._server.ui.see(person, self._id(uid, original_start))
        return str(seen.get("description", ""))

    def edit_body(
        self,
        person: str,
        uid: str,
        original_start: datetime | None,
        edit: str | Callable[[str], str],
    ) -> None:
        change = (lambda _before: edit) if isinstance(edit, str) else edit
        self._server.ui.edit(person, self._id(uid, original_start), change, phone=True)

    def move(self, person: str, uid: str, original_start: datetime | None, slot: TimeSlot) -> None:
        self._server.ui.move(person, self._id(uid, original_start), slot.start)

    def cancel(
        self, person: str, uid: str, original_start: datetime, *, visible: bool = False
    ) -> None:
        self._server.ui.cancel(person, self._id(uid, original_start))

    def answer(
        self, person: str, uid: str, response: Response, original_start: datetime | None = None
    ) -> None:
        answers = {Response.NEEDS_ACTION: "needsAction"}
        text = answers.get(response, response.value)
        self._server.ui.respond(person, self._id(uid, original_start), text)

    def delete(self, person: str, uid: str) -> None:
        self._server.ui.cancel(person, self._id(uid, None))

    def replace_series(
        self, person: str, uid: str, draft: EventDraft, new_uid: str, *, keep_past: bool = False
    ) -> EventRef:
        self.delete(person, uid)
        return self.add(person, draft, new_uid)

    def sequence(self, person: str, uid: str, original_start: datetime | None = None) -> int:
        return int(self._server.ui.see(person, self._id(uid, original_start)).get("sequence", 0))

    def extras(
        self, person: str, uid: str, original_start: datetime | None = None
    ) -> tuple[str, ...]:
        raise AssertionError("Google takes no lines of iCalendar")

    def exceptions(self, person: str, uid: str) -> set[datetime]:
        calendar = self._server.world.calendars.by_id[person]
        rows = calendar.exceptions_of(self.ids[uid])
        names = [row.id.rpartition("_")[2] for row in rows]
        return {datetime.strptime(n, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC) for n in names}


def google_suite(
    server: GoogleServer, person: str, *, push: bool = False, scopes: tuple[str, ...] = ()
) -> Suite:
    """Return a person's suite; waiting moves the stand-in's clock."""
    granted = (EVENTS, FREE_BUSY, TASKS, CHAT_SPACES)
    settings = GoogleSettings(
        api_root=server.url,
        token_uri=server.token_uri,
        push_secret=b"s" * 32 if push else b"",
        time_out=(2, 10),
    )
    return build(
        settings,
        person,
        Delegation(key_file=server.service_account(*granted, *scopes)),
        now=server.clock.now,
        sleep=lambda seconds: server.clock.advance(timedelta(seconds=seconds)),
    )


def google_host(server: GoogleServer) -> CalendarHost:
    """Return both people with empty calendars."""
    people = (BEN, ANNA)

    def forget() -> None:
        for person in people:
            server.expire_sync_tokens(person)

    def make_read_only(person: str) -> None:
        text = "You need to have writer access to this calendar."
        server.faults.add(
            "calendar.events.patch",
            status=403,
            reason="requiredAccessLevel",
            message=text,
            user=person,
        )

    return CalendarHost(
        ben=BEN,
        anna=ANNA,
        ports={person: google_suite(server, person).calendar for person in people},
        calendars={person: CalendarId(person) for person in people},
        clients=GoogleClients(server),
        keeps_extras=False,
        forget_cursors=forget,
        make_read_only=make_read_only,
        monday=MONDAY,
    )
