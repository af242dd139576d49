"""Debian's Cyrus IMAP with CalDAV: real scheduling with a copy for each attendee."""

from __future__ import annotations

import imaplib
import itertools
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from core.errors import Unavailable
from tests.servers import skip_or_fail
from tests.servers.accounts import Account, Couple
from tests.servers.plain_dav import TASK_LIST, ask
from webhook_app.embedded.process import answers, free_port

MASTER = Path("/usr/lib/cyrus/bin/master")
MAKE_FOLDERS = Path("/usr/lib/cyrus/bin/makedirs")
SET_PASSWORD = Path("/usr/sbin/saslpasswd2")
HINT = "apt-get install --no-install-recommends cyrus-caldav cyrus-imapd cyrus-admin sasl2-bin"
HERE = Path(__file__).parent
PASSWORD = "correct-horse"
# Ends the server when the pipe to us breaks: no test run, however it ends, leaves one behind.
WATCHER = """\
import os, signal, subprocess, sys
server = subprocess.Popen(sys.argv[1:], stdin=subprocess.DEVNULL, start_new_session=True)
while os.read(0, 1024):
    pass
server.terminate()
try:
    server.wait(1)
except subprocess.TimeoutExpired:
    pass
try:
    os.killpg(server.pid, signal.SIGKILL)  # children that wait for a quiet connection
except ProcessLookupError:
    pass
server.wait()
"""


class CyrusServer:
    """Runs as the account `cyrus` where we are root, else as ourselves."""

    name = "cyrus"
    copies = True
    attendee_may_edit = True

    def __init__(self) -> None:
        for program in (MASTER, SET_PASSWORD):
            if not program.exists():
                skip_or_fail("Cyrus", HINT)
        self.folder = Path(tempfile.mkdtemp(prefix="cyrus-"))
        self.port, self._imap_port = free_port(), free_port()
        self._as_cyrus = ["runuser", "-u", "cyrus", "--"] if os.geteuid() == 0 else []
        self._numbers = itertools.count()
        self._write_files()
        self._notices = self._listen()
        self._add_login("admin")
        self._process = self._start()

    def couple(self) -> Couple:
        """Return two new people with a calendar each."""
        number = next(self._numbers)
        logins = (f"ben{number}", f"anna{number}")
        with imaplib.IMAP4("127.0.0.1", self._imap_port, timeout=20) as imap:
            imap.login("admin", PASSWORD)
            for login in logins:
                self._add_login(login)
                imap.create(f"user.{login}")
        ben, anna = map(self._account, logins)
        return Couple(ben=ben, anna=anna)

    def stop(self) -> None:
        """End it and remove its folder."""
        end_process(self._process)
        self._notices.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def mailed(self) -> list[str]:
        """Return the iCalendar texts that were to go out by mail (iMIP) since the last time.

        Cyrus hands them to a notifier, in the request that causes them: here it is us.
        """
        found = []
        with suppress(BlockingIOError):
            while notice := self._notices.recv(1 << 20):
                *_, text, _ = notice.decode().split("\0")
                found.append(str(json.loads(text)["ical"]))
        return found

    def _listen(self) -> socket.socket:
        notices = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        path = self.folder / "run" / "notify"
        notices.bind(str(path))
        path.chmod(0o777)
        notices.setblocking(False)
        return notices

    def _write_files(self) -> None:
        user = "cyrus" if self._as_cyrus else os.environ.get("USER", "cyrus")
        values = {"folder": str(self.folder), "user": user}
        values |= {"http": str(self.port), "imap": str(self._imap_port)}
        for name in ("imapd.conf", "cyrus.conf"):
            text = (HERE / "data" / "cyrus" / name).read_text()
            for key, value in values.items():
                text = text.replace(f"@{key}@", value)
            (self.folder / name).write_text(text)
        for name in ("var", "spool", "run", "sieve"):
            (self.folder / name).mkdir()
        if self._as_cyrus:
            subprocess.run(["chown", "-R", "cyrus:mail", str(self.folder)], check=True)
        if MAKE_FOLDERS.exists():
            self._run(str(MAKE_FOLDERS), "-C", str(self.folder / "imapd.conf"), check=False)

    def _start(self) -> subprocess.Popen[bytes]:
        arguments = [str(MASTER), "-D", "-C", str(self.folder / "imapd.conf")]
        arguments += ["-M", str(self.folder / "cyrus.conf")]
        arguments += ["-p", str(self.folder / "run" / "master.pid")]
        with (self.folder / "master.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-c", WATCHER, *self._as_cyrus, *arguments],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        end = time.monotonic() + 20
        while time.monotonic() < end and process.poll() is None:
            if answers(self.port) and answers(self._imap_port):
                return process
            time.sleep(0.05)
        end_process(process)
        raise Unavailable(f"Cyrus did not start: {(self.folder / 'master.log').read_text()}")

    def _add_login(self, login: str) -> None:
        self._run(
            str(SET_PASSWORD),
            *("-p", "-f", str(self.folder / "sasldb2"), "-c", "-u", "localhost", login),
            feed=PASSWORD + "\n",
        )

    def _run(self, *arguments: str, feed: str = "", check: bool = True) -> None:
        subprocess.run(
            [*self._as_cyrus, *arguments],
            input=feed.encode(),
            check=check,
            timeout=20,
            capture_output=True,
            cwd=self.folder,
        )

    def _account(self, login: str) -> Account:
        url = f"http://127.0.0.1:{self.port}/"
        home = f"{url}dav/calendars/user/{login}/"
        account = Account(
            address=f"{login}@example.com",
            login=login,
            password=PASSWORD,
            calendar_url=f"{home}Default/",
            tasks_url=f"{home}tasks/",
            home_url=home,
            start_url=url,
        )
        ask(account, "PROPFIND", home, headers={"Depth": "1"})  # makes the default calendar
        ask(account, "MKCALENDAR", account.tasks_url, TASK_LIST)
        return account


def end_process(process: subprocess.Popen[bytes]) -> None:
    """Let the watcher end the server, and wait for both."""
    if process.stdin is not None:
        process.stdin.close()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(5)
