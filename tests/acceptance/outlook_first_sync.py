"""A company's first day on Microsoft 365: everybody is read and written to, by eight threads."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from core.model.series import Connection, SeriesState
from core.ports import Suite
from core.service.consent import say_yes
from core.service.run import look_at_time, observe_connection, run_action
from core.service.services import Services
from core.store import Store
from tests.acceptance.outlook_people import hired
from tests.servers.graph import GraphServer

MONDAY = datetime.fromisoformat("2026-03-16T06:00:00+00:00")
THREADS = 8
PASS = timedelta(minutes=1)
MOST_PASSES = 60


@dataclass(slots=True)
class FirstDay:
    """Pairs of which nothing is known yet; who waits, moves the stand-in's clock."""

    graph: GraphServer
    store: Store
    pairs: int
    suites: dict[str, Suite] = field(default_factory=dict)
    uids: list[tuple[str, str, datetime]] = field(default_factory=list)
    services: Services = field(init=False)
    clock: threading.Lock = field(default_factory=threading.Lock)
    before: int = 0

    def __post_init__(self) -> None:
        self.graph.clock.set(MONDAY)
        self.services = Services(
            store=self.store, suite_of=lambda c: self.suites[c.person], default_locale="en"
        )
        for number in range(self.pairs):
            ben, anna = f"ben{number}@example.com", f"anna{number}@example.com"
            for person in (ben, anna):
                self.suites[person] = hired(
                    self.graph, self.store, person, sleep=self._wait, with_tasks=True
                )
            first = datetime(2026, 3, 17 + number % 3, 8 + number % 9, 0)
            uid = self.graph.ui.create_series(
                ben, [anna], subject="1:1", first=first, body="<p>Room 7</p>"
            )
            self.uids.append((ben, uid, first))
        self.before = len(self.graph.calls)

    def _wait(self, seconds: float) -> None:
        with self.clock:
            self.graph.clock.advance(timedelta(seconds=seconds))

    def play(self) -> int:
        """Pass after pass until nothing is left to do; return how many that were."""
        with ThreadPoolExecutor(THREADS) as threads:
            for number in range(1, MOST_PASSES + 1):
                if self._pass(threads) == 0:
                    return number
                self._wait(PASS.total_seconds())
        raise AssertionError("a first day without an end")

    def _pass(self, threads: ThreadPoolExecutor) -> int:
        """Return how much is still to be done or failed."""
        now = self.graph.clock.now()
        with self.store.transaction() as tx:
            connections = tx.connections()
        troubled = sum(threads.map(self._observe(now), connections))
        with self.store.transaction() as tx:
            found = tx.all_series(SeriesState.FOUND)
            for series in found:
                say_yes(tx, series.series_id, by=series.organizer, now=now)
        look_at_time(self.services, now)
        while due := self._due(now):
            list(threads.map(lambda key: run_action(self.services, key, now), due))
        waiting = self._due(now + timedelta(hours=1))
        return troubled + len(found) + len(waiting)

    def _observe(self, now: datetime) -> Callable[[Connection], int]:
        def observed(connection: Connection) -> int:
            _, troubles = observe_connection(self.services, connection, now)
            return len(troubles)

        return observed

    def _due(self, now: datetime) -> list[Any]:
        with self.store.transaction() as tx:
            return [action.key for action in tx.due_actions(now, 10_000)]

    def came_to(self) -> dict[str, int]:
        """Return what the stand-in saw."""
        writes = Counter(
            (m.uid, m.original_start)
            for m in self.graph.all_mails
            if m.cause == "app" and m.kind == "update"
        )
        calls = self.graph.calls[self.before :]
        return {
            "mailboxes": len(self.suites),
            "requests": len(calls),
            "of them refused (429), waited for and repeated": sum(c.status == 429 for c in calls),
            "most at once in one mailbox": self.graph.state.throttle.peak,
            "agendas written": len(writes),
            "written twice": sum(times > 1 for times in writes.values()),
            "mails that somebody sees": sum(
                m.cause == "app" and m.kind == "update" for m in self.graph.mails
            ),
            "not on exactly one meeting of both": sum(map(self._is_wrong, self.uids)),
            "minutes on the stand-in's clock": round(
                (self.graph.clock.now() - MONDAY).total_seconds() / 60
            ),
        }

    def _is_wrong(self, pair: tuple[str, str, datetime]) -> bool:
        ben, uid, first = pair
        anna = ben.replace("ben", "anna")
        days = [first.date(), first.date() + timedelta(weeks=1)]
        shown = [[self._shows(who, uid, day) for day in days] for who in (ben, anna)]
        return shown != [[1, 0], [1, 0]]

    def _shows(self, person: str, uid: str, day: Any) -> int:
        return self.graph.ui.body(person, uid, day).count("▼ 1:1 agenda")


@contextmanager
def first_day(pairs: int, store: Store, **limits: int) -> Iterator[FirstDay]:
    """Furnish one; `limits` are those of the stand-in's Throttle."""
    with GraphServer() as graph:
        made = FirstDay(graph, store, pairs)
        for name, value in limits.items():
            setattr(graph.state.throttle, name, value)
        try:
            yield made
            assert graph.violations == []
        finally:
            for suite in made.suites.values():
                suite.calendar.close()  # type: ignore[attr-defined]  # Outlook's has it
