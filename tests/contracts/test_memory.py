"""The pretended calendars and tasks keep the contracts that real suites keep."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from core.memory.calendar import MemoryCalendar
from core.memory.calendars import SHARED, WITH_COPIES, MemoryCalendars
from core.memory.clients import MemoryClients
from core.memory.messages import MemoryMessages
from core.memory.readers import EVERYBODY, PUBLIC, MemoryReaders
from core.memory.tasks import MemoryTaskLists, MemoryTasks
from core.ports import CalendarFeature, MessageFeature
from tests.contracts.calendar_contract import CalendarContract
from tests.contracts.hosts import CalendarHost, TaskHost
from tests.contracts.message_contract import MessageContract, MessageHost
from tests.contracts.reader_contract import ReaderContract, ReaderHost
from tests.contracts.task_contract import TaskContract

BEN, ANNA = "ben@example.com", "anna@example.com"


def memory_host(
    features: CalendarFeature = WITH_COPIES,
    *,
    server: type[MemoryCalendars] = MemoryCalendars,
    port: type[MemoryCalendar] = MemoryCalendar,
) -> CalendarHost:
    """Return Ben and Anna on a pretended server."""
    calendars = server(features)
    if calendars.keeps_copies:
        ids = {person: calendars.open_calendar(person) for person in (BEN, ANNA)}
    else:
        ids = dict.fromkeys((BEN, ANNA), calendars.open_calendar(BEN, ANNA))
    clients = MemoryClients(calendars)

    def make_read_only(person: str) -> None:
        calendars.shelf(ids[person]).writable = False

    return CalendarHost(
        ben=BEN,
        anna=ANNA,
        ports={person: port(calendars, person) for person in (BEN, ANNA)},
        calendars=ids,
        clients=clients,
        forget_cursors=calendars.expire_cursors,
        make_read_only=make_read_only,
        break_event=lambda person, uid: clients.break_event(person, uid, "It has no start."),
    )


def memory_tasks(*, port: type[MemoryTasks] = MemoryTasks) -> TaskHost:
    """Return Ben's pretended task list."""
    lists = MemoryTaskLists()
    return TaskHost(
        port=port(lists, BEN),
        list_id=lists.list_of(BEN),
        tick=lambda ref: lists.tick(ref, datetime.now(UTC)),
        untick=lists.untick,
        remove=lists.remove,
        forget_cursors=lists.expire_cursors,
    )


class TestCalendarWithCopies(CalendarContract):
    @pytest.fixture
    def host(self) -> CalendarHost:
        return memory_host()


class TestSharedCalendar(CalendarContract):
    @pytest.fixture
    def host(self) -> CalendarHost:
        return memory_host(SHARED)


class TestTasks(TaskContract):
    @pytest.fixture
    def tasks(self) -> TaskHost:
        return memory_tasks()


class TestMessages(MessageContract):
    @pytest.fixture
    def messages(self) -> MessageHost:
        return message_host(MessageFeature.EDIT)


class TestMessagesThatStay(MessageContract):
    @pytest.fixture
    def messages(self) -> MessageHost:
        return message_host(MessageFeature.NONE)


def message_host(features: MessageFeature) -> MessageHost:
    port = MemoryMessages(features)
    return MessageHost(
        port=port,
        address=ANNA,
        received=lambda: [message.body.text for message in port.outbox.values()],
    )


class TestReadersInMemory(ReaderContract):
    @pytest.fixture
    def readers(self) -> ReaderHost:
        server = MemoryCalendars()
        shelf = server.shelf(server.open_calendar(BEN))

        def look(who: str) -> None:
            shelf.onlookers = (*shelf.onlookers, who)

        return ReaderHost(
            port=MemoryReaders(server, BEN),
            calendar_id=shelf.calendar_id,
            let_read=look,
            open_to_all=lambda: look(EVERYBODY),
            publish=lambda: look(PUBLIC),
        )
