"""One person's account through our adapter, directly or behind a proxy."""

from __future__ import annotations

from dataclasses import dataclass

from adapters.caldav import build
from adapters.caldav.calendar import CaldavCalendar
from adapters.caldav.settings import CaldavSettings
from adapters.caldav.tasks import CaldavTasks
from core.model.calendar import CalendarEvent, CalendarId, EventRef
from core.model.tasks import TaskListId
from tests.contracts.caldav_hosts import caldav_host
from tests.contracts.hosts import CalendarHost
from tests.servers.accounts import Account, CalendarServer, Couple
from tests.servers.dav_clients import DavClients
from tests.servers.proxy import Proxy


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """Ben's account as it is seen through a proxy, and a host to draft events with."""

    proxy: Proxy
    couple: Couple
    port: CaldavCalendar
    tasks: CaldavTasks
    calendar_id: CalendarId
    list_id: TaskListId
    clients: DavClients
    host: CalendarHost

    def weekly(self, uid: str = "weekly@example.org") -> EventRef:
        """Let Ben make his weekly 1:1; return its ref behind the proxy."""
        made = self.clients.add(self.couple.ben.address, self.host.draft(), uid)
        return EventRef(calendar_id=self.calendar_id, event_id=made.event_id)

    def occurrence(self, series: EventRef, week: int = 0) -> CalendarEvent:
        """Return an occurrence, and count from here on."""
        found = self.port.occurrences(series, self.host.at(week), 1)[0]
        self.proxy.forget()
        return found


def behind(
    proxy: Proxy,
    server: CalendarServer,
    *,
    quirks: frozenset[str] = frozenset(),
    time_out: tuple[float, float] = (2.0, 5.0),
) -> Behind:
    """Return a new person's account behind a proxy."""
    couple = server.couple()
    port, tasks = ports(couple.ben, proxy, quirks=quirks, time_out=time_out)
    return Behind(
        proxy=proxy,
        couple=couple,
        port=port,
        tasks=tasks,
        calendar_id=CalendarId(proxy.moved(couple.ben.calendar_url)),
        list_id=TaskListId(proxy.moved(couple.ben.tasks_url)),
        clients=DavClients(couple),
        host=caldav_host(server, couple),
    )


def ports(
    account: Account,
    proxy: Proxy,
    *,
    password: str | None = None,
    quirks: frozenset[str] = frozenset(),
    time_out: tuple[float, float] = (2.0, 5.0),
) -> tuple[CaldavCalendar, CaldavTasks]:
    """Return an account's ports behind a proxy."""
    settings = CaldavSettings(
        home=proxy.moved(account.home_url), login=account.login, quirks=quirks, time_out=time_out
    )
    suite = build(settings.to_dict(), password or account.password)
    assert isinstance(suite.calendar, CaldavCalendar)
    assert isinstance(suite.tasks, CaldavTasks)
    return suite.calendar, suite.tasks
