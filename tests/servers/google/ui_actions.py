"""What people do with their own hands in Google's web client and on phones."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta

from .answers import Json
from .calendar_state import Calendar, Found
from .editor import opened_on_a_phone, opened_on_the_web, saved_on_the_web
from .event_fields import answer_of
from .event_store import Act
from .mailed import updates_in
from .recurrence import length, starts
from .rendering import event
from .series_split import Splitter
from .times import Moment, event_time, parse_moment
from .ui_tasks import TaskActions
from .world import World

Edit = Callable[[str], str]


class CalendarActions:
    """One method an action; `user` is whose hand it is."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.tasks = TaskActions(world)

    def _calendar(self, user: str) -> Calendar:
        return self.world.calendars.by_id[user.lower()]

    def _act(self, user: str, notify: bool) -> Act:
        return Act(actor=user.lower(), cause="person", notify="all" if notify else "none")

    def _found(self, user: str, event_id: str) -> Found:
        return self.world.store.found(self._calendar(user), event_id)

    def see(self, user: str, event_id: str) -> Json:
        """An event as it stands in somebody's calendar."""
        with self.world.lock:
            return event(self._calendar(user), self._found(user, event_id))

    def create(
        self,
        user: str,
        summary: str,
        start: Moment,
        *,
        minutes: int = 30,
        guests: Iterable[str] = (),
        recurrence: str | None = None,
        description: str = "",
        more: Json | None = None,
        notify: bool = True,
    ) -> str:
        """A new event; `recurrence` is the rule alone ("FREQ=WEEKLY"). Gives its id."""
        calendar = self._calendar(user)
        end = start + (timedelta(minutes=minutes) if isinstance(start, datetime) else timedelta(1))
        people = [{"email": user.lower(), "responseStatus": "accepted"}]
        people += [{"email": guest.lower()} for guest in guests]
        body: Json = {
            "summary": summary,
            "start": event_time(start, calendar.zone),
            "end": event_time(end, calendar.zone),
        }
        if len(people) > 1:
            body["attendees"] = people
        if recurrence:
            body["recurrence"] = [f"RRULE:{recurrence}"]
        if description:
            body["description"] = description
        with self.world.lock:
            act = self._act(user, notify)
            return self.world.writer.insert(calendar, body | (more or {}), act).id

    def change(self, user: str, event_id: str, changes: Json, *, notify: bool = False) -> Json:
        """Any field at all, as organizer or guest."""
        with self.world.lock:
            calendar, act = self._calendar(user), self._act(user, notify)
            act = Act(actor=act.actor, cause=act.cause, notify=act.notify, conference_version=1)
            return event(calendar, self.world.writer.change(calendar, event_id, changes, act))

    def edit(self, user: str, event_id: str, edit: Edit, *, phone: bool = False) -> str:
        """Open the description, change it, save it. `edit` gets markup, on a phone plain text."""
        with self.world.lock:
            before = self._found(user, event_id).fields.get("description", "")
            if phone:
                after = edit(opened_on_a_phone(before))
            else:
                after = saved_on_the_web(edit(opened_on_the_web(before)))
            self.change(user, event_id, {"description": after})
            return after

    def split(self, user: str, event_id: str, changes: Json | None = None) -> str:
        """Change "this and following"; gives the id of the new series."""
        with self.world.lock:
            splitter = Splitter(self.world.store, self.world.writer)
            act = self._act(user, notify=True)
            return splitter.split(self._calendar(user), event_id, changes or {}, act).id

    def move(self, user: str, event_id: str, start: Moment, *, notify: bool = True) -> Json:
        """Drag one event, or all of a series, to another time."""
        with self.world.lock:
            calendar, found = self._calendar(user), self._found(user, event_id)
            zone = found.fields["start"].get("timeZone", calendar.zone)
            end = start + length(found.fields, calendar.zone)
            times = {"start": event_time(start, zone), "end": event_time(end, zone)}
            return self.change(user, event_id, times, notify=notify)

    def respond(self, user: str, event_id: str, answer: str, comment: str = "") -> None:
        """accepted, declined or tentative."""
        with self.world.lock:
            calendar, found = self._calendar(user), self._found(user, event_id)
            mine = answer_of(found.fields, user.lower()) or {"email": user.lower()}
            mine |= {"responseStatus": answer} | ({"comment": comment} if comment else {})
            act = self._act(user, notify=True)
            self.world.writer.answer(calendar, event_id, mine, act)

    def decline(self, user: str, event_id: str, comment: str = "") -> None:
        self.respond(user, event_id, "declined", comment)

    def cancel(self, user: str, event_id: str, *, notify: bool = True) -> None:
        """Delete: for everyone as the organizer, for oneself as a guest."""
        with self.world.lock:
            remover = self.world.writer.remover
            remover.remove(self._calendar(user), event_id, self._act(user, notify))

    def invite(self, user: str, event_id: str, *guests: str, notify: bool = True) -> None:
        with self.world.lock:
            people = list(self._found(user, event_id).fields.get("attendees", []))
            people += [{"email": guest.lower()} for guest in guests]
            self.change(user, event_id, {"attendees": people}, notify=notify)

    def uninvite(self, user: str, event_id: str, guest: str) -> None:
        with self.world.lock:
            people = self._found(user, event_id).fields["attendees"]
            kept = [each for each in people if each["email"] != guest.lower()]
            self.change(user, event_id, {"attendees": kept}, notify=True)

    def hand_over(self, user: str, event_id: str, new_owner: str) -> None:
        """Change the owner of an event."""
        with self.world.lock:
            target, act = self._calendar(new_owner), self._act(user, notify=True)
            self.world.mover.move(self._calendar(user), target, event_id, act)

    def share_calendar(self, user: str, reader: str, role: str = "reader") -> None:
        """reader, writer or freeBusyReader."""
        with self.world.lock:
            self._calendar(user).readers[reader.lower()] = role

    def receive_invitation(self, user: str, resource: Json) -> str:
        """An invitation from outside Google arrives by mail; gives the copy's id."""
        with self.world.lock:
            writer = self.world.writer
            return writer.import_copy(self._calendar(user), resource, user.lower()).id

    def receive_update(self, user: str, text: str) -> None:
        """The organizer's system mails a REQUEST (RFC 5546): the copy shows what it says."""
        with self.world.lock:
            calendar = self._calendar(user)
            for changed in updates_in(text):
                series = next(
                    r.id for r in calendar.rows.values() if r.fields.get("iCalUID") == changed.uid
                )
                event_id = series
                if changed.original is not None:
                    moment = parse_moment(changed.original, calendar.zone)
                    event_id = calendar.occurrence(calendar.rows[series], moment).id
                self.change(user, event_id, changed.fields)

    def occurrence_id(self, user: str, series_id: str, day: date) -> str:
        """The id of the occurrence that the rule puts on a day (in the calendar's zone)."""
        with self.world.lock:
            calendar = self._calendar(user)
            series = calendar.rows[series_id]
            for found in self._occurrences_on(calendar, series_id, day):
                return found
            raise LookupError(f"{series.id} has no occurrence on {day}")

    def _occurrences_on(self, calendar: Calendar, series_id: str, day: date) -> Iterable[str]:
        series = calendar.rows[series_id]
        for original in starts(series.fields, calendar.zone):
            shown = event_time(original, calendar.zone)
            text = shown.get("date") or shown["dateTime"][:10]
            if text == day.isoformat():
                yield calendar.occurrence(series, parse_moment(shown, calendar.zone)).id
            if text > day.isoformat():
                return
