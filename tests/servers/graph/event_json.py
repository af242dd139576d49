"""Events as Graph writes and reads them: views to JSON, JSON to what a mailbox keeps."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tests.servers.graph import body_store, ids, recurrence
from tests.servers.graph.answers import Json, bad_request
from tests.servers.graph.clock import NULL_TIME, naive_stamp, stamp
from tests.servers.graph.mailbox_state import Item, Mailbox, View, view_day, view_item
from tests.servers.graph.words import words
from tests.servers.graph.zones import windows_name, zone_of

if TYPE_CHECKING:
    from tests.servers.graph.routing import Ask
    from tests.servers.graph.state import State

PLAIN = words(
    """subject importance sensitivity isAllDay isReminderOn reminderMinutesBeforeStart showAs
    responseRequested allowNewTimeProposals hideAttendees isOnlineMeeting
    onlineMeetingProvider categories"""
)
"""Properties that are kept as they come."""


def etag(box: Mailbox, item: Item) -> str:
    """One etag for a whole series: an occurrence has its master's."""
    return f'W/"{ids.change_key(box.address, item.number, item.version)}"'


def event_id(state: State, ask: Ask, box: Mailbox, view: View) -> str:
    immutable = ask.immutable and (view.day is None or state.tenant.immutable_occurrence_ids)
    return box.id_of(view.item, view.day, immutable=immutable)


def zoned(moment: datetime, ask: Ask) -> Json:
    """Write a dateTimeTimeZone in the zone that the request prefers."""
    name = ask.prefer.get("outlook.timezone", "UTC")
    local = moment.astimezone(zone_of(name)).replace(tzinfo=None)
    return {"dateTime": naive_stamp(local), "timeZone": name}


def body_json(stored: str, ask: Ask) -> Json:
    if ask.prefer.get("outlook.body-content-type", "").lower() == "text":
        return {"contentType": "text", "content": body_store.as_text(stored)}
    return {"contentType": "html", "content": stored}


def full(state: State, ask: Ask, view: View, *, in_list: bool = False) -> Json:
    """Write all of an event."""
    box, item, props = ask.mailbox, view.item, view.props
    made = event_id(state, ask, box, view)
    series = item if view.day else None
    lists_original = state.tenant.original_start_in_lists or not in_list
    return {
        "@odata.etag": etag(box, item),
        "id": made,
        "createdDateTime": stamp(item.created),
        "lastModifiedDateTime": stamp(item.modified),
        "changeKey": ids.change_key(box.address, item.number, item.version),
        "originalStartTimeZone": windows_name(props["zone"]),
        "originalEndTimeZone": windows_name(props["zone"]),
        "iCalUId": ids.goid_hex(item.goid, view.day) if item.goid else item.uid,
        "uid": item.uid,
        "hasAttachments": False,
        "bodyPreview": body_store.preview(props["body"]),
        "isCancelled": props["isCancelled"],
        "isDraft": props["isDraft"],
        "isOrganizer": item.is_organizer,
        "seriesMasterId": _master_id(ask, box, series),
        "type": view.kind,
        "webLink": f"https://outlook.office365.com/owa/?itemid={made}&exvsurl=1",
        "onlineMeetingUrl": None,
        "onlineMeeting": {"joinUrl": props["joinUrl"]} if props["joinUrl"] else None,
        "transactionId": item.transaction_id,
        "occurrenceId": _occurrence_id(ask, box, view),
        **({"originalStart": stamp(view.original_start)[:19] + "Z"}
           if view.original_start and lists_original else {}),
        "recurrence": item.recurrence if view.kind == "seriesMaster" else None,
        "responseStatus": _response(*props["responseStatus"]),
        "body": body_json(props["body"], ask),
        "start": zoned(view.start, ask),
        "end": zoned(view.end, ask),
        "location": _location(props["location"]),
        "locations": [_location(props["location"])] if props["location"] else [],
        "attendees": [_attendee(person) for person in props["attendees"]],
        "organizer": {"emailAddress": dict(props["organizer"])},
        **{key: _plain(props[key]) for key in sorted(PLAIN)},
    }  # fmt: skip


def sparse(state: State, ask: Ask, view: View) -> Json:
    """Write an occurrence as delta does: who it belongs to and when it is, nothing more."""
    return {
        "@odata.type": "#microsoft.graph.event",
        "@odata.etag": etag(ask.mailbox, view.item),
        "seriesMasterId": _master_id(ask, ask.mailbox, view.item),
        "type": "occurrence",
        "start": zoned(view.start, ask),
        "end": zoned(view.end, ask),
        "id": event_id(state, ask, ask.mailbox, view),
    }


def expanded(state: State, ask: Ask, view: View, wanted: str) -> Json:
    """Write what $expand adds to an event."""
    extra: Json = {}
    if "exceptionOccurrences" in wanted and view.kind == "seriesMaster":
        days = sorted(view.item.exceptions)
        extra["exceptionOccurrences"] = [full(state, ask, view_day(view.item, d)) for d in days]
    if "singleValueExtendedProperties" in wanted:
        extra["singleValueExtendedProperties"] = [
            dict(one)
            for one in view.props["singleValueExtendedProperties"]
            if f"'{one['id'].lower()}'" in wanted.lower()
        ]
    return extra


