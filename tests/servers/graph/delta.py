"""calendarView/delta: rounds of sparse rows, removals from anywhere, links that expire."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from itertools import count
from typing import TYPE_CHECKING

from tests.servers.graph import event_json, event_routes
from tests.servers.graph.answers import Answer, GraphError, Json, many
from tests.servers.graph.mailbox_state import Change, Mailbox, View, on_rule, view_day, view_item
from tests.servers.graph.mailbox_state import occurrences as occurrences_of
from tests.servers.graph.routing import Ask, RouteTable

if TYPE_CHECKING:
    from tests.servers.graph.state import State

routes = RouteTable()
Key = tuple[int, date | None]
PAGE = 50
NUMBERS = count(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One link's state: the window is part of it, and cannot be changed."""

    address: str
    start: datetime
    end: datetime
    seen: int
    """How far the mailbox's log had been told when the round began."""
    left: tuple[Key, ...] = ()
    """Rows that the next pages bring; empty behind a deltaLink."""
    known: frozenset[Key] = frozenset()


PATH = "/users/{user-id}/calendarView/delta()"


@routes.on("GET", PATH, query="startDateTime endDateTime $skiptoken $deltatoken")
def calendar_view_delta(state: State, ask: Ask) -> Answer:
    token = ask.query.get("$skiptoken") or ask.query.get("$deltatoken")
    if not token:
        return _page(state, ask, _first(state, ask))
    round_ = state.delta_rounds.get(token)
    if not isinstance(round_, Round) or round_.address != ask.mailbox.address:
        location = f"{state.root}/users/{ask.mailbox.user_id}/calendarView/delta?$deltatoken="
        raise GraphError(
            410, "SyncStateNotFound", "The sync state generation is not found; generation='x'",
            {"Location": location},
        )  # fmt: skip
    return _page(state, ask, round_ if "$skiptoken" in ask.query else _next(ask.mailbox, round_))


def _first(state: State, ask: Ask) -> Round:
    """Everything in the window: single events, masters, exceptions, sparse occurrences."""
    box = ask.mailbox
    start, end = event_routes.window(ask)
    views = box.in_window(start, end)
    masters = {view.item.number: None for view in views if view.item.recurrence}
    keys = [(number, None) for number in masters]
    rows = (*keys, *((view.item.number, view.day) for view in views))
    return Round(address=box.address, start=start, end=end, seen=len(box.log), left=rows)


def _next(box: Mailbox, round_: Round) -> Round:
    """What the log has since; a series that changed as a whole comes with all occurrences."""
    news: dict[Key, None] = {}
    for change in box.log[round_.seen :]:
        for key in _touched(box, round_, change):
            news.pop(key, None)
            news[key] = None
    return Round(
        address=box.address, start=round_.start, end=round_.end, seen=len(box.log),
        left=tuple(news), known=round_.known,
    )  # fmt: skip


def _touched(box: Mailbox, round_: Round, change: Change) -> list[Key]:
    item = box.items.get(change.number)
    if item is None or change.day is not None or not item.recurrence:
        return [(change.number, change.day)]
    days = [view.day for view in occurrences_of(item, round_.start, round_.end)]
    gone = [day for number, day in round_.known if number == item.number and day and not
            on_rule(item, day)]  # fmt: skip
    return [(item.number, None), *((item.number, day) for day in [*days, *gone])]


def _page(state: State, ask: Ask, round_: Round) -> Answer:
    size = int(ask.prefer.get("odata.maxpagesize") or PAGE)
    keys, left = round_.left[:size], round_.left[size:]
    rows = [_row(state, ask, round_, key) for key in keys]
    if state.faults.delta_replays:
        rows = [*reversed(rows), *rows[:1]]
    known = round_.known | set(keys)
    link = _link(state, ask, round_, left, known)
    return many("event", rows, **{"next_link" if left else "delta_link": link})


def _link(
    state: State, ask: Ask, round_: Round, left: tuple[Key, ...], known: frozenset[Key]
) -> str:
    token = f"R0usmcMDNGg0J1E{next(NUMBERS)}"
    state.delta_rounds[token] = Round(
        address=round_.address, start=round_.start, end=round_.end, seen=round_.seen, left=left,
        known=known,
    )  # fmt: skip
    name = "$skiptoken" if left else "$deltatoken"
    return f"{state.root}/users/{ask.mailbox.user_id}/calendarView/delta?{name}={token}"


def _row(state: State, ask: Ask, round_: Round, key: Key) -> Json:
    """One row; what is gone, or lies outside the window, comes as removed."""
    box, (number, day) = ask.mailbox, key
    item = box.items.get(number)
    if item is None or (day is not None and not on_rule(item, day)):
        return _removed(_former_id(state, ask, box, key))
    view = view_item(item) if day is None else view_day(item, day)
    if not _inside(round_, view):
        return _removed(event_json.event_id(state, ask, box, view))
    if view.kind == "occurrence":
        return event_json.sparse(state, ask, view)
    return {"@odata.type": "#microsoft.graph.event", **event_json.full(state, ask, view)}


def _inside(round_: Round, view: View) -> bool:
    if view.kind == "seriesMaster":
        return bool(occurrences_of(view.item, round_.start, round_.end))
    return view.start < round_.end and view.end > round_.start


def _former_id(state: State, ask: Ask, box: Mailbox, key: Key) -> str:
    """Find the id under which a caller of this kind last got what is gone now."""
    immutable = ask.immutable and (key[1] is None or state.tenant.immutable_occurrence_ids)
    found = [made for made, where in box.handed_out.items() if where == key]
    fitting = [made for made in found if made.startswith("AAkALg") == immutable]
    return (fitting or found or [f"AAMkunknown{key[0]}"])[-1]


def _removed(event_id: str) -> Json:
    return {"@odata.type": "#microsoft.graph.event", "id": event_id,
            "@removed": {"reason": "deleted"}}  # fmt: skip


def expire(state: State) -> None:
    """Forget every link that was handed out."""
    state.delta_rounds.clear()
