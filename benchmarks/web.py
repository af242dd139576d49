"""Announcements of a calendar: answer time, share of an empty 202, and a burst as few readings.

Run: python benchmarks/web.py [SECONDS]

`serve`'s own server with eight threads runs in a process of its own on a scratch SQLite file, or
on the empty PostgreSQL database that VIERAUGEN_DATABASE_URL names.
The suite's own check of an announcement is left out: its port says at once what has changed.
"""

from __future__ import annotations

import http.client
import logging
import multiprocessing
import os
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from multiprocessing.connection import Connection as Pipe
from pathlib import Path

# ruff: noqa: E402
sys.path[0] = str(Path(__file__).resolve().parent.parent)

import waitress
from flask import Response

from core.model.calendar import CalendarEvent, CalendarId, Cursor
from core.model.people import Person
from core.model.series import Connection, ConnectionId
from core.ports import CalendarFeature, ChangePage, PushReply, PushRequest, Suite
from webhook_app.config import Settings
from webhook_app.hooks.inbox import work_off
from webhook_app.hooks.rows import SETTLE
from webhook_app.hooks.subscriptions import sign_of
from webhook_app.jobs.clock import utc_now
from webhook_app.web import create_app
from webhook_app.wiring import App, open_app

WANTED_RATE = 200
CLIENTS = 8
BURST = 1000
BEN, CALENDAR = ConnectionId("google:ben@example.com"), CalendarId("ben@example.com")
HOOK = f"/hooks/google?c={sign_of(BEN)}"


@dataclass(frozen=True, slots=True)
class Telling:
    """A push port to which every announcement is genuine."""

    def receive(self, _request: PushRequest) -> PushReply:
        """Say that the calendar has changed."""
        return PushReply(status=202, changed=(CALENDAR,))


@dataclass(frozen=True, slots=True)
class Told:
    """A suite of which only the push port is asked."""

    push: Telling


def opened(folder: Path) -> App:
    """Open the installation with one connected mailbox."""
    url = os.environ.get("VIERAUGEN_DATABASE_URL", "")
    app = open_app(Settings(data=folder, database_url=url), make=True)
    with app.store.transaction() as tx:
        tx.put_person(Person(address="ben@example.com", name="Ben"))
        tx.put_connection(
            Connection(
                connection_id=BEN,
                suite="google",
                person="ben@example.com",
                calendars=(CALENDAR,),
            )
        )
    suite = Told(push=Telling())
    services = replace(app.services, suite_of=lambda _connection: suite)  # type: ignore[arg-type,return-value]
    return replace(app, services=services)


def run_server(folder: Path, pipe: Pipe) -> None:
    """Serve until the process is ended."""
    flask = create_app(opened(folder))
    flask.add_url_rule("/empty", "empty", lambda: Response(status=202), methods=["POST"])
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    server = waitress.create_server(flask, host="127.0.0.1", port=0, threads=8)
    pipe.send(server.effective_port)
    server.run()


@contextmanager
def running(folder: Path) -> Iterator[int]:
    """Run the server in a process of its own; give its port."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(
        target=run_server, args=(folder, theirs), daemon=True
    )
    process.start()
    try:
        yield ours.recv()
    finally:
        process.terminate()
        process.join()


def ask(port: int, path: str, count: int, rate: float, clients: int = CLIENTS) -> list[float]:
    """Return how long each of `count` requests took from when it was due; rate 0: at once."""
    took: list[float] = []
    begun, numbers = time.perf_counter() + 0.1, iter(range(count))
    lock = threading.Lock()

    def client() -> None:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        while True:
            with lock:
                number = next(numbers, None)
            if number is None:
                line.close()
                return
            due = begun + number / rate if rate else time.perf_counter()
            time.sleep(max(0.0, due - time.perf_counter()))
            line.request("POST", path, body=b"{}")
            answer = line.getresponse()
            answer.read()
            if answer.status != 202:
                raise RuntimeError(f"{path}: {answer.status}")
            took.append(time.perf_counter() - due)

    threads = [threading.Thread(target=client) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(took) != count:
        raise RuntimeError(f"{path}: {count - len(took)} requests failed")
    return sorted(took)


def full_speed(port: int, path: str, count: int) -> float:
    """Return how many requests a second are answered."""
    begun = time.perf_counter()
    ask(port, path, count, 0)
    return count / (time.perf_counter() - begun)


@dataclass(slots=True)
class Counting:
    """A calendar in which nothing has changed; it counts how often it is read."""

    features: CalendarFeature = CalendarFeature.COPIES
    read: int = 0

    def changes(self, _calendar: CalendarId, since: Cursor | None) -> ChangePage[CalendarEvent]:
        """Return nothing new."""
        self.read += 1
        return ChangePage(changed=(), removed=(), cursor=since or Cursor("1"))


def readings(folder: Path) -> int:
    """Work off what is kept, as the engine would; return how many readings that was."""
    app, calendar = opened(folder), Counting()
    suite = Suite(name="google", calendar=calendar)  # type: ignore[arg-type]
    services = replace(app.services, suite_of=lambda _connection: suite)
    try:
        work_off(replace(app, services=services), utc_now() + SETTLE + timedelta(seconds=1))
    finally:
        app.close()
    return calendar.read


def main() -> None:
    """Print the table."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 10.0
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "data"
        opened(folder).close()
        with running(folder) as port:
            ask(port, HOOK, 50, 0)
            took = ask(port, HOOK, int(WANTED_RATE * seconds), WANTED_RATE)
            empty = full_speed(port, "/empty", BURST)
            readings(folder)
            ours = full_speed(port, HOOK, BURST)
            marked = readings(folder)
    print("| what | figure | wanted |")
    print("| --- | --- | --- |")
    print(f"| answer at {WANTED_RATE} a second, median | {1000 * took[len(took) // 2]:.1f} ms | |")
    print(f"| the same, p99 | {1000 * took[int(len(took) * 0.99)]:.1f} ms | 50 ms |")
    print(f"| as fast as it goes | {ours:.0f} a second | |")
    print(f"| empty 202 of the same server | {empty:.0f} a second | |")
    print(f"| share of it | {100 * ours / empty:.0f} % | 25 % |")
    print(f"| readings left by a burst of {BURST} for one calendar | {marked} | 2 |")


if __name__ == "__main__":
    main()
