"""The store in memory: the same promises as the one in a database, for tests and trials."""

from __future__ import annotations

import copy
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime

from core.memory.nouns import MemoryNouns
from core.memory.received import MemoryReceived
from core.model.actions import Action, ActionState, Happening
from core.model.agenda import ItemId
from core.model.calendar import CalendarId, Cursor, EventId, EventRef, IdempotencyKey
from core.model.nouns import Noun
from core.model.people import Pair, PairId, Person
from core.model.received import Received
from core.model.series import (
    Connection,
    ConnectionId,
    Copy,
    Series,
    SeriesId,
    SeriesState,
    Sheet,
    SheetId,
    SheetState,
    TaskLink,
    Written,
)


@dataclass(slots=True)
class _Tables:
    people: dict[str, Person] = field(default_factory=dict)
    pairs: dict[PairId, Pair] = field(default_factory=dict)
    connections: dict[ConnectionId, Connection] = field(default_factory=dict)
    cursors: dict[tuple[ConnectionId, str], Cursor] = field(default_factory=dict)
    series: dict[SeriesId, Series] = field(default_factory=dict)
    copies: dict[EventRef, Copy] = field(default_factory=dict)
    sheets: dict[SheetId, Sheet] = field(default_factory=dict)
    written: dict[tuple[SheetId, EventRef], Written] = field(default_factory=dict)
    task_links: dict[ItemId, TaskLink] = field(default_factory=dict)
    actions: dict[IdempotencyKey, Action] = field(default_factory=dict)
    happenings: list[Happening] = field(default_factory=list)
    nouns: dict[tuple[str, str], Noun] = field(default_factory=dict)
    owned: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict)
    received: dict[str, Received] = field(default_factory=dict)


