"""Calls to Google, counted by the stand-in: a quiet poll, a pair's week, a company's first sync."""

from __future__ import annotations

import argparse
import atexit
import shutil
import sys
import tempfile
import threading
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

# ruff: noqa: E402
# In place of this folder, in which this very file would stand for Google's own packages.
sys.path[0] = str(Path(__file__).resolve().parent.parent)

from core.model.series import ConnectionId
from core.service.run import observe_connection
from tests.acceptance.google_company import Company, first_sync, listening
from tests.acceptance.google_week import Week
from tests.servers.google import GoogleServer
from webhook_app.config import Settings
from webhook_app.wiring import App, open_app

WEEKS = 4


def fresh_app() -> App:
    """Return an installation of its own, on disk like a real one."""
    folder = Path(tempfile.mkdtemp(prefix="vieraugen-bench-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return open_app(Settings(data=folder / "data"), make=True)


def quiet_poll(made: Company) -> float:
    """Return calls a calendar in a poll in which nothing changed."""
    made.server.calls.clear()
    connections = made.connections()
    for connection in connections:
        observe_connection(made.services, connection, made.now, with_tasks=False)
    return made.server.calls.count() / len(connections)


def weeks() -> None:
    """Print what pairs' weeks are made of, upkeep included, by push and by polling."""
    print("\n| calls a pair and week, of four weeks played | by push | by polling |"
          "\n| --- | --- | --- |", flush=True)  # fmt: skip
    shown = []
    for reports in (5, 2, 1):
        for busy in (False, True):
            played = [week_of(reports, push=push, busy=busy) for push in (True, False)]
            row = f"manager with {reports} reports{', busy' * busy}"
            print(f"| {row} | {rate(played[0]):.2f} | {rate(played[1]):.2f} |", flush=True)
            if reports == 1:
                names = [way + ", busy" * busy for way in ("push", "polling")]
                shown += zip(played, names, strict=True)
    for week, name in shown:
        details(week, name)


def rate(week: Week) -> float:
    """Return counted calls a pair and week."""
    return len(week.counted) / WEEKS / week.made.pairs


def week_of(reports: int, *, push: bool, busy: bool) -> Week:
    """Play a manager's four weeks with so many reports; `busy`: with other appointments."""
    with GoogleServer() as server, listening() as (address, heard):
        server.push.longest = timedelta(days=7)
        app = fresh_app()
        made = Company(server, app.store, reports, team=reports, busy=busy)
        made.enable()
        poll = quiet_poll(made)
        server.calls.clear()
        week = Week(made, heard if push else None)
        if push:
            week.subscribe(app, address)
        week.play(WEEKS)
        assert poll == 1, "a poll without a change is one call a calendar"
        assert server.mails.caused_by_api == [], "nobody gets a mail from us"
        return week


def details(week: Week, name: str) -> None:
    """Print each kind of call of a pair's week."""
    share = WEEKS * week.made.pairs
    counted = Counter((c.step, c.user[:3], c.method, c.why) for c in week.counted)
    print(f"\n| a pair's week by {name} | in whose account | call | why | times |\n"
          "| --- | --- | --- | --- | --- |")  # fmt: skip
    for (step, who, method, why), times in counted.items():
        person = {"ben": "manager", "ann": "report"}[who]
        print(f"| {step} | {person} | `{method}` | {why} | {times / share:.2f} |")
    print(f"| together | | | | {rate(week):.2f} |")
    for what, times in {
        "listings out of turn that brought nothing of a talk": week.out_of_turn,
        "polls left out because the calendar had just been listed": -week.left_out,
        "polls that brought what was read or written already": week.echoes,
    }.items():
        print(f"| not counted: {what} | | `events.list` | | {times / share:.2f} |")
    print(flush=True)


def threads(made: Company, calls: int) -> dict[str, object]:
    """Eight threads, eight users: does any answer reach the wrong one?"""
    wrong, people = [0], [f"ben{n}@example.com" for n in range(8)]
    made.server.quotas.unlimited()

    def work(person: str) -> None:
        with made.store.transaction() as tx:
            connection = tx.connection(ConnectionId(f"google:{person}"))
        assert connection is not None
        calendar = made.services.suite_of(connection).calendar
        for _ in range(calls // len(people)):
            found = calendar.list_calendars()[0]
            wrong[0] += found.calendar_id != person or found.name != person

    began = time.monotonic()
    running = [threading.Thread(target=work, args=(person,)) for person in people]
    for each in running:
        each.start()
    for each in running:
        each.join()
    seconds = f"{time.monotonic() - began:.0f}"
    return {"calls": calls, "answers to the wrong user": wrong[0], "seconds": seconds}


def main() -> int:
    """Print the tables for docs/benchmarks.md."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--pairs", type=int, default=1000)
    words.add_argument("--calls", type=int, default=10_000)
    words.add_argument("--quota", type=int, default=10_000, help="the project's calls a minute")
    options = words.parse_args()
    weeks()
    with GoogleServer() as server:
        made = Company(server, fresh_app().store, 8)
        print(f"| eight threads | {threads(made, options.calls)} |", flush=True)
    with GoogleServer() as server:
        server.quotas.calendar_project_per_minute = options.quota
        made = Company(server, fresh_app().store, options.pairs)
        began = time.monotonic()
        rows = first_sync(made) | {"seconds here": f"{time.monotonic() - began:.0f}"}
        print(f"\n| first sync of {options.pairs} pairs, {options.quota} calls a minute | |")
        for name, value in rows.items():
            print(f"| {name} | {value} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
