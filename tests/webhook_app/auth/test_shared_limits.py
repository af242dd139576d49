"""Several processes on one PostgreSQL grant together what one grants."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
import requests

from core.errors import RateLimited
from webhook_app.auth.limits import API, SIGN_IN, STRANGERS, Limit, Limits
from webhook_app.config import Settings
from webhook_app.storage.buckets import SharedBuckets, shared_buckets
from webhook_app.storage.database import Database
from webhook_app.storage.schema import migrate
from webhook_app.wiring import open_app

ROOT = Path(__file__).parents[3]
pytestmark = pytest.mark.server


@pytest.fixture
def database(postgres_url: str) -> Iterator[Database]:
    made = Database(postgres_url)
    migrate(made)
    yield made
    made.close()


def granted(limits: Limits, name: str, limit: Limit, asked: int) -> int:
    count = 0
    for _ in range(asked):
        try:
            limits.take(name, limit)
        except RateLimited:
            continue
        count += 1
    return count


@pytest.mark.parametrize("limit", [SIGN_IN, API])
def test_two_processes_grant_what_one_does(database: Database, limit: Limit) -> None:
    still = Limit(a_minute=0.001, burst=limit.burst)
    two = [Limits(pool=SharedBuckets(database)) for _ in range(2)]
    sums = [0, 0]

    def ask(number: int) -> None:
        sums[number] = granted(two[number], "x", still, limit.burst)

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sum(sums) == limit.burst
    assert granted(two[0], "y", still, 1) == 1


def test_a_bucket_fills_again_with_time_and_never_beyond_its_brim(database: Database) -> None:
    quick, pool = Limit(a_minute=600_000, burst=5), SharedBuckets(database)

    assert pool.draw("x", 5, 0.0, 5) == (5, 0)
    assert pool.draw("x", 5, 0.0, 5)[0] == 0
    assert pool.draw("x", 5, 1e9, 100)[0] == 5
    assert granted(Limits(pool=pool), "z", quick, 50) > 5


def test_no_address_stands_in_the_database(database: Database) -> None:
    SharedBuckets(database).draw("mail to anna@example.com 192.0.2.7", 5, 1, 1)

    with database.begin() as connection:
        rows = str(connection.exec_driver_sql("SELECT * FROM buckets").all())
    assert "anna" not in rows
    assert "192.0.2" not in rows


def test_old_buckets_go(database: Database) -> None:
    pool = SharedBuckets(database)
    pool.draw("old", 5, 1, 1)
    with database.begin() as connection:
        connection.exec_driver_sql("UPDATE buckets SET since = since - 4000")
    pool._next_cleaning = 0.0
    pool.draw("new", 5, 1, 1)

    with database.begin() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM buckets").scalar() == 1


def test_one_process_on_sqlite_counts_in_memory(tmp_path: Path) -> None:
    app = open_app(Settings(data=tmp_path), make=True)
    assert shared_buckets(app.store.database) is None
    app.close()


@contextmanager
def server(folder: Path, url: str) -> Iterator[str]:
    told = {**os.environ, "VIERAUGEN_DATABASE_URL": url, "PYTHONPATH": str(ROOT)}
    words = [sys.executable, "-m", "tests.webhook_app.limits_program", str(folder)]
    with subprocess.Popen(words, env=told, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield f"http://127.0.0.1:{int(process.stdout.readline())}"
        finally:
            process.kill()


def test_two_servers_count_a_stranger_together_and_say_when_to_come_again(
    postgres_url: str, tmp_path: Path
) -> None:
    open_app(Settings(data=tmp_path, database_url=postgres_url), make=True).close()
    with ExitStack() as stack:
        roots = [stack.enter_context(server(tmp_path, postgres_url)) for _ in range(2)]
        session = stack.enter_context(requests.Session())
        answers = [session.get(f"{roots[n % 2]}/api/v1/series") for n in range(2 * STRANGERS.burst)]

    refused = [a for a in answers if a.status_code == 429]
    # A bucket fills by one each second while we ask.
    assert len(refused) > STRANGERS.burst // 2
    assert {a.status_code for a in answers} == {401, 429}
    assert int(refused[0].headers["Retry-After"]) >= 1
    assert refused[0].headers["Content-Type"] == "application/problem+json"
