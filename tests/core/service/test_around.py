"""What lies around a talk comes with the changes; only what they do not show is listed anew."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import pytest

from core.memory.store import MemoryStore
from core.model.around import Around, Other
from core.model.calendar import (
    CalendarEvent,
    CalendarId,
    EventId,
    EventKind,
    EventRef,
    EventStatus,
    Window,
)
from core.model.series import Connection, ConnectionId, Copy, SeriesId, SeriesState
from core.model.sights import Sight
from core.ports import CalendarFeature, ChangePage
from core.service.around import REACH, look_around_in, tell_around
from tests.core.builders import ANNA, BEN, NOW, event, people, series, slot

CAL = CalendarId("anna")
HOUR = timedelta(hours=1)
TALK = slot(NOW + 24 * HOUR)
NEAR = Window(start=TALK.start - REACH, end=TALK.end + REACH)
ACCOUNT = Connection(
    connection_id=ConnectionId(ANNA), suite="google", person=ANNA, calendars=(CAL,)
)


def ref(name: str) -> EventRef:
    return EventRef(calendar_id=CAL, event_id=EventId(name))


def other(name: str, start: datetime, **values: Any) -> CalendarEvent:
    given = {"kind": EventKind.SINGLE, "original_start": None, "participants": ()} | values
    return event(start, ref=ref(name), uid=name.partition("_")[0], slot=slot(start), **given)


def known(*others: Other) -> MemoryStore:
    store = MemoryStore()
    with store.transaction() as tx:
        tx.put_connection(ACCOUNT)
        tx.put_noun(Around(calendar_id=CAL, windows=(NEAR,), others=others))
    return store


def standing(name: str, series: str | None = None) -> Other:
    return Other(
        event_id=EventId(name),
        series_id=EventId(series) if series else None,
        uid=name,
        span=Window(start=TALK.start - HOUR, end=TALK.start),
    )


def told(store: MemoryStore, *, fresh: bool = False, **page: Any) -> list[str] | None:
    """Let the calendar tell it; return what is known then, None: nothing."""
    given = {"changed": (), "removed": (), "cursor": "2", "more": False} | page
    with store.transaction() as tx:
        tell_around(tx, ACCOUNT, CAL, ChangePage(**given), fresh=fresh)
        found = tx.noun(Around, CAL)
    return None if found is None else sorted(each.event_id for each in found.others)


def test_single_event_comes_moves_and_goes_without_a_request() -> None:
    store = known()

    assert told(store, changed=(other("a", TALK.start + HOUR),)) == ["a"]
    assert told(store, changed=(other("a", TALK.start + 2 * HOUR),)) == ["a"]
    assert told(store, changed=(other("a", TALK.start + 12 * HOUR),)) == []
    assert told(store, changed=(other("a", TALK.start),)) == ["a"]
    assert told(store, removed=("a",)) == []


@pytest.mark.parametrize(
    "gone",
    [
        {"status": EventStatus.CANCELLED},
        {"participants": people(BEN, ANNA, declined=ANNA)},
    ],
)
def test_what_is_cancelled_or_declined_takes_no_time(gone: dict[str, Any]) -> None:
    assert told(known(standing("a")), changed=(other("a", TALK.start, **gone),)) == []


def test_changed_occurrence_takes_the_place_of_what_was_listed() -> None:
    moved = other("s_1", TALK.start + 9 * HOUR, kind=EventKind.EXCEPTION, series=ref("s"))

    assert told(known(standing("s_1", "s"), standing("t_1", "t")), occurrences=(moved,)) == ["t_1"]


def test_occurrence_from_where_nobody_looked_is_listed_anew_and_a_far_one_is_not() -> None:
    inside = other("s_9", TALK.start, kind=EventKind.EXCEPTION, series=ref("s"))
    far = other("s_9", TALK.start + 50 * HOUR, kind=EventKind.EXCEPTION, series=ref("s"))

    assert told(known(), occurrences=(inside,)) is None
    assert told(known(), occurrences=(far,)) == []


def test_changed_series_is_listed_anew_and_one_that_is_deleted_takes_its_occurrences_along() -> (
    None
):
    master = other("s", TALK.start - 7 * 24 * HOUR, kind=EventKind.SERIES, rrule="FREQ=WEEKLY")

    assert told(known(standing("s_1", "s")), changed=(master,)) is None
    assert told(known(standing("s_1", "s"), standing("a")), removed=("s",)) == ["a"]


def test_unreadable_event_may_lie_anywhere_and_a_listing_from_the_start_says_not_what_is_gone() -> (
    None
):
    assert told(known(standing("a")), broken=(("b", "no start"),)) is None
    assert told(known(standing("a")), fresh=True) is None


class Port:
    """A calendar that can only be listed; `meanwhile` happens while it is."""

    features = CalendarFeature.NONE

    def __init__(self, store: MemoryStore, *, meanwhile: bool = False) -> None:
        self.asked: list[Window] = []
        self._store, self._meanwhile = store, meanwhile

    def list_occurrences(self, _: CalendarId, window: Window) -> Sequence[CalendarEvent]:
        self.asked.append(window)
        if self._meanwhile:
            with self._store.transaction() as tx:
                tx.put_cursor(ACCOUNT.connection_id, CAL, "newer")  # type: ignore[arg-type]
        return [other("a", TALK.start - HOUR)]


@pytest.mark.parametrize(("meanwhile", "times"), [(False, 1), (True, 2)])
def test_one_listing_is_enough_unless_the_calendar_told_something_meanwhile(
    meanwhile: bool, times: int
) -> None:
    store = MemoryStore()
    with store.transaction() as tx:
        tx.put_connection(ACCOUNT)
    port = Port(store, meanwhile=meanwhile)

    first = look_around_in(store, port, CAL, ANNA, TALK)  # type: ignore[arg-type]
    port._meanwhile = False
    again = look_around_in(store, port, CAL, ANNA, TALK)  # type: ignore[arg-type]

    assert first == again
    assert first is not None
    assert [o.event_id for o in first.others] == ["a"]
    assert port.asked == [NEAR] * times


@pytest.mark.parametrize(
    ("features", "talks"), [(CalendarFeature.NONE, 3), (CalendarFeature.ONE_REVISION, 1)]
)
def test_further_talks_are_listed_along_where_a_list_lasts(
    features: CalendarFeature, talks: int
) -> None:
    store = MemoryStore()
    event_ref, week = ref("talk"), timedelta(weeks=1)
    further = [event(TALK.start + n * week, ref=ref(f"talk_{n}")) for n in (1, 2, 9)]
    with store.transaction() as tx:
        tx.put_connection(ACCOUNT)
        tx.put_series(series("s1", state=SeriesState.ENABLED))
        tx.put_copy(
            Copy(
                event=event_ref,
                series_id=SeriesId("s1"),
                connection_id=ACCOUNT.connection_id,
                whose=ANNA,
                leading=False,
            )
        )
        sight = Sight(series_id=SeriesId("s1"), event=event_ref, whole=True, since=NOW)
        tx.put_noun(sight.holding(further))
    port = Port(store)
    port.features = features

    found = look_around_in(store, port, CAL, ANNA, TALK)  # type: ignore[arg-type]

    assert found is not None
    assert len(found.windows) == talks
    assert port.asked[0].end == max(window.end for window in found.windows)
