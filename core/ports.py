"""What the engine needs from a collaboration suite.

Each port is small and synchronous. An adapter raises only core.errors, and passes tests/contracts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Flag, auto
from typing import Generic, Protocol, TypeVar

from core.model.calendar import (
    Body,
    CalendarEvent,
    CalendarId,
    CalendarInfo,
    Cursor,
    EventDraft,
    EventRef,
    IdempotencyKey,
    Readers,
    Revision,
    TimeSlot,
    Window,
)
from core.model.messages import Message, MessageRef
from core.model.tasks import Task, TaskDraft, TaskLimits, TaskListId, TaskListInfo, TaskRef
from core.model.webhooks import Posted

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePage(Generic[T]):
    """One page of what changed since a cursor."""

    changed: tuple[T, ...]
    removed: tuple[str, ...]
    """Ids (event_id, task_id) of what is gone; unknown ids may be among them."""
    cursor: Cursor
    """Save it only together with the effects of this page."""
    more: bool = False
    """True: ask again at once with the cursor."""
    broken: tuple[tuple[str, str], ...] = ()
    """Id and a sentence for each entry that could not be read; the rest goes on."""
    occurrences: tuple[T, ...] = ()
    """Changed occurrences, whole, where the suite tells them (WHOLE_CHANGES)."""


class CalendarFeature(Flag):
    """What a calendar can do; the engine asks before it plans."""

    NONE = 0
    OCCURRENCE_BODY = auto()
    """One occurrence can hold a body of its own."""
    QUIET_UPDATE = auto()
    """A body can change without mail to the attendees."""
    COPIES = auto()
    """Each attendee's calendar has a copy of an event; without it both see the same one."""
    PUSH = auto()
    """Changes can be announced to a URL; without it we poll."""
    ONLINE_MEETING = auto()
    FREE_BUSY = auto()
    WHOLE_CHANGES = auto()
    """`changes` tells each changed exception whole, and its series where more may have changed."""
    ONE_REVISION = auto()
    """All of a series has one revision, which a change of any occurrence moves."""
    SURE_CHANGES = auto()
    """`changes` tells whatever was saved before it is asked: an empty answer is a look at all."""
    GUESTS_TELL = auto()
    """What the organizer changes is announced in each guest's calendar of the same suite, too."""
    MAILS_OUTSIDE = auto()
    """However quiet within its house, a changed body is mailed to attendees in other houses."""


class CalendarPort(Protocol):
    """One account's calendars."""

    @property
    def features(self) -> CalendarFeature:
        """What this suite can do."""
        ...

    def list_calendars(self) -> Sequence[CalendarInfo]:
        """Return the account's event calendars."""
        ...

    def changes(self, calendar_id: CalendarId, since: Cursor | None) -> ChangePage[CalendarEvent]:
        """Report what changed; None starts over with everything that is there.

        An event comes as itself (SINGLE or SERIES); without WHOLE_CHANGES a series comes for its
        exceptions. More than changed may come, never less. Raise CursorExpired: start over.
        """
        ...

    def occurrences(self, series: EventRef, after: datetime, limit: int) -> Sequence[CalendarEvent]:
        """Return at most `limit` occurrences that end after `after`, by their start.

        Exceptions stand in the place of what they replace, at the time they were moved to.
        Cancelled ones that the calendar still shows come with status CANCELLED; excluded
        dates do not come. A SINGLE event is its own only occurrence. Raise NotFound where
        the series is gone.
        """
        ...

    def get_event(self, ref: EventRef) -> CalendarEvent:
        """Read it now, from the suite and not from a cache. Raise NotFound where it's gone."""
        ...

    def list_occurrences(self, calendar_id: CalendarId, window: Window) -> Iterator[CalendarEvent]:
        """Yield what overlaps the window, series expanded, by start, cancelled left out."""
        ...

    def create_event(
        self, calendar_id: CalendarId, draft: EventDraft, *, key: IdempotencyKey
    ) -> CalendarEvent:
        """Create it once: the same key again returns the first one."""
        ...

    def write_body(self, ref: EventRef, body: Body, *, expect: Revision) -> Revision:
        """Replace the whole body of one event or occurrence, and nothing else of it.

        For an occurrence without exception one is made. Where the new body equals the
        series' own body and nothing else differs, the exception is taken back. Attendees
        hear nothing where features has QUIET_UPDATE. Raise RevisionConflict where the event
        is no longer at `expect`; PermissionDenied where the calendar is read-only.
        """
        ...

    def reschedule(self, ref: EventRef, slot: TimeSlot, *, expect: Revision) -> Revision:
        """Move one occurrence or a single event; its attendees are told."""
        ...

    def busy(self, calendar_id: CalendarId, window: Window) -> Sequence[Window]:
        """Return the busy spans of a calendar; raise NotSupported without FREE_BUSY."""
        ...


