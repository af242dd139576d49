"""What a contract needs of a suite: two people, their ports, and their own calendar clients."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

from core.model.calendar import (
    Body,
    CalendarEvent,
    CalendarId,
    EventDraft,
    EventRef,
    IdempotencyKey,
    Participant,
    Response,
    Role,
    TimeSlot,
)
from core.model.tasks import TaskListId, TaskRef
from core.ports import CalendarPort, TaskPort

ZONE = "Europe/Berlin"


class Clients(Protocol):
    """What people do in clients of their own. One occurrence is named by its original start."""

    def add(
        self,
        person: str,
        draft: EventDraft,
        uid: str,
        *,
        calendar_id: CalendarId | None = None,
        extras: tuple[str, ...] = (),
    ) -> EventRef:
        """Make an event; `extras` are iCalendar lines that nobody may lose."""
        ...

    def body(self, person: str, uid: str, original_start: datetime | None = None) -> str:
        """Read a text."""
        ...

    def edit_body(
        self,
        person: str,
        uid: str,
        original_start: datetime | None,
        edit: str | Callable[[str], str],
    ) -> None:
        """Type a text."""
        ...

    def move(self, person: str, uid: str, original_start: datetime | None, slot: TimeSlot) -> None:
        """Move it."""
        ...

    def cancel(
        self, person: str, uid: str, original_start: datetime, *, visible: bool = False
    ) -> None:
        """Cancel one occurrence."""
        ...

    def answer(
        self, person: str, uid: str, response: Response, original_start: datetime | None = None
    ) -> None:
        """Accept or decline."""
        ...

    def delete(self, person: str, uid: str) -> None:
        """Delete all of it."""
        ...

    def replace_series(
        self, person: str, uid: str, draft: EventDraft, new_uid: str, *, keep_past: bool = False
    ) -> EventRef:
        """Put another series in its place."""
        ...

    def sequence(self, person: str, uid: str, original_start: datetime | None = None) -> int:
        """Return SEQUENCE."""
        ...

    def extras(
        self, person: str, uid: str, original_start: datetime | None = None
    ) -> tuple[str, ...]:
        """Return the extra lines."""
        ...

    def exceptions(self, person: str, uid: str) -> set[datetime]:
        """Return the original starts that have an exception."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarHost:
    """Ben and Anna on one suite, with nothing in their calendars."""

    ben: str
    """Organizer of everything, if nothing else is said."""
    anna: str
    ports: dict[str, CalendarPort]
    calendars: dict[str, CalendarId]
    clients: Clients
    attendee_may_edit: bool = True
    """Whether the host lets an attendee change the text of the own copy."""
    keeps_extras: bool = True
    """Whether `extras` can be given and read back."""
    forget_cursors: Callable[[], None] | None = None
    """Lets every cursor expire, where the suite can be made to."""
    make_read_only: Callable[[str], None] | None = None
    break_event: Callable[[str, str], None] | None = None
    """Makes a person's event unreadable, where that can happen."""
    monday: date = field(default_factory=lambda: first_monday_of_october())
    """A Monday three to four weeks before the clocks go back."""

    @property
    def port(self) -> CalendarPort:
        """Ben's."""
        return self.ports[self.ben]

    @property
    def calendar_id(self) -> CalendarId:
        """Ben's."""
        return self.calendars[self.ben]

    def at(self, week: int, hour: int = 9, minute: int = 0) -> datetime:
        """Return a time on a Monday in Berlin, as UTC."""
        day = self.monday + timedelta(weeks=week)
        return datetime.combine(day, time(hour, minute), ZoneInfo(ZONE)).astimezone(UTC)

    def slot(self, week: int, hour: int = 9, minutes: int = 30) -> TimeSlot:
        """Return a slot on a Monday."""
        start = self.at(week, hour)
        return TimeSlot(start=start, end=start + timedelta(minutes=minutes), zone=ZONE)

    def draft(
        self,
        title: str = "1:1 Ben & Anna",
        *,
        rrule: str | None = "FREQ=WEEKLY",
        text: str = "Notes of ours\n",
        week: int = 0,
    ) -> EventDraft:
        """Return Ben's weekly 1:1 with Anna, Mondays at nine."""
        people = (
            Participant(
                address=self.ben, name="Ben", role=Role.ORGANIZER, response=Response.ACCEPTED
            ),
            Participant(address=self.anna, name="Anna"),
        )
        return EventDraft(
            title=title,
            slot=self.slot(week),
            participants=people,
            body=Body(content=text),
            rrule=rrule,
        )

    def weekly(self, uid: str = "weekly@example.org", **what: object) -> EventRef:
        """Let Ben make the weekly 1:1 in his client."""
        draft = self.draft(**what)  # type: ignore[arg-type]  # a draft's own keywords
        extras = ("X-MEETING-KIND:regular",) if self.keeps_extras else ()
        return self.clients.add(self.ben, draft, uid, calendar_id=self.calendar_id, extras=extras)

    def occurrence(self, series: EventRef, week: int = 0) -> CalendarEvent:
        """Return Ben's occurrence of a week."""
        return self.port.occurrences(series, self.at(week), 1)[0]

    def found(self, person: str, uid: str) -> CalendarEvent:
        """Return somebody's copy of an event."""
        page = self.ports[person].changes(self.calendars[person], None)
        return next(event for event in page.changed if event.uid == uid)


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskHost:
    """One person's task list, empty."""

    port: TaskPort
    list_id: TaskListId
    tick: Callable[[TaskRef], None]
    """Complete it in the person's own program."""
    untick: Callable[[TaskRef], None]
    remove: Callable[[TaskRef], None]
    spoil_status: Callable[[TaskRef], None] | None = None
    """Give it a status that nobody knows, where that can happen."""
    forget_cursors: Callable[[], None] | None = None


def key(text: str) -> IdempotencyKey:
    """Return a key."""
    return IdempotencyKey(text)


def first_monday_of_october() -> date:
    """Return a Monday that lies ahead, so that servers deliver what is made there."""
    year = datetime.now(UTC).year + 1
    first = date(year, 10, 1)
    return first + timedelta(days=(7 - first.weekday()) % 7)
