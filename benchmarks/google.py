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
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

# ruff: noqa: E402
# In place of this folder, in which this very file would stand for Google's own packages.
sys.path[0] = str(Path(__file__).resolve().parent.parent)

from adapters.google import Delegation, GoogleSettings, build
from adapters.google.settings import CHAT_SPACES, EVENTS, FREE_BUSY, TASKS
from core.model.actions import ActionKind
from core.model.calendar import CalendarId
from core.model.people import Person
from core.model.series import Connection, ConnectionId, SeriesState
from core.model.tasks import TaskListId
from core.ports import Suite
from core.service.consent import say_yes
from core.service.observe import sync_calendar
from core.service.run import look_at_time, observe_connection, run_due, sync_once
from core.service.services import Services
from core.store import Store
from tests.servers.google import GoogleServer
from webhook_app.config import Settings
from webhook_app.wiring import open_app

MONDAY = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
READS = ("calendar.events.list", "tasks.tasks.list")
UNCOUNTED = ("token", *READS)
"""Listings that bring nothing are not counted, the others by hand."""


@dataclass(slots=True)
class Company:
    """People in pairs at Google, all connected."""

    server: GoogleServer
    store: Store
    services: Services
    now: datetime

    def to(self, now: datetime) -> None:
        """Move both clocks."""
        self.now = now
        self.server.clock.set(now)

    def act(self) -> None:
        """Carry out what is due, as the engine does between two readings."""
        look_at_time(self.services, self.now)
        run_due(self.services, self.now)


