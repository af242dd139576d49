"""The embedded calendar server: shared calendars, restarts, and an end with its parent."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.errors import Unavailable
from tests.servers import ROOT, servers_python
from tests.servers.accounts import Account
from tests.servers.plain_dav import ask
from webhook_app.embedded.process import ModuleProcess, answers, free_port
from webhook_app.embedded.radicale import Radicale
from webhook_app.embedded.radicale_files import SharedCalendar

pytestmark = pytest.mark.server

LOGINS = {"ben": "ben's word", "anna": "anna's word"}
PAIR = SharedCalendar(owner="ben", name="ben-anna", title="1:1 <Ben> & Anna", members=("anna",))
EVENT = (
    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:a\r\n"
    "DTSTAMP:20300101T000000Z\r\nDTSTART:20310101T090000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Radicale]:
    running = started(tmp_path)
    yield running
    running.stop()


def started(folder: Path) -> Radicale:
    return Radicale(folder, python=servers_python(), logins=LOGINS, shared=[PAIR]).start()


def account(server: Radicale, login: str, password: str | None = None) -> Account:
    return Account(
        address=f"{login}@example.com",
        login=login,
        password=password or LOGINS[login],
        calendar_url=server.calendar_url(PAIR.path),
        tasks_url="",
        home_url=server.calendar_url(f"/{login}/"),
        start_url=server.url,
    )


def test_both_people_reach_the_pair_s_calendar_by_one_address(server: Radicale) -> None:
    ben, anna = account(server, "ben"), account(server, "anna")

    put = ask(anna, "PUT", f"{anna.calendar_url}a.ics", EVENT, kind="text/calendar")
    got = ask(ben, "GET", f"{ben.calendar_url}a.ics")

    assert (put.status, got.status) == (201, 200)


def test_both_people_find_the_pair_s_calendar_in_their_homes(server: Radicale) -> None:
    for login in LOGINS:
        person = account(server, login)
        listed = ask(person, "PROPFIND", person.home_url, headers={"Depth": "1"})

        assert "1:1 &lt;Ben&gt; &amp; Anna" in listed.text


def test_nobody_reaches_another_one_s_calendars_or_gets_in_with_a_wrong_password(
    server: Radicale,
) -> None:
    server.make_calendar("ben", "private", "Private")
    anna = account(server, "anna")

    assert ask(anna, "GET", server.calendar_url("/ben/private/")).status == 403
    wrong = account(server, "anna", "guessed")
    assert ask(wrong, "PROPFIND", wrong.home_url).status == 401


def test_logins_can_be_read_by_their_owner_alone(server: Radicale, tmp_path: Path) -> None:
    assert server.url
    assert stat.S_IMODE((tmp_path / "logins").stat().st_mode) == 0o600


def test_calendars_are_still_there_after_a_restart(tmp_path: Path) -> None:
    first = started(tmp_path)
    ben = account(first, "ben")
    ask(ben, "PUT", f"{ben.calendar_url}a.ics", EVENT, kind="text/calendar")
    first.stop()

    again = started(tmp_path)
    try:
        anna = account(again, "anna")
        assert ask(anna, "GET", f"{again.calendar_url(PAIR.path_of('anna'))}a.ics").status == 200
    finally:
        again.stop()


def test_stopped_server_answers_no_more(tmp_path: Path) -> None:
    server = started(tmp_path)
    server.stop()

    assert not answers(server.port)


def test_server_ends_when_the_program_that_started_it_is_killed(tmp_path: Path) -> None:
    program = (
        "import sys, time; from pathlib import Path; from webhook_app.embedded.radicale import *;"
        f"r = Radicale(Path({str(tmp_path)!r}), python=Path({str(servers_python())!r}),"
        " logins={'ben': 'x'}).start();"
        "print(r.port, flush=True); time.sleep(60)"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert parent.stdout is not None
    port = int(parent.stdout.readline())
    assert answers(port)

    parent.send_signal(signal.SIGKILL)
    parent.communicate(timeout=10)

    end = time.monotonic() + 10
    while answers(port) and time.monotonic() < end:
        time.sleep(0.05)
    assert not answers(port)


def test_server_that_cannot_start_says_why(tmp_path: Path) -> None:
    log = tmp_path / "log"
    process = ModuleProcess(Path(sys.executable), ["no_such_module"], log=log, port=free_port())

    with pytest.raises(Unavailable, match="no_such_module"):
        process.wait_until_ready()
