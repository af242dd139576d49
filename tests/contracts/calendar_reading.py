"""What every CalendarPort promises of reading: kinds, times, windows."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from core.errors import (
    NotFound,
    NotSupported,
)
from core.model.calendar import (
    EventId,
    EventKind,
    EventStatus,
    Participant,
    Response,
    TimeSlot,
    Window,
)
from core.ports import CalendarFeature
from tests.contracts.hosts import ZONE, CalendarHost
from tests.contracts.samples import WEEKLY


class ReadingContract:
    """What is read, and when it takes place."""

    def test_event_that_was_never_there_is_not_found(self, host: CalendarHost) -> None:
        series = host.weekly()
        gone = replace(series, event_id=EventId(series.event_id.replace("weekly", "never")))

        with pytest.raises(NotFound):
            host.port.get_event(gone)
        with pytest.raises(NotFound):
            host.port.occurrences(gone, host.at(0), 1)

    def test_calendar_is_listed_as_writable(self, host: CalendarHost) -> None:
        listed = {info.calendar_id: info for info in host.port.list_calendars()}

        assert listed[host.calendar_id].writable

    def test_series_comes_as_itself(self, host: CalendarHost) -> None:
        host.weekly()

        event = host.found(host.ben, WEEKLY)

        assert event.kind is EventKind.SERIES
        assert event.rrule is not None
        assert "WEEKLY" in event.rrule
        assert event.ends is None
        assert event.slot == host.slot(0)
        assert event.title == "1:1 Ben & Anna"
        assert event.body.content.strip() == "Notes of ours"
        assert {p.address for p in event.participants} == {host.ben, host.anna}

    def test_end_of_a_series_is_known(self, host: CalendarHost) -> None:
        host.weekly(rrule="FREQ=WEEKLY;COUNT=3")

        assert host.found(host.ben, WEEKLY).ends == host.slot(2).end

    def test_occurrences_come_by_their_start_and_no_more_than_asked_for(
        self, host: CalendarHost
    ) -> None:
        series = host.weekly()

        found = host.port.occurrences(series, host.at(1), 3)

        assert [event.slot.start for event in found] == [host.at(w) for w in (1, 2, 3)]
        assert [event.original_start for event in found] == [host.at(w) for w in (1, 2, 3)]
        assert {event.kind for event in found} == {EventKind.OCCURRENCE}
        assert {event.uid for event in found} == {WEEKLY}
        assert {event.series for event in found} == {series}

    def test_occurrence_that_lasts_still_comes_and_one_that_is_over_does_not(
        self, host: CalendarHost
    ) -> None:
        series = host.weekly()
        slot = host.slot(0)

        lasting = host.port.occurrences(series, slot.end - timedelta(seconds=1), 1)
        over = host.port.occurrences(series, slot.end, 1)

        assert lasting[0].slot.start == slot.start
        assert over[0].slot.start == host.at(1)

    def test_weekly_nine_o_clock_stays_at_nine_when_clocks_change(self, host: CalendarHost) -> None:
        series = host.weekly()

        found = host.port.occurrences(series, host.at(0), 6)

        local = [event.slot.start.astimezone(ZoneInfo(ZONE)) for event in found]
        assert {moment.hour for moment in local} == {9}
        assert {moment.utcoffset() for moment in local} == {timedelta(hours=1), timedelta(hours=2)}

    def test_every_time_has_a_zone_and_is_given_in_utc(self, host: CalendarHost) -> None:
        series = host.weekly()

        occurrence = host.occurrence(series)

        for moment in (occurrence.slot.start, occurrence.slot.end, occurrence.original_start):
            assert moment is not None
            assert moment.utcoffset() == timedelta(0)
        assert occurrence.slot.zone == ZONE

    def test_moved_occurrence_stands_at_its_new_time_under_its_old_name(
        self, host: CalendarHost
    ) -> None:
        series = host.weekly()
        later = host.slot(1, hour=15)
        host.clients.move(host.ben, WEEKLY, host.at(0), later)

        first, second = host.port.occurrences(series, host.at(0), 2)

        assert (first.original_start, first.kind) == (host.at(1), EventKind.OCCURRENCE)
        assert (second.original_start, second.kind) == (host.at(0), EventKind.EXCEPTION)
        assert second.slot.start == later.start

    def test_excluded_occurrence_does_not_come(self, host: CalendarHost) -> None:
        series = host.weekly()
        host.clients.cancel(host.ben, WEEKLY, host.at(0))

        coming = list(host.port.occurrences(series, host.at(0), 2))

        assert host.at(0) not in [
            e.original_start for e in coming if e.status is not EventStatus.CANCELLED
        ]

    def test_occurrence_that_is_shown_as_cancelled_comes_as_cancelled_or_not_at_all(
        self, host: CalendarHost
    ) -> None:
        series = host.weekly()
        host.clients.cancel(host.ben, WEEKLY, host.at(0), visible=True)

        coming = host.port.occurrences(series, host.at(0), 2)

        cancelled = [e for e in coming if e.original_start == host.at(0)]
        assert {e.status for e in cancelled} <= {EventStatus.CANCELLED}

    def test_single_event_is_its_own_only_occurrence(self, host: CalendarHost) -> None:
        single = host.weekly(rrule=None)

        assert host.found(host.ben, WEEKLY).kind is EventKind.SINGLE
        found = host.port.occurrences(single, host.at(0), 5)
        assert [(e.kind, e.ref, e.original_start) for e in found] == [
            (EventKind.SINGLE, single, None)
        ]
        assert not host.port.occurrences(single, host.slot(0).end, 5)

    def test_occurrence_is_read_by_its_ref(self, host: CalendarHost) -> None:
        series = host.weekly()
        listed = host.port.occurrences(series, host.at(0), 3)[2]

        read = host.port.get_event(listed.ref)

        assert (read.identity, read.slot, read.kind) == (
            listed.identity,
            listed.slot,
            listed.kind,
        )

    def test_occurrence_that_was_excluded_is_not_found_by_its_ref(self, host: CalendarHost) -> None:
        series = host.weekly()
        ref = host.occurrence(series).ref
        host.clients.cancel(host.ben, WEEKLY, host.at(0))

        try:
            status = host.port.get_event(ref).status
        except NotFound:
            status = EventStatus.CANCELLED
        assert status is EventStatus.CANCELLED

    def test_window_is_half_open_and_leaves_out_what_is_cancelled(self, host: CalendarHost) -> None:
        host.weekly()
        host.clients.cancel(host.ben, WEEKLY, host.at(1), visible=True)
        from_its_end = Window(start=host.slot(0).end, end=host.at(3))

        found = list(host.port.list_occurrences(host.calendar_id, from_its_end))

        assert [event.original_start for event in found] == [host.at(2)]

    def test_all_day_event_comes_through(self, host: CalendarHost) -> None:
        start = host.at(0).replace(hour=0)
        slot = TimeSlot(start=start, end=start + timedelta(days=1), zone="UTC", all_day=True)
        draft = replace(host.draft(rrule=None), slot=slot)
        host.clients.add(host.ben, draft, WEEKLY, calendar_id=host.calendar_id)

        event = host.found(host.ben, WEEKLY)

        assert event.slot.all_day
        assert (event.slot.end - event.slot.start) == timedelta(days=1)

    def test_third_person_comes_through(self, host: CalendarHost) -> None:
        carla = Participant(address="carla@example.org", name="Carla")
        draft = host.draft()
        draft = replace(draft, participants=(*draft.participants, carla))
        host.clients.add(host.ben, draft, WEEKLY, calendar_id=host.calendar_id)

        event = host.found(host.ben, WEEKLY)

        assert {p.address for p in event.participants} == {host.ben, host.anna, carla.address}

    def test_answer_of_an_attendee_reaches_the_organizer(self, host: CalendarHost) -> None:
        host.weekly()
        host.clients.answer(host.anna, WEEKLY, Response.ACCEPTED)

        event = host.found(host.ben, WEEKLY)

        answers = {p.address: p.response for p in event.participants}
        assert answers[host.anna] is Response.ACCEPTED

    def test_busy_spans_are_told_or_refused_beforehand(self, host: CalendarHost) -> None:
        host.weekly()
        window = Window(start=host.at(0), end=host.at(1))

        if CalendarFeature.FREE_BUSY not in host.port.features:
            with pytest.raises(NotSupported):
                host.port.busy(host.calendar_id, window)
            return
        slot = host.slot(0)
        assert list(host.port.busy(host.calendar_id, window)) == [
            Window(start=slot.start, end=slot.end)
        ]
