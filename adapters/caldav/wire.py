"""Every request that a CalDAV server gets: one function for all verbs."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from adapters.caldav.auth import auth_of
from adapters.caldav.refusals import Answer, refusal
from adapters.caldav.settings import CaldavSettings
from core.errors import InvalidInput, Unavailable, UnexpectedResponse

if TYPE_CHECKING:
    from requests import Response, Session

SAFE = frozenset({"GET", "HEAD", "OPTIONS", "PROPFIND", "REPORT"})
"""Verbs that change nothing: asked once more where a kept connection broke."""
HEADERS = {
    "User-Agent": "vieraugen",
    # Web servers that compress on the way change the ETag with it ("…-gzip").
    "Accept-Encoding": "identity",
}
MAX_BYTES = 100_000_000


class Wire:
    """One account's way to its server; each thread has connections of its own."""

    def __init__(self, settings: CaldavSettings, secret: str) -> None:
        self.settings = settings
        self._secret = secret
        self._threads = threading.local()

    def ask(
        self,
        method: str,
        url: str,
        body: bytes = b"",
        *,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Return the answer to one request; raise what core.errors has for a refusal."""
        answer = self.answer_to(method, url, body, headers=headers)
        if answer.status >= 300:
            raise refusal(answer, self.settings.login)
        return answer

    def answer_to(
        self,
        method: str,
        url: str,
        body: bytes = b"",
        *,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Return the answer to one request, a refusal too. Raise Unavailable without any."""
        target = self.absolute(url)
        response = self._sent(method, target, body, {**HEADERS, **(headers or {})})
        return Answer(
            url=target,
            status=response.status_code,
            headers={name.lower(): value for name, value in response.headers.items()},
            body=response.content,
        )

    def absolute(self, url: str) -> str:
        """Return a URL on our server; raise UnexpectedResponse for any other host."""
        found = urljoin(self.settings.home, url)
        if origin(found) != origin(self.settings.home):
            raise UnexpectedResponse(
                f"{origin(found)} is not the server that {self.settings.login} connected."
            )
        return found

    def _sent(self, method: str, url: str, body: bytes, headers: Mapping[str, str]) -> Response:
        # Loaded with the first request: most commands never make one.
        from requests import RequestException
        from requests.exceptions import ConnectionError as BrokenConnection

        try:
            try:
                return self._send(method, url, body, headers)
            except BrokenConnection as err:
                if method not in SAFE or _is_down(err):
                    raise
                return self._send(method, url, body, headers)
        except RequestException as err:
            raise _no_answer(err, url) from err

    def _send(self, method: str, url: str, body: bytes, headers: Mapping[str, str]) -> Response:
        response = self._session().request(
            method,
            url,
            data=body or None,
            headers=dict(headers),
            timeout=self.settings.time_out,
            allow_redirects=False,
            stream=True,
        )
        size = int(response.headers.get("Content-Length") or 0)
        if size > MAX_BYTES:
            response.close()
            raise UnexpectedResponse(f"The calendar server's answer is too large ({size} bytes).")
        _ = response.content
        return response

    def _session(self) -> Session:
        session: Session | None = getattr(self._threads, "session", None)
        if session is None:
            from requests import Session

            session = Session()
            settings = self.settings
            session.auth = auth_of(settings.auth, settings.login, self._secret)
            self._threads.session = session
        return session


def origin(url: str) -> str:
    """Return scheme, host and port. Raise InvalidInput where it is no web address."""
    try:
        parts = urlsplit(url)
        port = parts.port or {"http": 80, "https": 443}[parts.scheme]
    except (KeyError, ValueError) as err:
        raise InvalidInput(f"{url} is not the address of a calendar server.") from err
    return f"{parts.scheme}://{parts.hostname}:{port}"


def _is_down(err: Exception) -> bool:
    """Whether nobody listens at all: asking again at once is no use."""
    from requests import ConnectTimeout
    from urllib3.exceptions import NewConnectionError

    reason = getattr(err.args[0], "reason", None) if err.args else None
    return isinstance(err, ConnectTimeout) or isinstance(reason, NewConnectionError)


def _no_answer(err: Exception, url: str) -> Unavailable | UnexpectedResponse | InvalidInput:
    from requests import Timeout
    from requests.exceptions import InvalidSchema, InvalidURL, MissingSchema, SSLError

    host = urlsplit(url).netloc.rpartition("@")[2]
    if isinstance(err, (InvalidURL, InvalidSchema, MissingSchema)):
        return InvalidInput(f"{url} is not the address of a calendar server.")
    if isinstance(err, SSLError):
        return Unavailable(f"The certificate of {host} is not trusted: no request was made.")
    if isinstance(err, Timeout):
        return Unavailable(f"{host} did not answer in time: it will be tried again.")
    if _is_down(err):
        return Unavailable(f"{host} is not reachable: is the calendar server running?")
    return Unavailable(f"{host} broke off its answer: it will be tried again.")
