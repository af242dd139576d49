"""The engine's loop: read calendars when it is time, hand what is due to the queue."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import datetime

import structlog

from core.errors import OneOnOneError
from core.model.calendar import IdempotencyKey
from core.service.run import look_at_time, observe_connection, run_action
from webhook_app.jobs.clock import utc_now
from webhook_app.jobs.queue import Jobs
from webhook_app.wiring import App

log = structlog.get_logger()

TICK = 0.5
HOURLY = 3600.0
LINE_OF_SYNC = "sync"
"""Cursor subject under which other processes ask this one for a pass at once."""


class Engine:
    """Runs in one thread; the queue's own threads carry actions out."""

    def __init__(self, app: App, jobs: Jobs, *, clock: Callable[[], datetime] = utc_now) -> None:
        self._app = app
        self._jobs = jobs
        self._clock = clock
        self._stop = threading.Event()
        self._wake = threading.Event()
        self.last_pass: datetime | None = None
        self.troubles: tuple[str, ...] = ()

    def run(self) -> None:
        """Go on until stopped."""
        next_poll = next_cleaning = 0.0
        while not self._stop.is_set():
            started = time.monotonic()
            if started >= next_poll or self._wake.is_set():
                self._wake.clear()
                self._observe()
                next_poll = started + self._app.settings.poll_seconds
            self.sweep()
            if started >= next_cleaning:
                self._jobs.forget_finished()
                next_cleaning = started + HOURLY
            self._stop.wait(TICK)

    def _observe(self) -> None:
        with self._app.store.transaction() as tx:
            connections = tx.connections()
        troubles: list[str] = []
        for connection in connections:
            try:
                _, failed = observe_connection(self._app.services, connection, self._clock())
                troubles += [trouble.text for trouble in failed]
            except OneOnOneError as err:
                troubles.append(f"{connection.connection_id}: {err}")
        self.troubles = tuple(troubles)
        self.last_pass = self._clock()

    def sweep(self) -> int:
        """Hand every due action to the queue; return how many. Handing over twice is once."""
        now = self._clock()
        look_at_time(self._app.services, now)
        with self._app.store.transaction() as tx:
            due = tx.due_actions(now)
        for action in due:
            self._jobs.enqueue(action)
        return len(due)

    def hurry(self) -> None:
        """Read the calendars now."""
        self._wake.set()

    def stop(self) -> None:
        """End the loop after what it does now."""
        self._stop.set()


def runner(app: App, clock: Callable[[], datetime] = utc_now) -> Callable[[IdempotencyKey], None]:
    """Return what a job does: carry one action out and log how it went."""

    def run(key: IdempotencyKey) -> None:
        action = run_action(app.services, key, clock())
        if action is not None:
            kind = action.kind.value
            log.info("action", action=kind, state=action.state.value, attempts=action.attempts)

    return run
