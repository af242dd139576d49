"""A company of pairs on the stand-in of Google, all connected, with a clock that is played."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from adapters.google import Delegation, GoogleSettings, build
from adapters.google.settings import ACCESS_RULES, CHAT_SPACES, EVENTS, FREE_BUSY, TASKS
from core.model.actions import ActionKind
from core.model.calendar import CalendarId
from core.model.people import Person
from core.model.series import Connection, ConnectionId, SeriesState
from core.model.tasks import TaskListId
from core.ports import Suite
from core.service.consent import say_yes
from core.service.run import look_at_time, run_due, sync_once
from core.service.services import Services
from core.store import Store
from tests.servers.google import GoogleServer

PASS = timedelta(seconds=60)
"""As often as calendars are polled by default."""
MOST_PASSES = 30
MONDAY = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
SECRET = b"calls-counted-in-tests-and-bench"


@dataclass(slots=True)
class Company:
    """People in pairs at Google: `ben0` leads `anna0`, and so on."""

    server: GoogleServer
    store: Store
    pairs: int
    team: int = 1
    """So many pairs in a row share a manager."""
    busy: bool = False
    """Everybody has other appointments around the talks as well."""
    now: datetime = MONDAY
    suites: dict[str, Suite] = field(default_factory=dict)
    services: Services = field(init=False)
    key: str = ""
    events: list[str] = field(default_factory=list)
    """Each pair's series."""

    def __post_init__(self) -> None:
        self.services = Services(
            store=self.store, suite_of=lambda c: self.suite(c.person), default_locale="en"
        )
        self.server.clock.set(MONDAY)
        self.key = self.server.service_account(EVENTS, FREE_BUSY, TASKS, CHAT_SPACES, ACCESS_RULES)
        for number in range(self.pairs):
            if number % self.team == 0:
                self._hire(self.boss_of(number))
            self._hire(f"anna{number}@example.com")
            self._invite(number)

    def boss_of(self, pair: int) -> str:
        """Return a pair's manager."""
        return f"ben{pair // self.team}@example.com"

    def start(self, pair: int) -> datetime:
        """Return when a pair meets first: a manager's pairs one after another."""
        return MONDAY + timedelta(days=1, hours=pair % self.team)

    def suite(self, person: str) -> Suite:
        """Open somebody's account; waiting only moves the clock."""
        if person not in self.suites:
            settings = GoogleSettings(
                api_root=self.server.url, token_uri=self.server.token_uri, push_secret=SECRET
            )
            self.suites[person] = build(
                settings, person, Delegation(key_file=self.key), now=self.server.clock.now,
                sleep=lambda seconds: self.server.clock.advance(timedelta(seconds=seconds)),
            )  # fmt: skip
        return self.suites[person]

    def _hire(self, person: str) -> None:
        name = person.partition("@")[0].capitalize()
        self.server.add_user(person, name)
        lists = self.server.world.tasks.lists[person]
        with self.store.transaction() as tx:
            tx.put_person(Person(address=person, name=name))
            tx.put_connection(Connection(
                connection_id=ConnectionId(f"google:{person}"), suite="google",
                person=person, calendars=(CalendarId(person),),
                task_list=TaskListId(next(iter(lists)))))  # fmt: skip

    def _invite(self, pair: int) -> None:
        self.events.append(
            self.server.ui.create(
                self.boss_of(pair),
                "1:1",
                self.start(pair),
                guests=[f"anna{pair}@example.com"],
                recurrence="FREQ=WEEKLY",
                description="Room 7",
                notify=False,
            )
        )
        if self.busy:
            for person in (self.boss_of(pair), f"anna{pair}@example.com"):
                self.appoint(person, self.start(pair) - timedelta(hours=2), "FREQ=WEEKLY")

    def appoint(self, person: str, start: datetime, recurrence: str | None = None) -> None:
        """Enter something of one's own."""
        self.server.ui.create(person, "Dentist", start, recurrence=recurrence, notify=False)

    def to(self, now: datetime) -> None:
        """Move both clocks."""
        self.now = now
        self.server.clock.set(now)

    def act(self) -> None:
        """Carry out what is due, as the engine does between two readings."""
        look_at_time(self.services, self.now)
        failed = [action for action in run_due(self.services, self.now) if action.trouble]
        assert failed == [], failed[0].trouble

    def enable(self) -> None:
        """Say yes to every series, let the first text be written, and let it settle."""
        sync_once(self.services, self.now)
        with self.store.transaction() as tx:
            for series in tx.all_series(SeriesState.FOUND):
                say_yes(tx, series.series_id, by=series.organizer, now=self.now)
        self.act()
        for _ in range(3):
            sync_once(self.services, self.now)
        self.server.calls.clear()

    def connections(self) -> list[Connection]:
        """Return everybody's connection."""
        with self.store.transaction() as tx:
            return list(tx.connections())


def first_sync(made: Company) -> dict[str, int]:
    """Read everybody for the first time and write everybody's agenda, within the quotas.

    Played on the stand-in's clock: whoever waits, in a request or for the next pass, moves it.
    """
    server, began = made.server, made.server.clock.now()
    server.calls.clear()
    for _ in range(MOST_PASSES):
        made.now = server.clock.now()
        done = sync_once(made.services, made.now)
        with made.store.transaction() as tx:
            found = tx.all_series(SeriesState.FOUND)
            for series in found:
                say_yes(tx, series.series_id, by=series.organizer, now=made.now)
        with made.store.transaction() as tx:
            due = tx.due_actions(made.now + timedelta(days=1), 10_000)
        waits = any(action.kind is ActionKind.RECONCILE for action in due)
        if not (done.troubles or found or waits):
            break
        server.clock.advance(PASS)
    patches = [c for c in server.calls.of("calendar.events.patch") if c.status == 200]
    written = Counter(call.path["eventId"] for call in patches)
    return {
        "calls of Calendar": server.calls.count("calendar.*"),
        "of them refused for quota, and repeated": sum(
            call.status in (403, 429) for call in server.calls.of()
        ),
        "agendas written": len(written),
        "written twice": sum(times > 1 for times in written.values()),
        "mails": len(server.mails.caused_by_api),
        "minutes on the stand-in's clock": round((server.clock.now() - began).total_seconds() / 60),
    }


@contextmanager
def listening() -> Iterator[tuple[str, list[dict[str, str]]]]:
    """Serve an address for push channels; yield it with the headers of each announcement."""
    heard: list[dict[str, str]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            heard.append(dict(self.headers))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Stay quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=lambda: server.serve_forever(0.02), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/hooks/google", heard
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
