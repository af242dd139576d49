"""Our CalDAV adapter keeps the contracts on real servers."""

from __future__ import annotations

import pytest

from tests.contracts.caldav_hosts import caldav_host, caldav_tasks
from tests.contracts.calendar_contract import CalendarContract
from tests.contracts.hosts import CalendarHost, TaskHost
from tests.contracts.task_contract import TaskContract
from tests.servers.accounts import CalendarServer

pytestmark = pytest.mark.server


class TestCalendarOnRadicale(CalendarContract):
    @pytest.fixture
    def host(self, radicale: CalendarServer) -> CalendarHost:
        return caldav_host(radicale)


class TestCalendarOnXandikos(CalendarContract):
    @pytest.fixture
    def host(self, xandikos: CalendarServer) -> CalendarHost:
        return caldav_host(xandikos)


class TestCalendarOnCyrus(CalendarContract):
    @pytest.fixture
    def host(self, cyrus: CalendarServer) -> CalendarHost:
        return caldav_host(cyrus)


class TestTasksOnRadicale(TaskContract):
    @pytest.fixture
    def tasks(self, radicale: CalendarServer) -> TaskHost:
        return caldav_tasks(radicale)


class TestTasksOnXandikos(TaskContract):
    @pytest.fixture
    def tasks(self, xandikos: CalendarServer) -> TaskHost:
        return caldav_tasks(xandikos)


class TestTasksOnCyrus(TaskContract):
    @pytest.fixture
    def tasks(self, cyrus: CalendarServer) -> TaskHost:
        return caldav_tasks(cyrus)
