"""The stand-in as an object: start, stop, people, clock, faults, and what was observed."""

from __future__ import annotations

import ssl
import tempfile
import threading
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Self

from flask import Flask, Response
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from tests.servers.graph import delta, ids
from tests.servers.graph.app import create_app
from tests.servers.graph.bot_connector import Bot
from tests.servers.graph.calendar_page import add_calendar_page
from tests.servers.graph.clock import Clock
from tests.servers.graph.faults import Faults
from tests.servers.graph.mail_log import Mail
from tests.servers.graph.mailbox_state import Mailbox
from tests.servers.graph.memory import memory_of, save
from tests.servers.graph.state import Call, State
from tests.servers.graph.subscriptions import Lifecycle
from tests.servers.graph.tokens import Tokens, make_ca
from tests.servers.graph.ui_actions import Ui

DELIVERY_PAUSE = 0.05
POLL_PAUSE = 0.02


class _Quiet(WSGIRequestHandler):
    """Keeps connections open and says nothing."""

    protocol_version = "HTTP/1.1"

    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002
        """Leave the terminal to the program that we stand in for."""


class GraphServer:
    """A tenant on loopback: Graph and the Teams connector by HTTP, Entra ID by HTTPS.

    With `deliver="auto"` notifications go out by themselves, else when `deliver()` is called.
    """

    def __init__(
        self, *, port: int = 0, deliver: str = "manual", memory: Path | None = None
    ) -> None:
        """With a file for its memory it goes on where it was; raise ValueError if it can't."""
        self._state = State()
        self._memory = memory_of(self._state, memory) if memory else None
        if self._memory:
            self._memory.load()
        self._port, self._automatic = port, deliver == "auto"
        self._folder = tempfile.TemporaryDirectory(prefix="vieraugen-graph-")
        self._servers: list[BaseWSGIServer] = []
        self._threads: list[threading.Thread] = []
        self.ui = Ui(self._state)
        self.authority = ""
        self.ca_file = ""

    def start(self) -> Self:
        """Listen; `root`, `authority` and `ca_file` are known from here on."""
        ca, certificate, key = make_ca(Path(self._folder.name))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        app = create_app(self._state)
        add_calendar_page(app, self)
        app.after_request(self._kept)
        plain = self._listen(app, self._port, None)
        secure = self._listen(app, 0, context)
        tenant, tokens = self._state.tenant, self._state.tokens
        self._state.root = f"http://127.0.0.1:{plain.port}/v1.0"
        self.authority = f"https://127.0.0.1:{secure.port}/{tenant.tenant_id}"
        self.ca_file = str(ca)
        tokens.authority, tokens.tenant_id = self.authority, tenant.tenant_id
        tokens.app_id = tenant.app_id
        tokens.rotate()
        if self._automatic:
            self._run(self._deliver_for_ever)
        return self

    def keep(self) -> None:
        """Remember what was done without a request: what people do through `ui`."""
        if self._memory:
            save(self._state, self._memory)

    def _kept(self, answer: Response) -> Response:
        self.keep()
        return answer

    def _listen(self, app: Flask, port: int, context: ssl.SSLContext | None) -> BaseWSGIServer:
        server = make_server(
            "127.0.0.1", port, app, threaded=True, request_handler=_Quiet, ssl_context=context
        )
        self._servers.append(server)
        self._run(partial(server.serve_forever, poll_interval=POLL_PAUSE))
        return server

    def _run(self, target: Callable[[], object]) -> None:
        thread = threading.Thread(target=target, daemon=True)
        thread.start()
        self._threads.append(thread)

    def _deliver_for_ever(self) -> None:
        while not self.faults.stopped.wait(DELIVERY_PAUSE):
            self._state.push.deliver(self._state)

    def stop(self) -> None:
        """Stop listening and take the CA away."""
        self.faults.stopped.set()
        for server in self._servers:
            server.shutdown()
            server.server_close()
        for thread in self._threads:
            thread.join(5)
        self._folder.cleanup()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    # --- the tenant -----------------------------------------------------------------------

    @property
    def state(self) -> State:
        """Everything, for tests of the stand-in itself."""
        return self._state

    @property
    def root(self) -> str:
        """Where Graph stands; ends in /v1.0."""
        return self._state.root

    @property
    def service_url(self) -> str:
        """Where the Teams connector stands."""
        return self._state.root.removesuffix("/v1.0")

    @property
    def tenant_id(self) -> str:
        return self._state.tenant.tenant_id

    @property
    def app_id(self) -> str:
        return self._state.tenant.app_id

    @property
    def secret(self) -> str:
        return self._state.tokens.secret

    def add_mailbox(
        self, address: str, name: str, zone: str = "Europe/Berlin", manager: str | None = None,
        *, reachable: bool = True,
    ) -> Mailbox:  # fmt: skip
        """Add a person; `reachable=False` keeps the mailbox outside the app's scope."""
        box = Mailbox(
            user_id=ids.guid("user", address), address=address.lower(), name=name, zone=zone,
            manager=manager, reachable=reachable,
        )  # fmt: skip
        self._state.tenant.mailboxes[box.address] = box
        return box

    def token(self, user: str | None = None, scopes: str = "Calendars.ReadWrite "
              "Tasks.ReadWrite User.Read Mail.Send") -> str:  # fmt: skip
        """Return an access token for Graph: the app's own, or a person's."""
        if user is None:
            return self.tokens.app_token()
        return self.tokens.user_token(self._state.tenant.mailbox(user).user_id, scopes)

    def event_id(
        self, address: str, uid: str, day: date | None = None, *, immutable: bool = True
    ) -> str:
        """Return the id that a person's copy has in Graph."""
        view = self.ui.view(address, uid, day)
        box = self._state.tenant.mailbox(address)
        return box.id_of(view.item, view.day, immutable=immutable)

    # --- steering -------------------------------------------------------------------------

    @property
    def clock(self) -> Clock:
        return self._state.clock

    @property
    def faults(self) -> Faults:
        return self._state.faults

    @property
    def tokens(self) -> Tokens:
        return self._state.tokens

    @property
    def bot(self) -> Bot:
        return self._state.bot

    def deliver(self) -> list[int]:
        """Deliver the pending notifications now; returns the receivers' statuses."""
        return self._state.push.deliver(self._state)

    def lifecycle(self, subscription_id: str, event: Lifecycle) -> None:
        with self._state.lock:
            self._state.push.lifecycle(self._state, subscription_id, event)

    def expire_cursors(self) -> None:
        """Let every delta link expire."""
        with self._state.lock:
            delta.expire(self._state)
            self._state.todo.links.clear()

    # --- what was observed ----------------------------------------------------------------

    @property
    def calls(self) -> list[Call]:
        """Every request to Graph, those inside batches too."""
        return self._state.calls

    @property
    def mails(self) -> list[Mail]:
        """Every mail that its recipient gets to see."""
        return self._state.mails.visible

    @property
    def all_mails(self) -> list[Mail]:
        """The auto-processed ones too."""
        return self._state.mails.all

    @property
    def violations(self) -> list[str]:
        """What was asked or answered that Graph's metadata does not know."""
        return self._state.violations
