"""The durable queue: DBOS Transact behind three verbs.

A job is a hint: its only argument is an action's key, and the action's row decides at run
time whether anything is due. So a job that runs twice does no harm, and none that is lost
is missed for longer than the sweep's interval.
"""

from __future__ import annotations

import logging
import sqlite3
import sys
import time
from collections.abc import Callable
from typing import Protocol

from sqlalchemy import Engine, create_engine, event

from core.model.actions import Action
from core.model.calendar import IdempotencyKey

QUEUE = "actions"
VERSION = "1"
"""Constant: a job waits for the version it was made under, and our jobs are one line long."""


class Jobs(Protocol):
    """What the engine needs from a durable queue."""

    def enqueue(self, action: Action) -> None:
        """Have an action carried out, once, after the others of its lane."""
        ...

    def forget_finished(self) -> int:
        """Drop the records of finished jobs; return how many."""
        ...

    def close(self) -> None:
        """Stop taking jobs; what runs is finished or goes on after the next start."""
        ...


class DbosJobs:
    """Jobs as DBOS workflows. One a process: the library keeps global state."""

    def __init__(
        self, url: str, run: Callable[[IdempotencyKey], None], *, executor: str = "serve"
    ) -> None:
        # Half a second of imports: only a process that carries actions out pays.
        from dbos import DBOS, DBOSConfig, DBOSPortableJSONSerializer

        self._dbos = DBOS
        config: DBOSConfig = {
            "name": "vieraugen",
            "system_database_url": url,
            "system_database_engine": _engine(url),
            "application_version": VERSION,
            "executor_id": executor,
            # The default serializer is pickle: keys are all that we pass, and JSON can't run.
            "serializer": DBOSPortableJSONSerializer(),
            "log_level": "WARNING",
        }
        logging.getLogger("dbos").setLevel(logging.WARNING)
        DBOS(config=config)
        step = DBOS.step(name="run_action")(lambda key: run(IdempotencyKey(key)))

        @DBOS.workflow(name="carry_out")
        def carry_out(key: str) -> None:
            step(key)

        self._carry_out = carry_out
        DBOS.launch()
        DBOS.register_queue(QUEUE, partition_concurrency=1, polling_interval_sec=0.5)

    def enqueue(self, action: Action) -> None:
        """See Jobs. The id says what and which ask: the same again is the same job."""
        from dbos import SetEnqueueOptions, SetWorkflowID

        job_id = f"{action.key}:{action.wanted}:{action.attempts}"
        options = SetEnqueueOptions(queue_partition_key=action.lane or action.key)
        with SetWorkflowID(job_id), options:
            self._dbos.enqueue_workflow(QUEUE, self._carry_out, str(action.key))

    def forget_finished(self) -> int:
        """See Jobs."""
        finished = self._dbos.list_workflows(
            status=["SUCCESS", "ERROR", "CANCELLED"], limit=1000, load_input=False
        )
        old = [w.workflow_id for w in finished if _older_than_an_hour(w.updated_at)]
        if old:
            self._dbos.delete_workflows(old)
        return len(old)

    def adopt(self, living: set[str]) -> int:
        """Take over what workers that are gone left half done; return how many jobs."""
        pending = self._dbos.list_workflows(status=["PENDING"], load_input=False)
        orphans = [w.workflow_id for w in pending if w.executor_id not in living]
        if orphans:
            self._dbos.resume_workflows(orphans)
        return len(orphans)

    def close(self) -> None:
        """See Jobs."""
        self._dbos.destroy(workflow_completion_timeout_sec=5)


def _older_than_an_hour(updated_at: int | None) -> bool:
    return updated_at is not None and updated_at / 1000 < time.time() - 3600


def _engine(url: str) -> Engine:
    if not url.startswith("sqlite"):
        return create_engine(url, pool_size=10, pool_pre_ping=True)
    engine = create_engine(url, connect_args={"timeout": 30}, pool_size=10)
    event.listen(engine, "connect", _tune)
    return engine


def _tune(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = "IMMEDIATE"
    if sys.version_info >= (3, 12) and sqlite3.sqlite_version_info < (3, 42):
        # DBOS 3.4 takes unixepoch('subsec') from SQLite by the age of Python.
        connection.create_function("unixepoch", 1, lambda _mode: time.time())
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=30000"):
        connection.execute(f"PRAGMA {pragma}")