class ReaderPort(Protocol):
    """Who else can read one account's calendars."""

    def readers(self, calendar_id: CalendarId) -> Readers:
        """Return who can read the texts of a calendar beside its owner; one request.

        Raise NotSupported where the suite does not tell, PermissionDenied where we may not ask.
        """
        ...


class TaskFeature(Flag):
    """What a task tool can do."""

    NONE = 0
    CANCELLED = auto()
    SOURCE_URL = auto()


class TaskPort(Protocol):
    """One account's task lists; what is longer than its limits is not its to cut."""

    @property
    def features(self) -> TaskFeature: ...

    @property
    def limits(self) -> TaskLimits: ...

    def list_task_lists(self) -> Sequence[TaskListInfo]:
        """Return the account's task lists."""
        ...

    def get_task(self, ref: TaskRef) -> Task:
        """Raise NotFound where it's gone."""
        ...

    def create_task(
        self, list_id: TaskListId, draft: TaskDraft, *, key: IdempotencyKey, first: bool = False
    ) -> Task:
        """Create it once: the same key again returns the first one, even one since changed.
        `first`: nobody has asked with this key before, so there is nothing to look for."""
        ...

    def replace_task(self, ref: TaskRef, draft: TaskDraft, *, expect: Revision) -> Task:
        """Change what the draft says and keep the rest. Raise RevisionConflict, NotFound."""
        ...

    def delete_task(self, ref: TaskRef) -> None:
        """Leave no such task; one already gone is no error."""
        ...

    def changes(self, list_id: TaskListId, since: Cursor | None) -> ChangePage[Task]:
        """Report what changed; None starts over. Raise CursorExpired."""
        ...


class MessageFeature(Flag):
    """What a message channel can do."""

    NONE = 0
    EDIT = auto()
    BUTTONS = auto()
    THREADS = auto()


class MessagePort(Protocol):
    """A way to reach one person: Teams chat, Google Chat, Slack or mail."""

    @property
    def features(self) -> MessageFeature:
        """What this channel can do."""

    def send(self, message: Message, *, key: IdempotencyKey) -> MessageRef:
        """Send it; the same key within a day sends nothing more."""

    def edit(self, ref: MessageRef, message: Message) -> None:
        """Replace its text. Raise NotSupported without EDIT."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A suite's promise to tell us about changes until it expires."""

    subscription_id: str
    calendar_id: CalendarId
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PushRequest:
    """An incoming HTTP request, in no framework's words."""

    headers: Mapping[str, str]
    query: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """One push: which calendar it is about, and the suite's own id of it."""

    calendar_id: CalendarId
    source_id: str = ""
    """The same id again is the same announcement; empty: the suite gives none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PushReply:
    """What to answer, and which calendars may have changed."""

    status: int
    body: str = ""
    changed: tuple[CalendarId, ...] = ()
    """Only a hint: the truth is read through changes()."""
    told: tuple[Announcement, ...] = ()
    """The same, push by push; empty: one without an id for each of `changed`."""
    renew: tuple[CalendarId, ...] = ()
    """Calendars whose subscription has ended or wants to be confirmed: renew it soon."""


class PushPort(Protocol):
    """How a suite with CalendarFeature.PUSH announces changes."""

    def subscribe(
        self, calendar_id: CalendarId, callback_url: str, *, ttl: timedelta
    ) -> Subscription:
        """Ask for pushes until now + ttl at most."""
        ...

    def renew(self, subscription: Subscription, *, ttl: timedelta) -> Subscription:
        """Prolong it, or replace it where the suite can't prolong."""
        ...

    def unsubscribe(self, subscription: Subscription) -> None:
        """Stop it; one already gone is no error."""
        ...

    def receive(self, request: PushRequest) -> PushReply:
        """Check the sender's secret, answer a handshake, name what changed. Never raises."""
        ...


class Poster(Protocol):
    """What sends one webhook; it guards where to."""

    def post(self, url: str, headers: dict[str, str], body: bytes) -> Posted:
        """Send it once; never raises, follows no redirect."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Suite:
    """What one connected account offers: the value an adapter builds."""

    name: str
    calendar: CalendarPort
    tasks: TaskPort | None = None
    messages: MessagePort | None = None
    push: PushPort | None = None
    readers: ReaderPort | None = None
