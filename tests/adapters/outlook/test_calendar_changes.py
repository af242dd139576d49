"""What Outlook's delta hints at, gets wrong or leaves out, and what we make of it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from core.errors import NotFound
from core.model.calendar import CalendarId
from tests.adapters.outlook.conftest import ANNA, BEN

MONDAY = date(2026, 11, 30)


def test_poll_without_change_is_one_call(graph, ben, series):
    cursor = ben.changes(ben.calendar_id, None).cursor
    before = len(graph.calls)

    page = ben.changes(ben.calendar_id, cursor)

    assert (page.changed, page.removed, len(graph.calls) - before) == ((), (), 1)


@pytest.mark.parametrize("restarted", [False, True])
def test_cancelled_occurrence_is_a_change_of_its_series(graph, connect, ben, series, restarted):
    """The row names the occurrence alone, by an id that says nothing of its series."""
    first = ben.changes(ben.calendar_id, None)
    graph.ui.cancel(BEN, series, MONDAY)
    port = connect(BEN).calendar if restarted else ben

    page = port.changes(port.calendar_id, first.cursor)

    assert [e.uid for e in page.changed] == [series]
    assert first.changed[0].ref.event_id not in page.removed


def test_event_beyond_the_span_is_reported_and_not_taken_for_deleted(graph, ben, series):
    cursor = ben.changes(ben.calendar_id, None).cursor
    uid = graph.ui.create_event(BEN, [ANNA], subject="x", start=datetime(2028, 5, 1, 9, 0))

    page = ben.changes(ben.calendar_id, cursor)

    assert ([e.uid for e in page.changed], page.removed) == ([uid], ())


def test_rows_repeated_in_another_order_are_the_same_news(graph, ben, series):
    graph.faults.delta_replays = True

    page = ben.changes(ben.calendar_id, None)

    assert [e.uid for e in page.changed] == [series]
    again = ben.changes(ben.calendar_id, page.cursor)
    assert (again.changed, again.removed) == ((), ())


def test_span_is_renewed_in_time_and_what_was_deleted_meanwhile_is_told(graph, ben, series):
    other = graph.ui.create_event(BEN, [ANNA], subject="x", start=datetime(2026, 12, 1, 9, 0))
    first = ben.changes(ben.calendar_id, None)
    gone = next(e.ref.event_id for e in first.changed if e.uid == other)
    graph.clock.set(datetime(2027, 3, 1, 8, 0, tzinfo=UTC))
    graph.ui.cancel(BEN, other)

    page = ben.changes(ben.calendar_id, first.cursor)
    graph.ui.edit_body(BEN, series, date(2027, 8, 2), "<p>far</p>")
    later = ben.changes(ben.calendar_id, page.cursor)

    assert gone in page.removed
    assert [e.uid for e in page.changed] == [series]
    assert [e.uid for e in (*later.changed, *later.occurrences)] == [series]
    assert not ben.changes(ben.calendar_id, later.cursor).changed


def test_many_series_come_in_pages(graph, ben):
    for number in range(8):
        graph.ui.create_series(
            BEN, [ANNA], subject=f"{number}", first=datetime(2026, 11, 30, 8 + number, 0)
        )

    assert len(ben.changes(ben.calendar_id, None).changed) == 8


def test_other_calendars_are_not_found(ben):
    with pytest.raises(NotFound):
        ben.changes(CalendarId("outlook:anna@example.com"), None)
