"""Calendar API: the events of a calendar."""

from __future__ import annotations

from .answers import Json, deleted, invalid, not_found, required, updated_min_too_long_ago
from .calendar_state import Calendar, Found
from .call import Call, handles
from .event_store import Act
from .paging import Run, SyncPoint, check_sync_parameters, fixed_part, page_size
from .queries import Query, moment_key, occurrences, query_of, slots
from .recurrence import SUFFIX
from .rendering import etag, event, listed
from .times import as_instant, parse_instant, parse_moment, stamp_text

NO_SYNC_AFTER = ("q", "orderBy", "iCalUID", "privateExtendedProperty", "sharedExtendedProperty")


def act_of(call: Call) -> Act:
    """Without sendUpdates the API mails nobody."""
    told = "all" if call.query.get("sendNotifications") else "none"
    return Act(
        actor=call.me,
        cause=call.method.id,
        notify=call.query.get("sendUpdates", told),
        conference_version=call.query.get("conferenceDataVersion", 0),
    )


@handles("calendar.events.list")
def list_events(call: Call) -> Json:
    calendar = call.calendar()
    pages = call.world.pages
    if "pageToken" in call.query:
        run = pages.resume(call.query["pageToken"], call.query)
    elif "syncToken" in call.query:
        run = _changes(call, calendar)
    else:
        run = _everything(call, calendar)
    items, next_page, next_sync = pages.take(run, page_size(call.query))
    answer = _envelope(call, calendar)
    if next_page:
        answer["nextPageToken"] = next_page
    if next_sync:
        answer["nextSyncToken"] = next_sync
    zone = call.query.get("timeZone")
    return answer | {"items": [listed(calendar, found, zone) for found in items]}


def _everything(call: Call, calendar: Calendar) -> Run:
    _check_list(call)
    query = query_of(call.query, call.now)
    rows = list(calendar.rows.values())
    if call.query.get("orderBy") == "updated":
        rows.sort(key=lambda row: row.updated)
    found = list(slots(calendar, query, rows))
    if call.query.get("orderBy") == "startTime":
        shown = [one for one in found if one is not None]
        found = [*sorted(shown, key=lambda one: calendar.span(one.fields)[0])]
    keeps_sync = not any(name in call.query for name in (*NO_SYNC_AFTER, "updatedMin"))
    point = _point(call, calendar, call.query) if keeps_sync else None
    return Run(slots=found, point=point, parameters=call.query)


def _check_list(call: Call) -> None:
    if call.query.get("orderBy") == "startTime" and not call.query.get("singleEvents"):
        raise invalid("The requested ordering is not available for the particular query.")
    updated = call.query.get("updatedMin")
    if updated and call.now - parse_instant(updated) > call.world.assumptions.tokens_live:
        raise updated_min_too_long_ago()


def _point(call: Call, calendar: Calendar, window: Json) -> SyncPoint:
    return SyncPoint(
        calendar_id=calendar.id,
        change=call.world.calendars.changes,
        issued=call.now,
        fixed=fixed_part(call.query),
        window={name: window[name] for name in ("timeMin", "timeMax") if name in window},
    )


def _changes(call: Call, calendar: Calendar) -> Run:
    check_sync_parameters(call.query)
    lives = call.world.assumptions.tokens_live
    point = call.world.pages.point(call.query["syncToken"], calendar, call.now, lives)
    if fixed_part(call.query) != point.fixed:
        call.world.violate(
            f"a sync token was used with {fixed_part(call.query)} and given with {point.fixed}: "
            "Google leaves undefined what comes back"
        )
        raise invalid("Sync token cannot be used with other parameters than its first request.")
    rows = [row for row in calendar.rows.values() if row.change > point.change]
    rows.sort(key=lambda row: row.change)
    query = _incremental(query_of(call.query | point.window, call.now))
    found = list(slots(calendar, query, rows))
    return Run(slots=found, point=_point(call, calendar, point.window), parameters=call.query)


