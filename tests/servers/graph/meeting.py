"""Meetings across mailboxes: what the acts of organizers and attendees do to each copy."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal

from tests.servers.graph import body_store, copies, crossing, ids, recurrence, teams_block
from tests.servers.graph.answers import GraphError, Json, bad_request
from tests.servers.graph.copies import Cause
from tests.servers.graph.mailbox_state import (
    CONTENT,
    Item,
    Mailbox,
    View,
    on_rule,
    view_day,
    view_item,
)

if TYPE_CHECKING:
    from tests.servers.graph.state import State


def create(
    state: State, box: Mailbox, wanted: Json, *, cause: Cause, transaction_id: str | None = None
) -> Item:
    """Make a meeting in the organizer's mailbox and invite its attendees."""
    number, now = next(box.numbers), state.clock.now()
    goid = ids.new_goid(f"{box.address}/{number}")
    props = copies.DEFAULTS | {"organizer": {"name": box.name, "address": box.address}} | wanted
    rule = props.pop("recurrence", None)
    props |= {
        "responseStatus": ("organizer", None),
        "body": props.get("body") or body_store.store_html(""),
    }
    if props["isOnlineMeeting"]:
        _go_online(state, box, props, str(number))
    item = box.add(
        Item(
            number=number, uid=ids.goid_hex(goid), goid=goid, is_organizer=True, created=now,
            modified=now, props=props, recurrence=rule, transaction_id=transaction_id,
        )
    )  # fmt: skip
    state.changed(box, item, None, "created")
    for address in copies.invited(props):
        copies.copy_out(state, item, address, None, rhythm_changed=False)
        copies.send(state, "invitation", box.address, address, view_item(item), cause, "invited")
    return item


def update(state: State, box: Mailbox, view: View, changes: Json, *, cause: Cause) -> None:
    """Change one copy; where it is the organizer's, every attendee's copy is overwritten."""
    item, day = view.item, view.day
    changed = frozenset(key for key in changes if changes[key] != _current(view, key))
    if day is None:
        rhythm_changed = _change_master(item, changes)
    else:
        if "recurrence" in changes:
            raise bad_request("Recurrence can only be set on a series.")
        rhythm_changed = False
        crossing.refuse_crossing(item, view, changes)
        item.exceptions[day] = item.exceptions.get(day, {}) | changes
    if item.is_organizer and "body" in changes:
        _watch_block(state, box, item, day)
    state.changed(box, item, day, "updated")
    if item.is_organizer and changes.keys() & (CONTENT | {"recurrence"}):
        _publish(state, box, item, day, changed, view, rhythm_changed, cause)


def _current(view: View, key: str) -> object:
    return view.item.recurrence if key == "recurrence" else view.props.get(key)


def _change_master(item: Item, changes: Json) -> bool:
    """Apply changes to a series or a single event; a new rhythm discards its exceptions."""
    rule = changes.get("recurrence", item.recurrence)
    new = item.props | {key: value for key, value in changes.items() if key != "recurrence"}
    moved = new["start"].time() != item.props["start"].time() or (
        new["end"] - new["start"] != item.props["end"] - item.props["start"]
    )
    old = item.recurrence
    lost = bool(old and rule and (moved or not recurrence.same_rhythm(old, rule)))
    item.props, item.recurrence = new, rule
    if lost:
        item.exceptions.clear()
        item.cancelled.clear()
    elif rule and "recurrence" in changes:
        _drop_after_end(item)
    return lost


def _drop_after_end(item: Item) -> None:
    last = max([*item.exceptions, *item.cancelled], default=None)
    if last:
        left = set(item.days(last))
        item.exceptions = {day: own for day, own in item.exceptions.items() if day in left}
        item.cancelled &= left


def _publish(
    state: State, box: Mailbox, item: Item, day: date | None, changed: frozenset[str],
    before: View, rhythm_changed: bool, cause: Cause,
) -> None:  # fmt: skip
    """Overwrite the attendees' copies and mail them: once, and once more for each exception."""
    view = view_item(item) if day is None else view_day(item, day)
    was, invited = set(copies.invited(before.props)), copies.invited(view.props)
    only_attendees = changed == {"attendees"}
    for address in invited:
        new = address not in was
        copies.copy_out(state, item, address, day, rhythm_changed=rhythm_changed)
        if only_attendees and not new:
            continue
        kind: Literal["invitation", "update"] = "invitation" if new else "update"
        copies.send(state, kind, box.address, address, view, cause, "", changed)
        for exception in sorted(item.exceptions) if day is None else ():
            shown = view_day(item, exception)
            copies.send(state, "update", box.address, address, shown, cause, "", changed)
    for address in was - set(invited):
        copies.cancel_copy(state, item, address, day)
        copies.send(state, "cancellation", box.address, address, before, cause, "no longer invited")


