"""Calendars, events and times, in our own words for all suites."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import NewType

CalendarId = NewType("CalendarId", str)
EventId = NewType("EventId", str)
Revision = NewType("Revision", str)
Cursor = NewType("Cursor", str)
IdempotencyKey = NewType("IdempotencyKey", str)


def require_aware(value: datetime, name: str) -> None:
    """Refuse a time that has no zone: nobody could tell when it is."""
    if value.utcoffset() is None:
        raise ValueError(f"{name} needs a time zone: {value!r}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A half-open span of time: start <= t < end."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        require_aware(self.start, "start")
        require_aware(self.end, "end")
        if self.end < self.start:
            raise ValueError("end must not be before start")


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeSlot(Window):
    """When a meeting takes place, in UTC, and the zone its series recurs in."""

    zone: str
    """IANA name. A weekly 09:00 in Europe/Paris stays at 09:00 across a clock change."""
    all_day: bool = False


class BodyForm(StrEnum):
    """How a host hands over an event's body."""

    TEXT = "text"
    HTML = "html"
    """Also the HTML-lite of Google's description: `<br>` and newlines mixed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """An event's whole body, exactly as the host gave it."""

    form: BodyForm = BodyForm.TEXT
    content: str = ""
    rich: str | None = None
    """A second, HTML form of the same body beside the text (iCalendar ALTREP, X-ALT-DESC,
    STYLED-DESCRIPTION), where the host has one. Dropped when we write."""

    def __post_init__(self) -> None:
        if type(self.form) is not BodyForm:
            object.__setattr__(self, "form", BodyForm(self.form))
        if not isinstance(self.content, str):
            raise TypeError(f"a body's content is text, not {type(self.content).__name__}")


class Role(StrEnum):
    """What somebody is in an event (RFC 5545 ROLE and CUTYPE, the part all suites have)."""

    ORGANIZER = "organizer"
    REQUIRED = "required"
    OPTIONAL = "optional"
    RESOURCE = "resource"
    """A room or a thing: nobody who talks."""
    GROUP = "group"
    """A mailing group: perhaps many people."""


class Response(StrEnum):
    """RFC 5545 PARTSTAT, the part of it that all suites have."""

    NEEDS_ACTION = "needs-action"
    ACCEPTED = "accepted"
    TENTATIVE = "tentative"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """Somebody in an event; the organizer stands in the list like everybody else."""

    address: str
    name: str = ""
    role: Role = Role.REQUIRED
    response: Response = Response.NEEDS_ACTION
    comment: str = ""
    """What they wrote beside their answer to the invitation, where this calendar shows it."""
    answered: str = ""
    """When they wrote it, in the host's own words; empty: the host does not say."""


class EventKind(StrEnum):
    """What one calendar entry is."""

    SINGLE = "single"
    SERIES = "series"
    """The master: carries the rule, takes place at no time of its own."""
    OCCURRENCE = "occurrence"
    EXCEPTION = "exception"
    """An occurrence that differs from its series (iCalendar: override)."""


class EventStatus(StrEnum):
    """RFC 5545 STATUS of an event."""

    CONFIRMED = "confirmed"
    TENTATIVE = "tentative"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRef:
    """Where an event lives. Opaque to core: made and read by one adapter."""

    calendar_id: CalendarId
    event_id: EventId


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarInfo:
    """One calendar of an account."""

    calendar_id: CalendarId
    name: str
    zone: str
    writable: bool
    primary: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Readers:
    """Who can read a calendar's texts beside its owner, as far as its suite tells."""

    people: tuple[str, ...] = ()
    """Addresses, or names where the suite has no address; delegates are among them."""
    everybody: bool = False
    """A group, or everybody in the organization."""
    public: bool = False
    """Anybody who knows an address on the web."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEvent:
    """One event, series, occurrence or exception as one person's calendar shows it."""

    ref: EventRef
    kind: EventKind
    uid: str
    """iCalendar UID: equal in both people's calendars and for all of a series."""
    original_start: datetime | None = None
    """RECURRENCE-ID in UTC: when the rule put it. Set for occurrences and exceptions."""
    series: EventRef | None = None
    title: str = ""
    slot: TimeSlot
    """For a series: its first occurrence."""
    status: EventStatus = EventStatus.CONFIRMED
    participants: tuple[Participant, ...] = ()
    rrule: str | None = None
    """RFC 5545 text, for a series only."""
    ends: datetime | None = None
    """For a series: end of its last occurrence; None where it goes on without end."""
    body: Body = Body()
    join_url: str | None = None
    private: bool = False
    comment: str = ""
    """The comment of the account owner's RSVP, where the host has one."""
    revision: Revision

    def __post_init__(self) -> None:
        for value, name in ((self.original_start, "original_start"), (self.ends, "ends")):
            if value is not None:
                require_aware(value, name)

    @property
    def identity(self) -> tuple[str, datetime | None]:
        """What it is in everybody's calendar: series UID and original start in UTC."""
        start = self.original_start
        return (self.uid, start.astimezone(UTC) if start else None)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventDraft:
    """An event to be made."""

    title: str
    slot: TimeSlot
    participants: tuple[Participant, ...] = ()
    body: Body = Body()
    rrule: str | None = None
    online_meeting: bool = False
