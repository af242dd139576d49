"""Xandikos for several people: real scheduling, from packages alone."""

from __future__ import annotations

import itertools
from pathlib import Path

from tests.servers import servers_python
from tests.servers.accounts import Account, Couple
from tests.servers.plain_dav import TASK_LIST, ask
from tests.servers.proxy import Proxy
from webhook_app.embedded.process import ModuleProcess, free_port

PASSWORD = "correct-horse"
ADDRESS = """<?xml version="1.0"?>
<D:propertyupdate xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:set><D:prop>
<C:calendar-user-address-set><D:href>mailto:{address}</D:href></C:calendar-user-address-set>
</D:prop></D:set></D:propertyupdate>"""


class XandikosServer:
    """It knows no passwords: the proxy before it checks them and says who is asking."""

    name = "xandikos"
    copies = True
    attendee_may_edit = False

    def __init__(self, folder: Path) -> None:
        (folder / "data").mkdir(parents=True)
        (folder / "state").mkdir()
        inner = free_port()
        arguments = ["xandikos", "multi-user", "--defaults", "--no-detect-systemd"]
        arguments += ["-d", str(folder / "data"), "--state-dir", str(folder / "state")]
        arguments += ["-l", "127.0.0.1", "-p", str(inner)]
        arguments += ["--trust-x-remote-user-from", "127.0.0.1"]
        self._process = ModuleProcess(
            servers_python(), arguments, log=folder / "xandikos.log", port=inner
        )
        self._process.wait_until_ready()
        self._proxy = Proxy(inner, user_header=lambda _login, password: password == PASSWORD)
        self._numbers = itertools.count()

    @property
    def port(self) -> int:
        """Where it listens."""
        return self._proxy.port

    def couple(self) -> Couple:
        """Return two new people with a calendar each."""
        number = next(self._numbers)
        return Couple(ben=self._account(f"ben{number}"), anna=self._account(f"anna{number}"))

    def stop(self) -> None:
        """End it."""
        self._proxy.stop()
        self._process.stop()

    def _account(self, login: str) -> Account:
        url = self._proxy.url
        account = Account(
            address=f"{login}@example.com",
            login=login,
            password=PASSWORD,
            calendar_url=f"{url}{login}/calendars/calendar/",
            tasks_url=f"{url}{login}/calendars/tasks/",
            home_url=f"{url}{login}/calendars/",
            start_url=url,
        )
        ask(account, "PROPFIND", f"{url}{login}/", headers={"Depth": "1"})
        # Without its people's addresses it schedules nothing.
        ask(account, "PROPPATCH", f"{url}{login}/", ADDRESS.format(address=account.address))
        ask(account, "MKCALENDAR", account.tasks_url, TASK_LIST)
        return account
