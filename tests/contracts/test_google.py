"""Our Google adapter keeps the contracts on the stand-in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from adapters.google.settings import ACCESS_RULES
from core.errors import InvalidInput, NotFound, PermissionDenied
from core.model.calendar import Body, CalendarId, EventId, EventKind
from core.model.tasks import TaskRef
from core.ports import PushRequest, Subscription
from tests.contracts.calendar_contract import CalendarContract
from tests.contracts.google_hosts import ANNA, BEN, NOW, google_host, google_suite
from tests.contracts.hosts import CalendarHost, TaskHost
from tests.contracts.message_contract import MessageContract, MessageHost
from tests.contracts.push_contract import PushContract, PushHost
from tests.contracts.reader_contract import ReaderContract, ReaderHost
from tests.contracts.samples import TEXT, WEEKLY
from tests.contracts.task_contract import TaskContract
from tests.servers.google import GoogleServer


@pytest.fixture
def server() -> Iterator[GoogleServer]:
    with GoogleServer() as running:
        running.clock.set(NOW)
        running.add_user(BEN, "Ben")
        running.add_user(ANNA, "Anna")
        yield running
        running.check()


class TestCalendarOnGoogle(CalendarContract):
    @pytest.fixture
    def host(self, server: GoogleServer) -> CalendarHost:
        return google_host(server)

    def test_event_that_was_never_there_is_not_found(self, host: CalendarHost) -> None:
        gone = replace(host.weekly(), event_id=EventId("never0never0never"))

        with pytest.raises(NotFound):
            host.port.get_event(gone)
        with pytest.raises(NotFound):
            host.port.occurrences(gone, host.at(0), 1)

    def test_exception_is_taken_back_where_it_says_what_the_series_says(
        self, host: CalendarHost
    ) -> None:
        """Google can't: the exception stays, and says the series' words."""
        series = host.weekly()
        before = host.occurrence(series)
        revision = host.port.write_body(before.ref, Body(content=TEXT), expect=before.revision)

        host.port.write_body(before.ref, before.body, expect=revision)

        after = host.port.get_event(before.ref)
        assert host.clients.exceptions(host.ben, WEEKLY) == {host.at(0)}
        assert (after.kind, after.body.content) == (EventKind.EXCEPTION, before.body.content)

    def test_attendee_s_connection_writes_their_own_copy(self, host: CalendarHost) -> None:
        """Google refuses it through the API, though its own clients let people do so."""
        host.weekly()
        port = host.ports[host.anna]
        copy = host.found(host.anna, WEEKLY)
        theirs = port.occurrences(copy.ref, host.at(0), 1)[0]

        with pytest.raises(PermissionDenied, match="organizer"):
            port.write_body(theirs.ref, Body(content=TEXT), expect=theirs.revision)

    def test_very_long_body_survives(self, host: CalendarHost) -> None:
        """What is longer than Google's field is refused before anything is sent."""
        before = host.occurrence(host.weekly())
        text = "wört " * 1600
        revision = host.port.write_body(before.ref, Body(content=text), expect=before.revision)

        with pytest.raises(InvalidInput, match="8192"):
            host.port.write_body(before.ref, Body(content=text * 2), expect=revision)

        assert host.port.get_event(before.ref).body.content == text


class TestTasksOnGoogle(TaskContract):
    @pytest.fixture
    def tasks(self, server: GoogleServer) -> TaskHost:
        port = google_suite(server, BEN).tasks
        assert port is not None
        hands = server.ui.tasks
        return TaskHost(
            port=port,
            list_id=port.list_task_lists()[0].list_id,
            tick=lambda ref: hands.complete(BEN, ref.task_id),
            untick=lambda ref: hands.reopen(BEN, ref.task_id),
            remove=lambda ref: _remove(server, ref),
        )


def _remove(server: GoogleServer, ref: TaskRef) -> None:
    server.ui.tasks.delete(BEN, ref.task_id)


class TestPushOnGoogle(PushContract):
    @pytest.fixture
    def push(self, server: GoogleServer) -> PushHost:
        port = google_suite(server, BEN, push=True).push
        assert port is not None

        def announce(made: Subscription) -> PushRequest:
            server.push.flush()
            server.ui.create(BEN, "Something new", NOW, notify=False)
            server.push.flush()
            headers = dict(server.push.deliveries[-1].headers)
            assert headers["X-Goog-Channel-ID"] == made.subscription_id.split()[0]
            return PushRequest(headers=headers, query={}, body=b"")

        def forge(request: PushRequest) -> PushRequest:
            token = request.headers["X-Goog-Channel-Token"]
            other = ("A" if token[0] != "A" else "B") + token[1:]
            return replace(request, headers={**request.headers, "X-Goog-Channel-Token": other})

        return PushHost(
            port=port,
            calendar_id=CalendarId(BEN),
            announce=announce,
            forge=forge,
            callback="http://127.0.0.1:9/hooks/google",
        )


class TestMessagesOnGoogle(MessageContract):
    @pytest.fixture
    def messages(self, server: GoogleServer) -> MessageHost:
        port = google_suite(server, BEN).messages
        assert port is not None
        return MessageHost(
            port=port,
            address=BEN,
            received=lambda: [each["text"] for each in server.world.chat.sent()],
        )


class TestReadersOnGoogle(ReaderContract):
    @pytest.fixture
    def readers(self, server: GoogleServer) -> ReaderHost:
        port = google_suite(server, BEN, scopes=(ACCESS_RULES,)).readers
        rules = server.world.calendars.by_id[BEN].readers
        assert port is not None
        return ReaderHost(
            port=port,
            calendar_id=CalendarId(BEN),
            let_read=lambda who: rules.update({who: "reader"}),
            open_to_all=lambda: rules.update({"domain:example.com": "reader"}),
            show_busy=lambda who: rules.update({who: "freeBusyReader", "default": "none"}),
            publish=lambda: rules.update({"default": "reader"}),
        )

    def test_without_the_right_it_is_refused_and_the_calendar_goes_on(
        self, server: GoogleServer
    ) -> None:
        suite = google_suite(server, BEN)
        assert suite.readers is not None

        with pytest.raises(PermissionDenied):
            suite.readers.readers(CalendarId(BEN))
        assert suite.calendar.changes(CalendarId(BEN), None).changed == ()
