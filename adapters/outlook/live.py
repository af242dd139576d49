"""The ten assumptions that only a live tenant can show (reference/microsoft.md, section 12).

A weekly series of three and a task are made for it, and removed whatever happens in between.
Where somebody is named as the other one, they get an invitation and a cancellation, no more.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from urllib.parse import quote

from adapters.outlook.calendar import OutlookCalendar
from adapters.outlook.calendar_id import calendar_id_of
from adapters.outlook.delta import view_cursor
from adapters.outlook.mapping import KEY_PROPERTY
from adapters.outlook.quirks import join_links
from adapters.outlook.tasks import OutlookTasks
from adapters.outlook.wire import Json, Wire
from core.errors import NotFound, OneOnOneError, RevisionConflict, UnexpectedResponse
from core.model.calendar import (
    Body,
    BodyForm,
    CalendarEvent,
    Cursor,
    EventDraft,
    EventRef,
    IdempotencyKey,
    Participant,
    TimeSlot,
)
from core.model.tasks import TaskDraft, TaskStatus

NAME = "vieraugen live check (delete me)"
UTC_ONLY = ('outlook.timezone="UTC"',)
MARKUP = (
    '<!-- note --><p data-x="kept" title="kept">one '
    '<a href="https://example.com" title="t">two</a></p>'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What one check showed."""

    number: int
    what: str
    differs: bool | None
    """None: not shown here, `text` says what a person has to do."""
    text: str


BY_HAND = (
    (1, "mail on a change of the text", ("look into the inbox of the second connected "
     "person while this runs: no update may be seen there, each lies in Deleted Items")),
    (2, "mail on a change of categories", ("set a category on an occurrence in Outlook as the "
     "organizer: nobody may get a mail")),
    (10, "an open form over our write", ("open a 1:1 for editing in Outlook, add a point on the "
     "page, save the form: the point must come back at the next sync")),
)  # fmt: skip


