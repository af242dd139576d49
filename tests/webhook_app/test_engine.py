"""The engine's loop and the durable queue, killed and started again."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from core.model.actions import ActionState
from core.model.calendar import Body, EventDraft
from core.service.consent import say_yes
from core.service.edit import add_point
from tests.core.builders import ANNA, BEN, CLEO, people, slot
from tests.core.service.conftest import FIRST, UID, Company
from tests.webhook_app.engines import engine, engine_process, nothing_due, until, yes
from tests.webhook_app.forked import PATIENCE, ROOT
from tests.webhook_app.memory_app import company_app
from tests.webhook_app.remote import Host, hosted
from webhook_app.wiring import App

pytestmark = pytest.mark.server


@pytest.fixture
def company(tmp_path: Path) -> Iterator[Company]:
    company, app = company_app(tmp_path / "data")
    yield company
    app.close()


@pytest.fixture
def host(company: Company, tmp_path: Path) -> Iterator[Host]:
    with hosted(company, tmp_path / "socket") as host:
        yield host


def body(company: Company) -> str:
    return company.clients.body(ANNA, UID, FIRST)


@pytest.mark.parametrize("effect", [False, True], ids=["before", "after"])
def test_an_action_killed_in_its_write_has_one_effect(
    company: Company, host: Host, tmp_path: Path, effect: bool
) -> None:
    yes(company)
    gate = host.hold("write_body", effect=effect)
    gate.drops = True
    with engine(tmp_path / "data", host) as killed:
        assert gate.reached.wait(PATIENCE)
        killed.kill()
    gate.opened.set()
    with engine(tmp_path / "data", host):
        until(lambda: nothing_due(company))

    assert len(company.server.writes) == 1
    assert body(company).count("Anna\n") == 1


def test_an_action_asked_for_during_its_run_runs_again(
    company: Company, host: Host, tmp_path: Path
) -> None:
    key = yes(company)
    gate = host.hold("write_body")
    with engine(tmp_path / "data", host):
        assert gate.reached.wait(PATIENCE)
        series = company.series().series_id
        add_point(company.services, series, "währenddessen", by=BEN, now=company.now)
        gate.opened.set()
        until(lambda: nothing_due(company))

    assert "währenddessen" in body(company)
    with company.store.transaction() as tx:
        action = tx.action(key)
    assert action is not None
    assert action.state is ActionState.DONE


def test_a_job_that_is_lost_is_found_by_its_row(
    company: Company, host: Host, tmp_path: Path
) -> None:
    yes(company)
    gate = host.hold("write_body")
    gate.drops = True
    with engine(tmp_path / "data", host) as killed:
        assert gate.reached.wait(PATIENCE)
        killed.kill()
    gate.opened.set()
    for path in (tmp_path / "data").glob("jobs.db*"):
        path.unlink()
    with engine(tmp_path / "data", host):
        until(lambda: nothing_due(company))

    assert len(company.server.writes) == 1


def test_a_bug_in_one_action_stops_no_other(company: Company, host: Host, tmp_path: Path) -> None:
    second = company.server.open_calendar(BEN, CLEO, name="second")
    draft = EventDraft(
        title="1:1 Ben & Cleo",
        slot=slot(FIRST),
        participants=people(BEN, CLEO),
        body=Body(content=""),
        rrule="FREQ=WEEKLY",
    )
    company.clients.add(BEN, draft, "second", calendar_id=second)
    with company.store.transaction() as tx:
        ben = tx.connections()[1]
        tx.put_connection(replace(ben, calendars=(*ben.calendars, second)))
    host.broken_calendars[second] = KeyError("a bug")
    yes(company)
    broken = company.series("second").series_id
    with company.store.transaction() as tx:
        say_yes(tx, broken, by=BEN, now=company.now)

    with engine(tmp_path / "data", host):
        until(lambda: nothing_due(company))

    assert "Anna" in body(company)
    with company.store.transaction() as tx:
        action = next(a for s in tx.all_series() if (a := tx.action(f"reconcile:{broken}")))  # type: ignore[arg-type]
    assert (action.state, action.attempts) == (ActionState.DUE, 1)
    assert action.trouble == "internal error: KeyError"
    assert action.due_at > company.now


@pytest.mark.slow
def test_an_action_that_kills_its_process_is_given_up(
    company: Company, host: Host, tmp_path: Path
) -> None:
    key = yes(company)
    deaths = 0
    while deaths < 8:
        with engine(tmp_path / "data", host, "--die-of", "reconcile") as dying:
            until(lambda: dying.poll() is not None or nothing_due(company))
            if dying.poll() is None:
                break
            deaths += 1

    assert 3 <= deaths <= 5
    with company.store.transaction() as tx:
        action = tx.action(key)
    assert action is not None
    assert action.state is ActionState.FAILED
    assert "ended its process" in action.trouble


def cli(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "webhook_app.cli", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=60,
        check=False,
    )


def test_sync_beside_a_running_engine_is_done_by_the_engine(
    company: Company, host: Host, tmp_path: Path
) -> None:
    yes(company)
    with engine(tmp_path / "data", host):
        until(lambda: nothing_due(company))
        company.add_line(ANNA, "- Urlaub")
        # The command has no way to these calendars: only the engine can have read them.
        done = cli("sync", "--json", "--data", str(tmp_path / "data"))

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout).keys() == {"changed", "actions", "troubles"}
    assert company.open_points() == ["Urlaub"]


def test_a_second_engine_on_a_data_folder_is_refused(
    company: Company, host: Host, tmp_path: Path
) -> None:
    with engine(tmp_path / "data", host):
        second = cli("serve", "--port", "0", "--data", str(tmp_path / "data"))

    assert second.returncode == 1
    assert "SQLite allows one" in second.stderr


def test_a_worker_on_sqlite_is_refused_with_a_reason(company: Company, tmp_path: Path) -> None:
    refused = cli("worker", "--data", str(tmp_path / "data"))

    assert refused.returncode == 1
    assert "needs PostgreSQL" in refused.stderr


@pytest.fixture
def on_postgres(postgres_url: str, tmp_path: Path) -> Iterator[tuple[Company, App]]:
    company, app = company_app(tmp_path / "data", database_url=postgres_url)
    yield company, app
    app.close()


def test_a_living_worker_adopts_what_a_dead_one_left(
    on_postgres: tuple[Company, App], postgres_url: str, tmp_path: Path
) -> None:
    company, _ = on_postgres
    data, at = tmp_path / "data", {"VIERAUGEN_DATABASE_URL": postgres_url}
    with hosted(company, tmp_path / "socket") as host:
        gate = host.hold("write_body")
        gate.drops = True
        with engine(data, host, VIERAUGEN_WORKER="one", **at) as first:
            yes(company)
            assert gate.reached.wait(PATIENCE)
            with engine(data, host, VIERAUGEN_WORKER="two", **at):
                first.kill()
                gate.opened.set()
                until(lambda: nothing_due(company))

    assert len(company.server.writes) == 1
    assert "Anna" in body(company)


def test_two_workers_of_one_name_are_refused(
    on_postgres: tuple[Company, App], postgres_url: str, tmp_path: Path
) -> None:
    company, _ = on_postgres
    data, at = tmp_path / "data", {"VIERAUGEN_DATABASE_URL": postgres_url}
    with (
        hosted(company, tmp_path / "socket") as host,
        engine(data, host, VIERAUGEN_WORKER="one", **at),
    ):
        second = engine_process(data, host, VIERAUGEN_WORKER="one", **at)

        assert second.wait() == 1
    assert second.said == ""