def cancel(state: State, box: Mailbox, view: View, *, cause: Cause) -> None:
    """Take a meeting or one occurrence away; the organizer's act cancels it for everybody."""
    item, day = view.item, view.day
    if day is None:
        del box.items[item.number]
    else:
        item.exceptions.pop(day, None)
        item.cancelled.add(day)
    state.changed(box, item, day, "deleted")
    if not item.is_organizer:
        return
    for address in copies.invited(view.props):
        copies.cancel_copy(state, item, address, day)
        copies.send(state, "cancellation", box.address, address, view, cause, "cancelled")


def respond(
    state: State, box: Mailbox, view: View, response: str, *, send: bool, cause: Cause
) -> None:
    """Answer an invitation: note it in the own copy and, with the mail, in the organizer's."""
    item, now = view.item, state.clock.now()
    if item.is_organizer:
        raise bad_request("Your request can't be completed. You are the organizer.")
    copies.note_response(item, view.day, {"responseStatus": (response, now)})
    state.changed(box, item, view.day, "updated")
    organizer = state.tenant.mailboxes.get(view.props["organizer"]["address"].lower())
    theirs = organizer.by_uid(item.uid) if organizer else None
    if send and organizer and theirs:
        shown = view_item(theirs) if view.day is None else view_day(theirs, view.day)
        attendees = tuple(
            person | ({"response": response, "time": now} if _is(person, box.address) else {})
            for person in shown.props["attendees"]
        )
        copies.note_response(theirs, view.day, {"attendees": attendees})
        state.changed(organizer, theirs, view.day, "updated")
    if send:
        address = view.props["organizer"]["address"]
        copies.send(state, "response", box.address, address, view, cause, response)


def _is(person: Json, address: str) -> bool:
    return str(person["address"]).lower() == address.lower()


def _go_online(state: State, box: Mailbox, props: Json, seed: str) -> None:
    url = teams_block.join_url(state.tenant.tenant_id, box.user_id, seed)
    props |= {"onlineMeetingProvider": "teamsForBusiness", "isOnlineMeeting": True, "joinUrl": url}
    props["body"] = body_store.store_html(teams_block.with_block(props["body"], url, seed))


def _watch_block(state: State, box: Mailbox, item: Item, day: date | None) -> None:
    """A body without its Teams block takes the meeting offline, or gets it a new link."""
    view = view_item(item) if day is None else view_day(item, day)
    url = view.props["joinUrl"]
    fresh = {"body": view.props["body"]}
    if url and not teams_block.has_block(fresh["body"], url):
        fresh |= {"joinUrl": None, "isOnlineMeeting": False}
        if state.tenant.blob_loss == "mint":
            _go_online(state, box, fresh, f"{item.number}/{item.version}")
    elif not url and view.props["onlineMeetingProvider"] == "teamsForBusiness":
        # Field reports: the link toggles off and on with each write that lacks the block.
        _go_online(state, box, fresh, f"{item.number}/{item.version}")
    copies.note_response(item, day, fresh)


def receive(state: State, box: Mailbox, uid: str, wanted: Json, day: date | None = None) -> Item:
    """Put a meeting from outside into a mailbox; a second one of the same UID updates it."""
    item, kind = box.by_uid(uid), "updated"
    props = {key: value for key, value in wanted.items() if key != "recurrence"}
    if item is None:
        now, kind = state.clock.now(), "created"
        full = copies.DEFAULTS | {"responseStatus": ("notResponded", None)} | props
        item = box.add(
            Item(
                number=next(box.numbers), uid=uid, goid=None, is_organizer=False, created=now,
                modified=now, props=full, recurrence=wanted.get("recurrence"),
            )
        )  # fmt: skip
    elif day is not None:
        if not on_rule(item, day):
            raise GraphError(400, "ErrorItemNotFound", f"the series has nothing on {day}")
        item.exceptions[day] = item.exceptions.get(day, {}) | props
    else:
        item.props = item.props | props
        item.recurrence = wanted.get("recurrence", item.recurrence)
    state.changed(box, item, day, "created" if kind == "created" else "updated")
    return item
