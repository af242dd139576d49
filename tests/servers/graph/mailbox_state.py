"""What the tenant holds: mailboxes, each with its own copies of events, and a log of changes."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Literal, NamedTuple

from tests.servers.graph import ids, recurrence
from tests.servers.graph.answers import GraphError, Json, not_found
from tests.servers.graph.words import words
from tests.servers.graph.zones import zone_of

CONTENT = words(
    """subject body start end zone isAllDay location locations attendees organizer
    isOnlineMeeting onlineMeetingProvider joinUrl importance sensitivity hideAttendees
    responseRequested allowNewTimeProposals isCancelled"""
)
"""What an organizer's update carries to the attendees."""
PERSONAL = words(
    """categories isReminderOn reminderMinutesBeforeStart showAs responseStatus isDraft
    singleValueExtendedProperties"""
)
"""What each person keeps for themselves."""


@dataclass(slots=True, kw_only=True)
class Item:
    """One item of one calendar: a single event, or a series with its exceptions inside."""

    number: int
    uid: str
    goid: bytes | None
    """None for a foreign meeting, whose UID is kept as it came."""
    is_organizer: bool
    created: datetime
    modified: datetime
    props: Json
    """Start and end are naive, in `zone`: a weekly 09:00 stays at 09:00."""
    recurrence: Json | None = None
    exceptions: dict[date, Json] = field(default_factory=dict)
    """By the local day on which the rule put them."""
    cancelled: set[date] = field(default_factory=set)
    version: int = 1
    folder: int = 0
    transaction_id: str | None = None

    def days(self, until: date) -> Iterator[date]:
        if self.recurrence is not None:
            yield from recurrence.days(self.recurrence, until)


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One thing that an answer can show: a single event, a master, or one occurrence."""

    item: Item
    day: date | None
    props: Json
    kind: Literal["singleInstance", "seriesMaster", "occurrence", "exception"]
    start: datetime
    end: datetime
    original_start: datetime | None


class Change(NamedTuple):
    """One line of a mailbox's log; without a day the whole item changed."""

    number: int
    day: date | None
    kind: Literal["created", "updated", "deleted"]


def local_to_utc(naive: datetime, zone: str) -> datetime:
    return naive.replace(tzinfo=zone_of(zone)).astimezone(UTC)


def view_item(item: Item) -> View:
    """Show the item itself; a master shows its first occurrence's times."""
    props, zone = item.props, item.props["zone"]
    return View(
        item=item,
        day=None,
        props=props,
        kind="seriesMaster" if item.recurrence else "singleInstance",
        start=local_to_utc(props["start"], zone),
        end=local_to_utc(props["end"], zone),
        original_start=None,
    )


def view_day(item: Item, day: date) -> View:
    """Show one occurrence, with what its exception overrides."""
    own = item.exceptions.get(day, {})
    props, zone = item.props | own, item.props["zone"]
    ruled = datetime.combine(day, item.props["start"].time())
    length = item.props["end"] - item.props["start"]
    start, end = own.get("start", ruled), own.get("end", ruled + length)
    return View(
        item=item,
        day=day,
        props=props,
        kind="exception" if day in item.exceptions else "occurrence",
        start=local_to_utc(start, props["zone"]),
        end=local_to_utc(end, props["zone"]),
        original_start=local_to_utc(ruled, zone),
    )


def occurrences(item: Item, start: datetime, end: datetime) -> list[View]:
    """List what of a series overlaps the window; a moved exception counts where it now is."""
    until = end.date() + timedelta(days=1)
    days = {*item.days(until), *item.exceptions} - item.cancelled
    views = (view_day(item, day) for day in days)
    return sorted(
        (view for view in views if view.start < end and view.end > start), key=lambda v: v.start
    )


def on_rule(item: Item, day: date) -> bool:
    return day not in item.cancelled and (
        day in item.exceptions or day in set(item.days(day + timedelta(days=1)))
    )


@dataclass(slots=True, kw_only=True)
class Mailbox:
    """One person's mailbox."""

    user_id: str
    address: str
    name: str
    zone: str
    """IANA name."""
    manager: str | None = None
    reachable: bool = True
    """False: outside the management scope that Exchange gives the app."""
    shared_with: dict[str, str] = field(default_factory=dict)
    """Address -> role in this person's calendar, beside what everybody has."""
    organization_role: str = "freeBusyRead"
    items: dict[int, Item] = field(default_factory=dict)
    log: list[Change] = field(default_factory=list)
    handed_out: dict[str, tuple[int, date | None]] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(0x141C51E2))

    def add(self, item: Item) -> Item:
        self.items[item.number] = item
        return item

    def note(self, item: Item, day: date | None, kind: Literal["created", "updated", "deleted"],
             now: datetime) -> None:  # fmt: skip
        """Count the item's version up and log the change."""
        item.version += 1
        item.modified = now
        self.log.append(Change(item.number, day, kind))

    def by_uid(self, uid: str) -> Item | None:
        return next((item for item in self.items.values() if item.uid == uid), None)

    def id_of(self, item: Item, day: date | None, *, immutable: bool) -> str:
        if immutable:
            made = ids.immutable_id(self.address, item.number, day)
        else:
            made = ids.event_id(self.address, item.number, item.folder, day)
        self.handed_out[made] = (item.number, day)
        return made

    def find(self, event_id: str) -> View:
        """Resolve an id, in either form; a former id finds nothing."""
        number, day = self.handed_out.get(event_id, (0, None))
        item = self.items.get(number)
        if item is None or event_id not in (
            self.id_of(item, day, immutable=True),
            self.id_of(item, day, immutable=False),
        ):
            raise not_found()
        if day is None:
            return view_item(item)
        if not on_rule(item, day):
            raise not_found()
        return view_day(item, day)

    def in_window(self, start: datetime, end: datetime) -> list[View]:
        """List single events and occurrences that overlap the window, by start."""
        found: list[View] = []
        for item in self.items.values():
            if item.recurrence:
                found += occurrences(item, start, end)
            elif (view := view_item(item)).start < end and view.end > start:
                found.append(view)
        return sorted(found, key=lambda view: view.start)


@dataclass(slots=True, kw_only=True)
class Tenant:
    """All mailboxes, and the settings an administrator has chosen."""

    tenant_id: str = ids.guid("tenant")
    app_id: str = ids.guid("app")
    mailboxes: dict[str, Mailbox] = field(default_factory=dict)
    """By address."""
    visible_updates: str = "Location,AllProperties:15"
    """Set-OrganizationConfig -VisibleMeetingUpdateProperties."""
    blob_loss: Literal["off", "mint"] = "off"
    """What a body without the Teams block does: the meeting goes offline, or gets a new link."""
    original_start_in_lists: bool = False
    """Reports show originalStart missing in /instances answers."""
    immutable_occurrence_ids: bool = True
    """Whether IdType="ImmutableId" is honoured for occurrences; undocumented."""

    def mailbox(self, user: str) -> Mailbox:
        """Find a mailbox by address or user id."""
        from_address = self.mailboxes.get(user.lower())
        if from_address:
            return from_address
        for box in self.mailboxes.values():
            if box.user_id == user:
                return box
        raise GraphError(404, "ErrorInvalidUser", f"The requested user '{user}' is invalid.")
