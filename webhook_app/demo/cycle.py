"""One whole cycle, step by step, each checked: what `demo --check` and the tests play."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from html import unescape
from typing import TypeVar
from zoneinfo import ZoneInfo

from core.errors import UnexpectedResponse
from core.model.agenda import Agenda, ItemState
from core.model.series import Place
from core.service.account import account
from core.service.consent import say_yes
from core.service.preview import preview
from core.service.run import Pass, sync_once
from webhook_app.demo.people import ACTORS, ZONE
from webhook_app.demo.scene import Play
from webhook_app.jobs.clock import utc_now
from webhook_app.web import create_app

T = TypeVar("T")
Sync = Callable[[datetime], Pass]
WEEK = timedelta(days=7)


@dataclass(slots=True)
class Cycle:
    """The 1:1 of Anna and Ben, from the invitation to carry-over."""

    stage: Play
    now: datetime
    sync: Sync
    """Does a whole pass at that time."""
    addresses: Mapping[str, str] = field(
        default_factory=lambda: {a.login: a.person.address for a in ACTORS}
    )
    """By login."""

    def steps(self) -> Iterator[str]:
        """Do one step after the other; say what was shown."""
        yield self.nothing_before_a_yes()
        yield self.preview_shows_the_text()
        yield self.block_in_the_next_occurrence_only()
        yield self.both_edit()
        yield self.promise_becomes_a_task()
        yield self.done_in_the_task_tool()
        yield self.carried_over()
        yield self.nothing_changed_nothing_written()

    # --- what people see ---

    def place(self) -> Place:
        """Return the occurrence that holds the agenda."""
        series_id = self.stage.series_of("anna").series_id
        with self.stage.app.store.transaction() as tx:
            sheet = tx.open_sheet(series_id)
        return present(sheet.place if sheet else None, "the agenda stands in an occurrence")

    def start(self) -> datetime:
        """Return the original start of that occurrence."""
        return present(self.place().original_start, "the occurrence belongs to a series")

    def notes(self, start: datetime) -> str:
        """Return what Anna's phone shows for an occurrence."""
        return self.stage.desk("anna").notes("anna", start)

    def page(self, login: str) -> str:
        """Return what somebody's page of the pair shows."""
        app, now = self.stage.app, utc_now()
        link = app.links.page_of(self.addresses[login], now)
        path = link.removeprefix(app.settings.public_url).rstrip("/")
        series_id = self.stage.series_of("anna").series_id
        answer = create_app(app).test_client().get(f"{path}/talk/{series_id}")
        check(answer.status_code == 200, "the page opens")
        return unescape(answer.text)

    def type_below(self, login: str, heading: str, lines: str) -> None:
        """Type lines below a heading, in one's own client."""

        def edit(text: str) -> str:
            before, found, after = text.partition(f"{heading}\n")
            check(bool(found), f"the text has the heading {heading!r}")
            return f"{before}{found}{lines}\n{after}"

        self.stage.desk(login).edit_notes("anna", self.start(), edit)

    def tick(self, login: str, words: str) -> None:
        """Tick a line in one's own client, whatever sign stands before it."""

        def edit(text: str) -> str:
            lines = [f"[x] {words}" if words in line else line for line in text.split("\n")]
            return "\n".join(lines)

        self.stage.desk(login).edit_notes("anna", self.start(), edit)

    def settle(self) -> None:
        """Let the time come at which a suite with a write budget writes what waits."""
        waits = account(self.stage.app.services, self.stage.series_of("anna").series_id)
        if waits is not None and waits.due is not None and waits.due > self.now:
            self.now = waits.due
            self.sync(self.now)

    # --- the steps ---

    def nothing_before_a_yes(self) -> str:
        """The 1:1 is found, and nothing is written."""
        before = self.stage.desk("ben").notes("anna")
        self.sync(self.now)
        check(self.stage.desk("ben").notes("anna") == before, "nothing is written before a yes")
        return "A weekly 1:1 of Anna and Ben was found. Nothing was written: nobody said yes."

    def preview_shows_the_text(self) -> str:
        """The very text can be seen first."""
        outcome = preview(self.stage.app.services, self.stage.series_of("anna").series_id, self.now)
        check(len(outcome.writes) == 1, "the preview shows one text")
        return "The preview shows the very text that a yes would write."

    def block_in_the_next_occurrence_only(self) -> str:
        """A yes puts the agenda into the next occurrence, and nowhere else."""
        series = self.stage.series_of("anna")
        master = self.stage.desk("ben").notes("anna")
        with self.stage.app.store.transaction() as tx:
            say_yes(tx, series.series_id, by=self.addresses["ben"], now=self.now)
        self.sync(self.now)
        text = self.notes(self.start())
        check("Anna" in text and "Ben" in text, "the next occurrence has the agenda")
        check(text.index("Anna") < text.index("Ben"), "Anna's points come first")
        check("Raum Linde" in text, "the text that was there is still there")
        check(self.stage.desk("ben").notes("anna") == master, "the series itself is untouched")
        check(self.notes(self.start() + WEEK) == master, "the one after it is untouched")
        return "Ben said yes: the agenda stands in the next occurrence, and only there."

    def both_edit(self) -> str:
        """Lines and ticks typed in the event come back."""
        self.type_below("anna", "Anna", "- Urlaub im August\n- Konzept gegenlesen")
        self.sync(self.now)
        self.settle()
        self.tick("ben", "Urlaub im August")
        self.sync(self.now)
        texts = [p.text for p in self.agenda().points]
        check(texts.count("Urlaub im August") == 1, "Anna's first point is there once")
        check(texts.count("Konzept gegenlesen") == 1, "Anna's second point is there once")
        ticked = [p.text for p in self.agenda().points if p.state.value == "discussed"]
        check(ticked == ["Urlaub im August"], "Ben's tick is read")
        for login in ("anna", "ben"):
            shown = self.page(login)
            seen = self.stage.desk(login).notes("anna", self.start())
            for words in ("Urlaub im August", "Konzept gegenlesen"):
                check(words in shown, f"{words!r} is on {login}'s page")
                check(seen.count(words) == 1, f"{words!r} stands once in {login}'s calendar")
        return (
            "Anna typed two points in her calendar, Ben ticked one in his: both are read, in both "
            "calendars and on both pages."
        )

    def promise_becomes_a_task(self) -> str:
        """A promise typed in the event is a task in its owner's list."""
        self.type_below("anna", "Anna", "TODO Ben: Budget klären bis Freitag")
        self.sync(self.now)
        items = self.agenda().action_items
        check(len(items) == 1, "the promise is one action item")
        check(items[0].owner == self.addresses["ben"], "it is Ben's")
        check(items[0].due is not None and items[0].due.weekday() == 4, "it is due on a Friday")
        tasks = self.stage.desk("ben").tasks()
        check(len(tasks) == 1, "Ben's list has one task")
        (task,) = tasks.values()
        check(task.due == items[0].due, "the task is due on the same day")
        return f"“TODO Ben: …” became a task in Ben's list, due {items[0].due}."

    def done_in_the_task_tool(self) -> str:
        """Done in the task tool is done on the agenda."""
        desk = self.stage.desk("ben")
        (task,) = desk.tasks()
        desk.complete(task)
        self.sync(self.now)
        self.settle()
        check(self.agenda().action_items[0].state is ItemState.DONE, "the agenda knows")
        check("[x] Ben: Budget klären" in self.notes(self.start()), "the event shows it ticked")
        return "Ben completed the task in his client: it is ticked on the agenda."

    def carried_over(self) -> str:
        """The meeting passes: what is open stands once on the next one."""
        held = self.start()
        self.now = self.place().slot.end + timedelta(minutes=1)
        self.sync(self.now)
        check(self.start() == next_week(held), "the agenda moved to the next occurrence")
        text = self.notes(self.start())
        check(text.count("Konzept gegenlesen") == 1, "the open point stands there once")
        check("Urlaub" not in text and "Budget" not in text, "what is done stays behind")
        return "The meeting passed: the open point stands once on the next, the done ones do not."

    def nothing_changed_nothing_written(self) -> str:
        """Nothing changed: zero writes."""
        before = self.happenings()
        for _ in range(3):
            done = self.sync(self.now)
            check(not done.troubles, "no troubles")
        check(self.happenings() == before, "nothing happened")
        return "Nothing changed: three more passes wrote nothing."

    def agenda(self) -> Agenda:
        """Return the open agenda."""
        series_id = self.stage.series_of("anna").series_id
        with self.stage.app.store.transaction() as tx:
            sheet = tx.open_sheet(series_id)
        return present(sheet, "there is an agenda").agenda

    def happenings(self) -> int:
        """Return how much has happened."""
        with self.stage.app.store.transaction() as tx:
            return tx.last_happening()


def next_week(start: datetime) -> datetime:
    """Return the same local time a week later, as the rule puts it."""
    return start.astimezone(ZoneInfo(ZONE)) + WEEK


def check(shown: bool, what: str) -> None:
    """Raise UnexpectedResponse, with what was to be shown, where it isn't so."""
    if not shown:
        raise UnexpectedResponse(f"not shown: {what}")


def present(value: T | None, what: str) -> T:
    """Return a value that must be there."""
    check(value is not None, what)
    assert value is not None
    return value


def plain_sync(stage: Play) -> Sync:
    """Return a pass that is done here and now, without queue or web app."""
    return lambda now: sync_once(stage.app.services, now)
