"""python-caldav on our own wire: for what is asked once and not in every pass."""

from __future__ import annotations

from collections.abc import Mapping

from caldav.davclient import DAVClient
from caldav.response import DAVResponse

from adapters.caldav.refusals import refusal
from adapters.caldav.wire import Wire


class Client(DAVClient):
    """The library's client without its HTTP, its environment and its configuration files."""

    def __init__(self, wire: Wire) -> None:
        super().__init__(url=wire.settings.home, enable_rfc6764=False, require_tls=False)
        self._wire = wire

    def request(
        self,
        url: str,
        method: str = "GET",
        body: str = "",
        headers: Mapping[str, str] | None = None,
        rate_limit_time_slept: float = 0,  # noqa: ARG002 - the library's own name and place
    ) -> DAVResponse:
        """Send one request of the library's; refusals become core.errors."""
        data = body.encode() if isinstance(body, str) else bytes(body or b"")
        sent = {"Content-Type": "application/xml; charset=utf-8", **(headers or {})}
        answer = self._wire.answer_to(method, str(url), data, headers=sent)
        if answer.status in (401, 403, 429) or answer.status >= 500:
            raise refusal(answer, self._wire.settings.login)
        made = DAVResponse.from_bytes(answer.body, status_code=answer.status)
        made.headers = answer.headers
        return made
