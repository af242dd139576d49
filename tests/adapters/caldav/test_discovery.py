"""An account is found from whatever address a person knows, and its password goes nowhere else."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

import pytest

from adapters.caldav.discovery import discover, make_task_list
from adapters.caldav.settings import AuthKind, read_settings
from core.errors import (
    AccountDisconnected,
    InvalidInput,
    NotFound,
    Unavailable,
    UnexpectedResponse,
)
from tests.servers import ROOT
from tests.servers.accounts import CalendarServer
from tests.servers.cyrus import CyrusServer
from tests.servers.plain_dav import ask
from tests.servers.proxy import Proxy
from tests.servers.radicale import RadicaleServer
from tests.servers.xandikos import XandikosServer

pytestmark = pytest.mark.server


@pytest.fixture(params=["radicale", "xandikos", "cyrus"])
def server(request: pytest.FixtureRequest) -> CalendarServer:
    found: CalendarServer = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def stranger() -> Iterator[Proxy]:
    """Another server, which must never hear a password."""
    other = Proxy(9)
    yield other
    other.stop()


def test_account_is_found_from_the_server_s_address(server: CalendarServer) -> None:
    ben = server.couple().ben

    account = discover(ben.start_url, ben.login, ben.password)

    assert account.settings.home == ben.home_url
    assert account.settings.auth is AuthKind.BASIC
    assert account.settings.copies is server.copies
    assert ben.calendar_url in [calendar.calendar_id for calendar in account.calendars]
    assert ben.tasks_url in [found.list_id for found in account.task_lists]
    assert all(calendar.writable for calendar in account.calendars)
    if server.copies:
        assert ben.address in account.addresses


def test_account_is_found_from_its_calendar_s_address(server: CalendarServer) -> None:
    ben = server.couple().ben

    assert discover(ben.calendar_url, ben.login, ben.password).settings.home == ben.home_url


def test_what_was_found_is_what_the_store_gives_back(server: CalendarServer) -> None:
    ben = server.couple().ben
    settings = discover(ben.start_url, ben.login, ben.password).settings

    assert read_settings(settings.to_dict()) == settings


def test_task_list_is_made_for_tasks_alone(server: CalendarServer) -> None:
    ben = server.couple().ben
    account = discover(ben.start_url, ben.login, ben.password)

    made = make_task_list(account.settings, ben.password, "1:1 Vereinbarungen")

    after = discover(ben.start_url, ben.login, ben.password)
    assert made.list_id in [found.list_id for found in after.task_lists]
    assert made.list_id not in [str(calendar.calendar_id) for calendar in after.calendars]
    assert made.name == "1:1 Vereinbarungen"


def test_shared_calendar_stands_in_the_home_of_both(radicale: RadicaleServer) -> None:
    couple = radicale.couple()
    found = [
        discover(person.start_url, person.login, person.password)
        for person in (couple.ben, couple.anna)
    ]

    assert list({c.name for account in found for c in account.calendars}) == ["1:1 Ben & Anna"]


def test_wrong_password_is_a_wrong_password(server: CalendarServer) -> None:
    ben = server.couple().ben

    with pytest.raises(AccountDisconnected):
        discover(ben.start_url, ben.login, "wrong")


def test_well_known_address_is_followed(proxy: Proxy, radicale: RadicaleServer) -> None:
    ben = radicale.couple().ben
    proxy.fault(status=404)
    proxy.fault(status=301, headers={"Location": "/"})

    account = discover(proxy.url, ben.login, ben.password)

    assert account.settings.home == proxy.moved(ben.home_url)
    assert "/.well-known/caldav" in [asked.path for asked in proxy.asked]


def test_password_does_not_follow_to_another_host(
    proxy: Proxy, stranger: Proxy, radicale: RadicaleServer
) -> None:
    ben = radicale.couple().ben
    proxy.fault(status=302, headers={"Location": stranger.url}, times=9)

    with pytest.raises(UnexpectedResponse, match="connect with that address"):
        discover(proxy.url, ben.login, ben.password)

    assert not stranger.asked


def test_home_on_another_host_is_not_believed(
    proxy: Proxy, stranger: Proxy, radicale: RadicaleServer
) -> None:
    ben = radicale.couple().ben
    principal = (
        '<multistatus xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><response>'
        "<href>/{login}/</href><propstat><prop>{prop}</prop>"
        "<status>HTTP/1.1 200 OK</status></propstat></response></multistatus>"
    )
    found = "<current-user-principal><href>/me/</href></current-user-principal>"
    home = f"<C:calendar-home-set><href>{stranger.url}</href></C:calendar-home-set>"
    for prop in (found, home):
        body = principal.format(login="me", prop=prop).encode()
        proxy.fault(status=207, headers={"Content-Type": "application/xml"}, body=body)

    with pytest.raises((UnexpectedResponse, NotFound)):
        discover(proxy.url, ben.login, ben.password)

    assert not stranger.asked


def test_sent_round_in_circles_we_stop(proxy: Proxy, radicale: RadicaleServer) -> None:
    ben = radicale.couple().ben
    proxy.fault(status=302, headers={"Location": "/"}, times=99)

    with pytest.raises(UnexpectedResponse, match="circles"):
        discover(proxy.url, ben.login, ben.password)


@pytest.mark.parametrize("body", [b"", b"<html>Welcome</html>"])
def test_web_server_without_calendars_says_so(
    proxy: Proxy, radicale: RadicaleServer, body: bytes
) -> None:
    ben = radicale.couple().ben
    proxy.fault(status=200, body=body, times=99)

    with pytest.raises(NotFound, match="No calendar server answers"):
        discover(proxy.url, ben.login, ben.password)


def test_nobody_there_is_unavailable(proxy: Proxy) -> None:
    proxy.stop()

    with pytest.raises(Unavailable, match="not reachable"):
        discover(proxy.url, "ben", "secret")


@pytest.mark.parametrize("url", ["", "   ", "ftp://example.org/", "http://", "http://a:b:c/"])
def test_what_is_no_address_is_refused_before_anything_is_sent(url: str) -> None:
    with pytest.raises(InvalidInput):
        discover(url, "ben", "secret")


def test_password_in_the_address_is_refused_without_repeating_it() -> None:
    with pytest.raises(InvalidInput) as caught:
        discover("http://ben:hunter2@127.0.0.1/", "ben", "secret")

    assert "hunter2" not in str(caught.value)


def test_calendar_that_is_shared_for_reading_is_listed_as_read_only(
    radicale: RadicaleServer,
) -> None:
    couple = radicale.couple()
    url = radicale.read_only_for(couple.ben, couple.anna)

    account = discover(couple.anna.start_url, couple.anna.login, couple.anna.password)

    writable = {str(calendar.calendar_id): calendar.writable for calendar in account.calendars}
    assert writable[url.replace("/ben", "/anna")] is False


def test_environment_and_configuration_files_of_the_library_are_not_read(
    radicale: RadicaleServer,
) -> None:
    ben = radicale.couple().ben
    program = (
        "import sys; from adapters.caldav.discovery import discover;"
        f"print(discover({ben.start_url!r}, {ben.login!r}, sys.stdin.read()).settings.login)"
    )
    foreign = {"CALDAV_URL": "http://127.0.0.1:9/", "CALDAV_USERNAME": "x", "CALDAV_PASSWORD": "y"}

    done = subprocess.run(
        [sys.executable, "-c", program],
        input=ben.password,
        env={**foreign, "PYTHONPATH": str(ROOT), "HOME": "/nonexistent"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )

    assert done.stdout.strip() == ben.login


def test_server_that_schedules_is_known_by_its_own_word(
    xandikos: XandikosServer, cyrus: CyrusServer, radicale: RadicaleServer
) -> None:
    copies = {}
    for server in (xandikos, cyrus, radicale):
        ben = server.couple().ben
        assert ask(ben, "OPTIONS", ben.home_url).status < 300
        copies[server.name] = discover(ben.start_url, ben.login, ben.password).settings.copies

    assert copies == {"xandikos": True, "cyrus": True, "radicale": False}
