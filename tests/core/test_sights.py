"""What a copy shows, kept in step with what its calendar tells."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from core.memory.store import MemoryStore
from core.model.calendar import Body, CalendarEvent, EventId, EventKind, EventRef, Revision
from core.model.series import ConnectionId, Copy, SeriesId
from core.model.sights import BACK, KEPT, Sight
from core.ports import CalendarFeature
from core.service.glance import Glance
from core.service.sights import occurrences_told, series_told, sight_at
from tests.core.builders import NOW, event, slot

WEEK = timedelta(days=7)
SERIES = EventRef(calendar_id=event().ref.calendar_id, event_id=EventId("/c/1"))
COPY = Copy(
    series_id=SeriesId("s1"), connection_id=ConnectionId("c"), event=SERIES, whose="b", leading=True
)
TELLS = CalendarFeature.WHOLE_CHANGES
MASTER = event(
    kind=EventKind.SERIES, ref=SERIES, original_start=None, rrule="FREQ=WEEKLY", body=Body()
)


def weekly(number: int, **values: object) -> CalendarEvent:
    return event(NOW + number * WEEK, series=SERIES, **values)


def listed(count: int = 19, *, complete: bool = False) -> Sight:
    found = [weekly(n) for n in range(count)]
    blank = Sight(series_id=COPY.series_id, event=SERIES, series=MASTER)
    return blank.listed(found, NOW - WEEK, NOW, complete=complete)


def test_what_was_listed_is_given_back_as_it_was() -> None:
    other = weekly(1, kind=EventKind.EXCEPTION, body=Body(content="x"), revision=Revision("2"))
    found = [weekly(0), other, weekly(2)]

    sight = Sight(series_id=COPY.series_id, event=SERIES).listed(found, NOW, NOW, complete=True)

    assert list(sight.coming(NOW) or ()) == found
    assert len(sight.plain) == 2


def test_only_the_next_ones_are_kept_and_nothing_is_said_beyond() -> None:
    sight = listed()

    assert len(sight.coming(NOW) or ()) == KEPT
    assert sight.until == NOW + KEPT * WEEK


def test_moved_behind_what_is_known_is_none_of_the_coming() -> None:
    moved = weekly(1, kind=EventKind.EXCEPTION)
    far = replace(moved, slot=slot(NOW + 30 * WEEK))

    sight = listed().told([far], NOW)

    assert far not in (sight.coming(NOW) or ())
    assert sight.find(far.ref) == far


def test_earlier_than_was_listed_nobody_knows() -> None:
    assert listed().coming(NOW - 2 * WEEK) is None


def test_long_over_is_forgotten_and_no_longer_answered_for() -> None:
    later = NOW + 5 * WEEK

    sight = listed().told([weekly(6, body=Body(content="x"))], later)

    assert sight.since == later - BACK
    assert sight.find(weekly(0).ref) is None


@pytest.mark.parametrize(
    ("series", "told", "whole"),
    [
        (MASTER, True, True),
        (replace(MASTER, revision=Revision("9")), True, True),
        (MASTER, False, False),
        (replace(MASTER, title="New"), True, False),
        (replace(MASTER, slot=slot(NOW + timedelta(hours=1))), True, False),
    ],
    ids=["as it was", "only touched", "something untold", "renamed", "moved"],
)
def test_series_that_is_named_is_looked_at_unless_its_exceptions_explain_it(
    series: CalendarEvent, told: bool, whole: bool
) -> None:
    store = MemoryStore()
    exception = weekly(1, kind=EventKind.EXCEPTION, body=Body(content="x"))
    with store.transaction() as tx:
        tx.put_noun(listed())
        series_told(tx, COPY, series, [exception] if told else [], NOW, fresh=False, features=TELLS)
        sight = sight_at(tx, SERIES)

    assert sight is not None
    assert sight.whole is whole
    assert (sight.find(exception.ref) == exception) is whole


def test_listing_that_started_over_answers_for_nothing() -> None:
    store = MemoryStore()
    with store.transaction() as tx:
        tx.put_noun(listed())
        series_told(tx, COPY, MASTER, [weekly(1)], NOW, fresh=True, features=TELLS)

        assert sight_at(tx, SERIES) == replace(
            Sight(series_id=COPY.series_id, event=SERIES, series=MASTER), stamp=2
        )


def test_known_occurrence_is_no_news_whatever_its_revision() -> None:
    store = MemoryStore()
    touched = weekly(1, revision=Revision("7"))
    with store.transaction() as tx:
        tx.put_noun(listed())
        news = occurrences_told(tx, COPY, [touched], NOW, features=TELLS)
        sight = sight_at(tx, SERIES)

    assert news == ()
    assert sight is not None
    assert sight.find(touched.ref) == touched


def test_one_revision_counts_for_the_whole_series() -> None:
    store = MemoryStore()
    told = weekly(1, kind=EventKind.EXCEPTION, revision=Revision("7"))
    with store.transaction() as tx:
        tx.put_noun(listed())
        occurrences_told(tx, COPY, [told], NOW, features=TELLS | CalendarFeature.ONE_REVISION)
        sight = sight_at(tx, SERIES)

    assert sight is not None
    assert {e.revision for e in sight.occurrences} == {Revision("7")}


class Slow:
    """A calendar that tells a change while it is being listed."""

    features = TELLS

    def __init__(self, store: MemoryStore) -> None:
        self.store = store

    def occurrences(self, series: EventRef, after: datetime, limit: int) -> list[CalendarEvent]:
        with self.store.transaction() as tx:
            told = weekly(1, kind=EventKind.EXCEPTION, body=Body(content="typed meanwhile"))
            occurrences_told(tx, COPY, [told], NOW, features=TELLS)
        return [weekly(n) for n in range(limit)]


def test_older_look_never_replaces_what_was_told_meanwhile() -> None:
    store = MemoryStore()
    slow = Slow(store)
    glance = Glance(slow, store, NOW - WEEK, NOW, {SERIES: COPY})  # type: ignore[arg-type]  # a part

    glance.occurrences(SERIES, NOW, 1)

    with store.transaction() as tx:
        sight = sight_at(tx, SERIES)
    assert sight is not None
    assert not sight.whole
