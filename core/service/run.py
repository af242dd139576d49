"""Carry actions out, and decide what a failure means for them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from core.errors import AccountDisconnected, OneOnOneError, RateLimited, RevisionConflict
from core.model.actions import Action, ActionKind, ActionState
from core.model.agenda import ItemId
from core.model.calendar import CalendarId, IdempotencyKey
from core.model.engagement import DueDay
from core.model.series import Connection, ConnectionState, SeriesId
from core.service.deliver import deliver
from core.service.hearing import was_asked
from core.service.observe import Observed, sync_calendar
from core.service.outgoing import pump
from core.service.plans import want_plans
from core.service.readers import look_at_readers
from core.service.services import Services
from core.service.task_changes import sync_tasks
from core.service.tasks import mirror
from core.service.wanting import want_reconcile
from core.store import Transaction

FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(hours=1)
LAST_ATTEMPT = 40
"""With the waits above about a day and a half."""

MAX_ROUNDS = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Something that failed while the rest went on."""

    where: str
    error: OneOnOneError

    @property
    def text(self) -> str:
        """One line for a person."""
        return f"{self.where}: {self.error}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass:
    """What one whole pass did."""

    observed: tuple[tuple[CalendarId, Observed], ...] = ()
    ran: tuple[Action, ...] = ()
    troubles: tuple[Trouble, ...] = ()


def retry_at(error: OneOnOneError, attempts: int, now: datetime) -> datetime | None:
    """Return when to try again; None: never by itself.

    `attempts` counts the failed ones, this one included. What a suite asks for by
    Retry-After wins over our own waits, which double from five seconds to an hour.
    """
    may_pass = error.retryable or isinstance(error, RevisionConflict)
    if not may_pass or attempts >= LAST_ATTEMPT:
        return None
    if isinstance(error, RateLimited) and error.retry_after is not None:
        return now + error.retry_after
    return now + min(FIRST_WAIT * (1 << min(attempts - 1, 16)), LONGEST_WAIT)


def run_action(services: Services, key: IdempotencyKey, now: datetime) -> Action | None:
    """Carry one action out if it is due, and keep how it went; return it as it is then."""
    with services.store.transaction() as tx:
        action = tx.action(key)
    if action is None or action.state is not ActionState.DUE or action.due_at > now:
        return action
    try:
        _do(services, action, now)
    except OneOnOneError as err:
        return _failed(services, action, err, now)
    with services.store.transaction() as tx:
        tx.finish(action)
        return tx.action(key)


def _do(services: Services, action: Action, now: datetime) -> None:
    # A pass in which nothing is due does not pay for loading the body's engine and the rules.
    from core.service.first_message import PREFIX as FIRST
    from core.service.first_message import send_first_message
    from core.service.reconcile import reconcile
    from core.service.reminders import send_reminder
    from core.service.removal import remove_blocks
    from core.service.suggest import plan_team

    match action.kind:
        case ActionKind.RECONCILE:
            reconcile(services, SeriesId(action.subject), now)
        case ActionKind.REMOVE:
            remove_blocks(services, SeriesId(action.subject), now)
        case ActionKind.MIRROR:
            mirror(services, ItemId(action.subject), now)
        case ActionKind.RULES:
            plan_team(services, action.subject, now)
        case ActionKind.DELIVER:
            deliver(services, action.subject, now)
        case ActionKind.MESSAGE:
            if action.subject.startswith(FIRST):
                send_first_message(services, action.subject, now)
            else:
                send_reminder(services, action.subject, now)


def _failed(services: Services, action: Action, err: OneOnOneError, now: datetime) -> Action:
    again = retry_at(err, action.attempts + 1, now)
    failed = replace(
        action,
        attempts=action.attempts + 1,
        state=ActionState.FAILED if again is None else ActionState.DUE,
        due_at=again or action.due_at,
        trouble=f"{type(err).__name__}: {err}",
    )
    with services.store.transaction() as tx:
        known = tx.action(action.key)
        if known is not None and known.wanted != action.wanted and again is None:
            failed = replace(failed, state=ActionState.DUE, due_at=now)
        tx.put_action(replace(failed, wanted=known.wanted if known else action.wanted))
    return failed


