"""What every CalendarPort promises of writing: what changes, and what is left alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.errors import (
    NotFound,
    PermissionDenied,
    RevisionConflict,
)
from core.model.calendar import (
    Body,
    EventKind,
    EventStatus,
    Participant,
    Response,
    Revision,
)
from tests.contracts.hosts import CalendarHost, key
from tests.contracts.samples import TEXT, WEEKLY


class WritingContract:
    """What is written, and what is left alone."""

    def test_same_key_creates_once(self, host: CalendarHost) -> None:
        draft = host.draft()
        first = host.port.create_event(host.calendar_id, draft, key=key("one"))

        again = host.port.create_event(host.calendar_id, draft, key=key("one"))
        other = host.port.create_event(host.calendar_id, draft, key=key("two"))

        assert (again.ref, again.uid) == (first.ref, first.uid)
        assert other.uid != first.uid
        assert len(host.port.changes(host.calendar_id, None).changed) == 2

    def test_created_event_is_what_was_drafted(self, host: CalendarHost) -> None:
        draft = replace(host.draft(), body=Body(content=TEXT))

        made = host.port.create_event(host.calendar_id, draft, key=key("one"))

        read = host.port.get_event(made.ref)
        assert (read.title, read.slot, read.kind) == (draft.title, draft.slot, EventKind.SERIES)
        assert read.body.content == TEXT
        assert {p.address for p in read.participants} == {host.ben, host.anna}

    def test_body_of_one_occurrence_is_its_own(self, host: CalendarHost) -> None:
        series = host.weekly()
        before = host.occurrence(series, 1)

        host.port.write_body(before.ref, Body(content=TEXT), expect=before.revision)

        assert host.clients.body(host.ben, WEEKLY, host.at(1)) == TEXT
        assert host.clients.body(host.ben, WEEKLY).strip() == "Notes of ours"
        assert host.clients.exceptions(host.ben, WEEKLY) == {host.at(1)}
        read = host.port.get_event(before.ref)
        assert (read.body.content, read.kind) == (TEXT, EventKind.EXCEPTION)

    def test_nothing_but_the_body_changes(self, host: CalendarHost) -> None:
        series = host.weekly()
        before = host.occurrence(series, 1)
        sequence = host.clients.sequence(host.ben, WEEKLY)

        host.port.write_body(before.ref, Body(content=TEXT), expect=before.revision)

        after = host.port.get_event(before.ref)
        assert (after.title, after.slot, after.status) == (
            before.title,
            before.slot,
            before.status,
        )
        assert _answers(after.participants) == _answers(before.participants)
        assert host.clients.sequence(host.ben, WEEKLY, host.at(1)) == sequence
        assert host.clients.sequence(host.ben, WEEKLY) == sequence
        if host.keeps_extras:
            assert "X-MEETING-KIND:regular" in host.clients.extras(host.ben, WEEKLY, host.at(1))
            assert "X-MEETING-KIND:regular" in host.clients.extras(host.ben, WEEKLY)

    def test_other_exceptions_stay_as_they_are(self, host: CalendarHost) -> None:
        series = host.weekly()
        later = host.slot(2, hour=15)
        host.clients.move(host.ben, WEEKLY, host.at(2), later)
        host.clients.cancel(host.ben, WEEKLY, host.at(3))
        before = host.occurrence(series, 1)

        host.port.write_body(before.ref, Body(content=TEXT), expect=before.revision)

        coming = host.port.occurrences(series, host.at(1), 3)
        held = [e for e in coming if e.status is not EventStatus.CANCELLED]
        assert [e.slot.start for e in held][:2] == [host.at(1), later.start]
        assert host.at(3) not in [e.original_start for e in held]

    def test_body_of_an_exception_is_written_where_it_was_moved_to(
        self, host: CalendarHost
    ) -> None:
        series = host.weekly()
        later = host.slot(0, hour=15)
        host.clients.move(host.ben, WEEKLY, host.at(0), later)
        before = host.occurrence(series)

        host.port.write_body(before.ref, Body(content=TEXT), expect=before.revision)

        after = host.port.get_event(before.ref)
        assert (after.slot.start, after.body.content) == (later.start, TEXT)

    def test_stale_revision_is_refused_and_nothing_changes(self, host: CalendarHost) -> None:
        series = host.weekly()
        before = host.occurrence(series)
        host.clients.edit_body(host.ben, WEEKLY, host.at(0), "typed meanwhile")

        with pytest.raises(RevisionConflict):
            host.port.write_body(before.ref, Body(content=TEXT), expect=before.revision)
        with pytest.raises(RevisionConflict):
            host.port.write_body(before.ref, Body(content=TEXT), expect=Revision('"nonsense"'))
        assert host.clients.body(host.ben, WEEKLY, host.at(0)) == "typed meanwhile"

    def test_revision_that_a_write_returns_is_good_for_the_next_one(
        self, host: CalendarHost
    ) -> None:
        series = host.weekly()
        before = host.occurrence(series)

        first = host.port.write_body(before.ref, Body(content="one"), expect=before.revision)
        second = host.port.write_body(before.ref, Body(content="two"), expect=first)

        assert first != before.revision
        assert host.port.get_event(before.ref).revision == second
        assert host.clients.body(host.ben, WEEKLY, host.at(0)) == "two"

    def test_writing_what_stands_there_changes_nothing(self, host: CalendarHost) -> None:
        series = host.weekly()
        before = host.occurrence(series)
        body = Body(content=TEXT)
        revision = host.port.write_body(before.ref, body, expect=before.revision)
        host.port.write_body(before.ref, body, expect=revision)

        assert host.port.get_event(before.ref).body.content == TEXT
        assert host.clients.exceptions(host.ben, WEEKLY) == {host.at(0)}

    def test_exception_is_taken_back_where_it_says_what_the_series_says(
        self, host: CalendarHost
    ) -> None:
        series = host.weekly()
        before = host.occurrence(series)
        revision = host.port.write_body(before.ref, Body(content=TEXT), expect=before.revision)

        host.port.write_body(before.ref, before.body, expect=revision)

        assert not host.clients.exceptions(host.ben, WEEKLY)
        assert host.port.get_event(before.ref).kind is EventKind.OCCURRENCE

    def test_exception_with_a_time_of_its_own_is_not_taken_back(self, host: CalendarHost) -> None:
        series = host.weekly()
        later = host.slot(0, hour=15)
        host.clients.move(host.ben, WEEKLY, host.at(0), later)
        before = host.occurrence(series)
        revision = host.port.write_body(before.ref, Body(content=TEXT), expect=before.revision)

        host.port.write_body(before.ref, before.body, expect=revision)

        assert host.clients.exceptions(host.ben, WEEKLY) == {host.at(0)}
        assert host.port.get_event(before.ref).slot.start == later.start

    def test_single_event_can_hold_a_body(self, host: CalendarHost) -> None:
        host.weekly(rrule=None)
        before = host.found(host.ben, WEEKLY)

        host.port.write_body(before.ref, Body(content=TEXT), expect=before.revision)

        assert host.clients.body(host.ben, WEEKLY) == TEXT

    def test_write_to_what_was_deleted_meanwhile_is_not_found(self, host: CalendarHost) -> None:
        series = host.weekly()
        before = host.occurrence(series)
        host.clients.delete(host.ben, WEEKLY)

        with pytest.raises(NotFound):
            host.port.write_body(before.ref, Body(content=TEXT), expect=before.revision)

    def test_read_only_calendar_is_a_denied_permission(self, host: CalendarHost) -> None:
        if host.make_read_only is None:
            pytest.skip("nobody can make a calendar read-only on this host")
        series = host.weekly()
        before = host.occurrence(series)
        host.make_read_only(host.ben)

        with pytest.raises(PermissionDenied):
            host.port.write_body(before.ref, Body(content=TEXT), expect=before.revision)
        assert host.clients.body(host.ben, WEEKLY, host.at(0)).strip() == "Notes of ours"

    def test_moved_by_us_one_occurrence_keeps_its_name_and_is_a_new_version(
        self, host: CalendarHost
    ) -> None:
        series = host.weekly()
        before = host.occurrence(series)
        sequence = host.clients.sequence(host.ben, WEEKLY)
        later = host.slot(0, hour=16)

        host.port.reschedule(before.ref, later, expect=before.revision)

        after = host.port.get_event(before.ref)
        assert (after.slot.start, after.slot.end) == (later.start, later.end)
        assert after.original_start == host.at(0)
        assert host.clients.sequence(host.ben, WEEKLY, host.at(0)) > sequence
        assert host.port.occurrences(series, host.at(1), 1)[0].slot == host.slot(1)

    def test_very_long_body_survives(self, host: CalendarHost) -> None:
        series = host.weekly()
        before = host.occurrence(series)
        lines = [f"{n}. Über dies, und das – {'wort ' * 8}".rstrip() for n in range(900)]
        text = "\n".join(lines)

        host.port.write_body(before.ref, Body(content=text), expect=before.revision)

        assert len(text.encode()) > 50_000
        assert host.port.get_event(before.ref).body.content == text


def _answers(people: tuple[Participant, ...]) -> dict[str, Response]:
    return {person.address: person.response for person in people}