def fresh_store() -> Store:
    """Return a database of its own, on disk like a real one."""
    folder = Path(tempfile.mkdtemp(prefix="vieraugen-bench-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return open_app(Settings(data=folder / "data"), make=True).store


def company(server: GoogleServer, pairs: int) -> Company:
    """Furnish calendars with a weekly each, and connect everybody."""
    server.clock.set(MONDAY)
    key = server.service_account(EVENTS, FREE_BUSY, TASKS, CHAT_SPACES)
    store, open_suites = fresh_store(), dict[str, Suite]()
    settings = GoogleSettings(api_root=server.url, token_uri=server.token_uri)

    def suite_of(connection: Connection) -> Suite:
        person = connection.person
        if person not in open_suites:
            open_suites[person] = build(
                settings, person, Delegation(key_file=key), now=server.clock.now,
                sleep=lambda seconds: server.clock.advance(timedelta(seconds=seconds)),
            )  # fmt: skip
        return open_suites[person]

    made = Company(
        server=server,
        store=store,
        services=Services(store=store, suite_of=suite_of, default_locale="en"),
        now=MONDAY,
    )
    for number in range(pairs):
        ben, anna = f"ben{number}@example.com", f"anna{number}@example.com"
        for address in (ben, anna):
            server.add_user(address, address.partition("@")[0].capitalize())
        server.ui.create(ben, "1:1", MONDAY + timedelta(days=1), guests=[anna],
                         recurrence="FREQ=WEEKLY", description="Room 7", notify=False)  # fmt: skip
        for address in (ben, anna):
            lists = server.world.tasks.lists[address]
            with store.transaction() as tx:
                tx.put_person(Person(address=address, name=address.partition("@")[0].capitalize()))
                tx.put_connection(Connection(
                    connection_id=ConnectionId(f"google:{address}"), suite="google",
                    person=address, calendars=(CalendarId(address),),
                    task_list=TaskListId(next(iter(lists)))))  # fmt: skip
    return made


def enable(made: Company) -> None:
    """Say yes to every series, and let the first text be written."""
    sync_once(made.services, made.now)
    with made.store.transaction() as tx:
        for series in tx.all_series(SeriesState.FOUND):
            say_yes(tx, series.series_id, by=series.organizer, now=made.now)
    made.act()
    for _ in range(3):
        sync_once(made.services, made.now)


def quiet_poll(made: Company) -> float:
    """Return calls a calendar in a pass in which nothing changed."""
    made.server.calls.clear()
    with made.store.transaction() as tx:
        connections = tx.connections()
    for connection in connections:
        for calendar in connection.calendars:
            sync_calendar(made.services, connection, calendar, made.now)
    return made.server.calls.count("calendar.*") / len(connections)


def week(made: Company, *, push: bool) -> Counter[str]:
    """Play one pair's week: a line of Anna's, Ben's tick, the meeting; count what it took.

    With polling each change is found by a pass over both people; calls of a pass that found
    nothing are not counted. With push only the calendars that changed are read.
    """
    counted: Counter[str] = Counter()
    ben, anna = "ben0@example.com", "anna0@example.com"
    series = next(iter(made.server.world.calendars.by_id[ben].rows))
    start = MONDAY + timedelta(days=1)
    occurrence = f"{series}_{start:%Y%m%dT%H%M%SZ}"

    def settle() -> None:
        for _ in range(6):
            made.server.calls.clear()
            before, told = _revision(made), _changed(made, (ben, anna))
            if push:
                _follow(made, (ben, anna))
            else:
                with made.store.transaction() as tx:
                    connections = tx.connections()
                for connection in connections:
                    observe_connection(made.services, connection, made.now)
            made.act()
            quiet = all(c.method in READS for c in made.server.calls.of())
            if quiet and _revision(made) == before:
                return
            counted.update(c.method for c in made.server.calls.of() if c.method not in UNCOUNTED)
            counted["calendar.events.list"] += told

    _changed(made, (ben, anna))
    made.to(MONDAY + timedelta(hours=2))
    made.server.ui.edit(anna, occurrence, lambda t: t.replace("Anna0\n", "Anna0\n- Holidays\n"),
                        phone=True)  # fmt: skip
    settle()
    made.to(start + timedelta(minutes=20))
    made.server.ui.edit(ben, occurrence, lambda t: t.replace("[ ] Holidays", "[x] Holidays"),
                        phone=True)  # fmt: skip
    settle()
    made.to(start + timedelta(minutes=31))
    settle()
    return counted


def _changed(made: Company, people: tuple[str, ...]) -> int:
    """How many calendars have something that was not read yet."""
    now = _stamps(made, people)
    before = SEEN.get(id(made), {})
    SEEN[id(made)] = now
    return sum(1 for person in people if now[person] != before.get(person))


SEEN: dict[int, dict[str, str]] = {}


def _stamps(made: Company, people: tuple[str, ...]) -> dict[str, str]:
    calendars = made.server.world.calendars.by_id
    return {p: str([row.fields for row in calendars[p].rows.values()]) for p in people}


def _revision(made: Company) -> int:
    return made.server.world.calendars.changes


def _follow(made: Company, people: tuple[str, ...]) -> None:
    """Read the calendars that a push would have named: those with something behind the cursor."""
    for address in people:
        with made.store.transaction() as tx:
            connection = tx.connection(ConnectionId(f"google:{address}"))
        assert connection is not None
        sync_calendar(made.services, connection, CalendarId(address), made.now)


def first_sync(made: Company) -> dict[str, object]:
    """Read everybody for the first time and write everybody's agenda, within the quotas."""
    made.server.calls.clear()
    began, began_at = made.server.clock.now(), time.monotonic()
    for _ in range(50):
        made.now = made.server.clock.now()
        done = sync_once(made.services, made.now)
        with made.store.transaction() as tx:
            for series in tx.all_series(SeriesState.FOUND):
                say_yes(tx, series.series_id, by=series.organizer, now=made.now)
        with made.store.transaction() as tx:
            due = tx.due_actions(made.now + timedelta(hours=2), 10_000)
        if not done.troubles and not any(a.kind is ActionKind.RECONCILE for a in due):
            break
        made.server.clock.advance(timedelta(seconds=5))
    patches = made.server.calls.of("calendar.events.patch")
    written = Counter(c.path["eventId"] for c in patches if c.status == 200)
    refused = sum(1 for c in made.server.calls.of() if c.status in (403, 429))
    return {
        "calls": made.server.calls.count("calendar.*"),
        "refused for quota, and repeated": refused,
        "agendas written": len(written),
        "written twice": sum(1 for n in written.values() if n > 1),
        "minutes on Google's clock": round((made.server.clock.now() - began).total_seconds() / 60),
        "seconds": f"{time.monotonic() - began_at:.0f}",
    }


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
    for push in (True, False):
        with GoogleServer() as server:
            made = company(server, 1)
            enable(made)
            poll = quiet_poll(made)
            counted = week(made, push=push)
            mails = len(server.mails.caused_by_api)
        name = "push" if push else "polling"
        print(f"| a pair's week by {name} | {sum(counted.values())} | {dict(counted)} |")
        print(f"| a quiet poll | {poll:g} a calendar | mails {mails} |", flush=True)
    with GoogleServer() as server:
        made = company(server, 8)
        print(f"| eight threads | {threads(made, options.calls)} |", flush=True)
    with GoogleServer() as server:
        made = company(server, options.pairs)
        server.quotas.calendar_project_per_minute = options.quota
        print(f"| first sync of {options.pairs} pairs | {first_sync(made)} |")
        print(f"| mails caused | {len(server.mails.caused_by_api)} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
