"""The stand-in as a program part: start it, act in it, look into it, stop it."""

from __future__ import annotations

import socket
import threading
from pathlib import Path
from socketserver import BaseServer
from typing import Any

from flask import Response
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from .answers import Json
from .app import create_app
from .calendar_page import add_calendar_page
from .calendar_state import Assumptions
from .call_log import CallLog
from .clock import Clock
from .directory import Person
from .faults import Faults
from .hands import add_hands
from .inbound import Inbound
from .mail_log import MailLog
from .memory import memory_of, save
from .push import PushState
from .quotas import Quotas
from .service import new_service
from .ui_actions import CalendarActions


class _Quiet(WSGIRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 60

    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002 - werkzeug's name
        """Requests are in the call log; the console stays quiet."""


class GoogleServer:
    """Google Workspace of one small domain, on loopback."""

    def __init__(
        self, *, host: str = "127.0.0.1", port: int = 0, memory: Path | None = None
    ) -> None:
        """With a file for its memory it goes on where it was, also after a crash."""
        self.service = new_service()
        self.world = self.service.world
        self._memory = memory_of(self.world, memory) if memory else None
        if self._memory:
            self._memory.load()
        self.ui = CalendarActions(self.world)
        self.addon = Inbound(self.service)
        self._address = (host, port)
        self._lines: set[socket.socket] = set()
        self._http: BaseWSGIServer | None = None
        self._threads: list[threading.Thread] = []

    def start(self) -> GoogleServer:
        host, port = self._address
        app = create_app(self.service)
        add_hands(app, self)
        add_calendar_page(app, self)
        app.after_request(self._keep)
        self._http = make_server(host, port, app, threaded=True, request_handler=self._handler())
        serving = threading.Thread(
            target=self._http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        )
        serving.start()
        self._threads = [serving, self.push.start()]
        return self

    def _keep(self, answer: Response) -> Response:
        """What has been answered is remembered."""
        if self._memory:
            save(self.world, self._memory)
        return answer

    def _handler(self) -> type[WSGIRequestHandler]:
        lines = self._lines

        class Handler(_Quiet):
            def __init__(self, request: socket.socket, address: Any, server: BaseServer) -> None:
                lines.add(request)
                super().__init__(request, address, server)

            def finish(self) -> None:
                super().finish()
                lines.discard(self.connection)

        return Handler

    def stop(self) -> None:
        if self._http is None:
            return
        self._http.shutdown()
        for line in list(self._lines):
            _shut(line)
        self._threads[0].join(timeout=20)
        self._http.server_close()
        self.push.stop(self._threads[1])
        self._http = None

    def __enter__(self) -> GoogleServer:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def url(self) -> str:
        """The root of all APIs, with a slash at its end."""
        if self._http is None:
            raise RuntimeError("the stand-in is not running")
        return f"http://{self._address[0]}:{self._http.server_port}/"

    @property
    def token_uri(self) -> str:
        return f"{self.url}token"

    def add_user(self, address: str, name: str, zone: str = "Europe/Berlin") -> Person:
        with self.world.lock:
            return self.world.add_user(address, name, zone)

    def add_group(self, address: str, *members: str) -> None:
        self.world.directory.groups[address.lower()] = tuple(each.lower() for each in members)

    def add_room(self, address: str, name: str) -> None:
        self.world.directory.rooms[address.lower()] = name

    def suspend(self, address: str) -> None:
        self.world.directory.person(address).suspended = True

    def service_account(self, *scopes: str) -> Json:
        """A key file's content, with these scopes delegated by the administrator."""
        with self.world.lock:
            return self.service.tokens.add_service_account(frozenset(scopes), self.token_uri)

    def delegate(self, key_file: Json, *scopes: str) -> None:
        """Change what the administrator has delegated; none at all revokes."""
        self.service.tokens.delegate(key_file["client_id"], frozenset(scopes))

    def oauth_client(self) -> Json:
        return self.service.consents.add_client(self.url)

    def consent(self, user: str, authorization_url: str) -> str:
        """Press Allow; gives the address the browser is sent to."""
        return self.service.consents.agree(user.lower(), authorization_url)

    def withdraw_consent(self, user: str) -> None:
        self.service.consents.withdraw(user.lower())

    def expire_sync_tokens(self, calendar_id: str) -> None:
        self.world.pages.expire(calendar_id.lower())

    def empty_pages(self, count: int) -> None:
        """So many listings begin with an empty page."""
        self.world.pages.empty_first = count

    @property
    def clock(self) -> Clock:
        return self.world.clock

    @property
    def calls(self) -> CallLog:
        return self.service.calls

    @property
    def mails(self) -> MailLog:
        return self.world.mails

    @property
    def faults(self) -> Faults:
        return self.service.faults

    @property
    def quotas(self) -> Quotas:
        return self.service.quotas

    @property
    def push(self) -> PushState:
        return self.world.push

    @property
    def assumptions(self) -> Assumptions:
        return self.world.assumptions

    @property
    def violations(self) -> list[str]:
        """What clients did that the API's description does not allow."""
        return self.world.violations

    def check(self) -> None:
        """Raise where any request or answer broke the API's description."""
        if self.violations:
            raise AssertionError("against the discovery documents: " + " | ".join(self.violations))


def _shut(line: socket.socket) -> None:
    try:
        line.shutdown(socket.SHUT_RDWR)
    except OSError:
        return
