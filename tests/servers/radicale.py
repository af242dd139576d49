"""Radicale with a calendar that each couple shares: the server of the demo."""

from __future__ import annotations

import itertools
from pathlib import Path

from tests.servers import servers_python
from tests.servers.accounts import Account, Couple
from webhook_app.embedded.radicale import Radicale
from webhook_app.embedded.radicale_files import SharedCalendar

COUPLES = 400
PASSWORD = "correct-horse"
COUPLES_SHARE = """\
[couples]
user: (?:ben|anna)([0-9]+)
collection: ben{0}/one-on-one
permissions: rw

"""


class RadicaleServer:
    """One server for a test session; couples share a calendar, tasks are each one's own."""

    name = "radicale"
    copies = False
    attendee_may_edit = True

    def __init__(self, folder: Path, *, extra: str = "", couples: int = COUPLES) -> None:
        self.folder = folder
        logins = [f"{name}{n}" for n in range(couples) for name in ("ben", "anna")]
        self.server = Radicale(
            folder,
            python=servers_python(),
            logins=dict.fromkeys(logins, PASSWORD),
            extra=extra,
            extra_rights=COUPLES_SHARE,
        ).start()
        self._numbers = itertools.count()

    @property
    def port(self) -> int:
        """Where it listens."""
        return self.server.port

    def couple(self) -> Couple:
        """Return two new people who share one calendar."""
        number = next(self._numbers)
        ben, anna = f"ben{number}", f"anna{number}"
        calendar = SharedCalendar(
            owner=ben, name="one-on-one", title="1:1 Ben & Anna", members=(anna,)
        )
        self.server.share(calendar)
        return Couple(ben=self._account(ben, calendar), anna=self._account(anna, calendar))

    def read_only_for(self, owner: Account, reader: Account) -> str:
        """Let somebody read, and only read, a new calendar; return its address for the owner."""
        calendar = SharedCalendar(
            owner=owner.login, name="for-reading", title="Only to read", members=(reader.login,)
        )
        self.server.share(calendar, permissions="r")
        return self.server.calendar_url(calendar.path)

    def stop(self) -> None:
        """End it."""
        self.server.stop()

    def _account(self, login: str, calendar: SharedCalendar) -> Account:
        return Account(
            address=f"{login}@example.com",
            login=login,
            password=PASSWORD,
            calendar_url=self.server.calendar_url(calendar.path),
            tasks_url=self.server.make_calendar(login, "tasks", "Tasks", ("VTODO",)),
            home_url=self.server.calendar_url(f"/{login}/"),
            start_url=self.server.url,
        )
