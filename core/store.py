"""What must be kept, and in which transaction.

Everything inside one `with store.transaction() as tx:` is kept together or not
at all; leaving the block by an error keeps nothing. A transaction sees its own
changes. Writers wait for each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol, TypeVar

from core.model.actions import Action, Happening
from core.model.agenda import ItemId
from core.model.calendar import CalendarId, Cursor, EventId, EventRef, IdempotencyKey
from core.model.nouns import Noun
from core.model.people import Pair, PairId, Person
from core.model.series import (
    Connection,
    ConnectionId,
    Copy,
    Series,
    SeriesId,
    SeriesState,
    Sheet,
    SheetId,
    TaskLink,
    Written,
)
from core.store_inbox import Inbox

N = TypeVar("N", bound=Noun)


class Transaction(Inbox, Protocol):
    """One unit of reading and writing. `put_…` makes or replaces by the noun's identity.

    Of two at once the second waits, and sees what the first one wrote.
    """

    def person(self, address: str) -> Person | None:
        """Return somebody by address."""
        ...

    def people(self) -> Sequence[Person]:
        """Return everybody, by address."""
        ...

    def put_person(self, person: Person) -> None:
        """Keep a person, by address."""
        ...

    def pair(self, pair_id: PairId) -> Pair | None:
        """Return a pair."""
        ...

    def pairs(self) -> Sequence[Pair]:
        """Return all pairs, by id."""
        ...

    def pairs_of(self, address: str) -> Sequence[Pair]:
        """Return the pairs that somebody is in, by id."""
        ...

    def put_pair(self, pair: Pair) -> None:
        """Keep a pair, by id."""
        ...

    def connection(self, connection_id: ConnectionId) -> Connection | None:
        """Return a connection."""
        ...

    def connections(self) -> Sequence[Connection]:
        """Return all connections, by id."""
        ...

    def put_connection(self, connection: Connection) -> None:
        """Keep a connection, by id."""
        ...

    def cursor(self, connection_id: ConnectionId, subject: str) -> Cursor | None:
        """Return where reading a calendar's or task list's changes goes on."""
        ...

    def put_cursor(self, connection_id: ConnectionId, subject: str, cursor: Cursor | None) -> None:
        """Keep a cursor; None forgets it, so that reading starts over."""
        ...

    def series(self, series_id: SeriesId) -> Series | None:
        """Return a series."""
        ...

    def series_by_uid(self, uid: str) -> Series | None:
        """Return the series whose current UID this is."""
        ...

    def all_series(self, state: SeriesState | None = None) -> Sequence[Series]:
        """Return all series, or those in one state, by id."""
        ...

    def series_of(self, pair_id: PairId) -> Sequence[Series]:
        """Return a pair's series, by id."""
        ...

    def series_to_look_at(self, now: datetime) -> Sequence[Series]:
        """Return enabled series whose `look_again` is not after now."""
        ...

    def put_series(self, series: Series) -> None:
        """Keep a series, by id."""
        ...

    def copies(self, series_id: SeriesId) -> Sequence[Copy]:
        """Return a series' copies, the leading one first."""
        ...

    def copy_at(self, calendar_id: CalendarId, event_id: EventId) -> Copy | None:
        """Return the copy that is this event."""
        ...

    def copies_in(self, calendar_id: CalendarId) -> Sequence[Copy]:
        """Return all copies in a calendar."""
        ...

    def put_copy(self, copy: Copy) -> None:
        """Keep a copy, by its event."""
        ...

    def remove_copy(self, event: EventRef) -> None:
        """Forget a copy."""
        ...

    def open_sheet(self, series_id: SeriesId) -> Sheet | None:
        """Return the series' open sheet."""
        ...

    def open_sheets_of(self, pair_id: PairId) -> Sequence[Sheet]:
        """Return a pair's open sheets, one a series, by id."""
        ...

    def sheets(self, series_id: SeriesId) -> Sequence[Sheet]:
        """Return all sheets of a series, oldest first."""
        ...

    def put_sheet(self, sheet: Sheet) -> None:
        """Keep a sheet, by id."""
        ...

    def written(self, sheet_id: SheetId) -> Sequence[Written]:
        """Return what was written for a sheet, in every occurrence and copy."""
        ...

    def put_written(self, written: Written) -> None:
        """Keep it, by sheet and event."""
        ...

    def remove_written(self, sheet_id: SheetId, event: EventRef) -> None:
        """Forget it: nothing of ours stands there any more."""
        ...

    def task_links(self, series_id: SeriesId) -> Sequence[TaskLink]:
        """Return a series' task links, by item."""
        ...

    def task_link(self, item_id: ItemId) -> TaskLink | None:
        """Return an action item's link."""
        ...

    def task_link_at(self, connection_id: ConnectionId, task_id: str) -> TaskLink | None:
        """Return the link of a task."""
        ...

    def put_task_link(self, link: TaskLink) -> None:
        """Keep a link, by item."""
        ...

    def want(self, action: Action) -> None:
        """Ask for an action: a new one, or once more the same (`wanted` grows, state due)."""
        ...

    def action(self, key: IdempotencyKey) -> Action | None:
        """Return an action."""
        ...

    def due_actions(self, now: datetime, limit: int = 100) -> Sequence[Action]:
        """Return due actions whose time has come, longest due first."""
        ...

    def put_action(self, action: Action) -> None:
        """Keep an action's state, by key."""
        ...

    def finish(self, action: Action) -> bool:
        """Mark it done, unless it was asked for again since it was read; tell whether."""
        ...

    def record(self, happening: Happening) -> None:
        """Add a line to what happened."""
        ...

    def noun(self, kind: type[N], key: str) -> N | None:
        """Return one noun of a kind."""
        ...

    def nouns(
        self,
        kind: type[N],
        belongs_to: str | None = None,
        *,
        after: str = "",
        limit: int | None = None,
        newest_first: bool = False,
    ) -> Sequence[N]:
        """Return nouns of a kind by key; `after` a key goes on where a page ended."""
        ...

    def put_noun(self, noun: Noun) -> None:
        """Keep a noun, by kind and key."""
        ...

    def remove_noun(self, kind: type[N], key: str) -> None:
        """Forget a noun."""
        ...

    def happenings(self, after: int = 0, limit: int = 1000) -> Sequence[tuple[int, Happening]]:
        """Return numbered lines behind a number, in order."""
        ...


class Store(Protocol):
    """Where everything is kept."""

    def transaction(self) -> AbstractContextManager[Transaction]:
        """Open a transaction for reading and writing."""
        ...