def look_at_time(services: Services, now: datetime) -> int:
    """Ask for every series in which time alone changes something; return how many."""
    with services.store.transaction() as tx:
        due = tx.series_to_look_at(now)
        for series in due:
            tx.put_series(replace(series, look_again=None))
            want_reconcile(tx, series.series_id, now)
        want_plans(tx, now)
        _do_due_days(tx, now)
    return len(due)


def _do_due_days(tx: Transaction, now: datetime) -> None:
    """Looking costs one row; what a day brings is loaded when there is such a day."""
    first = next(iter(tx.nouns(DueDay, limit=1)), None)
    if first is not None and first.on <= now.date():
        from core.service.due_days import do_due_days

        do_due_days(tx, now)


def observe_connection(
    services: Services,
    connection: Connection,
    now: datetime,
    *,
    with_tasks: bool = True,
    every: timedelta = timedelta(),
) -> tuple[list[tuple[CalendarId, Observed]], list[Trouble]]:
    """Read everything a connection can read; one failure does not stop the rest.

    A calendar that was listed within `every`, out of turn, is left to the next poll.
    """
    observed: list[tuple[CalendarId, Observed]] = []
    troubles: list[Trouble] = []
    with services.store.transaction() as tx:
        due = [c for c in connection.calendars if not was_asked(tx, c, every, now)]
    for calendar_id in due:
        try:
            observed.append((calendar_id, sync_calendar(services, connection, calendar_id, now)))
        except OneOnOneError as err:
            troubles.append(Trouble(where=f"{connection.person} {calendar_id}", error=err))
    try:
        if with_tasks:
            sync_tasks(services, connection, now)
        look_at_readers(services, connection, now)
    except OneOnOneError as err:
        troubles.append(Trouble(where=f"{connection.person} tasks", error=err))
    _note_state(services, connection, troubles)
    return observed, troubles


def _note_state(services: Services, connection: Connection, troubles: list[Trouble]) -> None:
    cut = next((t for t in troubles if isinstance(t.error, AccountDisconnected)), None)
    state = ConnectionState.DISCONNECTED if cut else ConnectionState.ACTIVE
    trouble = (cut or troubles[0]).text if troubles else ""
    if (connection.state, connection.trouble) == (state, trouble):
        return
    with services.store.transaction() as tx:
        current = tx.connection(connection.connection_id)
        if current is not None:
            tx.put_connection(replace(current, state=state, trouble=trouble))


def sync_once(
    services: Services, now: datetime, *, tell: Callable[[Action], None] | None = None
) -> Pass:
    """Do one whole pass: read every calendar and task list, then carry out what is due.

    What fails is kept to be tried again and told in the answer; the rest goes on. `tell` is
    called after each action.
    """
    observed: list[tuple[CalendarId, Observed]] = []
    troubles: list[Trouble] = []
    with services.store.transaction() as tx:
        connections = tx.connections()
    for connection in connections:
        seen, failed = observe_connection(services, connection, now)
        observed += seen
        troubles += failed
    look_at_time(services, now)
    pump(services, now)
    ran = run_due(services, now, tell=tell)
    troubles += [_told(action) for action in ran if action.trouble]
    return Pass(observed=tuple(observed), ran=tuple(ran), troubles=tuple(troubles))


def _told(action: Action) -> Trouble:
    return Trouble(where=action.key, error=OneOnOneError(action.trouble))


def run_due(
    services: Services, now: datetime, *, tell: Callable[[Action], None] | None = None
) -> list[Action]:
    """Carry out due actions until none is left; return each as it ended."""
    ran: list[Action] = []
    for _ in range(MAX_ROUNDS):
        with services.store.transaction() as tx:
            due = tx.due_actions(now)
        if not due:
            break
        for action in due:
            done = run_action(services, action.key, now)
            if done is not None:
                ran.append(done)
                if tell:
                    tell(done)
    return ran
