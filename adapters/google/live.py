"""The twelve assumptions that only a live tenant can show, each tried or named for a person.

Reading comes first. Writing happens in two calendars and a task list that are made here and
removed at the end, whatever happens in between; nobody but the tester is invited anywhere.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from adapters.google.live_by_hand import BY_HAND, LINES, LINES_BY_HAND, OWN_EDIT
from adapters.google.live_copies import try_copies
from adapters.google.settings import SCOPE, GoogleSettings
from adapters.google.wire import Wire, api
from core.errors import OneOnOneError, RevisionConflict, UnexpectedResponse
from core.model.heard import Heard

APP_CREATED = f"{SCOPE}calendar.app.created"
"""Only for this test: it makes calendars, and reaches none but those it made."""
NAME = "vieraugen live check (delete me)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What one check showed."""

    letter: str
    what: str
    differs: bool | None
    """None: not shown here, `text` says what a person has to do."""
    text: str


@dataclass(slots=True)
class Live:
    """One account's tries."""

    settings: GoogleSettings
    account: str
    events: Wire
    tasks: Wire
    made: Wire
    """With APP_CREATED."""
    now: datetime
    addon: str = ""
    """The address at which Google calls our add-on."""
    heard: Mapping[str, Heard] = field(default_factory=dict)
    """Google's last calls there, by what they were."""
    guests: Mapping[str, Wire] = field(default_factory=dict)
    """Other connected people, by address: only read."""

    def reading(self, callback: str) -> Iterator[Shown]:
        """What can be seen without writing any event."""
        yield self._tried("b", "occurrence ids behind a split", self._split_ids)
        yield self._tried(
            "f", "watching without domain verification", lambda: self._watch(callback)
        )
        text = "we send no batches, so there is nothing that a limit could break"
        yield Shown(letter="j", what="batch limit", differs=False, text=text)

    def writing(self) -> Iterator[Shown]:
        """What needs a calendar and a task list of our own."""
        try:
            with self._calendar() as calendar_id, self._calendar() as guest_id:
                yield self._tried("a", OWN_EDIT.what, lambda: self._copies(calendar_id, guest_id))
                series = self._series(calendar_id)
                for letter, what, check in (
                    ("e", "line breaks of plain text", self._line_breaks),
                    ("d", "limit of the description", self._limit),
                    ("g", "several privateExtendedProperty", self._properties),
                    ("l", "RSVP and etag", self._answer),
                    ("c", "exceptions when all events move", self._all_moved),
                ):
                    yield self._tried(letter, what, lambda c=check: c(calendar_id, series))  # type: ignore[misc]  # bound now
        except OneOnOneError as err:
            text = f"no test calendar: {err} (delegate {APP_CREATED} for this test)"
            differs, seen = self._own_copies() or (None, f"{text}. {OWN_EDIT.text}")
            yield Shown(letter="a", what=OWN_EDIT.what, differs=differs, text=seen)
            for letter in "edglc":
                yield Shown(letter=letter, what="not tried", differs=None, text=text)
        yield self._tried("i", "If-Match of Tasks", self._task_revision)

    def by_hand(self) -> Iterator[Shown]:
        """What a person has to do; what came of it is read here."""
        for each in BY_HAND:
            if found := self._came_of(each.letter):
                yield Shown(letter=each.letter, what=each.what, differs=found[0], text=found[1])
                continue
            text = each.text.format(addon=self.addon or "(set public_url and the add-on first)")
            yield Shown(letter=each.letter, what=each.what, differs=None, text=text)

    def _came_of(self, letter: str) -> tuple[bool | None, str] | None:
        call = self.heard.get("google card" if letter == "h" else "google press")
        if call is None:
            return None
        when = f"{call.at:%Y-%m-%d %H:%M} UTC"
        if call.refused:
            return True, f"the call of {when} was refused: {call.refused} ({self.addon})"
        if letter == "h":
            return False, f"the call of {when} was signed for exactly {self.addon}"
        text = "the card must have changed in place, and still show it when the event is reopened"
        return None, f"a press of {when} was believed and answered with the changed card; {text}"

    def _copies(self, calendar_id: str, guest_id: str) -> tuple[bool | None, str]:
        """What a program can see of it, and then what a person has typed."""
        event = {"summary": NAME} | self._times()
        differs, text = try_copies(self.made, self._api, calendar_id, guest_id, event)
        if differs:
            return True, text
        own = self._own_copies()
        return (own[0], f"{text}; {own[1]}") if own else (None, f"{text}. {OWN_EDIT.text}")

    def _own_copies(self) -> tuple[bool | None, str] | None:
        """Compare the coming 1:1s with what connected guests see of them."""
        listing = self._api.events().list(
            calendarId=self.account, singleEvents=True, maxResults=250,
            timeMin=self.now.isoformat(), timeMax=(self.now + timedelta(days=14)).isoformat(),
        )  # fmt: skip
        apart = 0
        for item in self.events.send(listing).get("items") or []:
            people = {str(p.get("email", "")).lower() for p in item.get("attendees") or []}
            for guest in sorted(people & self.guests.keys()):
                get = self._api.events().get(calendarId=guest, eventId=item["id"])
                with suppress(OneOnOneError):
                    theirs = self.guests[guest].send(get).get("description", "")
                    apart += theirs != item.get("description", "")
        if not apart:
            return None
        return False, (
            f"{apart} coming events show a guest's own words in the guest's copy alone; now"
            " `vieraugen sync`, and both copies must show the line once"
        )

    def _tried(self, letter: str, what: str, check: Callable[[], tuple[bool | None, str]]) -> Shown:
        try:
            differs, text = check()
        except OneOnOneError as err:
            return Shown(letter=letter, what=what, differs=None, text=f"could not be tried: {err}")
        return Shown(letter=letter, what=what, differs=differs, text=text)

    @property
    def _api(self) -> Any:
        return api("calendar", self.settings.api_root)

    def _split_ids(self) -> tuple[bool | None, str]:
        start = (self.now - timedelta(days=180)).isoformat()
        listing = self._api.events().list(
            calendarId=self.account, timeMin=start, singleEvents=True, maxResults=2500
        )
        items = self.events.send(listing).get("items") or []
        split = [i for i in items if "_R2" in i.get("recurringEventId", "")]
        if not split:
            return None, "no series that was split in this calendar: split one, run this again"
        keeps = sum(1 for i in split if "_R2" in i["id"])
        text = f"{keeps} of {len(split)} occurrences behind a split keep the range in their id"
        return keeps > 0, text

    def _watch(self, callback: str) -> tuple[bool | None, str]:
        if not callback.startswith("https://"):
            return None, "public_url is not https: pushes are not used here"
        channel = {"id": secrets.token_hex(16), "type": "web_hook", "address": callback}
        made = self.events.send(
            self._api.events().watch(calendarId=self.account, body=channel), again=False
        )
        stop = {"id": made["id"], "resourceId": made["resourceId"]}
        self.events.send(self._api.channels().stop(body=stop))
        return False, "a channel was opened and stopped"

    @contextmanager
    def _calendar(self) -> Iterator[str]:
        body = {"summary": NAME, "timeZone": "Europe/Berlin"}
        made = self.made.send(self._api.calendars().insert(body=body), again=False)
        try:
            yield str(made["id"])
        finally:
            self.made.send(self._api.calendars().delete(calendarId=made["id"]))

    def _series(self, calendar_id: str) -> str:
        body = {"summary": NAME, "recurrence": ["RRULE:FREQ=WEEKLY;COUNT=4"]} | self._times()
        insert = self._api.events().insert(calendarId=calendar_id, body=body, sendUpdates="none")
        return str(self.made.send(insert, again=False)["id"])

    def _times(self) -> dict[str, Any]:
        start = (self.now + timedelta(days=1)).replace(minute=0, second=0, microsecond=0)
        ends = {"start": start, "end": start + timedelta(minutes=30)}
        return {
            name: {"dateTime": moment.isoformat(), "timeZone": "Europe/Berlin"}
            for name, moment in ends.items()
        }

    def _occurrence(self, calendar_id: str, series: str, number: int) -> dict[str, Any]:
        listing = self._api.events().instances(calendarId=calendar_id, eventId=series)
        found: dict[str, Any] = self.made.send(listing)["items"][number]
        return found

    def _patch(self, calendar_id: str, event: str, body: dict[str, Any]) -> dict[str, Any]:
        request = self._api.events().patch(
            calendarId=calendar_id, eventId=event, body=body, sendUpdates="none"
        )
        return self.made.send(request)

    def _line_breaks(self, calendar_id: str, series: str) -> tuple[bool | None, str]:
        event = self._occurrence(calendar_id, series, 1)["id"]
        kept = self._patch(calendar_id, event, {"description": LINES}).get("description", "")
        if kept != LINES:
            return True, f"Google keeps plain lines as {kept!r}"
        return None, f"Google keeps them as written; {LINES_BY_HAND}"

    def _limit(self, calendar_id: str, series: str) -> tuple[bool | None, str]:
        event = self._occurrence(calendar_id, series, 0)["id"]
        self._patch(calendar_id, event, {"description": "x" * 8192})
        try:
            longer = self._patch(calendar_id, event, {"description": "x" * 8193})
        except UnexpectedResponse:
            return False, "8192 characters are taken, 8193 are refused"
        return True, f"8193 characters became {len(longer.get('description', ''))}: not refused"

    def _properties(self, calendar_id: str, series: str) -> tuple[bool | None, str]:
        for number, name in enumerate(("one", "two")):
            event = self._occurrence(calendar_id, series, number)["id"]
            self._patch(calendar_id, event, {"extendedProperties": {"private": {name: "1"}}})
        listing = self._api.events().list(
            calendarId=calendar_id, privateExtendedProperty=["one=1", "two=1"]
        )
        count = len(self.made.send(listing).get("items") or [])
        return False, f"{'OR' if count else 'AND'}; we send one constraint at most"

    def _answer(self, calendar_id: str, series: str) -> tuple[bool | None, str]:
        event = self._occurrence(calendar_id, series, 2)
        people = [{"email": self.account, "responseStatus": "needsAction"}]
        before = self._patch(calendar_id, event["id"], {"attendees": people})
        people[0]["responseStatus"] = "accepted"
        after = self._patch(calendar_id, event["id"], {"attendees": people})
        bumped = before["etag"] != after["etag"]
        return not bumped, f"an answer {'changes' if bumped else 'does not change'} the etag"

    def _all_moved(self, calendar_id: str, series: str) -> tuple[bool | None, str]:
        event = self._occurrence(calendar_id, series, 3)["id"]
        self._patch(calendar_id, event, {"description": "an exception"})
        get = self._api.events().get(calendarId=calendar_id, eventId=series)
        master = self.made.send(get)
        moved = {}
        for end in ("start", "end"):
            moment = datetime.fromisoformat(master[end]["dateTime"]) + timedelta(hours=1)
            moved[end] = {"dateTime": moment.isoformat(), "timeZone": "Europe/Berlin"}
        self._patch(calendar_id, series, moved)
        left = self._occurrence(calendar_id, series, 3).get("description", "")
        text = "keep" if left else "lose"
        return False, f"exceptions {text} their text; the engine writes it again where it is gone"

    def _task_revision(self) -> tuple[bool | None, str]:
        service = api("tasks", self.settings.api_root)
        made = self.tasks.send(service.tasklists().insert(body={"title": NAME}), again=False)
        try:
            task = self.tasks.send(
                service.tasks().insert(tasklist=made["id"], body={"title": NAME}), again=False
            )
            patch = {"tasklist": made["id"], "task": task["id"]}
            self.tasks.send(service.tasks().patch(**patch, body={"title": "once"}))
            again = service.tasks().patch(**patch, body={"title": "twice"})
            try:
                self.tasks.send(again, expect=task["etag"])
            except RevisionConflict:
                return True, "a stale If-Match is refused: Tasks honours it"
            return False, "a stale If-Match is ignored; we compare revisions ourselves"
        finally:
            self.tasks.send(service.tasklists().delete(tasklist=made["id"]))