def _incremental(query: Query) -> Query:
    return Query(
        after=query.after,
        before=query.before,
        single=query.single,
        incremental=True,
        types=query.types,
    )


def _envelope(call: Call, calendar: Calendar) -> Json:
    latest = max((row.updated for row in calendar.rows.values()), default=0)
    return {
        "kind": "calendar#events",
        "etag": etag(latest),
        "summary": calendar.summary,
        "description": "",
        "updated": stamp_text(latest),
        "timeZone": call.query.get("timeZone", calendar.zone),
        "accessRole": call.role_in(calendar),
        "defaultReminders": [{"method": "popup", "minutes": 10}],
    }


@handles("calendar.events.instances")
def list_instances(call: Call) -> Json:
    calendar = call.calendar()
    pages = call.world.pages
    if "pageToken" in call.query:
        run = pages.resume(call.query["pageToken"], call.query)
    else:
        run = Run(slots=list(_instances(call, calendar)), point=None, parameters=call.query)
    items, next_page, _ = pages.take(run, page_size(call.query))
    answer = _envelope(call, calendar)
    if next_page:
        answer["nextPageToken"] = next_page
    zone = call.query.get("timeZone")
    return answer | {"items": [listed(calendar, found, zone) for found in items]}


def _instances(call: Call, calendar: Calendar) -> list[Found]:
    found = call.world.store.found(calendar, call.path["eventId"])
    if found.fields.get("status") == "cancelled":
        raise deleted() if found.series is None else not_found()
    if found.row is None or not found.row.is_series:
        return [found]
    query = query_of(call.query, call.now)
    some = occurrences(calendar, found.row, query)
    only = call.query.get("originalStart")
    if only is None:
        return some
    wanted = as_instant(
        parse_moment({"date" if len(only) == 10 else "dateTime": only}, calendar.zone),
        calendar.zone,
    )
    return [one for one in some if moment_key(calendar, one) == wanted]


@handles("calendar.events.get")
def get_event(call: Call) -> Json:
    calendar = call.calendar()
    found = call.world.store.found(calendar, call.path["eventId"])
    return event(calendar, found, call.query.get("timeZone"))


@handles("calendar.events.insert")
def insert_event(call: Call) -> Json:
    calendar = call.calendar(write=True)
    for name in ("start", "end"):
        if name not in call.body:
            raise required(f"Missing {name} time.")
    return event(calendar, call.world.writer.insert(calendar, call.body, act_of(call)))


@handles("calendar.events.import")
def import_event(call: Call) -> Json:
    calendar = call.calendar(write=True)
    for name in ("start", "end", "iCalUID"):
        if name not in call.body:
            raise required(f"Missing {name}.")
    return event(calendar, call.world.writer.import_copy(calendar, call.body, call.me))


@handles("calendar.events.patch")
def patch_event(call: Call) -> Json:
    calendar = call.calendar(write=True)
    found = call.world.writer.change(
        calendar, call.path["eventId"], call.body, act_of(call), if_match=call.if_match
    )
    return event(calendar, found)


@handles("calendar.events.update")
def update_event(call: Call) -> Json:
    calendar = call.calendar(write=True)
    for name in ("start", "end"):
        if name not in call.body:
            raise required(f"Missing {name} time.")
    found = call.world.writer.change(
        calendar,
        call.path["eventId"],
        call.body,
        act_of(call),
        if_match=call.if_match,
        replace=True,
    )
    return event(calendar, found)


@handles("calendar.events.delete")
def delete_event(call: Call) -> None:
    calendar = call.calendar(write=True)
    remover = call.world.writer.remover
    remover.remove(calendar, call.path["eventId"], act_of(call), if_match=call.if_match)


@handles("calendar.events.move")
def move_event(call: Call) -> Json:
    if SUFFIX.search(call.path["eventId"]):
        raise invalid("Cannot change the organizer of an instance.")
    calendar = call.calendar(write=True)
    destination = call.calendar_named(call.query["destination"], write=True)
    mover = call.world.mover
    return event(destination, mover.move(calendar, destination, call.path["eventId"], act_of(call)))
