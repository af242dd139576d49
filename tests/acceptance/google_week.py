"""Pairs' weeks on Google, call by call: who is asked for what, and why.

Each week each report types a line, the manager ticks it in the meeting, the meeting passes and
the next one gets its agenda. Besides, calendars and task lists are polled, push channels are
renewed, and who reads a calendar is looked up. Every call is counted but for the polls, every
five minutes, that bring nothing of a talk, and for listings out of turn that bring nothing of one
either: each of those takes the place of the next poll, which `left_out` counts. By push there is
one more exception, which `echoes` counts: a poll that brings what is known already.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from core.model.calendar import CalendarId
from core.model.series import Connection
from core.ports import PushRequest
from core.service.follow import Hint, follow
from core.service.run import observe_connection
from tests.acceptance.google_company import MONDAY, Company
from tests.servers.google.call_log import Made
from webhook_app.hooks.subscriptions import Upkeep
from webhook_app.wiring import App

BEN, ANNA = "ben0@example.com", "anna0@example.com"
START = MONDAY + timedelta(days=1)
WEEK = timedelta(days=7)
POLL = timedelta(minutes=5)
SETTLED = timedelta(seconds=2)
LISTS = ("calendar.events.list", "tasks.tasks.list")
WHY = {
    "calendar.events.list": "what has changed in this calendar",
    "calendar.events.list around": "what else lies around the talks of eight weeks",
    "calendar.events.patch": "the agenda into the organizer's copy",
    "calendar.events.watch": "the push channel, shortly before its end",
    "calendar.acl.list": "who else reads this calendar",
    "tasks.tasks.list": "what has changed in this task list, or whether the task is there",
    "tasks.tasks.insert": "an action item becomes a task",
    "tasks.tasks.get": "the task, right before it is changed",
    "tasks.tasks.patch": "the task follows the agenda",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One call that is counted."""

    step: str
    user: str
    method: str

    @property
    def why(self) -> str:
        """What it was for."""
        return WHY.get(self.method, "a series' next occurrences")