def cancelled_days(ask: Ask, item: Item) -> list[str]:
    master = _master_id(ask, ask.mailbox, item)
    return [f"OID.{master}.{day.isoformat()}" for day in sorted(item.cancelled)]


def _master_id(ask: Ask, box: Mailbox, series: Item | None) -> str | None:
    return box.id_of(series, None, immutable=ask.immutable) if series else None


def _occurrence_id(ask: Ask, box: Mailbox, view: View) -> str | None:
    if view.day is None:
        return None
    return f"OID.{_master_id(ask, box, view.item)}.{view.day.isoformat()}"


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def _response(response: str, time: datetime | None) -> Json:
    return {"response": response, "time": stamp(time) if time else NULL_TIME}


def _attendee(person: Json) -> Json:
    return {
        "type": person.get("type", "required"),
        "status": _response(person.get("response", "none"), person.get("time")),
        "emailAddress": {"name": person["name"], "address": person["address"]},
    }


def _location(name: str) -> Json:
    if not name:
        return {"displayName": "", "locationType": "default", "uniqueIdType": "unknown",
                "address": {}, "coordinates": {}}  # fmt: skip
    return {"displayName": name, "locationType": "default", "uniqueId": name,
            "uniqueIdType": "private"}  # fmt: skip


# --- what comes in ------------------------------------------------------------------------


def read(body: Json, zone: str) -> Json:
    """Turn a request's event into what a mailbox keeps; `zone` is the one it is kept in."""
    kept: Json = {key: _kept(body[key]) for key in PLAIN & body.keys()}
    for key in ("importance", "sensitivity", "showAs"):
        if isinstance(kept.get(key), str):
            kept[key] = kept[key][0].lower() + kept[key][1:]
    if "body" in body:
        kept["body"] = _read_body(body["body"])
    for key in ("start", "end"):
        if key in body:
            kept[key], kept["zone"] = _read_time(body[key], zone)
    if "location" in body:
        kept["location"] = (body["location"] or {}).get("displayName", "")
    if "attendees" in body:
        kept["attendees"] = tuple(_read_attendee(person) for person in body["attendees"])
    if body.get("recurrence"):
        kept["recurrence"] = recurrence.checked(body["recurrence"], kept.get("zone", zone))
    if "singleValueExtendedProperties" in body:
        kept["singleValueExtendedProperties"] = tuple(body["singleValueExtendedProperties"])
    return kept


def _kept(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value


def _read_body(body: Json) -> str:
    content = body.get("content") or ""
    if str(body.get("contentType", "text")).lower() == "html":
        return body_store.store_html(content)
    return body_store.store_text(content)


def _read_time(value: Json, zone: str) -> tuple[datetime, str]:
    """Return the time as it is kept: naive, with its zone's name."""
    given = value.get("timeZone") or zone
    try:
        naive = datetime.fromisoformat(value["dateTime"])
    except (KeyError, ValueError) as err:
        raise bad_request("The dateTime can't be read.", "ErrorInvalidRequest") from err
    if naive.tzinfo is not None:
        naive = naive.astimezone(zone_of(given)).replace(tzinfo=None)
    zone_of(given)
    return naive, given


def _read_attendee(person: Json) -> Json:
    address = person.get("emailAddress") or {}
    if not address.get("address"):
        raise bad_request("At least one recipient isn't valid.", "ErrorInvalidRecipients")
    return {
        "address": address["address"],
        "name": address.get("name") or address["address"],
        "type": str(person.get("type") or "required").lower(),
        "response": "none",
        "time": None,
    }


def converted(changes: Json, view: View) -> Json:
    """Bring changed times into the zone that the event is kept in."""
    found = dict(changes)
    if view.day is not None or "zone" not in changes:
        for key in ("start", "end"):
            if key in changes:
                there = changes[key].replace(tzinfo=zone_of(changes["zone"]))
                here = there.astimezone(zone_of(view.props["zone"]))
                found[key] = here.replace(tzinfo=None)
        found.pop("zone", None)
    return found


def with_responses(changes: Json, view: View) -> Json:
    """Keep what attendees have answered when the list is sent again."""
    if "attendees" not in changes:
        return changes
    known = {person["address"].lower(): person for person in view.props["attendees"]}
    merged = tuple(
        person
        | {
            key: known[person["address"].lower()][key]
            for key in ("response", "time")
            if person["address"].lower() in known
        }
        for person in changes["attendees"]
    )
    return changes | {"attendees": merged}


def parse_moment(text: str) -> datetime:
    """Read a query's time: UTC unless it says otherwise."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as err:
        raise bad_request(f"The time {text!r} can't be read.", "ErrorInvalidParameter") from err
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


def show(state: State, ask: Ask, item: Item) -> Json:
    return full(state, ask, view_item(item))
