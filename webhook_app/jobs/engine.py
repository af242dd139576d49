"""The engine's loop: read calendars when it is time, hand what is due to the queue."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import datetime

import structlog

from core.errors import OneOnOneError
from core.model.calendar import Cursor, IdempotencyKey
from core.service.run import look_at_time, observe_connection, run_action
from webhook_app.jobs.clock import utc_now
from webhook_app.jobs.notes import ASKED, DONE, ENGINE
from webhook_app.jobs.queue import Jobs
from webhook_app.wiring import App

log = structlog.get_logger()

TICK = 0.5
PATIENCE = 60.0
"""Seconds that one asked-for pass may hold the loop up."""
HOURLY = 3600.0


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
            asked = self._asked()
            if started >= next_poll or asked or self._wake.is_set():
                self._wake.clear()
                self._observe()
                next_poll = started + self._app.settings.poll_seconds
            self.sweep()
            if asked:
                self._answer(asked)
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

    def _asked(self) -> Cursor | None:
        """Return another process's wish for a pass that nobody has answered yet."""
        with self._app.store.transaction() as tx:
            asked, done = tx.cursor(ENGINE, ASKED), tx.cursor(ENGINE, DONE)
        return asked if asked is not None and (done is None or done < asked) else None

    def _answer(self, asked: Cursor) -> None:
        """Wait until what was due is carried out, then say that the pass is done."""
        end = time.monotonic() + PATIENCE
        while self.sweep() and time.monotonic() < end and not self._stop.is_set():
            time.sleep(TICK / 5)
        with self._app.store.transaction() as tx:
            tx.put_cursor(ENGINE, DONE, asked)

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
