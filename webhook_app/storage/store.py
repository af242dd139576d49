"""core.store.Store in SQL."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from datetime import datetime
from typing import TypeVar

from sqlalchemy import delete, func, insert, or_, select, update

from core.model.actions import Action, ActionState, Happening
from core.model.agenda import ItemId
from core.model.calendar import CalendarId, Cursor, EventId, EventRef, IdempotencyKey
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
    SheetState,
    TaskLink,
    Written,
)
from webhook_app.storage import tables as t
from webhook_app.storage.action_rows import action_of, happening_of
from webhook_app.storage.database import Database
from webhook_app.storage.nouns import NounRows
from webhook_app.storage.received import ReceivedRows
from webhook_app.storage.rows import utc
from webhook_app.storage.sealing import KeyRing

T = TypeVar("T")


class SqlTransaction(NounRows, ReceivedRows):
    """See core.store.Transaction."""

    # --- people, pairs, connections ---

    def person(self, address: str) -> Person | None:
        return self._one(t.people, Person, address=address)

    def people(self) -> Sequence[Person]:
        return self._all(t.people, Person, "address")

    def put_person(self, person: Person) -> None:
        self._put(t.people, person, {"address": person.address})

    def pair(self, pair_id: PairId) -> Pair | None:
        return self._one(t.pairs, Pair, pair_id=pair_id)

    def pairs(self) -> Sequence[Pair]:
        return self._all(t.pairs, Pair, "pair_id")

    def pairs_of(self, address: str) -> Sequence[Pair]:
        key = t.pairs.c.pair_id
        mine = or_(
            key.startswith(f"{address}+", autoescape=True),
            key.endswith(f"+{address}", autoescape=True),
        )
        found = self._values(t.pairs, Pair, select(t.pairs).where(mine).order_by(key))
        return [pair for pair in found if pair.side(address)]

    def put_pair(self, pair: Pair) -> None:
        self._put(t.pairs, pair, {"pair_id": pair.pair_id})

    def connection(self, connection_id: ConnectionId) -> Connection | None:
        return self._one(t.connections, Connection, connection_id=connection_id)

    def connections(self) -> Sequence[Connection]:
        return self._all(t.connections, Connection, "connection_id")

    def put_connection(self, connection: Connection) -> None:
        self._put(t.connections, connection, {"connection_id": connection.connection_id})

    def secret(self, connection_id: ConnectionId) -> str | None:
        """Return a connection's password or token."""
        return self._one(t.secrets, str, connection_id=connection_id)

    def put_secret(self, connection_id: ConnectionId, secret: str) -> None:
        """Keep a connection's password or token, sealed."""
        self._put(t.secrets, secret, {"connection_id": connection_id})

    def cursor(self, connection_id: ConnectionId, subject: str) -> Cursor | None:
        query = select(t.cursors.c.cursor).filter_by(connection_id=connection_id, subject=subject)
        found = self._c.execute(query).scalar()
        return None if found is None else Cursor(found)

    def put_cursor(self, connection_id: ConnectionId, subject: str, cursor: Cursor | None) -> None:
        keys = {"connection_id": connection_id, "subject": subject}
        if cursor is None:
            self._change(t.cursors, delete(t.cursors).filter_by(**keys))
        else:
            self._upsert(t.cursors, dict(keys), {"cursor": cursor})

    # --- series and copies ---

    def series(self, series_id: SeriesId) -> Series | None:
        return self._one(t.series, Series, series_id=series_id)

    def series_by_uid(self, uid: str) -> Series | None:
        return self._one(t.series, Series, uid=uid)

    def all_series(self, state: SeriesState | None = None) -> Sequence[Series]:
        where = {"state": state.value} if state else {}
        return self._all(t.series, Series, "series_id", **where)

    def series_of(self, pair_id: PairId) -> Sequence[Series]:
        return self._all(t.series, Series, "series_id", pair_id=pair_id)

    def series_to_look_at(self, now: datetime) -> Sequence[Series]:
        due = select(t.series).where(
            t.series.c.state == SeriesState.ENABLED.value, t.series.c.look_again <= utc(now)
        )
        return self._values(t.series, Series, due.order_by(t.series.c.series_id))

    def put_series(self, series: Series) -> None:
        self._put(
            t.series,
            series,
            {"series_id": series.series_id},
            uid=series.uid,
            pair_id=series.pair_id,
            state=series.state.value,
            look_again=utc(series.look_again) if series.look_again else None,
        )

    def copies(self, series_id: SeriesId) -> Sequence[Copy]:
        found = self._all(t.copies, Copy, "event_id", series_id=series_id)
        return sorted(found, key=_copy_order)

    def copy_at(self, calendar_id: CalendarId, event_id: EventId) -> Copy | None:
        return self._one(t.copies, Copy, calendar_id=calendar_id, event_id=event_id)

    def copies_in(self, calendar_id: CalendarId) -> Sequence[Copy]:
        found = self._all(t.copies, Copy, "event_id", calendar_id=calendar_id)
        return sorted(found, key=_copy_order)

    def put_copy(self, copy: Copy) -> None:
        self._put(t.copies, copy, _event_keys(copy.event), series_id=copy.series_id)

    def remove_copy(self, event: EventRef) -> None:
        self._change(t.copies, delete(t.copies).filter_by(**_event_keys(event)))

    # --- sheets ---

    def open_sheet(self, series_id: SeriesId) -> Sheet | None:
        return self._one(t.sheets, Sheet, series_id=series_id, state=SheetState.OPEN.value)

    def open_sheets_of(self, pair_id: PairId) -> Sequence[Sheet]:
        is_open = SheetState.OPEN.value
        return self._all(t.sheets, Sheet, "sheet_id", pair_id=pair_id, state=is_open)

    def sheets(self, series_id: SeriesId) -> Sequence[Sheet]:
        return self._all(t.sheets, Sheet, "number", series_id=series_id)

    def put_sheet(self, sheet: Sheet) -> None:
        self._put(
            t.sheets,
            sheet,
            {"sheet_id": sheet.sheet_id},
            series_id=sheet.series_id,
            pair_id=sheet.pair_id,
            state=sheet.state.value,
            number=sheet.number,
        )

    def written(self, sheet_id: SheetId) -> Sequence[Written]:
        found = self._all(t.written, Written, "event_id", sheet_id=sheet_id)
        return sorted(found, key=lambda w: (w.event.calendar_id, w.event.event_id))

    def put_written(self, written: Written) -> None:
        keys = {"sheet_id": written.sheet_id, **_event_keys(written.event)}
        self._put(t.written, written, keys)

    def remove_written(self, sheet_id: SheetId, event: EventRef) -> None:
        self._change(
            t.written, delete(t.written).filter_by(sheet_id=sheet_id, **_event_keys(event))
        )

    # --- tasks ---

    def task_links(self, series_id: SeriesId) -> Sequence[TaskLink]:
        return self._all(t.task_links, TaskLink, "item_id", series_id=series_id)

    def task_link(self, item_id: ItemId) -> TaskLink | None:
        return self._one(t.task_links, TaskLink, item_id=item_id)

    def task_link_at(self, connection_id: ConnectionId, task_id: str) -> TaskLink | None:
        return self._one(t.task_links, TaskLink, connection_id=connection_id, task_id=task_id)

    def put_task_link(self, link: TaskLink) -> None:
        self._put(
            t.task_links,
            link,
            {"item_id": link.item_id},
            series_id=link.series_id,
            connection_id=link.connection_id,
            task_id=link.ref.task_id if link.ref else None,
        )

    # --- actions and what happened ---

    def want(self, action: Action) -> None:
        known = self.action(action.key)
        if known is None:
            self.put_action(action)
            return
        still_due = known.state is ActionState.DUE
        due_at = min(known.due_at, action.due_at) if still_due else action.due_at
        again = {"wanted": known.wanted + 1, "due_at": utc(due_at), "attempts": 0}
        again |= {"state": ActionState.DUE.value, "trouble": ""}
        self._c.execute(update(t.actions).filter_by(key=action.key).values(**again))

    def action(self, key: IdempotencyKey) -> Action | None:
        row = self._c.execute(select(t.actions).filter_by(key=key)).first()
        return action_of(row) if row else None

    def due_actions(self, now: datetime, limit: int = 100) -> Sequence[Action]:
        due = select(t.actions).where(
            t.actions.c.state == ActionState.DUE.value, t.actions.c.due_at <= utc(now)
        )
        ordered = due.order_by(t.actions.c.due_at, t.actions.c.key).limit(limit)
        return [action_of(row) for row in self._c.execute(ordered)]

    def put_action(self, action: Action) -> None:
        values = {f.name: getattr(action, f.name) for f in fields(action)}
        values |= {"kind": action.kind.value, "state": action.state.value}
        self._upsert(t.actions, {"key": action.key}, {**values, "due_at": utc(action.due_at)})

    def finish(self, action: Action) -> bool:
        done = update(t.actions).filter_by(key=action.key, wanted=action.wanted)
        result = self._c.execute(done.values(state=ActionState.DONE.value, trouble=""))
        return result.rowcount == 1

    def record(self, happening: Happening) -> None:
        values = {f.name: getattr(happening, f.name) for f in fields(happening)}
        self._c.execute(insert(t.happenings).values({**values, "at": utc(happening.at)}))

    def happenings(self, after: int = 0, limit: int = 1000) -> Sequence[tuple[int, Happening]]:
        query = select(t.happenings).where(t.happenings.c.number > after)
        rows = self._c.execute(query.order_by(t.happenings.c.number).limit(limit))
        return [(row.number, happening_of(row)) for row in rows]

    def last_happening(self) -> int:
        """Return the number of the newest line."""
        return int(self._c.execute(select(func.max(t.happenings.c.number))).scalar() or 0)


class SqlStore:
    """See core.store.Store."""

    def __init__(self, database: Database, keys: KeyRing) -> None:
        self.database = database
        self._keys = keys

    @contextmanager
    def transaction(self) -> Iterator[SqlTransaction]:
        """Open a transaction."""
        with self.database.begin() as connection:
            tx = SqlTransaction(connection, self._keys)
            yield tx
            tx.leave_mark()


def _event_keys(event: EventRef) -> dict[str, str]:
    return {"calendar_id": event.calendar_id, "event_id": event.event_id}


def _copy_order(copy: Copy) -> tuple[bool, str, str]:
    return (not copy.leading, copy.event.calendar_id, copy.event.event_id)
