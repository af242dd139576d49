"""What people do in Outlook, Teams and To Do while our program looks on."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from tests.servers.graph import body_store, meeting, todo
from tests.servers.graph.answers import Json, not_found
from tests.servers.graph.clock import stamp
from tests.servers.graph.mailbox_state import Item, View, on_rule, view_day, view_item
from tests.servers.graph.recurrence import checked
from tests.servers.graph.zones import windows_name, zone_of

if TYPE_CHECKING:
    from tests.servers.graph.state import State

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class Ui:
    """Acts as one of the people; `address` says who. Nothing here counts as our program's act."""

    def __init__(self, state: State) -> None:
        self._state = state

    def create_series(
        self, address: str, attendees: list[str], *, subject: str, first: datetime,
        minutes: int = 30, body: str = "", online: bool = True, every_weeks: int = 1,
        zone: str | None = None, count: int | None = None, rooms: tuple[str, ...] = (),
    ) -> str:  # fmt: skip
        """Set up a weekly meeting; `first` is local where it is naive. Returns the UID."""
        local, name = self._local(address, first, zone)
        limits: Json = {"type": "noEnd", "startDate": local.date().isoformat()}
        if count:
            limits |= {"type": "numbered", "numberOfOccurrences": count}
        pattern = {"type": "weekly", "interval": every_weeks,
                   "daysOfWeek": [WEEKDAYS[local.weekday()]]}  # fmt: skip
        wanted = self._wanted(attendees, rooms, subject, local, minutes, body, online, name)
        wanted["recurrence"] = checked({"pattern": pattern, "range": limits}, name)
        return self._create(address, wanted)

    def create_event(
        self, address: str, attendees: list[str], *, subject: str, start: datetime,
        minutes: int = 30, body: str = "", online: bool = False, zone: str | None = None,
    ) -> str:  # fmt: skip
        """Set up a single meeting. Returns its UID."""
        local, name = self._local(address, start, zone)
        return self._create(
            address, self._wanted(attendees, (), subject, local, minutes, body, online, name)
        )

    def _create(self, address: str, wanted: Json) -> str:
        with self._state.lock:
            box = self._state.tenant.mailbox(address)
            return meeting.create(self._state, box, wanted, cause="person").uid

    def _local(self, address: str, moment: datetime, zone: str | None) -> tuple[datetime, str]:
        name = zone or windows_name(self._state.tenant.mailbox(address).zone)
        if moment.tzinfo is not None:
            moment = moment.astimezone(zone_of(name)).replace(tzinfo=None)
        return moment, name

    def _wanted(
        self, attendees: list[str], rooms: tuple[str, ...], subject: str, local: datetime,
        minutes: int, body: str, online: bool, zone: str,
    ) -> Json:  # fmt: skip
        people = [self._person(one, "required") for one in attendees]
        return {
            "subject": subject, "body": body_store.store_html(body), "zone": zone,
            "start": local, "end": local + timedelta(minutes=minutes), "isOnlineMeeting": online,
            "attendees": (*people, *(self._person(one, "resource") for one in rooms)),
        }  # fmt: skip

    def _person(self, address: str, kind: str) -> Json:
        box = self._state.tenant.mailboxes.get(address)
        return {"address": address, "name": box.name if box else address, "type": kind,
                "response": "none", "time": None}  # fmt: skip

    def view(self, address: str, uid: str, day: date | None = None) -> View:
        """Look at one's own copy, of the series or of the occurrence that the rule put on a day."""
        item = self._state.tenant.mailbox(address).by_uid(uid)
        if item is None or (day is not None and not on_rule(item, day)):
            raise not_found()
        return view_item(item) if day is None else view_day(item, day)

    def body(self, address: str, uid: str, day: date | None = None) -> str:
        return str(self.view(address, uid, day).props["body"])

    def days(self, address: str, uid: str, until: date) -> list[date]:
        """List the days on which a series still takes place."""
        item = self.view(address, uid).item
        return sorted({*item.days(until)} - item.cancelled)

    def edit_body(
        self, address: str, uid: str, day: date | None, edit: Callable[[str], str] | str
    ) -> None:
        """Write a body: a text that replaces all, or a function of the present one."""
        old = self.body(address, uid, day)
        new = edit if isinstance(edit, str) else edit(old)
        self._update(address, uid, day, {"body": body_store.store_html(new)})

    def edit_in_word(self, address: str, uid: str, day: date | None) -> None:
        """Open the event in classic Outlook and save it: the body is rewritten by Word."""
        self.edit_body(address, uid, day, through_word)

    def rename(self, address: str, uid: str, subject: str, day: date | None = None) -> None:
        self._update(address, uid, day, {"subject": subject})

    def move(self, address: str, uid: str, day: date, start: datetime) -> None:
        """Move one occurrence; it keeps its length."""
        view = self.view(address, uid, day)
        local, _ = self._local(address, start, view.props["zone"])
        self._update(address, uid, day, {"start": local, "end": local + (view.end - view.start)})

    def change_pattern(
        self, address: str, uid: str, *, first: datetime, every_weeks: int = 1
    ) -> None:
        """Change the whole series' day, time or rhythm: its exceptions are lost."""
        view = self.view(address, uid)
        local, name = self._local(address, first, view.props["zone"])
        rule = {
            "pattern": {"type": "weekly", "interval": every_weeks,
                        "daysOfWeek": [WEEKDAYS[local.weekday()]]},
            "range": {"type": "noEnd", "startDate": local.date().isoformat()},
        }  # fmt: skip
        length = view.end - view.start
        changes = {"start": local, "end": local + length, "recurrence": checked(rule, name)}
        self._update(address, uid, None, changes)

    def split(self, address: str, uid: str, day: date, start: datetime) -> str:
        """ "This and all following": end the series before a day and start a new one. New UID."""
        item = self.view(address, uid).item
        rule = dict(item.recurrence or {})
        last = (day - timedelta(days=1)).isoformat()
        ended = rule | {"range": rule["range"] | {"type": "endDate", "endDate": last}}
        self._update(address, uid, None, {"recurrence": ended})
        people = [person["address"] for person in item.props["attendees"]]
        return self.create_series(
            address, people, subject=item.props["subject"], first=start, body=item.props["body"],
            minutes=int((item.props["end"] - item.props["start"]).total_seconds() // 60),
            online=item.props["isOnlineMeeting"], zone=item.props["zone"],
            every_weeks=rule["pattern"]["interval"],
        )  # fmt: skip

    def cancel(self, address: str, uid: str, day: date | None = None) -> None:
        """Cancel as organizer; as an attendee, take it out of the own calendar."""
        with self._state.lock:
            box, view = self._state.tenant.mailbox(address), self.view(address, uid, day)
            meeting.cancel(self._state, box, view, cause="person")

    def respond(self, address: str, uid: str, response: str, day: date | None = None) -> None:
        """Answer: accepted, declined or tentativelyAccepted."""
        with self._state.lock:
            box, view = self._state.tenant.mailbox(address), self.view(address, uid, day)
            meeting.respond(self._state, box, view, response, send=True, cause="person")

    def decline(self, address: str, uid: str, day: date | None = None) -> None:
        self.respond(address, uid, "declined", day)

    def invite(self, address: str, uid: str, guest: str, day: date | None = None) -> None:
        view = self.view(address, uid, day)
        people = (*view.props["attendees"], self._person(guest, "required"))
        self._update(address, uid, day, {"attendees": people})

    def uninvite(self, address: str, uid: str, guest: str) -> None:
        people = self.view(address, uid).props["attendees"]
        rest = tuple(one for one in people if one["address"] != guest)
        self._update(address, uid, None, {"attendees": rest})

    def leave_draft(self, address: str, uid: str, *, draft: bool = True) -> None:
        """Change something in an open form without sending it."""
        self._update(address, uid, None, {"isDraft": draft})

    def move_to_folder(self, address: str, uid: str) -> None:
        """Move the item: its default id changes, its immutable id does not."""
        with self._state.lock:
            box, item = self._state.tenant.mailbox(address), self.view(address, uid).item
            item.folder += 1
            self._state.changed(box, item, None, "updated")

    def receive_invitation(
        self, address: str, uid: str, *, organizer: str, attendees: list[str], subject: str,
        first: datetime, minutes: int = 30, body: str = "", weekly: bool = True, zone: str = "UTC",
        day: date | None = None, text: str | None = None,
    ) -> Item:  # fmt: skip
        """Get an invitation, or its update, from another organization; the UID stays as it is.

        It comes by mail (iMIP) and replaces what its reader wrote into the copy. A calendar server
        sends plain `text`, which Exchange turns into HTML.
        """
        local, name = self._local(address, first, zone)
        wanted = self._wanted(attendees, (), subject, local, minutes, body, False, name)
        if text is not None:
            wanted["body"] = body_store.store_text(text)
        wanted["organizer"] = {"name": organizer, "address": organizer}
        if weekly and day is None:
            rule = {
                "pattern": {"type": "weekly", "interval": 1,
                            "daysOfWeek": [WEEKDAYS[local.weekday()]]},
                "range": {"type": "noEnd", "startDate": local.date().isoformat()},
            }  # fmt: skip
            wanted["recurrence"] = checked(rule, name)
        with self._state.lock:
            box = self._state.tenant.mailbox(address)
            return meeting.receive(self._state, box, uid, wanted, day)

    def _update(self, address: str, uid: str, day: date | None, changes: Json) -> None:
        with self._state.lock:
            box, view = self._state.tenant.mailbox(address), self.view(address, uid, day)
            meeting.update(self._state, box, view, changes, cause="person")

    # --- To Do ----------------------------------------------------------------------------

    def tasks(self, address: str) -> list[Json]:
        """List a person's tasks, of all lists."""
        lists = self._state.todo.of(self._state.tenant.mailbox(address).address)
        return [task for one in lists for task in one.tasks.values()]

    def add_task(self, address: str, title: str) -> str:
        with self._state.lock:
            box = self._state.tenant.mailbox(address)
            tasks = self._state.todo.of(box.address)[0]
            now = self._state.clock.now()
            made = f"AAMkTaskByHand{len(tasks.log)}="
            task: Json = {"id": made, "title": title, "status": "notStarted", "version": 0,
                          "linkedResources": [], "createdDateTime": stamp(now)}  # fmt: skip
            tasks.tasks[made] = task
            todo.change(self._state, box, tasks, task, {}, "created")
            return made

    def change_task(self, address: str, title: str, **changes: object) -> None:
        """Change the task of that title: complete, rename, set due."""
        with self._state.lock:
            box = self._state.tenant.mailbox(address)
            for tasks in self._state.todo.of(box.address):
                for task in tasks.tasks.values():
                    if task["title"] == title:
                        return todo.change(self._state, box, tasks, task, dict(changes))
        raise not_found(f"no task {title!r}")

    def complete_task(self, address: str, title: str) -> None:
        self.change_task(address, title, status="completed")

    def delete_task(self, address: str, title: str) -> None:
        with self._state.lock:
            box = self._state.tenant.mailbox(address)
            for tasks in self._state.todo.of(box.address):
                for task in list(tasks.tasks.values()):
                    if task["title"] == title:
                        todo.remove(self._state, box, tasks.list_id, task["id"])


def through_word(stored: str) -> str:
    """Rewrite a body as classic Outlook does: no ids, no classes on blocks, Office's own."""
    inner = re.sub(r"(?s)^.*?<body[^>]*>|</body>.*$", "", stored)
    inner = re.sub(r'\s(?:id|aria-\w+|lang)="[^"]*"', "", inner)
    inner = re.sub(r'<(div|p|ul|ol|li|h\d)\s[^>]*class="[^"]*"[^>]*>', r"<\1>", inner)
    inner = inner.replace("<ul>", '<ul type="disc" style="margin-top:0in">')
    inner = inner.replace("<li>", '<li class="MsoNormal">').replace("<p>", '<p class="MsoNormal">')
    return f'<div class="WordSection1">{inner}</div>'
