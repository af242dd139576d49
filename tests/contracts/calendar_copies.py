"""What every CalendarPort promises of two people's copies of one event."""

from __future__ import annotations

import pytest

from core.errors import (
    PermissionDenied,
)
from core.model.calendar import (
    Body,
)
from core.ports import CalendarFeature
from tests.contracts.hosts import CalendarHost
from tests.contracts.samples import TEXT, WEEKLY


class CopiesContract:
    """What two people see of one event."""

    def test_text_of_the_organizer_reaches_the_other_person(self, host: CalendarHost) -> None:
        series = host.weekly()
        before = host.occurrence(series)
        host.port.write_body(before.ref, Body(content=TEXT), expect=before.revision)

        copy = host.found(host.anna, WEEKLY)

        theirs = host.ports[host.anna].occurrences(copy.ref, host.at(0), 1)[0]
        assert theirs.body.content == TEXT
        assert theirs.identity == host.port.get_event(before.ref).identity

    def test_text_of_an_attendee_stays_in_their_copy_or_is_everybody_s(
        self, host: CalendarHost
    ) -> None:
        if not host.attendee_may_edit:
            pytest.skip("this host refuses an attendee's text")
        series = host.weekly()
        before = host.occurrence(series)
        host.port.write_body(before.ref, Body(content="ours"), expect=before.revision)
        host.clients.edit_body(host.anna, WEEKLY, host.at(0), "Anna's")

        mine = host.port.get_event(before.ref).body.content

        copies = CalendarFeature.COPIES in host.port.features
        assert mine == ("ours" if copies else "Anna's")
        copy = host.found(host.anna, WEEKLY)
        theirs = host.ports[host.anna].occurrences(copy.ref, host.at(0), 1)[0]
        assert theirs.body.content == "Anna's"

    def test_next_text_of_the_organizer_overwrites_the_attendee_s(self, host: CalendarHost) -> None:
        if not host.attendee_may_edit:
            pytest.skip("this host refuses an attendee's text")
        series = host.weekly()
        before = host.occurrence(series)
        host.port.write_body(before.ref, Body(content="ours"), expect=before.revision)
        host.clients.edit_body(host.anna, WEEKLY, host.at(0), "Anna's")
        now = host.port.get_event(before.ref)

        host.port.write_body(before.ref, Body(content="ours again"), expect=now.revision)

        assert host.clients.body(host.anna, WEEKLY, host.at(0)) == "ours again"

    def test_attendee_s_connection_writes_their_own_copy(self, host: CalendarHost) -> None:
        host.weekly()
        port = host.ports[host.anna]
        copy = host.found(host.anna, WEEKLY)
        theirs = port.occurrences(copy.ref, host.at(0), 1)[0]

        if not host.attendee_may_edit:
            with pytest.raises(PermissionDenied):
                port.write_body(theirs.ref, Body(content=TEXT), expect=theirs.revision)
            return
        port.write_body(theirs.ref, Body(content=TEXT), expect=theirs.revision)
        assert host.clients.body(host.anna, WEEKLY, host.at(0)) == TEXT
