"""Events over HTTP: list, read, create, change, delete, answer, expand, free and busy."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from tests.servers.graph import event_json, filters, meeting
from tests.servers.graph.answers import Answer, GraphError, Json, bad_request, many, nothing, one
from tests.servers.graph.mailbox_state import View, occurrences, view_item
from tests.servers.graph.paging import paged
from tests.servers.graph.routing import Ask, RouteTable
from tests.servers.graph.zones import windows_name, zone_of

if TYPE_CHECKING:
    from tests.servers.graph.state import State

routes = RouteTable()
LIST = "$select $expand $filter $orderby $top $skip $count"
EVENT = "/users/{user-id}/events/{event-id}"
LONGEST_WINDOW = timedelta(days=1825)


@routes.on("GET", "/users/{user-id}/events", query=LIST)
def list_events(state: State, ask: Ask) -> Answer:
    views = [view_item(item) for item in ask.mailbox.items.values()]
    return _listed(state, ask, views)


@routes.on("GET", "/users/{user-id}/calendarView", query=LIST + " startDateTime endDateTime")
def calendar_view(state: State, ask: Ask) -> Answer:
    return _listed(state, ask, ask.mailbox.in_window(*window(ask)))


@routes.on("GET", EVENT + "/instances", query=LIST + " startDateTime endDateTime")
def list_instances(state: State, ask: Ask, event_id: str) -> Answer:
    view = ask.mailbox.find(event_id)
    if view.kind != "seriesMaster":
        raise bad_request("The event is not a series master.", "ErrorInvalidRequest")
    return _listed(state, ask, occurrences(view.item, *window(ask)))


def window(ask: Ask) -> tuple[datetime, datetime]:
    """Read startDateTime and endDateTime; both are required."""
    try:
        start, end = ask.query["startDateTime"], ask.query["endDateTime"]
    except KeyError as err:
        raise bad_request("This request requires a time window specified by the query string "
                          "parameters StartDateTime and EndDateTime.",
                          "ErrorInvalidParameter") from err  # fmt: skip
    first, last = event_json.parse_moment(start), event_json.parse_moment(end)
    if last - first > LONGEST_WINDOW:
        raise bad_request("Your request can't be completed. The range between the start and end "
                          "dates is greater than the allowed range. Maximum number of days: 1825",
                          "ErrorCalendarViewRangeTooBig")  # fmt: skip
    return first, last


def _listed(state: State, ask: Ask, views: list[View]) -> Answer:
    wanted = ask.query.get("$expand", "") + ask.query.get("$filter", "")
    rows = [
        event_json.full(state, ask, view, in_list=True)
        | event_json.expanded(state, ask, view, wanted)
        for view in views
    ]
    rows = filters.matching(rows, ask.query.get("$filter", ""))
    rows = filters.ordered(rows, ask.query.get("$orderby", ""))
    return paged(state, ask, "event", rows)


@routes.on("POST", "/users/{user-id}/events", takes="event")
def create_event(state: State, ask: Ask) -> Answer:
    box, wanted = ask.mailbox, ask.body
    if not wanted.get("start") or not wanted.get("end"):
        raise bad_request("The start and end are required.", "ErrorPropertyValidationFailure")
    transaction = wanted.get("transactionId")
    if transaction and any(i.transaction_id == transaction for i in box.items.values()):
        raise GraphError(
            409, "ErrorDuplicateTransactionId", "Your request can't be completed. The "
            "TransactionId specified in the request has already been used."
        )  # fmt: skip
    kept = event_json.read(wanted, windows_name(box.zone))
    if kept["end"] < kept["start"]:
        raise bad_request("The end is before the start.", "ErrorPropertyValidationFailure")
    item = meeting.create(state, box, kept, cause="app", transaction_id=transaction)
    made = event_json.show(state, ask, item)
    return one("event", made, status=201, ETag=made["@odata.etag"])


@routes.on("GET", EVENT, query="$select $expand")
def read_event(state: State, ask: Ask, event_id: str) -> Answer:
    view = ask.mailbox.find(event_id)
    shown = event_json.full(state, ask, view)
    shown |= event_json.expanded(state, ask, view, ask.query.get("$expand", ""))
    if "cancelledOccurrences" in ask.query.get("$select", "") and view.kind == "seriesMaster":
        shown["cancelledOccurrences"] = event_json.cancelled_days(ask, view.item)
    return one("event", shown, ETag=shown["@odata.etag"])


@routes.on("PATCH", EVENT, takes="event")
def change_event(state: State, ask: Ask, event_id: str) -> Answer:
    box = ask.mailbox
    view = box.find(event_id)
    _need_etag(ask, view)
    if view.item.is_organizer is False and ask.body.keys() & {"attendees", "recurrence"}:
        raise GraphError(403, "ErrorAccessDenied", "Only the organizer can do that.")
    changes = event_json.read(ask.body, windows_name(box.zone))
    if view.props["joinUrl"]:  # ignored once set, as the reference of event says
        changes = {
            k: v for k, v in changes.items() if not k.lower().startswith(("isonline", "onl"))
        }
    changes = event_json.with_responses(event_json.converted(changes, view), view)
    meeting.update(state, box, view, changes, cause="app")
    shown = event_json.full(state, ask, box.find(event_id))
    return one("event", shown, ETag=shown["@odata.etag"])


def _need_etag(ask: Ask, view: View) -> None:
    """Refuse a write whose If-Match is no longer the version: a series has one for all."""
    expected = ask.headers.get("if-match")
    if expected and expected not in ("*", event_json.etag(ask.mailbox, view.item)):
        raise GraphError(
            412, "ErrorIrresolvableConflict", "The send or update operation could not be "
            "performed because the change key passed in the request does not match the current "
            "change key for the item."
        )  # fmt: skip


@routes.on("DELETE", EVENT)
def delete_event(state: State, ask: Ask, event_id: str) -> Answer:
    view = ask.mailbox.find(event_id)
    _need_etag(ask, view)
    meeting.cancel(state, ask.mailbox, view, cause="app")
    return nothing()


@routes.on("POST", EVENT + "/cancel", action=("cancel", "event"))
def cancel_event(state: State, ask: Ask, event_id: str) -> Answer:
    view = ask.mailbox.find(event_id)
    if not view.item.is_organizer:
        raise bad_request("Your request can't be completed. You need to be an organizer to "
                          "cancel a meeting.", "ErrorInvalidRequest")  # fmt: skip
    meeting.cancel(state, ask.mailbox, view, cause="app")
    return nothing(202)


def _answer(state: State, ask: Ask, event_id: str, response: str) -> Answer:
    view = ask.mailbox.find(event_id)
    wishes = {key.lower(): value for key, value in ask.body.items()}
    send = wishes.get("sendresponse", True)
    meeting.respond(state, ask.mailbox, view, response, send=send, cause="app")
    return nothing(202)


@routes.on("POST", EVENT + "/accept", action=("accept", "event"))
def accept(state: State, ask: Ask, event_id: str) -> Answer:
    return _answer(state, ask, event_id, "accepted")


@routes.on("POST", EVENT + "/decline", action=("decline", "event"))
def decline(state: State, ask: Ask, event_id: str) -> Answer:
    return _answer(state, ask, event_id, "declined")


@routes.on("POST", EVENT + "/tentativelyAccept", action=("tentativelyAccept", "event"))
def accept_tentatively(state: State, ask: Ask, event_id: str) -> Answer:
    return _answer(state, ask, event_id, "tentativelyAccepted")


@routes.on("POST", "/users/{user-id}/calendar/getSchedule", action=("getSchedule", "calendar"))
def get_schedule(state: State, ask: Ask) -> Answer:
    """Free and busy, of everybody in the organization."""
    wanted = {key.lower(): value for key, value in ask.body.items()}
    start, end = _utc(wanted["starttime"]), _utc(wanted["endtime"])
    rows = [_schedule(state, ask, address, start, end) for address in wanted["schedules"]]
    return many("scheduleInformation", rows)


def _utc(value: Json) -> datetime:
    naive = datetime.fromisoformat(value["dateTime"])
    return naive.replace(tzinfo=zone_of(value["timeZone"])).astimezone(UTC)


def _schedule(state: State, ask: Ask, address: str, start: datetime, end: datetime) -> Json:
    box = state.tenant.mailboxes.get(address.lower())
    if box is None:
        error = {"message": "The recipient was not found.", "responseCode":
                 "ErrorMailRecipientNotFound"}  # fmt: skip
        return {"scheduleId": address, "availabilityView": "", "scheduleItems": [], "error": error}
    busy = [view for view in box.in_window(start, end) if not view.props["isCancelled"]]
    return {
        "scheduleId": address,
        "scheduleItems": [
            {
                "status": view.props["showAs"],
                "start": event_json.zoned(view.start, ask),
                "end": event_json.zoned(view.end, ask),
            }
            for view in busy
        ],
    }


@routes.on("GET", "/users/{user-id}/calendar/calendarPermissions", query="$top")
def list_permissions(state: State, ask: Ask) -> Answer:
    """Who may do what with the calendar: everybody in the organization, then each one."""
    box = ask.mailbox
    rows = [_permission({"name": "My Organization"}, box.organization_role, is_removable=False)]
    rows += [
        _permission({"name": address.partition("@")[0], "address": address}, role)
        for address, role in box.shared_with.items()
    ]
    return many("calendarPermission", rows)


def _permission(whose: Json, role: str, *, is_removable: bool = True) -> Json:
    return {
        "id": f"{whose.get('address', whose['name'])}",
        "isRemovable": is_removable,
        "isInsideOrganization": True,
        "role": role,
        "allowedRoles": ["none", "freeBusyRead", "limitedRead", "read", "write"],
        "emailAddress": whose,
    }
