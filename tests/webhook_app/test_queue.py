"""The durable queue by itself: each trap of the library that we know of stays shut."""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.model.actions import Action, ActionKind
from core.model.calendar import IdempotencyKey
from tests.core.builders import NOW
from tests.webhook_app.engines import until
from webhook_app.jobs.database import jobs_engine
from webhook_app.jobs.queue import VERSION, DbosJobs


def action(subject: str, *, wanted: int = 1, lane: str = "") -> Action:
    return Action(
        kind=ActionKind.RECONCILE, subject=subject, due_at=NOW, wanted=wanted, lane=lane or subject
    )


class Work:
    """What the jobs of a test do: note the key, and wait where told to."""

    def __init__(self) -> None:
        self.ran: list[str] = []
        self.go_on = threading.Event()
        self.go_on.set()
        self.at_once = self.most_at_once = 0

    def __call__(self, key: IdempotencyKey) -> None:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        self.go_on.wait(20)
        self.ran.append(key)
        self.at_once -= 1


@pytest.fixture
def work() -> Work:
    return Work()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "jobs.db"


@pytest.fixture
def jobs(path: Path, work: Work) -> Iterator[DbosJobs]:
    jobs = DbosJobs(f"sqlite:///{path}", work)
    yield jobs
    work.go_on.set()
    jobs.close()


def rows(path: Path, query: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(path)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def test_the_same_action_twice_runs_once(jobs: DbosJobs, work: Work) -> None:
    work.go_on.clear()
    jobs.enqueue([action("a")])
    jobs.enqueue([action("a"), action("b")])
    work.go_on.set()
    until(lambda: len(work.ran) == 2)

    assert sorted(work.ran) == ["reconcile:a", "reconcile:b"]


def test_a_job_that_ended_while_its_action_is_still_due_runs_again(
    jobs: DbosJobs, work: Work
) -> None:
    jobs.enqueue([action("a")])
    until(lambda: work.ran)
    until(lambda: jobs.executors() == set())
    jobs.enqueue([action("a")])
    until(lambda: len(work.ran) == 2)

    assert work.ran == ["reconcile:a"] * 2


def test_actions_of_one_lane_run_one_after_the_other(jobs: DbosJobs, work: Work) -> None:
    jobs.enqueue([action(name, lane="one") for name in "abc"])
    until(lambda: len(work.ran) == 3)

    assert work.most_at_once == 1


def test_a_lane_that_waits_holds_up_no_other(jobs: DbosJobs, work: Work) -> None:
    work.go_on.clear()
    jobs.enqueue([action("a"), action("b")])
    until(lambda: work.at_once == 2)

    assert work.ran == []


def test_jobs_are_kept_as_json_under_a_constant_version_and_a_stable_name(
    jobs: DbosJobs, work: Work, path: Path
) -> None:
    jobs.enqueue([action("a")])
    until(lambda: work.ran)

    assert VERSION == "1"
    assert rows(path, "SELECT application_version, executor_id FROM workflow_status") == [
        ("1", "serve")
    ]
    assert rows(path, "SELECT serialization FROM workflow_status") == [("portable_json",)]
    ((inputs,),) = rows(path, "SELECT inputs FROM workflow_input")
    assert json.loads(str(inputs)) == {"namedArgs": {}, "positionalArgs": ["reconcile:a"]}


def test_the_file_survives_a_power_cut_and_lets_readers_in(jobs: DbosJobs, path: Path) -> None:
    assert rows(path, "PRAGMA journal_mode") == [("wal",)]


def test_finished_jobs_are_forgotten_and_waiting_ones_kept(
    jobs: DbosJobs, work: Work, path: Path
) -> None:
    jobs.enqueue([action("a")])
    until(lambda: work.ran)
    until(lambda: jobs.executors() == set())
    work.go_on.clear()
    jobs.enqueue([action("b")])
    until(lambda: work.at_once)

    assert jobs.forget_finished(datetime.now(UTC) - timedelta(hours=1)) == 0
    assert jobs.forget_finished(datetime.now(UTC) + timedelta(minutes=1)) == 1
    assert rows(path, "SELECT workflow_uuid FROM workflow_status") == [("reconcile:b:1:0",)]


@pytest.mark.capability("C-15", "F-34")
def test_nothing_listens_and_nobody_is_called(path: Path, work: Work) -> None:
    before = sockets_of_ours()
    jobs = DbosJobs(f"sqlite:///{path}", work)
    jobs.enqueue([action("a")])
    until(lambda: work.ran)
    opened = sockets_of_ours() - before
    jobs.close()

    assert opened == set()


def sockets_of_ours() -> set[str]:
    """Return this process's sockets of the internet kind, listening ones included."""
    ours = {str(path.readlink()) for path in Path("/proc/self/fd").iterdir() if path.is_symlink()}
    lines = [line.split() for name in ("tcp", "tcp6", "udp", "udp6") for line in table(name)]
    return {line[9] for line in lines if f"socket:[{line[9]}]" in ours}


def table(name: str) -> list[str]:
    return Path(f"/proc/self/net/{name}").read_text().splitlines()[1:]


def test_a_new_process_carries_out_what_the_old_one_left(path: Path) -> None:
    first, second = Work(), Work()
    first.go_on.clear()
    jobs = DbosJobs(f"sqlite:///{path}", first)
    jobs.enqueue([action("a", lane="one"), action("b", lane="one")])
    jobs.close()
    jobs = DbosJobs(f"sqlite:///{path}", second)
    until(lambda: "reconcile:b" in second.ran)
    first.go_on.set()
    jobs.close()


def test_the_oldest_sqlite_tells_milliseconds(tmp_path: Path) -> None:
    engine = jobs_engine(f"sqlite:///{tmp_path / 'x.db'}")
    before = time.time()
    with engine.connect() as connection:
        told = connection.exec_driver_sql("SELECT unixepoch('subsec')").scalar()
    engine.dispose()

    assert before - 0.001 <= float(str(told)) <= time.time()
    assert isinstance(told, float)
