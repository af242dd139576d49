"""Exchange's rule that an occurrence may not pass or overlap its neighbours."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from tests.servers.graph.answers import Json, bad_request
from tests.servers.graph.mailbox_state import Item, View, local_to_utc, view_day


def refuse_crossing(item: Item, view: View, changes: Json) -> None:
    if not changes.keys() & {"start", "end"} or view.day is None:
        return
    props = view.props | changes
    start = local_to_utc(props["start"], props["zone"])
    end = local_to_utc(props["end"], props["zone"])
    others = [
        other
        for other in (view_day(item, day) for day in _neighbours(item, view.day))
        if other.day is not None
    ]
    for other in others:
        before = other.day is not None and other.day < view.day
        if (before and start < other.end) or (not before and end > other.start):
            raise bad_request(
                "Modified occurrence is crossing or overlapping adjacent occurrence.",
                "ErrorOccurrenceCrossingBoundary",
            )


def _neighbours(item: Item, day: date) -> Iterable[date]:
    far = day.replace(year=day.year + 2, day=min(day.day, 28))
    days = sorted({*item.days(far), *item.exceptions} - item.cancelled)
    if day in days:
        at = days.index(day)
        yield from days[max(0, at - 1) : at]
        yield from days[at + 1 : at + 2]