@dataclass(slots=True)
class Live:
    """One mailbox's tries."""

    account: str
    calendar: OutlookCalendar
    tasks: OutlookTasks
    wire: Wire
    now: datetime
    attendee: str = ""

    def by_hand(self) -> Iterator[Shown]:
        """Name what no program can see."""
        for number, what, text in BY_HAND:
            yield Shown(number=number, what=what, differs=None, text=text)

    def writing(self) -> Iterator[Shown]:
        """Try the others on things of our own."""
        with self._series() as series:
            first = self._first(series)
            cursor = self.calendar.changes(calendar_id_of(self.account), None).cursor
            yield self._try(3, "ids of occurrences", lambda: self._ids(series, first))
            yield self._try(4, "If-Match and the series' version", lambda: self._match(series))
            yield self._try(5, "markup through the interface", lambda: self._markup(series))
            yield self._try(6, "our property on occurrences", lambda: self._property(first))
            yield self._try(7, "what delta tells", lambda: self._delta(str(cursor), series))
            yield self._try(8, "the Teams block", lambda: self._block(series))
        yield self._try(9, "the day of a task", self._task_day)

    def _try(self, number: int, what: str, check: Callable[[], tuple[bool, str]]) -> Shown:
        try:
            as_assumed, text = check()
        except OneOnOneError as err:
            return Shown(number=number, what=what, differs=True, text=str(err))
        return Shown(number=number, what=what, differs=not as_assumed, text=text)

    @contextmanager
    def _series(self) -> Iterator[CalendarEvent]:
        start = (self.now.astimezone(UTC) + timedelta(days=20)).replace(
            hour=6, minute=0, second=0, microsecond=0
        )
        people = [Participant(address=self.account)]
        people += [Participant(address=self.attendee)] if self.attendee else []
        draft = EventDraft(
            title=NAME,
            slot=TimeSlot(start=start, end=start + timedelta(minutes=15), zone="UTC"),
            participants=tuple(people),
            body=Body(form=BodyForm.HTML, content="<p>Made to be deleted.</p>"),
            rrule="FREQ=WEEKLY;COUNT=3",
            online_meeting=True,
        )
        key = IdempotencyKey(secrets.token_hex(8))
        made = self.calendar.create_event(calendar_id_of(self.account), draft, key=key)
        try:
            yield made
        finally:
            self._delete(made.ref)

    def _delete(self, ref: EventRef) -> None:
        one = self.wire.client.users.by_user_id(self.account).events.by_event_id(ref.event_id)
        try:
            self.wire.send(one.to_delete_request_information())
        except NotFound:
            return

    def _rows(self, series: CalendarEvent) -> list[Json]:
        start = f"{series.slot.start - timedelta(days=1):%Y-%m-%dT%H:%M:%SZ}"
        end = f"{series.slot.start + timedelta(days=30):%Y-%m-%dT%H:%M:%SZ}"
        path = f"/users/{self.account}/events/{quote(series.ref.event_id, safe='')}/instances"
        found = self.wire.pages(path, prefer=UTC_ONLY, startDateTime=start, endDateTime=end)
        return sorted(found, key=lambda row: str(row["start"]["dateTime"]))

    def _first(self, series: CalendarEvent) -> CalendarEvent:
        found = self.calendar.occurrences(series.ref, series.slot.start - timedelta(days=1), 3)
        if len(found) != 3:
            raise UnexpectedResponse(f"a series of three lists {len(found)} occurrences")
        return found[0]

    def _write(self, event: CalendarEvent, html: str) -> CalendarEvent:
        """Put a text before all that stands there, the Teams block included."""
        head, tag, rest = event.body.content.partition("<body>")
        content = f"{head}{tag}{html}{rest}" if tag else f"{html}{event.body.content}"
        body = Body(form=BodyForm.HTML, content=content)
        self.calendar.write_body(event.ref, body, expect=event.revision)
        return self.calendar.get_event(event.ref)

    def _ids(self, series: CalendarEvent, first: CalendarEvent) -> tuple[bool, str]:
        self._write(first, "<p>one</p>")
        after = self._first(series)
        same = after.ref == first.ref
        return same, "stay when an exception is made" if same else "change: they are looked up anew"

    def _match(self, series: CalendarEvent) -> tuple[bool, str]:
        rows = self._rows(series)
        shared = len({row["@odata.etag"] for row in rows}) == 1
        first = self._first(series)
        self._write(first, "<p>two</p>")
        try:
            self.calendar.write_body(first.ref, first.body, expect=first.revision)
        except RevisionConflict:
            text = "one for the whole series" if shared else "each occurrence has its own"
            return shared, f"an old version is refused; {text}"
        return False, "an old version was NOT refused: two writers can overwrite each other"

    def _markup(self, series: CalendarEvent) -> tuple[bool, str]:
        text = self._write(self._first(series), MARKUP).body.content
        signs = {"comment": "<!-- note", "data-x": "data-x", "title of a link": 'title="t"'}
        kept = [name for name, sign in signs.items() if sign in text]
        whole = "two" in text
        names = ", ".join(kept) or "nothing else"
        return whole, f"words stay; kept: {names}. Edit it in each client and look again"

    def _property(self, first: CalendarEvent) -> tuple[bool, str]:
        wanted = f"singleValueExtendedProperties($filter=id eq '{KEY_PROPERTY}')"
        path = f"/users/{self.account}/events/{quote(first.ref.event_id, safe='')}"
        found = self.wire.get(path, expand=wanted).get("singleValueExtendedProperties") or []
        return True, "inherited from the series" if found else "not inherited; we do not need it"

    def _delta(self, cursor: str, series: CalendarEvent) -> tuple[bool, str]:
        self._write(self._first(series), "<p>three</p>")
        rows = self.wire.follow(view_cursor(Cursor(cursor)).link, prefer=UTC_ONLY).get("value", [])
        whole = any(row["id"] == series.ref.event_id for row in rows)
        told = whole or any(row.get("seriesMasterId") == series.ref.event_id for row in rows)
        extra = "the series' own row comes along" if whole else "the series' own row does not come"
        return told, f"a changed occurrence is told; {extra}" if told else "it is NOT told"

    def _block(self, series: CalendarEvent) -> tuple[bool, str]:
        first = self._first(series)
        before = join_links(first.body.content)
        if not before:
            return True, "no Teams meeting is made for this account: try with another one"
        after = join_links(self._write(first, "<p>four</p>").body.content)
        return before == after, "stays as it was" if before == after else "was made anew"

    def _task_day(self) -> tuple[bool, str]:
        lists = self.tasks.list_task_lists()
        chosen = next((each for each in lists if each.primary), lists[0])
        due: date = (self.now + timedelta(days=9)).date()
        draft = TaskDraft(title=NAME, due=due, status=TaskStatus.OPEN)
        key = IdempotencyKey(secrets.token_hex(8))
        task = self.tasks.create_task(chosen.list_id, draft, key=key)
        try:
            read = self.tasks.get_task(task.ref).draft.due
        finally:
            self.tasks.delete_task(task.ref)
        text = f"{due} comes back as {read}; look at it in To Do in zones east and west as well"
        return read == due, text
