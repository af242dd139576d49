"""A pair's week on Google, call by call: who is asked for what, and why.

Anna types a line, Ben ticks it in the meeting, the meeting passes and the next one gets its
agenda. Besides, everybody's calendar is polled every five minutes. A poll that brings nothing
is not counted. By push, a poll that brings only what is known already is not counted either:
it asks anyway, and is counted as soon as it leads to any other call.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from core.model.calendar import CalendarId
from core.model.series import Connection
from core.ports import PushRequest
from core.service.follow import Hint, follow
from core.service.observe import Observed, sync_calendar
from core.service.task_changes import sync_tasks
from tests.acceptance.google_company import MONDAY, Company

BEN, ANNA = "ben0@example.com", "anna0@example.com"
START = MONDAY + timedelta(days=1)
POLL = timedelta(minutes=5)
SETTLED = timedelta(seconds=2)
LISTS = ("calendar.events.list", "tasks.tasks.list")
WHY = {
    "calendar.events.list": "what has changed in this calendar",
    "calendar.events.get": "the other copy, right before a write overwrites it",
    "calendar.events.patch": "the agenda into the organizer's copy",
    "tasks.tasks.list": "what has changed in this task list, or whether the task is there",
    "tasks.tasks.insert": "an action item becomes a task",
    "tasks.tasks.get": "the task, right before it is changed",
    "tasks.tasks.patch": "the task follows the agenda",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One call of the week."""

    step: str
    user: str
    method: str

    @property
    def why(self) -> str:
        """What it was for."""
        return WHY.get(self.method, "a series' next occurrences")


@dataclass(slots=True)
class Week:
    """Plays it once; `counted` is every call that is to be counted."""

    made: Company
    heard: list[dict[str, str]] | None
    """Announcements as they come; None: by polling."""
    counted: list[Counted] = field(default_factory=list)
    polls: int = 0
    """Calls of polls that are not counted."""
    marks: dict[str, Hint] = field(default_factory=dict)

    def subscribe(self, address: str) -> None:
        """Open everybody's channel."""
        for connection in self.made.connections():
            push = self.made.suite(connection.person).push
            assert push is not None
            push.subscribe(connection.calendars[0], address, ttl=timedelta(days=7))
        self.made.server.push.flush()

    def play(self) -> list[Counted]:
        """Let the week pass."""
        made = self.made
        made.to(MONDAY + timedelta(hours=2))
        self.step("Anna types a line", lambda: self.edit(
            ANNA, lambda text: text.replace("Anna0\n", "Anna0\n- Holidays\n")))  # fmt: skip
        made.to(START + timedelta(minutes=5))
        self.step("Ben ticks it in the meeting", lambda: self.edit(
            BEN, lambda text: text.replace("[ ] Holidays", "[x] Holidays")))  # fmt: skip
        made.to(START + timedelta(minutes=31))
        self.step("the meeting is over", lambda: None)
        return self.counted

    def edit(self, person: str, change: Callable[[str], str]) -> None:
        """Change the text of this week's occurrence, as a phone does."""
        self.made.server.ui.edit(person, self.occurrence, change, phone=True)

    @property
    def occurrence(self) -> str:
        """Return this week's."""
        series = next(iter(self.made.server.world.calendars.by_id[BEN].rows))
        return f"{series}_{START:%Y%m%dT%H%M%SZ}"

    def text(self, person: str) -> str:
        """Return what somebody's calendar shows of this week's occurrence."""
        found = self.made.server.world.calendars.by_id[person].find(self.occurrence)
        assert found is not None
        return str(found.fields.get("description", ""))

    def step(self, name: str, happens: Callable[[], None]) -> None:
        """Let something happen, follow it until all is quiet, and poll twice."""
        self.made.server.calls.clear()
        happens()
        self.made.act()
        self._settle(name)
        for _ in range(2):
            self.made.to(self.made.now + POLL)
            self._poll(name)
            self._settle(name)

    def _settle(self, name: str) -> None:
        self._count(name)
        self.hear()
        for _ in range(4):
            if not self._followed(name):
                return
        raise AssertionError("announcements without an end")

    def _followed(self, name: str) -> bool:
        self.follow()
        self._count(name)
        self.hear()
        return bool(self.marks)

    def follow(self) -> None:
        """Read what was announced, and do what is due, as the engine does."""
        hints = list(self.marks.values())
        self.marks.clear()
        if hints:
            self.made.to(self.made.now + SETTLED)
            for hint in hints:
                follow(self.made.services, hint, self.made.now)
        self.made.act()

    def hear(self) -> None:
        """Take what was announced meanwhile, as the web does."""
        if self.heard is None:
            return
        self.made.server.push.flush()
        arrived, self.heard[:] = list(self.heard), []
        for headers in arrived:
            for connection in self.made.connections():
                push = self.made.suite(connection.person).push
                assert push is not None
                request = PushRequest(headers=headers, query={}, body=b"")
                for calendar in push.receive(request).changed:
                    self._mark(connection, calendar)

    def _mark(self, connection: Connection, calendar: CalendarId) -> None:
        if calendar not in connection.calendars:
            return
        before = self.marks.get(calendar)
        self.marks[calendar] = Hint(
            connection=connection,
            calendar_id=calendar,
            at=before.at if before else self.made.now,
            announced=before.announced + 1 if before else 1,
        )

    def _poll(self, name: str) -> None:
        """Read every calendar, as it is done every five minutes whatever happens."""
        for connection in self.made.connections():
            calendar_id = connection.calendars[0]
            self._polled(
                name, sync_calendar(self.made.services, connection, calendar_id, self.made.now)
            )
            self._polled(name, sync_tasks(self.made.services, connection, self.made.now))
        self.made.act()

    def _polled(self, name: str, seen: Observed) -> None:
        if self.heard is None and (seen.changed or seen.removed):
            self._count(name)
        else:
            self._pass_by()

    def _pass_by(self) -> None:
        """Leave out a poll's own lists, and nothing else."""
        calls = self.made.server.calls
        self.polls += sum(call.method in LISTS for call in calls.of())
        calls.made[:] = [call for call in calls.of() if call.method not in LISTS]

    def _count(self, name: str) -> None:
        calls = self.made.server.calls
        # The clock leaps over the tokens' lives, so the stand-in refuses some: 401, not counted.
        self.counted += [
            Counted(step=name, user=str(call.user), method=call.method)
            for call in calls.of()
            if call.method != "token" and call.status != 401
        ]
        calls.clear()
