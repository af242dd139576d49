"""Outlook's calendar where it is special: series, copies, Teams, spans of time, lost answers."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from core.errors import (
    InvalidInput,
    NotFound,
    NotSupported,
    PermissionDenied,
    RevisionConflict,
    Unavailable,
)
from core.model.calendar import (
    Body,
    BodyForm,
    EventKind,
    EventRef,
    EventStatus,
    Response,
    Role,
    TimeSlot,
    Window,
)
from tests.adapters.outlook.conftest import ANNA, BEN, FIRST, coming, master

MONDAY, NEXT = date(2026, 11, 30), date(2026, 12, 7)


def with_line(body):
    return Body(form=body.form, content=body.content.replace("<p>Hi</p>", "<p>Hi</p><p>Agenda</p>"))


def test_both_people_s_copies_have_one_identity(ben, anna, series):
    ours, theirs = coming(ben)[0], coming(anna)[0]

    assert ours.identity == theirs.identity == (series, FIRST)
    assert ours.ref.event_id != theirs.ref.event_id


def test_organizer_leads_and_each_one_has_answered(graph, ben, anna, series):
    graph.ui.respond(ANNA, series, "tentativelyAccepted")

    for port in (ben, anna):
        people = [(p.address, p.role, p.response) for p in master(port).participants]
        assert people == [
            (BEN, Role.ORGANIZER, Response.ACCEPTED),
            (ANNA, Role.REQUIRED, Response.TENTATIVE),
        ]


def test_write_sends_the_body_alone_against_the_revision_that_was_read(graph, ben, series):
    event = coming(ben)[0]

    ben.write_body(event.ref, with_line(event.body), expect=event.revision)

    call = graph.calls[-1]
    assert (call.method, set(call.body)) == ("PATCH", {"@odata.type", "body"})
    assert call.headers["if-match"] == event.revision
    assert "Agenda" in graph.ui.body(ANNA, series, MONDAY)
    assert "Agenda" not in graph.ui.body(BEN, series)


def test_write_days_before_is_seen_by_nobody_s_inbox(graph, ben, series):
    sent = len(graph.mails)
    event = coming(ben)[0]

    ben.write_body(event.ref, with_line(event.body), expect=event.revision)

    assert len(graph.mails) == sent


def test_write_on_what_was_just_read_costs_one_call(graph, ben, series):
    event = coming(ben)[0]
    before = len(graph.calls)

    ben.write_body(event.ref, with_line(event.body), expect=event.revision)

    assert len(graph.calls) == before + 1


@pytest.mark.parametrize("restarted", [False, True])
def test_text_without_the_teams_block_is_refused(graph, connect, ben, series, restarted):
    event = coming(ben)[0]
    port = connect(BEN).calendar if restarted else ben

    with pytest.raises(InvalidInput):
        port.write_body(
            event.ref, Body(form=BodyForm.HTML, content="<p>x</p>"), expect=event.revision
        )

    assert not [call for call in graph.calls if call.method == "PATCH"]
    assert ben.get_event(event.ref).join_url


def test_restarted_program_does_not_write_over_a_change(graph, connect, ben, series):
    event = coming(ben)[0]
    graph.ui.edit_body(BEN, series, MONDAY, lambda old: old.replace("Hi", "Ho"))

    with pytest.raises(RevisionConflict):
        connect(BEN).calendar.write_body(event.ref, event.body, expect=event.revision)


def test_whole_series_is_neither_written_nor_moved(graph, ben, series):
    event = master(ben)

    with pytest.raises(NotSupported):
        ben.write_body(event.ref, event.body, expect=event.revision)
    with pytest.raises(NotSupported):
        ben.reschedule(event.ref, event.slot, expect=event.revision)
    assert not [call for call in graph.calls if call.method == "PATCH"]


def test_unsent_changes_of_the_organizer_are_waited_for(graph, ben, series):
    graph.ui.leave_draft(BEN, series)
    event = coming(ben)[0]

    with pytest.raises(Unavailable):
        ben.write_body(event.ref, with_line(event.body), expect=event.revision)


def test_attendee_cannot_move_the_meeting(anna, series):
    event = coming(anna)[0]

    with pytest.raises(PermissionDenied):
        anna.reschedule(event.ref, event.slot, expect=event.revision)


def test_move_past_the_neighbour_is_refused_in_words(ben, series):
    event = coming(ben)[0]
    start = FIRST + timedelta(days=8)
    slot = TimeSlot(start=start, end=start + timedelta(minutes=30), zone="Europe/Berlin")

    with pytest.raises(InvalidInput):
        ben.reschedule(event.ref, slot, expect=event.revision)


def test_moved_occurrence_in_a_list_knows_where_its_rule_had_put_it(graph, ben, series):
    graph.ui.move(BEN, series, NEXT, datetime(2026, 12, 8, 15, 0))

    moved = coming(ben, 2)[1]

    assert moved.slot.start == datetime(2026, 12, 8, 14, 0, tzinfo=UTC)
    assert moved.original_start == datetime(2026, 12, 7, 9, 0, tzinfo=UTC)


def test_only_occurrence_left_being_a_moved_one_asks_the_series(graph, ben):
    uid = graph.ui.create_series(
        BEN, [ANNA], subject="1:1", first=datetime(2026, 11, 30, 10, 0), count=1
    )
    graph.ui.move(BEN, uid, MONDAY, datetime(2026, 12, 1, 15, 0))

    moved = coming(ben)[0]

    assert (moved.kind, moved.original_start) == (EventKind.EXCEPTION, FIRST)


def test_cancelled_copy_of_an_attendee_comes_as_cancelled(graph, anna, series):
    graph.ui.cancel(BEN, series, MONDAY)

    first, second = coming(anna, 2)

    assert (first.status, second.status) == (EventStatus.CANCELLED, EventStatus.CONFIRMED)
    window = Window(start=FIRST, end=FIRST + timedelta(days=8))
    assert [e.ref for e in anna.list_occurrences(anna.calendar_id, window)] == [second.ref]


def test_weekly_occurrences_cost_one_call(graph, ben, series):
    ref = master(ben).ref
    for limit in (1, 16):
        before = len(graph.calls)
        assert len(ben.occurrences(ref, FIRST, limit)) == limit
        assert len(graph.calls) - before == 1


def test_occurrences_far_ahead_are_found(graph, ben):
    graph.ui.create_series(
        BEN, [ANNA], subject="1:1", first=datetime(2026, 11, 30, 10, 0), every_weeks=26
    )

    found = coming(ben, 4)

    assert [e.slot.start.year for e in found] == [2026, 2027, 2027, 2028]


def test_long_lists_come_whole(graph, ben, series):
    window = Window(start=FIRST, end=FIRST + timedelta(weeks=149, days=1))

    assert len(list(ben.list_occurrences(ben.calendar_id, window))) == 150


def test_deleted_event_is_not_found(graph, ben, series):
    event = coming(ben)[0]
    graph.ui.cancel(BEN, series)

    with pytest.raises(NotFound):
        ben.get_event(event.ref)
    with pytest.raises(NotFound):
        ben.occurrences(
            EventRef(calendar_id=ben.calendar_id, event_id=event.series.event_id), FIRST, 1
        )
