"""The durable queue: DBOS Transact behind a small port.

A job is a hint: its only argument is an action's key, and the action's row decides at run
time whether anything is due. So a job that runs twice does no harm, and none that is lost
is missed for longer than the sweep's interval. That is why there is no verb for a time, for
moving or for cancelling: when an action is due stands in its row, moving a meeting changes
the row, and the sweep finds what has become due. It is also why no deduplication is used,
which a queue with lanes does not have: an ask during a run makes the row's number grow, and
with it the job's id.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from sqlalchemy.exc import DatabaseError

from core.errors import Unavailable
from core.model.actions import Action
from core.model.calendar import IdempotencyKey
from webhook_app.jobs.database import jobs_engine

if TYPE_CHECKING:
    from dbos import WorkflowStatus

QUEUE = "actions"
VERSION = "1"
"""Constant: a job waits for the version it was made under, and our jobs are one line long."""
FINISHED = ("SUCCESS", "ERROR", "CANCELLED")
GIVEN_UP = "MAX_RECOVERY_ATTEMPTS_EXCEEDED"
MOST_DEATHS = 3
"""How often one job may take its process with it."""
KEPT = timedelta(hours=1)
POLL = 0.5
AT_ONCE = 16
"""Jobs of one worker at a time: with POLL about 30 a second."""


class Jobs(Protocol):
    """What the engine needs from a durable queue."""

    def enqueue(self, actions: Sequence[Action]) -> Sequence[Action]:
        """Have each carried out, after the others of its lane; the same again is once.

        Return those that nobody will carry out, as they killed their process too often.
        """
        ...

    def forget_finished(self, before: datetime) -> int:
        """Drop the records of jobs that finished before; return how many."""
        ...

    def executors(self) -> set[str]:
        """Return the names of the workers that have begun a job and not ended it."""
        ...

    def adopt(self, executor: str) -> int:
        """Take over what a worker that is gone left half done; return how many jobs."""
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
        self._lock = threading.Lock()
        self._engine = jobs_engine(url)
        config: DBOSConfig = {
            "name": "vieraugen",
            "system_database_url": url,
            "system_database_engine": self._engine,
            "application_version": VERSION,
            "executor_id": executor,
            # The default serializer is pickle: keys are all that we pass, and JSON can't run.
            "serializer": DBOSPortableJSONSerializer(),
            "enable_otlp": False,
            "log_level": "WARNING",
        }
        logging.getLogger("dbos").setLevel(logging.WARNING)
        DBOS(config=config)
        step = DBOS.step(name="run_action")(lambda key: run(IdempotencyKey(key)))

        @DBOS.workflow(name="carry_out", max_recovery_attempts=MOST_DEATHS)
        def carry_out(key: str) -> None:
            step(key)

        self._carry_out = carry_out
        try:
            DBOS.launch()
        except DatabaseError as err:
            DBOS.destroy()
            self._engine.dispose()
            reason = str(err.orig).partition("\n")[0]
            raise Unavailable(f"the queue's database does not work: {reason}") from err
        DBOS.register_queue(
            QUEUE,
            partition_concurrency=1,
            worker_concurrency=AT_ONCE,
            polling_interval_sec=POLL,
            on_conflict="always_update",
        )

    def enqueue(self, actions: Sequence[Action]) -> Sequence[Action]:
        """See Jobs. A job that is finished while its action is due again was in vain: again."""
        jobs = {_job_id(action): action for action in actions}
        if not jobs:
            return ()
        with self._lock:
            known = self._states(list(jobs))
            in_vain = [job for job, state in known.items() if state in FINISHED]
            if in_vain:
                # An id runs once; only without its record it runs again.
                self._dbos.delete_workflows(in_vain)
            for job, action in jobs.items():
                if job not in known or job in in_vain:
                    self._enqueue(job, action)
        return [jobs[job] for job, state in known.items() if state == GIVEN_UP]

    def _states(self, jobs: list[str]) -> dict[str, str]:
        found = self._dbos.list_workflows(workflow_ids=jobs, load_input=False, load_output=False)
        return {w.workflow_id: w.status for w in found}

    def _enqueue(self, job: str, action: Action) -> None:
        from dbos import SetEnqueueOptions, SetWorkflowID

        options = SetEnqueueOptions(queue_partition_key=action.lane or action.key)
        with SetWorkflowID(job), options:
            self._dbos.enqueue_workflow(QUEUE, self._carry_out, str(action.key))

    def forget_finished(self, before: datetime) -> int:
        """See Jobs."""
        ended = before.astimezone(UTC).isoformat()
        total = 0
        while old := self._dbos.list_workflows(
            status=[*FINISHED, GIVEN_UP],
            completed_before=ended,
            limit=1000,
            load_input=False,
            load_output=False,
        ):
            self._dbos.delete_workflows([w.workflow_id for w in old])
            total += len(old)
        return total

    def executors(self) -> set[str]:
        """See Jobs."""
        return {w.executor_id for w in self._pending() if w.executor_id}

    def adopt(self, executor: str) -> int:
        """See Jobs. DBOS refuses the old worker's next step, should it wake up again."""
        orphans = [w.workflow_id for w in self._pending(executor)]
        if orphans:
            self._dbos.resume_workflows(orphans, queue_name=QUEUE)
        return len(orphans)

    def _pending(self, executor: str | None = None) -> list[WorkflowStatus]:
        return self._dbos.list_workflows(
            status="PENDING", executor_id=executor, load_input=False, load_output=False
        )

    def close(self) -> None:
        """See Jobs."""
        self._dbos.destroy(workflow_completion_timeout_sec=5, destroy_registry=True)
        self._engine.dispose()


def _job_id(action: Action) -> str:
    return f"{action.key}:{action.wanted}:{action.attempts}"