@dataclass(slots=True)
class Week:
    """Plays weeks; `counted` is every call that is to be counted."""

    made: Company
    heard: list[dict[str, str]] | None = None
    """Announcements as they come; None: by polling."""
    upkeep: Upkeep | None = None
    """What opens and renews channels."""
    counted: list[Counted] = field(default_factory=list)
    out_of_turn: int = 0
    """Listings between two polls that brought nothing of a talk ..."""
    left_out: int = 0
    """... and polls that were left out, because the calendar had just been listed."""
    echoes: int = 0
    """By push: polls that brought only what was read or written already."""
    marks: dict[str, Hint] = field(default_factory=dict)
    number: int = 0
    """Of the week that is played."""

    def subscribe(self, app: App, address: str) -> None:
        """Open everybody's channel, as `serve` does."""
        settings = replace(app.settings, public_url=address, push="on")
        self.upkeep = Upkeep(
            replace(app, services=self.made.services, settings=settings, store=self.made.store),
            lambda: self.made.now,
        )
        self.upkeep.round()
        self.made.server.push.flush()
        self.made.server.calls.clear()

    def play(self, weeks: int = 1) -> list[Counted]:
        """Let weeks pass."""
        for _ in range(weeks):
            self._types()
            self._meets()
            self.number += 1
            self._passes(MONDAY + self.number * WEEK)
            self._poll("upkeep")
            self._settle("upkeep")
        return self.counted

    def _types(self) -> None:
        monday = MONDAY + self.number * WEEK + timedelta(hours=2)
        for pair in range(self.made.pairs):
            self._passes(monday + pair * timedelta(hours=1))
            if self.made.busy:
                self.step("something else", lambda pair=pair: self._appoint(pair), pair)  # type: ignore[misc]  # bound now
            name = f"Anna{pair}"
            self.step("a line is typed", lambda pair=pair, name=name: self.edit(  # type: ignore[misc]  # bound now
                f"anna{pair}@example.com",
                lambda text: text.replace(f"{name}\n", f"{name}\n- Holidays {self.number}\n"),
            ), pair)  # fmt: skip

    def _meets(self) -> None:
        for pair in range(self.made.pairs):
            start = self.start(pair)
            self._passes(start + timedelta(minutes=5))
            self.step("it is ticked in the meeting", lambda pair=pair: self.edit(  # type: ignore[misc]  # bound now
                self.made.boss_of(pair), lambda text: text.replace("[ ] Holidays", "[x] Holidays"),
                pair,
            ), pair)  # fmt: skip
            self._passes(start + timedelta(minutes=31))
            self.step("the meeting is over", lambda: None, pair)

    def _appoint(self, pair: int) -> None:
        for person in (self.made.boss_of(pair), f"anna{pair}@example.com"):
            self.made.appoint(person, self.start(pair) + timedelta(hours=1))

    def start(self, pair: int) -> datetime:
        """Return when a pair meets this week."""
        return self.made.start(pair) + self.number * WEEK

    def edit(self, person: str, change: Callable[[str], str], pair: int | None = None) -> None:
        """Change the text of this week's occurrence, as a phone does."""
        number = int("".join(filter(str.isdigit, person))) if pair is None else pair
        self.made.server.ui.edit(person, self.occurrence(number), change, phone=True)

    def occurrence(self, pair: int = 0) -> str:
        """Return this week's."""
        return f"{self.made.events[pair]}_{self.start(pair):%Y%m%dT%H%M%SZ}"

    def text(self, person: str, pair: int = 0) -> str:
        """Return what somebody's calendar shows of this week's occurrence."""
        found = self.made.server.world.calendars.by_id[person].find(self.occurrence(pair))
        assert found is not None
        return str(found.fields.get("description", ""))

    def _passes(self, until: datetime) -> None:
        """Let time pass in which nobody does anything: its polls bring nothing, so few are played.

        Channels are looked after before, so that this poll finds what is no call of its own.
        """
        while self.made.now < until:
            self.made.to(min(until, self.made.now + timedelta(hours=1)))
            if self.upkeep is not None:
                self.upkeep.round()
        self._take("upkeep")

    def step(self, name: str, happens: Callable[[], None], pair: int | None = None) -> None:
        """Let something happen, follow it until all is quiet, and poll twice.

        Where it concerns one pair, only those two are polled: the others' calendars are quiet.
        """
        self._take("upkeep")
        happens()
        self.made.act()
        self._settle(name)
        for _ in range(2):
            self.made.to(self.made.now + POLL - (self.made.now - MONDAY) % POLL)
            self._poll(name, pair)
            self._settle(name)

    def _settle(self, name: str) -> None:
        self._take(name)
        self.hear()
        for _ in range(4):
            if not self._followed(name):
                return
        raise AssertionError("announcements without an end")

    def _followed(self, name: str) -> bool:
        self.follow()
        self._take(name)
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

    def _poll(self, name: str, pair: int | None = None) -> None:
        """Read calendars and task lists, as it is done whatever happens."""
        both = (self.made.boss_of(pair), f"anna{pair}@example.com") if pair is not None else ()
        for connection in self.made.connections():
            if both and connection.person not in both:
                continue
            seen, troubles = observe_connection(
                self.made.services, connection, self.made.now, every=POLL
            )
            assert troubles == []
            self.left_out += len(connection.calendars) - len(seen)
        self._take(name, polled=True)
        self.made.act()

    def _take(self, name: str, *, polled: bool = False) -> None:
        """Count what was called since the last time."""
        calls = self.made.server.calls
        for call in calls.of():
            # The clock leaps over the tokens' lives, so the stand-in refuses some: 401.
            if call.method == "token" or call.status == 401:
                continue
            if call.method in LISTS and polled and self._is_known(call):
                self.echoes += bool(call.brought)
            elif call.method == "calendar.events.list" and self._is_turn(call):
                self.out_of_turn += 1
            else:
                method = call.method + " around" * ("timeMax" in call.query)
                self.counted.append(Counted(step=name, user=str(call.user), method=method))
        calls.clear()

    def _is_known(self, call: Made) -> bool:
        return self.heard is not None or not call.brought or self._is_turn(call)

    def _is_turn(self, call: Made) -> bool:
        """Tell whether it asked what a poll asks, and nothing of a talk came of it."""
        return "syncToken" in call.query and not set(call.brought) & set(self.made.events)
