"""Pushes are kept before they are answered, worked off together, and never lost."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from core.errors import AccountDisconnected, OneOnOneError, Unavailable
from core.model.calendar import CalendarEvent, CalendarId, Cursor
from core.model.received import Received, ReceivedKind, ReceivedState
from core.model.series import Connection, ConnectionId
from core.ports import CalendarFeature, ChangePage
from tests.webhook_app import hook_program
from tests.webhook_app.cards_app import NOW, cards_app
from webhook_app.config import Settings
from webhook_app.hooks.inbox import AGAIN, work_off
from webhook_app.hooks.rows import SETTLE, calendar_push
from webhook_app.hooks.subscriptions import sign_of
from webhook_app.hooks.together import Together
from webhook_app.wiring import App, open_app

BEN_ID, CALENDAR = ConnectionId("google:ben@example.com"), CalendarId("ben@example.com")
ROOT = Path(__file__).parents[2]


@dataclass(slots=True)
class Calendar:
    """A calendar in which nothing has changed; it counts its readings, or fails."""

    features: CalendarFeature = CalendarFeature.COPIES
    read: int = 0
    error: OneOnOneError | None = None
    while_read: Callable[[], None] = lambda: None

    def changes(self, _calendar: CalendarId, since: Cursor | None) -> ChangePage[CalendarEvent]:
        self.read += 1
        self.while_read()
        if self.error:
            raise self.error
        return ChangePage(changed=(), removed=(), cursor=since or Cursor("1"))


@dataclass(frozen=True, slots=True)
class Read:
    calendar: Calendar


def with_calendar(app: App, calendar: Calendar) -> App:
    suite = Read(calendar=calendar)
    services = replace(app.services, suite_of=lambda _connection: suite)  # type: ignore[arg-type,return-value]
    return replace(app, services=services)


def connect(app: App) -> None:
    with app.store.transaction() as tx:
        tx.put_connection(
            Connection(
                connection_id=BEN_ID,
                suite="google",
                person="ben@example.com",
                calendars=(CALENDAR,),
            )
        )


@pytest.fixture
def app(tmp_path: Path) -> Iterator[App]:
    made = cards_app(tmp_path / "data")
    connect(made)
    yield made
    made.close()


def push(app: App, at: datetime = NOW, number: str = "") -> None:
    with app.store.transaction() as tx:
        tx.receive(calendar_push("google", BEN_ID, CALENDAR, at, source_id=number))


def rows(app: App) -> list[Received]:
    with app.store.transaction() as tx:
        return list(tx.all_received())


def states(app: App) -> list[str]:
    return [row.state.value for row in rows(app)]


def test_kill_9_after_the_answer_loses_no_push(tmp_path: Path) -> None:
    folder, answered = tmp_path / "data", []
    made = open_app(Settings(data=folder), make=True)
    connect(made)
    made.close()
    program = subprocess.Popen(
        [sys.executable, hook_program.__file__, str(folder)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert program.stdout is not None
    port = int(program.stdout.readline().split()[0])

    def send(first: int) -> None:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        for number in range(first, first + 200):
            try:
                line.request(
                    "POST",
                    f"/hooks/google?c={sign_of(BEN_ID)}",
                    b"{}",
                    {"X-Number": str(number // 2)},
                )
                reply = line.getresponse()
                reply.read()
            except (OSError, http.client.HTTPException):
                return
            if reply.status == 202:
                answered.append(str(number // 2))
            if len(answered) > 60:
                program.send_signal(signal.SIGKILL)

    threads = [threading.Thread(target=send, args=(n * 1000,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    program.wait(10)
    program.stdout.close()

    again = open_app(Settings(data=folder))
    calendar = Calendar()
    kept = [row.source_id for row in rows(again)]
    assert len(answered) > 60
    assert set(answered) <= set(kept)
    assert len(kept) == len(set(kept))
    work_off(with_calendar(again, calendar), datetime.now().astimezone() + SETTLE)
    assert calendar.read == 1
    assert set(states(again)) == {"done"}
    again.close()


def test_a_burst_is_one_reading_and_what_comes_meanwhile_is_another(app: App) -> None:
    for number in range(50):
        push(app, number=str(number))
    calendar = Calendar()
    calendar.while_read = lambda: push(app, NOW + SETTLE, str(1000 + calendar.read))
    known = with_calendar(app, calendar)

    work_off(known, NOW + SETTLE)

    assert calendar.read == 1
    assert states(app) == ["done"] * 50 + ["waiting"]
    calendar.while_read = lambda: None
    work_off(known, NOW + 2 * SETTLE)
    assert calendar.read == 2
    assert set(states(app)) == {"done"}


def test_the_same_number_again_is_the_same_push(app: App) -> None:
    for _ in range(3):
        push(app, number="7")

    assert len(rows(app)) == 1


def test_what_fails_is_tried_again_and_given_up_loudly(app: App) -> None:
    push(app)
    calendar = Calendar(error=Unavailable("the server does not answer"))
    known, now = with_calendar(app, calendar), NOW + SETTLE

    for wait in AGAIN:
        work_off(known, now)
        work_off(known, now + wait - timedelta(seconds=1))
        now += wait
    assert states(app) == ["waiting"]
    work_off(known, now)

    (row,) = rows(app)
    assert calendar.read == len(AGAIN) + 1
    assert (row.state, row.trouble) == (ReceivedState.FAILED, "the server does not answer")


@pytest.mark.parametrize("error", [AccountDisconnected("connect again"), None])
def test_what_cannot_get_better_fails_at_once(app: App, error: OneOnOneError | None) -> None:
    push(app)
    if error is None:
        with app.store.transaction() as tx:
            known = tx.connection(BEN_ID)
            assert known is not None
            tx.put_connection(replace(known, calendars=()))

    work_off(with_calendar(app, Calendar(error=error)), NOW + SETTLE)

    assert states(app) == ["failed"]


def test_a_defect_of_ours_stops_no_other_lane(app: App) -> None:
    push(app)
    with app.store.transaction() as tx:
        row = tx.all_received()[0]
        tx.receive(replace(row, received_id="x", lane="broken", kind=ReceivedKind.CALENDAR))
    calendar = Calendar()

    work_off(with_calendar(app, calendar), NOW + SETTLE)

    assert calendar.read == 1
    assert sorted(states(app)) == ["done", "waiting"]
    assert "JSONDecodeError" in rows(app)[1].trouble


def test_writes_at_the_same_time_share_a_commit_and_its_failure(app: App) -> None:
    together, inside, begun = Together(app.store), threading.Event(), threading.Event()
    errors: list[str] = []

    def slow(_tx: object) -> None:
        inside.set()
        begun.wait(5)

    def broken(_tx: object) -> None:
        raise Unavailable("disk full")

    def keep(also: Callable[[object], None] | None, *pushes: Received) -> None:
        try:
            together.keep(pushes, also)
        except Unavailable as err:
            errors.append(str(err))

    first = threading.Thread(target=keep, args=(slow,))
    first.start()
    assert inside.wait(5)
    others = [
        threading.Thread(target=keep, args=args)
        for args in ((broken,), (None, calendar_push("g", BEN_ID, CALENDAR, NOW)))
    ]
    for thread in others:
        thread.start()
    while len(together._handed) < 2:
        threading.Event().wait(0.005)
    begun.set()
    for thread in (first, *others):
        thread.join()

    assert errors == ["disk full", "disk full"]
    assert rows(app) == []
