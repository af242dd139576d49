"""Attendees' copies of a meeting, and the mails that tell them of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal

from tests.servers.graph.answers import Json
from tests.servers.graph.mail_log import Mail, update_visibility
from tests.servers.graph.mailbox_state import (
    CONTENT,
    Item,
    Mailbox,
    View,
    occurrences,
    view_day,
    view_item,
)
from tests.servers.graph.zones import windows_name

if TYPE_CHECKING:
    from tests.servers.graph.state import State

Cause = Literal["app", "person"]
DEFAULTS: Json = {
    "subject": "", "isAllDay": False, "location": "", "attendees": (), "isOnlineMeeting": False,
    "onlineMeetingProvider": "unknown", "joinUrl": None, "importance": "normal",
    "sensitivity": "normal", "hideAttendees": False, "responseRequested": True,
    "allowNewTimeProposals": True, "isCancelled": False, "isDraft": False, "categories": (),
    "isReminderOn": True, "reminderMinutesBeforeStart": 15, "showAs": "busy",
    "singleValueExtendedProperties": (),
}  # fmt: skip


def note_response(item: Item, day: date | None, change: Json) -> None:
    if day is None:
        item.props = item.props | change
    else:
        item.exceptions[day] = item.exceptions.get(day, {}) | change


def invited(props: Json) -> list[str]:
    organizer = props["organizer"]["address"].lower()
    addresses = (str(person["address"]).lower() for person in props["attendees"])
    return [address for address in dict.fromkeys(addresses) if address != organizer]


def copy_out(
    state: State, item: Item, address: str, day: date | None, *, rhythm_changed: bool
) -> None:
    """Overwrite one attendee's copy with what the organizer has now."""
    box = state.tenant.mailboxes.get(address)
    if box is None:
        return
    copy, kind = box.by_uid(item.uid), "updated"
    if copy is None:
        copy, kind = box.add(_new_copy(state, box, item)), "created"
    if rhythm_changed:
        copy.exceptions.clear()
    if day is None:
        copy.props = copy.props | _content(item.props)
        copy.recurrence, copy.cancelled = item.recurrence, set(item.cancelled)
        days: Iterable[date] = item.exceptions
    else:
        days = (day,)
    for one in days:
        content = _content(view_day(item, one).props) | _times(item, one)
        copy.exceptions[one] = copy.exceptions.get(one, {}) | content
    state.changed(box, copy, day, "created" if kind == "created" else "updated")


def _times(item: Item, day: date) -> Json:
    """An exception that was moved keeps its own times, the others go by the rule."""
    own = item.exceptions.get(day, {})
    ruled = datetime.combine(day, item.props["start"].time())
    length = item.props["end"] - item.props["start"]
    return {"start": own.get("start", ruled), "end": own.get("end", ruled + length)}


def _content(props: Json) -> Json:
    return {key: value for key, value in props.items() if key in CONTENT}


def _new_copy(state: State, box: Mailbox, item: Item) -> Item:
    now = state.clock.now()
    props = DEFAULTS | _content(item.props) | {"responseStatus": ("notResponded", None)}
    return Item(
        number=next(box.numbers), uid=item.uid, goid=item.goid, is_organizer=False, created=now,
        modified=now, props=props, recurrence=item.recurrence,
    )  # fmt: skip


def cancel_copy(state: State, item: Item, address: str, day: date | None) -> None:
    """The attendee's copy stays, marked, until the attendee removes it."""
    box = state.tenant.mailboxes.get(address)
    copy = box.by_uid(item.uid) if box else None
    if box is None or copy is None:
        return
    shown = view_item(copy) if day is None else view_day(copy, day)
    subject = shown.props["subject"]
    if not subject.startswith("Canceled: "):
        subject = f"Canceled: {subject}"
    note_response(copy, day, {"isCancelled": True, "subject": subject, "showAs": "free"})
    state.changed(box, copy, day, "updated")


def _next_start(state: State, view: View) -> datetime:
    """When the meeting that a mail is about takes place; for a series its next occurrence."""
    now = state.clock.now()
    if view.kind != "seriesMaster":
        return view.start
    far = now.replace(year=now.year + 1, day=min(now.day, 28))
    coming = [found.start for found in occurrences(view.item, now, far) if found.start >= now]
    return coming[0] if coming else view.start


def send(
    state: State, kind: Literal["invitation", "update", "cancellation", "response"], sender: str,
    recipient: str, view: View, cause: Cause, why: str, changed: frozenset[str] = frozenset(),
) -> None:  # fmt: skip
    now, visible = state.clock.now(), True
    if kind == "update":
        until_start = _next_start(state, view) - now
        inside = recipient.lower() in state.tenant.mailboxes
        rule = state.tenant.visible_updates
        visible, why = update_visibility(rule, changed, until_start, inside=inside)
    state.mails.add(
        Mail(
            kind=kind, sender=sender, recipient=recipient.lower(), subject=view.props["subject"],
            uid=view.item.uid, original_start=view.original_start, sent=now, visible=visible,
            why=why, cause=cause, content=_mail_content(view),
        )
    )  # fmt: skip


def _mail_content(view: View) -> Json:
    return {
        "body": view.props["body"], "start": view.start, "end": view.end,
        "organizer": view.props["organizer"], "attendees": view.props["attendees"],
        "recurrence": view.item.recurrence if view.day is None else None,
        "zone": windows_name(view.props["zone"]), "joinUrl": view.props["joinUrl"],
    }  # fmt: skip
