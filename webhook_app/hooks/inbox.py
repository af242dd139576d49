"""Work off what came in, lane by lane in order; what fails is tried again, then given up loudly."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from core.errors import AccountDisconnected, NotFound, OneOnOneError
from core.model.received import Received, ReceivedKind, ReceivedState
from core.service.follow import Hint, follow
from webhook_app.hooks.hris import take_again
from webhook_app.hooks.presses import carry_out
from webhook_app.hooks.replies import read_kept
from webhook_app.hooks.rows import KEPT, calendar_in
from webhook_app.wiring import App

log = structlog.get_logger()

AGAIN = (
    timedelta(seconds=30),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=6),
)
"""Waits between attempts; after the last one it has failed."""
LONGEST_ROUND = 10.0
"""Seconds of one round: the same thread reads the calendars."""

Work = Callable[[App, Received, datetime], None]


def work_off(app: App, now: datetime) -> int:
    """Do what waits and whose time has come; return how many lanes' heads were done."""
    end, done = time.monotonic() + LONGEST_ROUND, 0
    while time.monotonic() < end:
        with app.store.transaction() as tx:
            heads = tx.heads(now)
        for head in heads:
            _work(app, head, now)
            done += 1
            if time.monotonic() >= end:
                return done
        if not heads:
            break
    return done


def forget_old(app: App, now: datetime) -> int:
    """Forget rows whose time of keeping is over; what still waits stays."""
    with app.store.transaction() as tx:
        return tx.forget_received(before=now - KEPT)


def _work(app: App, head: Received, now: datetime) -> None:
    last = head.number
    if head.kind is ReceivedKind.CALENDAR:
        # All that came in before the reading is seen by it.
        with app.store.transaction() as tx:
            last = tx.last_waiting(head.lane)
    state, trouble, due_at = ReceivedState.DONE, "", None
    try:
        WORK[head.kind](app, head, now)
    except OneOnOneError as err:
        state, trouble, due_at = _failed(head, err, str(err), now)
    except Exception as err:  # noqa: BLE001  the edge: one row does not stop the others
        log.error("received_broke", kind=head.kind.value, error=type(err).__name__)
        text = f"internal error {type(err).__name__}"
        state, trouble, due_at = _failed(head, err, text, now)
    with app.store.transaction() as tx:
        tx.mark_received(
            head.lane, state, first=head.number, last=last, trouble=trouble, due_at=due_at
        )


def _failed(
    head: Received, err: Exception, text: str, now: datetime
) -> tuple[ReceivedState, str, datetime | None]:
    log.info("received_failed", kind=head.kind.value, error=type(err).__name__)
    retryable = getattr(err, "retryable", True)
    if not retryable or head.attempts >= len(AGAIN):
        return ReceivedState.FAILED, text, None
    return ReceivedState.WAITING, text, now + AGAIN[head.attempts]


def _read_calendar(app: App, head: Received, now: datetime) -> None:
    connection_id, calendar_id = calendar_in(head.lane)
    with app.store.transaction() as tx:
        connection = tx.connection(connection_id)
        waiting = tx.waiting_in(head.lane)
    if connection is None or calendar_id not in connection.calendars:
        raise AccountDisconnected("this calendar is no longer read")
    hint = Hint(
        connection=connection,
        calendar_id=calendar_id,
        at=head.received_at,
        announced=max(waiting, 1),
    )
    follow(app.services, hint, now)


def _tell_again(app: App, head: Received, now: datetime) -> None:
    plan = take_again(app, head.source_id, now)
    if plan.errors:
        raise NotFound("; ".join(f"row {e.row}: {e.text}" for e in plan.errors))


WORK: dict[ReceivedKind, Work] = {
    ReceivedKind.CALENDAR: _read_calendar,
    ReceivedKind.PRESS: carry_out,
    ReceivedKind.REPLY: read_kept,
    ReceivedKind.PERSONNEL: _tell_again,
}
