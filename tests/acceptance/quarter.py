"""A quarter in a company on Microsoft 365: pairs, random edits, pushes, and what it all costs."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from html import escape
from typing import Any

from adapters.outlook.calendar_id import calendar_id_of
from core.memory.store import MemoryStore
from core.model.calendar import Cursor
from core.model.series import ConnectionId, Series, SeriesId
from core.ports import PushRequest, Subscription, Suite
from core.service.consent import say_yes
from core.service.edit import add_point
from core.service.follow import Hint, follow
from core.service.plans import NEXT_PLAN, PLANNER
from core.service.run import look_at_time, observe_connection, run_due, sync_once
from core.service.services import Services
from tests.acceptance.outlook_people import hired
from tests.servers.graph import GraphServer
from tests.servers.test_graph_server.receiver import Receiver, receiving

MONDAY = datetime.fromisoformat("2026-03-16T06:00:00+00:00")
"""Europe changes its clocks two weeks later."""
RENEWED = timedelta(days=6, hours=21, minutes=45)
"""How long a subscription serves: two hours less than it lives, as `webhook_app.hooks` has it."""


@dataclass(slots=True)
class Quarter:
    """The company, played by one seed."""

    graph: GraphServer
    receiver: Receiver
    pairs: int
    weeks: int
    seed: int = 1
    reports: int = 5
    """Of one manager."""
    now: datetime = MONDAY
    store: MemoryStore = field(default_factory=MemoryStore)
    suites: dict[str, Suite] = field(default_factory=dict)
    subscriptions: dict[str, Subscription] = field(default_factory=dict)
    uids: dict[str, str] = field(default_factory=dict)
    """Report's address -> UID of the pair's series."""
    typed: dict[str, list[str]] = field(default_factory=dict)
    """Report's address -> every line somebody typed or asked for."""
    services: Services = field(init=False)
    random: random.Random = field(init=False)
    calls_before: int = 0
    polls: list[Any] = field(default_factory=list)
    """Calls of polls that brought nothing new."""
    echoes: int = 0
    """Those of them that brought what we had written ourselves."""

    def __post_init__(self) -> None:
        self.random = random.Random(self.seed)
        self.services = Services(store=self.store, suite_of=lambda c: self.suites[c.person])

    # --- the company ---

    def furnish(self) -> None:
        """Hire everybody, hold the first meetings, connect, say yes, subscribe."""
        self.graph.clock.set(self.now)
        with self.store.transaction() as tx:
            # Rules write nothing here and have a year of their own (webhook_app/simulation).
            end = self.now + timedelta(weeks=self.weeks + 1)
            tx.put_cursor(PLANNER, NEXT_PLAN, Cursor(end.isoformat()))
        for number in range(self.pairs):
            manager, report = self.people(number)
            for person in (manager, report):
                if person not in self.suites:
                    self._hire(person)
            start = self._start(number)
            self.uids[report] = self.graph.ui.create_series(
                manager, [report], subject=f"1:1 {number}", first=start, body="<p>Room 2</p>"
            )
            self.typed[report] = []
        assert sync_once(self.services, self.now).troubles == ()
        with self.store.transaction() as tx:
            for report, uid in self.uids.items():
                series = tx.series_by_uid(uid)
                assert series is not None, report
                say_yes(tx, series.series_id, by=None, now=self.now)
        self._do()
        for person, suite in self.suites.items():
            assert suite.push is not None
            self.subscriptions[person] = suite.push.subscribe(
                calendar_id_of(person), self.receiver.url, ttl=timedelta(days=7)
            )
        self._settle()
        self.calls_before = len(self.graph.calls)

    def people(self, number: int) -> tuple[str, str]:
        """Return manager and report of a pair."""
        return f"m{number // self.reports}@example.com", f"r{number}@example.com"

    def _start(self, number: int) -> datetime:
        day, hour = number % 5, 9 + number % 7
        return datetime(2026, 3, 16 + day, hour, 0) + timedelta(minutes=30 * (number // 35 % 2))

    def _hire(self, person: str) -> None:
        self.suites[person] = hired(self.graph, self.store, person, sleep=lambda _seconds: None)

    # --- time ---

    def play(self) -> None:
        """Let the weeks pass: what people do, and what time alone asks for, in its order."""
        plan = sorted(self._plan(), key=lambda event: event[0])
        end = MONDAY + timedelta(weeks=self.weeks)
        while self.now < end:
            due = min((s.look_again for s in self.series() if s.look_again), default=end)
            at = min(plan[0][0] if plan else end, max(due, self.now), end)
            self._to(at)
            while plan and plan[0][0] <= at:
                _, number, what = plan.pop(0)
                self._act(number, what)
            self._settle()

    def _plan(self) -> Iterator[tuple[datetime, int, str]]:
        kinds = ("report types", "manager types", "page", "report types", "late", "very late")
        for number in range(self.pairs):
            for week in range(self.weeks):
                start = self._start(number) + timedelta(weeks=week)
                utc = self.graph.ui.view(
                    self.people(number)[0], self.uids[self.people(number)[1]], start.date()
                ).start
                for kind in self.random.sample(kinds, self.random.randint(0, 3)):
                    before = {
                        "late": timedelta(minutes=self.random.randint(1, 45)),
                        "very late": timedelta(minutes=-self.random.randint(1, 25)),
                    }.get(kind, timedelta(minutes=self.random.randint(60, 5 * 24 * 60)))
                    if utc - before > MONDAY + timedelta(minutes=5):
                        yield utc - before, number, kind
                for kind, often in (("move", 0.08), ("cancel", 0.05)):
                    if self.random.random() < often:
                        yield utc - timedelta(hours=self.random.randint(3, 40)), number, kind
            if number == 0:
                for day in range(3, self.weeks * 7, 7):
                    yield MONDAY + timedelta(days=day, minutes=4), number, "poll"
            for time in range(1, self.weeks + 1):
                yield MONDAY + time * RENEWED, number, "renew"

    def _to(self, at: datetime) -> None:
        self.now = max(at, self.now)
        self.graph.clock.set(self.now)

    def _settle(self) -> None:
        """Follow pushes until there are none, and do what is due."""
        self._do()
        for _ in range(6):
            self.graph.deliver()
            marked = self._marked()
            if not marked:
                return
            self._to(self.now + timedelta(seconds=2))
            for hint in marked:
                follow(self.services, hint, self.now)
            self._do()

    def _do(self) -> None:
        look_at_time(self.services, self.now)
        failed = [action for action in run_due(self.services, self.now) if action.trouble]
        assert failed == [], failed[0].trouble

    def _marked(self) -> list[Hint]:
        """Return what was announced, in the order in which it came."""
        found: Counter[str] = Counter()
        batches, self.receiver.pushed[:] = list(self.receiver.pushed), []
        for item in (item for items in batches for item in items):
            body = json.dumps({"value": [item]}).encode()
            for person, suite in self.suites.items():
                assert suite.push is not None
                if suite.push.receive(PushRequest(headers={}, query={}, body=body)).changed:
                    found[person] += 1
        return [self._hint(person, announced) for person, announced in found.items()]

    def _hint(self, person: str, announced: int) -> Hint:
        with self.store.transaction() as tx:
            connection = tx.connection(ConnectionId(person))
        assert connection is not None
        return Hint(
            connection=connection,
            calendar_id=calendar_id_of(person),
            at=self.now,
            announced=announced,
        )

    def series(self) -> list[Series]:
        """Return every series."""
        with self.store.transaction() as tx:
            return list(tx.all_series())

    # --- what people do ---

    def _act(self, number: int, what: str) -> None:
        manager, report = self.people(number)
        if what == "poll":
            self._poll()
            return
        if what == "renew":
            self._renew(manager if number % self.reports == 0 else "", report)
            return
        uid, series_id, day = self.uids[report], self.series_id(report), self._day(report)
        if day is None:
            return
        words = f"w{number}-{len(self.typed[report])}-{self.random.randint(0, 10**6)}"
        if what == "page":
            add_point(self.services, series_id, words, by=report, now=self.now)
            self.typed[report].append(words)
        elif what == "move":
            view = self.graph.ui.view(manager, uid, day)
            self.graph.ui.move(manager, uid, day, view.start + timedelta(hours=4))
        elif what == "cancel":
            self.graph.ui.cancel(manager, uid, day)
        else:
            who = manager if what == "manager types" else report
            if self._type(who, uid, day, words):
                self.typed[report].append(words)

    def _poll(self) -> None:
        """Read every mailbox, as is done every few minutes: it also finds what hid in an echo."""
        for person in self.suites:
            with self.store.transaction() as tx:
                connection = tx.connection(ConnectionId(person))
            assert connection is not None
            before, said = len(self.graph.calls), self._said()
            ((_, seen),), troubles = observe_connection(
                self.services, connection, self.now, with_tasks=False
            )
            assert not troubles, troubles[0].text
            self._do()
            if self._said() == said:
                calls = [c for c in self.graph.calls[before:] if "delta" in c.path]
                self.polls += calls
                self.echoes += len(calls) if seen.changed else 0

    def _said(self) -> list[Any]:
        """Return what every open agenda says."""
        with self.store.transaction() as tx:
            sheets = [tx.open_sheet(series.series_id) for series in tx.all_series()]
        return [sheet.agenda for sheet in sheets if sheet is not None]

    def _renew(self, *people: str) -> None:
        for person in filter(None, people):
            push = self.suites[person].push
            assert push is not None
            self.subscriptions[person] = push.renew(
                self.subscriptions[person], ttl=timedelta(days=7)
            )

    def _type(self, person: str, uid: str, day: date, words: str) -> bool:
        body = self.graph.ui.body(person, uid, day)
        heading = f"<b>{person.partition('@')[0].upper()}</b><br>"
        if heading not in body:
            return False
        line = f"{heading}- {escape(words)}<br>"
        self.graph.ui.edit_body(person, uid, day, body.replace(heading, line, 1))
        return True

    def series_id(self, report: str) -> SeriesId:
        """Return the series of one report."""
        with self.store.transaction() as tx:
            series = tx.series_by_uid(self.uids[report])
        assert series is not None
        return series.series_id

    def _day(self, report: str) -> date | None:
        with self.store.transaction() as tx:
            sheet = tx.open_sheet(self.series_id(report))
        place = sheet.place if sheet else None
        return place.original_start.date() if place and place.original_start else None


@contextmanager
def quarter(
    pairs: int, weeks: int, seed: int = 1, *, reports: int = 5, play: bool = True
) -> Iterator[Quarter]:
    """Furnish one and play it; everything is still there inside the block."""
    with GraphServer() as graph, receiving() as receiver:
        made = Quarter(
            graph=graph, receiver=receiver, pairs=pairs, weeks=weeks, seed=seed, reports=reports
        )
        try:
            made.furnish()
            if play:
                made.play()
            yield made
        finally:
            for suite in made.suites.values():
                suite.calendar.close()  # type: ignore[attr-defined]  # Outlook's has it
