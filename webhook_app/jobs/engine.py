"""The engine's loop: read calendars when it is time, hand what is due to the queue."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from core.errors import OneOnOneError
from core.model.actions import Action, ActionState
from core.model.calendar import IdempotencyKey
from core.model.series import Connection
from core.service.outgoing import pump
from core.service.run import look_at_time, observe_connection
from webhook_app.hooks.inbox import forget_old, work_off
from webhook_app.hooks.subscriptions import Upkeep
from webhook_app.jobs.clock import utc_now
from webhook_app.jobs.notes import Report, answer, asked
from webhook_app.jobs.queue import KEPT, Jobs
from webhook_app.jobs.task_pace import TaskPace, pause
from webhook_app.jobs.team import Alone, Team
from webhook_app.mailbox import poll
from webhook_app.wiring import App

log = structlog.get_logger()

TICK = 0.5
PATIENCE = 60.0
"""Seconds that one asked-for pass may hold the loop up."""
HOUSEKEEPING = 60.0
KILLER = "it ended its process three times: see the log, then ask for it again"


class Engine:
    """Runs in one thread; the queue's own threads carry actions out."""

    def __init__(
        self,
        app: App,
        jobs: Jobs,
        *,
        clock: Callable[[], datetime] = utc_now,
        team: Team | None = None,
    ) -> None:
        self._app = app
        self._jobs = jobs
        self._clock = clock
        self._team = team or Alone()
        self._upkeep = Upkeep(app, clock)
        self._task_pace = TaskPace()
        self._stop = threading.Event()
        self._wake = threading.Event()
        self._read_now = False
        self._next_read = self._next_housekeeping = 0.0
        self._passed: float | None = None
        self._changed = 0
        self.last_pass: datetime | None = None
        self.troubles: tuple[str, ...] = ()

    def run(self) -> None:
        """Go on until stopped; what breaks in one round is logged and tried in the next."""
        try:
            while not self._stop.is_set():
                try:
                    self._round()
                except Exception as err:  # noqa: BLE001  the edge: only a stop ends the loop
                    log.error("round_broke", error=type(err).__name__)
                self._wake.wait(TICK)
                self._wake.clear()
        finally:
            self._passed = None

    def _round(self) -> None:
        if not self._team.reads():
            self._note_pass()
        elif wish := self._wish():
            self._answer(wish)
        elif self._read_now or time.monotonic() >= self._next_read:
            self._observe()
        else:
            work_off(self._app, self._clock())
        self.sweep()
        if time.monotonic() >= self._next_housekeeping:
            self._next_housekeeping = time.monotonic() + HOUSEKEEPING
            self._keep_house()

    def _wish(self) -> str | None:
        with self._app.store.transaction() as tx:
            return asked(tx)

    def _observe(self) -> None:
        # Who asks for a pass gets all of it; by itself it leaves out what was just listed.
        pace = 0.0 if self._read_now else self._app.settings.poll_seconds
        self._read_now = False
        self._next_read = time.monotonic() + self._app.settings.poll_seconds
        self._changed = 0
        with self._app.store.transaction() as tx:
            connections = tx.connections()
        troubles: list[str] = []
        lists = sum(connection.task_list is not None for connection in connections)
        wait = pause(self._app.settings.poll_seconds, lists)
        for connection in connections:
            due = self._task_pace.is_due(connection.connection_id, wait)
            troubles += self._observe_one(connection, timedelta(seconds=pace), with_tasks=due)
            self.sweep()
            if self._stop.is_set():
                return
            if self._passed is not None:
                self._note_pass()
        self.troubles = tuple(troubles)
        self._note_pass()

    def _observe_one(
        self, connection: Connection, every: timedelta, *, with_tasks: bool
    ) -> list[str]:
        try:
            seen, failed = observe_connection(
                self._app.services,
                connection,
                self._clock(),
                with_tasks=with_tasks,
                every=every,
            )
        except OneOnOneError as err:
            return [f"{connection.connection_id}: {err}"]
        except Exception as err:  # noqa: BLE001  the edge: one account does not stop the others
            log.error("account_broke", error=type(err).__name__)
            return [f"{connection.connection_id}: internal error {type(err).__name__}"]
        self._changed += sum(observed.changed for _, observed in seen)
        broken = [f"{event}: {text}" for _, observed in seen for event, text in observed.broken]
        return [trouble.text for trouble in failed] + broken

    def _note_pass(self) -> None:
        self._passed = time.monotonic()
        self.last_pass = self._clock()

    def sweep(self) -> list[Action]:
        """Hand every due action to the queue; return them. Handing over twice is once."""
        now = self._clock()
        look_at_time(self._app.services, now)
        pump(self._app.services, now)
        with self._app.store.transaction() as tx:
            due = tx.due_actions(now)
        for killer in self._jobs.enqueue(due):
            log.error("action_kills", action=killer.kind.value)
            with self._app.store.transaction() as tx:
                tx.put_action(replace(killer, state=ActionState.FAILED, trouble=KILLER))
        return list(due)

    def _keep_house(self) -> None:
        self._jobs.forget_finished(utc_now() - KEPT)
        for worker in self._team.gone(self._jobs.executors()):
            log.info("adopted", jobs=self._jobs.adopt(worker))
        if self._team.reads():
            forget_old(self._app, self._clock())
            self._upkeep.round()
            self._read_mail()

    def _read_mail(self) -> None:
        try:
            counts = poll(self._app, self._clock())
        except OneOnOneError as err:
            log.warning("mailbox", error=type(err).__name__)
            return
        if counts:
            log.info("mailbox", **{outcome.value: n for outcome, n in counts.items()})

    def _answer(self, wish: str) -> None:
        """Do a pass for another process; carry out what is due before saying that it's done."""
        self._task_pace.hurry()
        self._read_now = True
        self._observe()
        ran: set[IdempotencyKey] = set()
        end = time.monotonic() + PATIENCE
        while (due := self.sweep()) and time.monotonic() < end and not self._stop.is_set():
            ran |= {action.key for action in due}
            time.sleep(TICK / 5)
        with self._app.store.transaction() as tx:
            ended = [action for key in sorted(ran) if (action := tx.action(key))]
            failed = tuple(f"{a.key}: {a.trouble}" for a in ended if a.trouble)
            done = sum(1 for action in ended if action.state is ActionState.DONE)
            report = Report(changed=self._changed, actions=done, troubles=self.troubles + failed)
            answer(tx, wish, report)

    @property
    def is_ready(self) -> bool:
        """Whether the loop runs and its last pass is not long ago."""
        longest = 3 * self._app.settings.poll_seconds + 30
        return self._passed is not None and time.monotonic() - self._passed < longest

    def hurry(self) -> None:
        """Read calendars and tasks now."""
        self._task_pace.hurry()
        self._read_now = True
        self._wake.set()

    def nudge(self) -> None:
        """Look now for what has become due."""
        self._wake.set()

    def stop(self) -> None:
        """End the loop after what it does now."""
        self._stop.set()
        self._wake.set()
