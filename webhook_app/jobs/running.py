"""What a job does: carry one action out, and outlive any bug in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

import structlog

from core.errors import Unavailable
from core.model.actions import ActionState
from core.model.calendar import IdempotencyKey
from core.service.run import retry_at, run_action
from webhook_app.jobs.clock import utc_now
from webhook_app.wiring import App

log = structlog.get_logger()


def runner(app: App, clock: Callable[[], datetime] = utc_now) -> Callable[[IdempotencyKey], None]:
    """Return what a job does: carry one action out and log how it went."""

    def run(key: IdempotencyKey) -> None:
        try:
            action = run_action(app.services, key, clock())
        except Exception as err:  # noqa: BLE001  the edge: a bug waits, the others go on
            log.error("action_broke", action=key.partition(":")[0], error=type(err).__name__)
            note_bug(app, key, type(err).__name__, clock())
            return
        if action is not None:
            kind = action.kind.value
            log.info("action", action=kind, state=action.state.value, attempts=action.attempts)

    return run


def note_bug(app: App, key: IdempotencyKey, error: str, now: datetime) -> None:
    """Keep the action for later: an upgrade or a restarted database may mend it."""
    with app.store.transaction() as tx:
        action = tx.action(key)
        if action is None or action.state is not ActionState.DUE:
            return
        attempts = action.attempts + 1
        again = retry_at(Unavailable(error), attempts, now)
        tx.put_action(
            replace(
                action,
                attempts=attempts,
                due_at=again or action.due_at,
                state=ActionState.DUE if again else ActionState.FAILED,
                trouble=f"internal error: {error}",
            )
        )