class MemoryTransaction(MemoryNouns, MemoryReceived):
    """See core.store.Transaction."""

    def __init__(self, tables: _Tables) -> None:
        MemoryNouns.__init__(self, tables.nouns, tables.owned)
        MemoryReceived.__init__(self, tables.received)
        self._t = tables

    def person(self, address: str) -> Person | None:
        return self._t.people.get(address)

    def people(self) -> Sequence[Person]:
        return [self._t.people[address] for address in sorted(self._t.people)]

    def put_person(self, person: Person) -> None:
        self._t.people[person.address] = person

    def pair(self, pair_id: PairId) -> Pair | None:
        return self._t.pairs.get(pair_id)

    def pairs(self) -> Sequence[Pair]:
        return [self._t.pairs[key] for key in sorted(self._t.pairs)]

    def pairs_of(self, address: str) -> Sequence[Pair]:
        return [pair for pair in self.pairs() if pair.side(address)]

    def put_pair(self, pair: Pair) -> None:
        self._t.pairs[pair.pair_id] = pair

    def connection(self, connection_id: ConnectionId) -> Connection | None:
        return self._t.connections.get(connection_id)

    def connections(self) -> Sequence[Connection]:
        return [self._t.connections[key] for key in sorted(self._t.connections)]

    def put_connection(self, connection: Connection) -> None:
        self._t.connections[connection.connection_id] = connection

    def cursor(self, connection_id: ConnectionId, subject: str) -> Cursor | None:
        return self._t.cursors.get((connection_id, subject))

    def put_cursor(self, connection_id: ConnectionId, subject: str, cursor: Cursor | None) -> None:
        if cursor is None:
            self._t.cursors.pop((connection_id, subject), None)
        else:
            self._t.cursors[connection_id, subject] = cursor

    def series(self, series_id: SeriesId) -> Series | None:
        return self._t.series.get(series_id)

    def series_by_uid(self, uid: str) -> Series | None:
        return next((s for s in self._t.series.values() if s.uid == uid), None)

    def all_series(self, state: SeriesState | None = None) -> Sequence[Series]:
        known = (self._t.series[key] for key in sorted(self._t.series))
        return [s for s in known if state is None or s.state is state]

    def series_of(self, pair_id: PairId) -> Sequence[Series]:
        return [s for s in self.all_series() if s.pair_id == pair_id]

    def series_to_look_at(self, now: datetime) -> Sequence[Series]:
        enabled = self.all_series(SeriesState.ENABLED)
        return [s for s in enabled if s.look_again is not None and s.look_again <= now]

    def put_series(self, series: Series) -> None:
        self._t.series[series.series_id] = series

    def copies(self, series_id: SeriesId) -> Sequence[Copy]:
        found = [c for c in self._t.copies.values() if c.series_id == series_id]
        return sorted(found, key=_copy_order)

    def copy_at(self, calendar_id: CalendarId, event_id: EventId) -> Copy | None:
        return self._t.copies.get(EventRef(calendar_id=calendar_id, event_id=event_id))

    def copies_in(self, calendar_id: CalendarId) -> Sequence[Copy]:
        found = [c for c in self._t.copies.values() if c.event.calendar_id == calendar_id]
        return sorted(found, key=_copy_order)

    def put_copy(self, copy: Copy) -> None:
        self._t.copies[copy.event] = copy

    def remove_copy(self, event: EventRef) -> None:
        self._t.copies.pop(event, None)

    def open_sheet(self, series_id: SeriesId) -> Sheet | None:
        found = self.sheets(series_id)
        return next((s for s in found if s.state is SheetState.OPEN), None)

    def open_sheets_of(self, pair_id: PairId) -> Sequence[Sheet]:
        found = [s for s in self._t.sheets.values() if s.pair_id == pair_id]
        still_open = [s for s in found if s.state is SheetState.OPEN]
        return sorted(still_open, key=lambda sheet: sheet.sheet_id)

    def sheets(self, series_id: SeriesId) -> Sequence[Sheet]:
        found = [s for s in self._t.sheets.values() if s.series_id == series_id]
        return sorted(found, key=lambda sheet: sheet.number)

    def put_sheet(self, sheet: Sheet) -> None:
        self._t.sheets[sheet.sheet_id] = sheet

    def written(self, sheet_id: SheetId) -> Sequence[Written]:
        found = [w for (sheet, _), w in self._t.written.items() if sheet == sheet_id]
        return sorted(found, key=lambda w: (w.event.calendar_id, w.event.event_id))

    def put_written(self, written: Written) -> None:
        self._t.written[written.sheet_id, written.event] = written

    def remove_written(self, sheet_id: SheetId, event: EventRef) -> None:
        self._t.written.pop((sheet_id, event), None)

    def task_links(self, series_id: SeriesId) -> Sequence[TaskLink]:
        found = [link for link in self._t.task_links.values() if link.series_id == series_id]
        return sorted(found, key=lambda link: link.item_id)

    def task_link(self, item_id: ItemId) -> TaskLink | None:
        return self._t.task_links.get(item_id)

    def task_link_at(self, connection_id: ConnectionId, task_id: str) -> TaskLink | None:
        for link in self._t.task_links.values():
            if link.connection_id == connection_id and link.ref and link.ref.task_id == task_id:
                return link
        return None

    def put_task_link(self, link: TaskLink) -> None:
        self._t.task_links[link.item_id] = link

    def want(self, action: Action) -> None:
        known = self._t.actions.get(action.key)
        if known is not None:
            sooner = min(known.due_at, action.due_at)
            due_at = sooner if known.state is ActionState.DUE else action.due_at
            action = replace(action, wanted=known.wanted + 1, due_at=due_at)
        self._t.actions[action.key] = action

    def action(self, key: IdempotencyKey) -> Action | None:
        return self._t.actions.get(key)

    def due_actions(self, now: datetime, limit: int = 100) -> Sequence[Action]:
        due = [a for a in self._t.actions.values() if a.state is ActionState.DUE]
        ripe = [a for a in due if a.due_at <= now]
        return sorted(ripe, key=lambda a: (a.due_at, a.key))[:limit]

    def put_action(self, action: Action) -> None:
        self._t.actions[action.key] = action

    def finish(self, action: Action) -> bool:
        known = self._t.actions.get(action.key)
        if known is None or known.wanted != action.wanted:
            return False
        self._t.actions[action.key] = replace(known, state=ActionState.DONE, trouble="")
        return True

    def record(self, happening: Happening) -> None:
        self._t.happenings.append(happening)

    def happenings(self, after: int = 0, limit: int = 1000) -> Sequence[tuple[int, Happening]]:
        return list(enumerate(self._t.happenings[after : after + limit], start=after + 1))


class MemoryStore:
    """See core.store.Store. One transaction at a time; an error takes everything back."""

    def __init__(self) -> None:
        self._tables = _Tables()
        self._lock = threading.RLock()

    @contextmanager
    def transaction(self) -> Iterator[MemoryTransaction]:
        """Open a transaction; what an error left half done is not kept."""
        with self._lock:
            working = _Tables(
                **{name: copy.copy(getattr(self._tables, name)) for name in _Tables.__slots__}
            )
            yield MemoryTransaction(working)
            self._tables = working


def _copy_order(copy: Copy) -> tuple[bool, str, str]:
    return (not copy.leading, copy.event.calendar_id, copy.event.event_id)
