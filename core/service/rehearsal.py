"""A rehearsal: everything the next pass would write, and where; nothing is written or kept.

The very code of a pass runs, on ports that only note what they are told to write and in
transactions that are taken back. So a rehearsal cannot say anything else than the pass does.
While such a transaction is open nothing is read from a calendar: see core.service.readings.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from core.errors import OneOnOneError
from core.model.actions import ActionKind, ActionState
from core.model.calendar import Body, CalendarEvent, EventRef, IdempotencyKey, Revision
from core.model.series import Connection, ConnectionId, SeriesId, SeriesState
from core.model.tasks import Task, TaskDraft, TaskId, TaskListId, TaskRef
from core.ports import CalendarPort, Suite, TaskPort
from core.service.readings import NotRead, Readings
from core.service.run import LAST_ATTEMPT, Trouble, run_action
from core.service.services import Services
from core.service.wanting import want_reconcile
from core.store import Transaction

REHEARSED = Revision("rehearsed")
PLAYED = (ActionKind.RECONCILE, ActionKind.REMOVE, ActionKind.MIRROR)
"""What writes into calendars and task lists; a rehearsal sends no message to anybody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyWrite:
    """A body that would be written."""

    event: EventRef
    title: str
    start: datetime
    before: Body
    after: Body


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskWrite:
    """A task that would be made, changed or (without a draft) deleted."""

    person: str
    where: str
    draft: TaskDraft | None


@dataclass(slots=True)
class Rehearsal:
    """What was noted."""

    bodies: list[BodyWrite] = field(default_factory=list)
    tasks: list[TaskWrite] = field(default_factory=list)
    troubles: list[Trouble] = field(default_factory=list)


def rehearse(services: Services, now: datetime) -> Rehearsal:
    """Carry out everything that is due or may change, series by series, without any effect."""
    noted = Rehearsal()
    suites = _opened(services, noted)
    with services.store.transaction() as tx:
        due = {action.lane for action in tx.due_actions(now)}
        series = [
            s.series_id
            for s in tx.all_series()
            if s.state is SeriesState.ENABLED or s.series_id in due
        ]
    for series_id in series:
        found = _rehearsed(services, suites, series_id, now)
        noted.bodies += found.bodies
        noted.tasks += found.tasks
        noted.troubles += found.troubles
    return noted


def _rehearsed(
    services: Services,
    suites: Mapping[ConnectionId, Suite],
    series_id: SeriesId,
    now: datetime,
) -> Rehearsal:
    """Play a series again and again, until all that it reads is known."""
    readings = Readings()
    while True:
        noted = Rehearsal()
        try:
            with services.store.transaction() as tx:
                _play(services, tx, suites, series_id, readings, noted, now)
                raise _TakenBack
        except NotRead as missing:
            readings.read(missing)
        except _TakenBack:
            return noted


class _TakenBack(Exception):
    """Ends a transaction that must leave nothing behind."""


def _opened(services: Services, noted: Rehearsal) -> Mapping[ConnectionId, Suite]:
    """Open each suite before the transactions: opening one may need a transaction itself."""
    with services.store.transaction() as tx:
        connections = tx.connections()
    opened: dict[ConnectionId, Suite] = {}
    for connection in connections:
        try:
            opened[connection.connection_id] = services.suite_of(connection)
        except OneOnOneError as err:
            noted.troubles.append(Trouble(where=connection.person, error=err))
    return opened


def _play(
    services: Services,
    tx: Transaction,
    suites: Mapping[ConnectionId, Suite],
    series_id: SeriesId,
    readings: Readings,
    noted: Rehearsal,
    now: datetime,
) -> None:
    def suite_of(connection: Connection) -> Suite:
        name, suite = connection.connection_id, suites[connection.connection_id]
        tasks = suite.tasks and _Tasks(
            readings.of(f"{name} tasks", suite.tasks), connection.person, noted
        )
        calendar = _Calendar(readings.of(name, suite.calendar), noted, bodies)
        return replace(suite, calendar=calendar, tasks=tasks, messages=None, push=None)

    bodies: dict[EventRef, Body] = {}
    stage = replace(services, store=_OneTransaction(tx), suite_of=suite_of)
    series = tx.series(series_id)
    if series is not None and series.state is SeriesState.ENABLED:
        want_reconcile(tx, series_id, now)
    for _ in range(LAST_ATTEMPT):
        keys = [
            action.key
            for action in tx.due_actions(now)
            if action.lane == series_id and action.kind in PLAYED
        ]
        if not keys:
            return
        for key in keys:
            _carry_out(stage, tx, key, noted, now)


def _carry_out(
    stage: Services, tx: Transaction, key: IdempotencyKey, noted: Rehearsal, now: datetime
) -> None:
    done = run_action(stage, key, now)
    if done is None or not done.trouble:
        return
    noted.troubles.append(Trouble(where=key, error=OneOnOneError(done.trouble)))
    tx.put_action(replace(done, state=ActionState.FAILED))


class _OneTransaction:
    """A store whose every transaction is the one that will be taken back."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        yield self._tx


class _Calendar:
    """Reads as the account does, and shows what would have been written as if it were."""

    def __init__(self, port: CalendarPort, noted: Rehearsal, bodies: dict[EventRef, Body]) -> None:
        self._port = port
        self._noted = noted
        self._bodies = bodies

    def __getattr__(self, verb: str) -> Any:
        return getattr(self._port, verb)

    def get_event(self, ref: EventRef) -> CalendarEvent:
        return self._shown(self._port.get_event(ref))

    def occurrences(self, series: EventRef, after: datetime, limit: int) -> Sequence[CalendarEvent]:
        return [self._shown(e) for e in self._port.occurrences(series, after, limit)]

    def write_body(self, ref: EventRef, body: Body, *, expect: Revision) -> Revision:  # noqa: ARG002
        event = self.get_event(ref)
        self._noted.bodies.append(
            BodyWrite(
                event=ref, title=event.title, start=event.slot.start, before=event.body, after=body
            )
        )
        self._bodies[ref] = body
        return REHEARSED

    def _shown(self, event: CalendarEvent) -> CalendarEvent:
        body = self._bodies.get(event.ref)
        return event if body is None else replace(event, body=body)


class _Tasks:
    """Reads as the account does; what would be written is noted, and answered as if it were."""

    def __init__(self, port: TaskPort, person: str, noted: Rehearsal) -> None:
        self._port = port
        self._person = person
        self._noted = noted

    def __getattr__(self, verb: str) -> Any:
        return getattr(self._port, verb)

    def create_task(
        self,
        list_id: TaskListId,
        draft: TaskDraft,
        *,
        key: IdempotencyKey,
        first: bool = False,  # noqa: ARG002  nothing is made
    ) -> Task:
        return self._note(TaskRef(list_id=list_id, task_id=TaskId(key)), draft)

    def replace_task(self, ref: TaskRef, draft: TaskDraft, *, expect: Revision) -> Task:  # noqa: ARG002
        return self._note(ref, draft)

    def delete_task(self, ref: TaskRef) -> None:
        self._noted.tasks.append(TaskWrite(person=self._person, where=ref.list_id, draft=None))

    def _note(self, ref: TaskRef, draft: TaskDraft) -> Task:
        self._noted.tasks.append(TaskWrite(person=self._person, where=ref.list_id, draft=draft))
        return Task(ref=ref, draft=draft, revision=REHEARSED)
