"""HTTP as a phone's calendar client would speak it: nothing of our adapter in it."""

from __future__ import annotations

import base64
import http.client
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from tests.servers.accounts import Account


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the server said."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()


def ask(
    account: Account,
    method: str,
    url: str,
    body: str | bytes = b"",
    *,
    headers: Mapping[str, str] | None = None,
    kind: str = "application/xml; charset=utf-8",
) -> Answer:
    """Send one request with the person's login."""
    parts = urlsplit(url)
    secret = base64.b64encode(f"{account.login}:{account.password}".encode()).decode()
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)
    data = body.encode() if isinstance(body, str) else body
    asked = {"Authorization": f"Basic {secret}", "Content-Type": kind, **(headers or {})}
    try:
        connection.request(method, parts.path, data, asked)
        answer = connection.getresponse()
        named = {name.lower(): value for name, value in answer.getheaders()}
        return Answer(status=answer.status, headers=named, body=answer.read())
    finally:
        connection.close()


TASK_LIST = """<?xml version="1.0"?>
<C:mkcalendar xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:set><D:prop>
<D:displayname>Tasks</D:displayname>
<C:supported-calendar-component-set><C:comp name="VTODO"/></C:supported-calendar-component-set>
</D:prop></D:set></C:mkcalendar>"""
