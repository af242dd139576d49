"""What every CalendarPort promises of changes: reported, and only once."""

from __future__ import annotations

import pytest

from core.errors import (
    CursorExpired,
    NotFound,
)
from core.model.calendar import (
    Cursor,
    EventKind,
)
from tests.contracts.hosts import CalendarHost
from tests.contracts.samples import TEXT, WEEKLY


class ChangesContract:
    """What is reported, and only once."""

    def test_nothing_changed_means_nothing_reported(self, host: CalendarHost) -> None:
        host.weekly()
        first = host.port.changes(host.calendar_id, None)

        again = host.port.changes(host.calendar_id, first.cursor)

        assert [event.uid for event in first.changed] == [WEEKLY]
        assert (again.changed, again.removed, again.broken) == ((), (), ())

    def test_change_is_seen_once(self, host: CalendarHost) -> None:
        host.weekly()
        cursor = host.port.changes(host.calendar_id, None).cursor
        host.clients.edit_body(host.ben, WEEKLY, host.at(1), "Anna's question")

        second = host.port.changes(host.calendar_id, cursor)
        third = host.port.changes(host.calendar_id, second.cursor)

        assert [event.uid for event in (*second.changed, *second.occurrences)] == [WEEKLY]
        assert not third.changed
        assert not third.occurrences

    def test_text_that_a_person_typed_is_read(self, host: CalendarHost) -> None:
        series = host.weekly()
        host.clients.edit_body(host.ben, WEEKLY, host.at(1), TEXT)

        occurrence = host.port.get_event(host.port.occurrences(series, host.at(1), 1)[0].ref)

        assert occurrence.body.content == TEXT
        assert occurrence.kind is EventKind.EXCEPTION

    def test_what_was_deleted_is_reported_as_removed(self, host: CalendarHost) -> None:
        series = host.weekly()
        cursor = host.port.changes(host.calendar_id, None).cursor
        host.clients.delete(host.ben, WEEKLY)

        page = host.port.changes(host.calendar_id, cursor)

        assert series.event_id in page.removed
        assert not host.port.changes(host.calendar_id, page.cursor).removed
        with pytest.raises(NotFound):
            host.port.get_event(series)

    def test_starting_over_reports_everything_that_is_there(self, host: CalendarHost) -> None:
        host.weekly()
        host.port.changes(host.calendar_id, None)

        assert [e.uid for e in host.port.changes(host.calendar_id, None).changed] == [WEEKLY]

    def test_series_with_another_uid_in_place_of_an_old_one_is_reported_with_its_end(
        self, host: CalendarHost
    ) -> None:
        old = host.weekly()
        cursor = host.port.changes(host.calendar_id, None).cursor
        host.clients.replace_series(host.ben, WEEKLY, host.draft(week=2), "new@example.org")

        page = host.port.changes(host.calendar_id, cursor)

        assert "new@example.org" in [event.uid for event in page.changed]
        assert old.event_id in page.removed

    def test_old_or_foreign_cursor_has_expired(self, host: CalendarHost) -> None:
        host.weekly()
        cursor = host.port.changes(host.calendar_id, None).cursor
        if host.forget_cursors is not None:
            host.forget_cursors()
        else:
            cursor = Cursor("http://example.org/sync/of-another-calendar")

        with pytest.raises(CursorExpired):
            host.port.changes(host.calendar_id, cursor)

    def test_what_cannot_be_read_is_named_and_the_rest_goes_on(self, host: CalendarHost) -> None:
        if host.break_event is None:
            pytest.skip("no client can break an event on this host")
        broken = host.weekly("broken@example.org")
        host.weekly()
        host.break_event(host.ben, "broken@example.org")

        page = host.port.changes(host.calendar_id, None)

        assert [event_id for event_id, _ in page.broken] == [broken.event_id]
        assert all(sentence for _, sentence in page.broken)
        assert [event.uid for event in page.changed] == [WEEKLY]
