"""Events that we make at Outlook, busy times, and what an account may do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from core.errors import PermissionDenied
from core.model.calendar import (
    EventDraft,
    EventKind,
    IdempotencyKey,
    Participant,
    Role,
    TimeSlot,
    Window,
)
from core.ports import CalendarFeature
from tests.adapters.outlook.conftest import ANNA, BEN, FIRST


def draft(**changes):
    start = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
    slot = TimeSlot(start=start, end=start + timedelta(minutes=30), zone="Europe/Berlin")
    people = (
        Participant(address=BEN, name="Ben", role=Role.ORGANIZER),
        Participant(address=ANNA, name="Anna"),
    )
    return EventDraft(title="1:1", slot=slot, participants=people, **changes)


def test_lost_answer_makes_no_second_event(graph, ben):
    graph.faults.add("lost_answer", method="POST", path="/events")

    made = ben.create_event(ben.calendar_id, draft(), key=IdempotencyKey("k"))

    assert len(graph.state.tenant.mailbox(BEN).items) == 1
    assert ben.get_event(made.ref).title == "1:1"


def test_same_key_finds_what_was_renamed_since(graph, ben, connect):
    made = ben.create_event(ben.calendar_id, draft(), key=IdempotencyKey("k"))
    graph.ui.rename(BEN, made.uid, "Other")

    again = connect(BEN).calendar.create_event(ben.calendar_id, draft(), key=IdempotencyKey("k"))

    assert (again.ref, again.title) == (made.ref, "Other")


def test_online_meeting_gets_its_link(ben):
    made = ben.create_event(
        ben.calendar_id, draft(online_meeting=True, rrule="FREQ=WEEKLY"), key=IdempotencyKey("k")
    )

    assert (made.join_url or "").startswith("https://teams.microsoft.com/")
    assert made.kind is EventKind.SERIES


def test_long_spans_of_busy_times_are_asked_in_parts(graph, ben, series):
    window = Window(start=FIRST, end=FIRST + timedelta(days=130))

    busy = ben.busy(ben.calendar_id, window)

    assert len(busy) == 19
    asked = [call for call in graph.calls if call.path.endswith("getSchedule")]
    assert len(asked) == 3


def test_calendar_is_named_even_without_the_right_to_its_zone(graph, connect):
    graph.tokens.app_roles = ("Calendars.ReadWrite",)
    found = connect(BEN).calendar.list_calendars()[0]

    assert (found.name, found.zone, found.primary) == ("Calendar", "UTC", True)


def test_features_are_those_of_outlook(connect, ben):
    assert CalendarFeature.COPIES in ben.features
    assert CalendarFeature.QUIET_UPDATE not in ben.features
    assert CalendarFeature.PUSH in ben.features
    assert CalendarFeature.PUSH not in connect(BEN, push_secret=b"").calendar.features


def test_mailbox_out_of_scope_is_denied(graph, connect):
    graph.add_mailbox("cleo@example.com", "Cleo", reachable=False)
    port = connect("cleo@example.com").calendar

    with pytest.raises(PermissionDenied):
        port.changes(port.calendar_id, None)
