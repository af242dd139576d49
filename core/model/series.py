"""A series as the engine knows it: whose it is, where its copies are, what was written there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from core.model.agenda import EMPTY_AGENDA, Agenda, ItemId
from core.model.calendar import Body, CalendarId, EventRef, Revision, TimeSlot, require_aware
from core.model.people import PairId
from core.model.tasks import Task, TaskDraft, TaskListId, TaskRef

SeriesId = NewType("SeriesId", str)
SheetId = NewType("SheetId", str)
ConnectionId = NewType("ConnectionId", str)


class ConnectionState(StrEnum):
    """Whether a connection's consent works."""

    ACTIVE = "active"
    DISCONNECTED = "disconnected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """One account's consent for one suite; its secret is kept apart, sealed."""

    connection_id: ConnectionId
    suite: str
    """Name in adapters.registry: "caldav", "google", "outlook"."""
    person: str
    """Address of the one whose account it is."""
    settings: tuple[tuple[str, str], ...] = ()
    """What the adapter needs beside the secret, such as the server's URL."""
    calendars: tuple[CalendarId, ...] = ()
    """Calendars to read."""
    task_list: TaskListId | None = None
    """Where this person's action items go; None: nowhere."""
    shared_lists: tuple[TaskListId, ...] = ()
    """Lists that a group reads and that pairs of this person chose; they are read along."""
    state: ConnectionState = ConnectionState.ACTIVE
    trouble: str = ""
    """What the last call failed with, for the one who can mend it."""

    def setting(self, name: str, default: str = "") -> str:
        """Return one of the settings."""
        return dict(self.settings).get(name, default)


class SeriesState(StrEnum):
    """What a series is to us."""

    OTHER = "other"
    """Not a 1:1; `reason` says why."""
    FOUND = "found"
    """A 1:1 that nobody has said yes to: nothing is written."""
    ENABLED = "enabled"
    DISABLED = "disabled"
    """Somebody said stop."""
    ENDED = "ended"
    """Gone from every calendar, or its last occurrence is over."""


class Why(StrEnum):
    """Why an event is a 1:1 or not, or why it has no agenda now; core.reasons has the words."""

    TWO_PEOPLE = "two_people"
    ALONE = "alone"
    MORE_THAN_TWO = "more_than_two"
    A_GROUP = "a_group"
    ALL_DAY = "all_day"
    OVER = "over"
    CANCELLED = "cancelled"
    NOT_ASKED = "not_asked"
    STOPPED = "stopped"
    WRITTEN = "written"
    NOT_YET = "not_yet"
    WAITING = "waiting"
    HELD_BACK = "held_back"
    NO_NEXT = "no_next"
    PAUSED = "paused"
    """One of the two is on leave; why is nobody's business."""
    DECLINED = "declined"
    READ_ONLY = "read_only"
    DISCONNECTED = "disconnected"
    NOT_ORGANIZER = "not_organizer"
    JOIN_BLOCK = "join_block"
    TOO_LONG = "too_long"
    TROUBLE = "trouble"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One occurrence of a series: what it is, and when it takes place now."""

    original_start: datetime | None
    """None for a single event."""
    slot: TimeSlot

    def __post_init__(self) -> None:
        if self.original_start is not None:
            require_aware(self.original_start, "original_start")


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What one occurrence has had of the write budget (core.budget)."""

    original_start: datetime | None
    ends: datetime
    automatic: int = 0
    """Writes of our own accord."""
    asked: int = 0
    """Writes that people asked for."""
    last: datetime | None = None
    due: datetime | None = None
    """When the change that waits may be written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A recurring (or single) event that may be a pair's 1:1."""

    series_id: SeriesId
    uid: str
    earlier_uids: tuple[str, ...] = ()
    """UIDs of the series that this one replaced."""
    pair_id: PairId | None = None
    title: str = ""
    organizer: str = ""
    humans: tuple[str, ...] = ()
    rooms: int = 0
    """Rooms that are invited: their calendars are often open to many."""
    """Addresses of the people in it, rooms left out."""
    slot: TimeSlot
    """First occurrence: the time pattern starts here."""
    rrule: str | None = None
    ends: datetime | None = None
    state: SeriesState = SeriesState.FOUND
    reason: Why = Why.TWO_PEOPLE
    agenda_reason: Why = Why.NOT_ASKED
    """Why it has an agenda now, or has none."""
    locale: str = ""
    """Language of the block; empty: the people's own."""
    look_again: datetime | None = None
    """When time alone changes something: the end of the occurrence that holds the agenda, or
    the time at which a waiting change may be written."""
    asked_at: datetime | None = None
    """When a person asked on a page or card for what does not stand in the event yet."""
    spent: tuple[Spent, ...] = ()
    """What each occurrence has had, where each write mails the attendees."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A series in one calendar."""

    series_id: SeriesId
    connection_id: ConnectionId
    event: EventRef
    whose: str | None
    """Address of the one whose copy it is; None: both people see this very event."""
    leading: bool
    """The organizer's copy, or the one event both share: the one that we write."""
    alias: bool = False
    """A second way to an event that we already read: neither read nor written."""


class SheetState(StrEnum):
    """Whether people still work on a sheet."""

    OPEN = "open"
    CLOSED = "closed"
    """Its meeting is over; it is history."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One meeting's agenda, with the occurrence it stands in now.

    A series has one open sheet. It moves when the meeting moves; when the meeting is over,
    it closes and what is open is carried to the next sheet.
    """

    sheet_id: SheetId
    series_id: SeriesId
    pair_id: PairId
    agenda: Agenda = EMPTY_AGENDA
    state: SheetState = SheetState.OPEN
    place: Place | None = None
    number: int = 1
    """First meeting 1, and so on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What we wrote into one copy of one occurrence: the base that edits are read against."""

    sheet_id: SheetId
    event: EventRef
    """The occurrence in that calendar."""
    base: Body | None = None
    """Exactly what we last wrote or saw there; None before the first time."""
    base_agenda: Agenda | None = None
    pending: Body | None = None
    """What a write that may not have finished was about to leave there."""
    pending_agenda: Agenda | None = None
    original: Body | None = None
    """The body before our first block."""


class LinkState(StrEnum):
    """What became of an action item's task."""

    WANTED = "wanted"
    LINKED = "linked"
    DELETED = "deleted"
    """Its owner deleted it: never made again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskLink:
    """An action item and the task that mirrors it."""

    item_id: ItemId
    series_id: SeriesId
    connection_id: ConnectionId
    ref: TaskRef | None = None
    seen: TaskDraft | None = None
    """The task as we last wrote or saw it: the base for reading changes."""
    said: TaskDraft | None = None
    """What the agenda said then; its tool may have kept it shorter or otherwise."""
    revision: Revision | None = None
    """The revision at which it was so; None: read it before it is changed."""
    told: Task | None = None
    """The task as its list has just told it: it need not be read once more."""
    untried: bool = False
    """Nobody has asked for its task yet: there is none to be looked for."""
    state: LinkState = LinkState.WANTED
    leaving: TaskRef | None = None
    """Where it stood before it moved to another list, while it is still to be deleted there."""
