"""The embedded calendar server: Radicale as a separate process with logins and pair calendars."""

from __future__ import annotations

import base64
import http.client
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from core.errors import Unavailable
from webhook_app.embedded.process import ModuleProcess, free_port
from webhook_app.embedded.radicale_files import SharedCalendar, write_files

COMPONENTS = ("VEVENT", "VTODO")


class Radicale:
    """A running server. Its folder keeps the calendars from one start to the next."""

    def __init__(
        self,
        folder: Path,
        *,
        python: Path,
        logins: Mapping[str, str],
        shared: Sequence[SharedCalendar] = (),
        port: int | None = None,
        extra: str = "",
        extra_rights: str = "",
    ) -> None:
        self.logins = dict(logins)
        self.shared = tuple(shared)
        self.port = port or free_port()
        config = write_files(
            folder,
            logins=logins,
            shared=shared,
            port=self.port,
            extra=extra,
            extra_rights=extra_rights,
        )
        self._process = ModuleProcess(
            python,
            ["radicale", "--config", str(config)],
            log=folder / "radicale.log",
            port=self.port,
        )

    @property
    def url(self) -> str:
        """Where the server is."""
        return f"http://127.0.0.1:{self.port}/"

    @property
    def pid(self) -> int:
        """The server process's number."""
        return self._process.pid

    def calendar_url(self, path: str) -> str:
        """Return the address of a collection."""
        return self.url + path.lstrip("/")

    def start(self) -> Radicale:
        """Wait until it answers and make what is not there yet."""
        self._process.wait_until_ready()
        for calendar in self.shared:
            self.share(calendar)
        return self

    def stop(self) -> None:
        """End the server; the calendars stay in the folder."""
        self._process.stop()

    def make_calendar(
        self, login: str, name: str, title: str, components: Sequence[str] = ("VEVENT",)
    ) -> str:
        """Make a calendar or task list in somebody's home and return its address."""
        path = f"/{login}/{name}/"
        listed = "".join(f'<C:comp name="{component}"/>' for component in components)
        body = (
            '<?xml version="1.0" encoding="utf-8"?>'
            '<C:mkcalendar xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><set><prop>'
            f"<displayname>{escape(title)}</displayname>"
            f"<C:supported-calendar-component-set>{listed}</C:supported-calendar-component-set>"
            "</prop></set></C:mkcalendar>"
        )
        status = self._ask(login, "MKCALENDAR", path, body, "application/xml")
        if status not in (201, 405, 409):  # the last two: it is there already
            raise Unavailable(f"The calendar server refused to make {path} ({status}).")
        return self.calendar_url(path)

    def share(self, calendar: SharedCalendar, *, permissions: str = "rw") -> None:
        """Make a calendar and show it in its members' homes, where that isn't done yet."""
        self.make_calendar(calendar.owner, calendar.name, calendar.title, COMPONENTS)
        for member in calendar.members:
            wanted = {
                "PathMapped": calendar.path,
                "PathOrToken": calendar.path_of(member),
                "User": member,
                "Permissions": permissions,
                "Enabled": True,
                "Hidden": False,
            }
            status = self._api(calendar.owner, "create", wanted)
            if status == 409:  # shared at an earlier start
                continue
            known = {"PathOrToken": calendar.path_of(member), "PathMapped": calendar.path}
            if status != 200 or self._api(member, "enable", known) != 200:
                raise Unavailable(f"The calendar server did not share {calendar.path}.")
            self._api(member, "unhide", known)

    def _api(self, login: str, action: str, data: Mapping[str, object]) -> int:
        path = f"/.sharing/v1/map/{action}"
        return self._ask(login, "POST", path, json.dumps(data), "application/json")

    def _ask(self, login: str, method: str, path: str, body: str, kind: str) -> int:
        secret = base64.b64encode(f"{login}:{self.logins[login]}".encode()).decode()
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            headers = {"Authorization": f"Basic {secret}", "Content-Type": kind}
            connection.request(method, path, body.encode(), headers)
            answer = connection.getresponse()
            answer.read()
            return answer.status
        finally:
            connection.close()
