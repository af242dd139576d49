"""Ben and Anna on a real CalDAV server, through our adapter."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from adapters.caldav import build
from adapters.caldav.settings import CaldavSettings
from core.model.calendar import CalendarId
from core.model.tasks import TaskListId, TaskRef
from core.ports import Suite
from tests.contracts.hosts import CalendarHost, TaskHost
from tests.servers.accounts import Account, CalendarServer, Couple
from tests.servers.dav_clients import DavClients
from tests.servers.plain_dav import ask

BROKEN = b"""BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Somebody//EN\r\nBEGIN:VEVENT\r
UID:broken@example.org\r\nDTSTAMP:20260101T000000Z\r\nDTSTART;TZID=Nowhere/At All:20311006T090000\r
SUMMARY:A zone that nobody knows\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"""


def suite_of(account: Account, server: CalendarServer) -> Suite:
    """Return what `discover` and the store would lead to."""
    settings = CaldavSettings(home=account.home_url, login=account.login, copies=server.copies)
    return build(settings.to_dict(), account.password)


def caldav_host(server: CalendarServer, couple: Couple | None = None) -> CalendarHost:
    """Return a couple on a server, a new one if none is given."""
    couple = couple or server.couple()
    clients = DavClients(couple)
    people = {person.address: person for person in (couple.ben, couple.anna)}

    def break_event(person: str, uid: str) -> None:
        clients.delete(person, uid)
        answer = clients.put_raw(person, f"{uid.replace('@', '-')}.ics", BROKEN)
        if answer.status >= 300:
            pytest.skip("this server takes nothing that is broken")

    return CalendarHost(
        ben=couple.ben.address,
        anna=couple.anna.address,
        ports={a: suite_of(person, server).calendar for a, person in people.items()},
        calendars={a: CalendarId(person.calendar_url) for a, person in people.items()},
        clients=clients,
        attendee_may_edit=server.attendee_may_edit,
        break_event=break_event,
    )


def caldav_tasks(server: CalendarServer) -> TaskHost:
    """Return a new person's task list."""
    ben = server.couple().ben
    port = suite_of(ben, server).tasks
    assert port is not None

    def edit(ref: TaskRef, *changes: tuple[str, str]) -> None:
        url = _url(ben, ref)
        before = ask(ben, "GET", url)
        text = before.text
        for old, new in changes:
            assert old in text
            text = text.replace(old, new)
        headers = {"If-Match": before.headers["etag"]}
        assert ask(ben, "PUT", url, text, headers=headers, kind="text/calendar").status < 300

    done = f"STATUS:COMPLETED\r\nCOMPLETED:{datetime.now(UTC):%Y%m%dT%H%M%SZ}"

    def untick(ref: TaskRef) -> None:
        url = _url(ben, ref)
        lines = ask(ben, "GET", url).text.splitlines()
        kept = [line for line in lines if not line.startswith(("COMPLETED", "PERCENT", "STATUS"))]
        assert ask(ben, "PUT", url, "\r\n".join(kept) + "\r\n", kind="text/calendar").status < 300

    return TaskHost(
        port=port,
        list_id=TaskListId(ben.tasks_url),
        tick=lambda ref: edit(ref, ("STATUS:NEEDS-ACTION", done)),
        untick=untick,
        remove=lambda ref: _remove(ben, ref),
        spoil_status=lambda ref: edit(ref, ("STATUS:NEEDS-ACTION", "STATUS:IN-LIMBO")),
    )


def _url(account: Account, ref: TaskRef) -> str:
    return f"{account.tasks_url}{ref.task_id.rpartition('/')[2]}"


def _remove(account: Account, ref: TaskRef) -> None:
    assert ask(account, "DELETE", _url(account, ref)).status < 300
