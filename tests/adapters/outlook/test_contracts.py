"""Outlook keeps what every calendar and task tool of ours promises."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from html import unescape

import pytest

from adapters.outlook.calendar_id import calendar_id_of
from adapters.outlook.messages import OutlookMail
from core.errors import NotFound
from core.model.calendar import Body, EventId, EventKind
from core.model.tasks import TaskRef
from core.ports import PushRequest, Subscription
from tests.adapters.outlook.conftest import ANNA, BEN, Connect
from tests.adapters.outlook.hosts import MONDAY, NOW, OutlookClients, as_text_port
from tests.contracts.calendar_contract import CalendarContract
from tests.contracts.hosts import CalendarHost, TaskHost
from tests.contracts.message_contract import MessageContract, MessageHost
from tests.contracts.push_contract import PushContract, PushHost
from tests.contracts.reader_contract import ReaderContract, ReaderHost
from tests.contracts.samples import TEXT, WEEKLY
from tests.contracts.task_contract import TaskContract
from tests.servers.graph import GraphServer, todo
from tests.servers.test_graph_server.receiver import Receiver, receiving


class TestCalendar(CalendarContract):
    @pytest.fixture
    def host(self, graph: GraphServer, connect: Connect) -> CalendarHost:
        graph.clock.set(NOW)
        calendars = {person: calendar_id_of(person) for person in (BEN, ANNA)}
        clients = OutlookClients(graph, calendars)
        ports = {person: as_text_port(connect(person).calendar, clients) for person in calendars}

        def make_read_only(person: str) -> None:
            graph.faults.add("refuse", method="PATCH")

        return CalendarHost(
            ben=BEN,
            anna=ANNA,
            ports=ports,
            calendars=calendars,
            clients=clients,
            keeps_extras=False,
            forget_cursors=graph.expire_cursors,
            make_read_only=make_read_only,
            monday=MONDAY,
        )

    def test_event_that_was_never_there_is_not_found(self, host: CalendarHost) -> None:
        gone = replace(host.weekly(), event_id=EventId("AAMkNever="))

        with pytest.raises(NotFound):
            host.port.get_event(gone)
        with pytest.raises(NotFound):
            host.port.occurrences(gone, host.at(0), 1)

    def test_moved_occurrence_stands_at_its_new_time_under_its_old_name(
        self, host: CalendarHost
    ) -> None:
        """Exchange lets no occurrence pass its neighbour: it moves within its week."""
        series = host.weekly()
        later = host.slot(0, hour=15)
        host.clients.move(host.ben, WEEKLY, host.at(0), later)

        first, second = host.port.occurrences(series, host.at(0), 2)

        assert (first.original_start, first.kind) == (host.at(0), EventKind.EXCEPTION)
        assert first.slot.start == later.start
        assert (second.original_start, second.kind) == (host.at(1), EventKind.OCCURRENCE)

    def test_exception_is_taken_back_where_it_says_what_the_series_says(
        self, host: CalendarHost
    ) -> None:
        """Exchange can't: the exception stays, and says the series' words."""
        series = host.weekly()
        before = host.occurrence(series)
        revision = host.port.write_body(before.ref, Body(content=TEXT), expect=before.revision)

        host.port.write_body(before.ref, before.body, expect=revision)

        after = host.port.get_event(before.ref)
        assert host.clients.exceptions(host.ben, WEEKLY) == {host.at(0)}
        assert (after.kind, after.body.content) == (EventKind.EXCEPTION, before.body.content)


class TestTasks(TaskContract):
    @pytest.fixture
    def tasks(self, graph: GraphServer, connect: Connect) -> TaskHost:
        port = connect(BEN).tasks
        assert port is not None
        list_id = port.list_task_lists()[0].list_id

        def edit(ref: TaskRef, **changes: str) -> None:
            box = graph.state.tenant.mailbox(BEN)
            tasks = graph.state.todo.find(box, ref.list_id)
            todo.change(graph.state, box, tasks, tasks.tasks[ref.task_id], dict(changes))

        def remove(ref: TaskRef) -> None:
            box = graph.state.tenant.mailbox(BEN)
            todo.remove(graph.state, box, ref.list_id, ref.task_id)

        return TaskHost(
            port=port,
            list_id=list_id,
            tick=lambda ref: edit(ref, status="completed"),
            untick=lambda ref: edit(ref, status="notStarted"),
            remove=remove,
            forget_cursors=graph.expire_cursors,
        )


class TestPush(PushContract):
    @pytest.fixture
    def receiver(self) -> Iterator[Receiver]:
        with receiving() as running:
            yield running

    @pytest.fixture
    def push(self, graph: GraphServer, connect: Connect, receiver: Receiver) -> PushHost:
        suite = connect(BEN)
        assert suite.push is not None

        def announce(_made: Subscription) -> PushRequest:
            graph.ui.create_event(BEN, [ANNA], subject="x", start=datetime(2026, 12, 1, 9, 0))
            graph.deliver()
            body = json.dumps({"value": receiver.pushed[-1]}).encode()
            return PushRequest(headers={}, query={}, body=body)

        def forge(genuine: PushRequest) -> PushRequest:
            items = json.loads(genuine.body)["value"]
            forged = [item | {"clientState": "x" + item["clientState"][1:]} for item in items]
            return replace(genuine, body=json.dumps({"value": forged}).encode())

        def handshake(_made: Subscription) -> tuple[PushRequest, str]:
            token = "Validation: Testing +client"
            return PushRequest(headers={}, query={"validationToken": token}, body=b""), token

        return PushHost(
            port=suite.push,
            callback=receiver.url,
            calendar_id=calendar_id_of(BEN),
            announce=announce,
            forge=forge,
            handshake=handshake,
        )


class TestMail(MessageContract):
    @pytest.fixture
    def messages(self, graph: GraphServer, connect: Connect) -> MessageHost:
        wire = connect(BEN).calendar._wire  # type: ignore[attr-defined]  # Outlook's has one

        def received() -> list[str]:
            sent = [m for m in graph.mails if m.kind == "message" and m.recipient == ANNA]
            return [unescape(str(m.content)) for m in sent]

        return MessageHost(port=OutlookMail(sender=BEN, wire=wire), address=ANNA, received=received)


class TestReaders(ReaderContract):
    @pytest.fixture
    def readers(self, graph: GraphServer, connect: Connect) -> ReaderHost:
        port, box = connect(BEN).readers, graph.state.tenant.mailbox(BEN)
        assert port is not None
        return ReaderHost(
            port=port,
            calendar_id=calendar_id_of(BEN),
            let_read=lambda who: box.shared_with.update({who: "delegateWithPrivateEventAccess"}),
            open_to_all=lambda: setattr(box, "organization_role", "read"),
            show_busy=lambda who: box.shared_with.update({who: "limitedRead"}),
        )
