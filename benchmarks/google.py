"""Calls to Google, counted by the stand-in: a quiet poll, a pair's week, a company's first sync."""

from __future__ import annotations

import argparse
import atexit
import shutil
import sys
import tempfile
import threading
import time
from pathlib import Path

# ruff: noqa: E402
# In place of this folder, in which this very file would stand for Google's own packages.
sys.path[0] = str(Path(__file__).resolve().parent.parent)

from core.model.series import ConnectionId
from core.service.run import observe_connection
from core.store import Store
from tests.acceptance.google_company import Company, first_sync, listening
from tests.acceptance.google_week import Week
from tests.servers.google import GoogleServer
from webhook_app.config import Settings
from webhook_app.wiring import open_app


def fresh_store() -> Store:
    """Return a database of its own, on disk like a real one."""
    folder = Path(tempfile.mkdtemp(prefix="vieraugen-bench-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return open_app(Settings(data=folder / "data"), make=True).store


def quiet_poll(made: Company) -> float:
    """Return calls a calendar in a poll in which nothing changed."""
    made.server.calls.clear()
    connections = made.connections()
    for connection in connections:
        observe_connection(made.services, connection, made.now, with_tasks=False)
    return made.server.calls.count() / len(connections)


def weeks() -> None:
    """Print a pair's week, call by call, by push and by polling."""
    for push in (True, False):
        with GoogleServer() as server, listening() as (address, heard):
            made = Company(server, fresh_store(), 1)
            made.enable()
            poll = quiet_poll(made)
            week = Week(made, heard if push else None)
            if push:
                week.subscribe(address)
            counted, name = week.play(), "push" if push else "polling"
            print(f"\n| a pair's week by {name} | who | call | why |\n| --- | --- | --- | --- |")
            for call in counted:
                who = call.user.partition("0@")[0].capitalize()
                print(f"| {call.step} | {who} | {call.method} | {call.why} |")
            print(f"| together | | {len(counted)} | |")
            print(f"\n| a poll without a change | {poll:g} a calendar |")
            print(f"| mails | {len(server.mails.caused_by_api)} |", flush=True)


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
        made = Company(server, fresh_store(), 8)
        print(f"| eight threads | {threads(made, options.calls)} |", flush=True)
    with GoogleServer() as server:
        server.quotas.calendar_project_per_minute = options.quota
        made = Company(server, fresh_store(), options.pairs)
        began = time.monotonic()
        rows = first_sync(made) | {"seconds here": f"{time.monotonic() - began:.0f}"}
        print(f"\n| first sync of {options.pairs} pairs, {options.quota} calls a minute | |")
        for name, value in rows.items():
            print(f"| {name} | {value} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
