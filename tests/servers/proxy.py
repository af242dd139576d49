"""A reverse proxy before any server: counts requests and answers some of them itself, wrongly."""

from __future__ import annotations

import base64
import http.client
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

HOP_BY_HOP = {
    "connection",
    "keep-alive",
    "transfer-encoding",
    "te",
    "upgrade",
    "content-length",
    "accept-encoding",
    "alt-svc",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request as it came in."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    status: int


@dataclass(slots=True, kw_only=True)
class Fault:
    """What a coming request meets instead of the server's answer."""

    status: int = 500
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    methods: frozenset[str] = frozenset()
    """Empty: any method."""
    times: int = 1
    silent: float = 0.0
    """Seconds of silence before the connection breaks."""
    cut: bool = False
    """True: the server's own answer, broken off in the middle."""
    done: bool = False
    """True: the server gets the request, and its answer is lost."""


class Proxy:
    """Listens on a free loopback port until `stop`."""

    def __init__(
        self, target_port: int, *, user_header: Callable[[str, str], bool] | None = None
    ) -> None:
        self.target_port = target_port
        self.user_header = user_header
        """Where given: checks login and password and turns them into X-Remote-User."""
        self.asked: list[Asked] = []
        self.faults: list[Fault] = []
        self.before_answer: Callable[[str], None] | None = None
        """Called with each method, between the server's answer and ours."""
        self.drop_headers: frozenset[str] = frozenset()
        """Headers of the server that never come through, in lower case."""
        self.dropped_for: frozenset[str] = frozenset()
        """Methods for which they are dropped; empty: any."""
        self.lock = threading.Lock()
        handler = type("Handler", (_Handler,), {"proxy": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self._thread.start()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._server.server_address[1])

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self.port}/"

    def moved(self, url: str) -> str:
        """Return the address behind the proxy of an address of the server."""
        return url.replace(f":{self.target_port}/", f":{self.port}/")

    def counted(self) -> Counter[str]:
        """Return how often each method was asked."""
        with self.lock:
            return Counter(asked.method for asked in self.asked)

    def forget(self) -> None:
        """Start counting again."""
        with self.lock:
            self.asked.clear()
            self.faults.clear()

    def fault(self, **what: Any) -> None:
        """Order a fault for coming requests."""
        with self.lock:
            self.faults.append(Fault(**what))

    def take_fault(self, method: str) -> Fault | None:
        """Return the fault that this request meets."""
        with self.lock:
            for fault in self.faults:
                if fault.times > 0 and (not fault.methods or method in fault.methods):
                    fault.times -= 1
                    return fault
        return None

    def stop(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)


class _Handler(BaseHTTPRequestHandler):
    proxy: Proxy
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    timeout = 30

    def log_message(self, *_args: object) -> None:
        """Say nothing."""

    def __getattr__(self, name: str) -> Callable[[], None]:
        if name.startswith("do_"):
            return self._answer
        raise AttributeError(name)

    def _answer(self) -> None:
        body = self._body()
        fault = self.proxy.take_fault(self.command)
        if fault is None or fault.cut or fault.done:
            status, headers, answer = self._forward(body)
        else:
            status, headers, answer = fault.status, dict(fault.headers), fault.body
        self._note(body, status)
        self._interfere(headers)
        if fault is not None and fault.silent:
            time.sleep(fault.silent)
        if fault is not None and (fault.silent or fault.done):
            self.close_connection = True
            return
        self._send(status, headers, answer, cut=fault is not None and fault.cut)

    def _interfere(self, headers: dict[str, str]) -> None:
        if not self.proxy.dropped_for or self.command in self.proxy.dropped_for:
            for name in [name for name in headers if name.lower() in self.proxy.drop_headers]:
                del headers[name]
        if self.proxy.before_answer is not None:
            self.proxy.before_answer(self.command)

    def _note(self, body: bytes, status: int) -> None:
        asked = Asked(
            method=self.command,
            path=self.path,
            headers=dict(self.headers.items()),
            body=body,
            status=status,
        )
        with self.proxy.lock:
            self.proxy.asked.append(asked)

    def _body(self) -> bytes:
        if "chunked" not in self.headers.get("Transfer-Encoding", ""):
            return self.rfile.read(int(self.headers.get("Content-Length") or 0))
        body = b""
        while size := int(self.rfile.readline().split(b";")[0], 16):
            body += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return body

    def _forward(self, body: bytes) -> tuple[int, dict[str, str], bytes]:
        headers = {k: v for k, v in self.headers.items() if k.lower() not in HOP_BY_HOP}
        if self.proxy.user_header is not None:
            login = self._login(headers.pop("Authorization", ""))
            if login is None:
                return 401, {"WWW-Authenticate": 'Basic realm="calendars"'}, b""
            headers["X-Remote-User"] = login
        target = http.client.HTTPConnection("127.0.0.1", self.proxy.target_port, timeout=30)
        try:
            target.request(self.command, self.path, body or None, headers)
            answer = target.getresponse()
            names = dict.fromkeys(n for n in answer.headers if n.lower() not in HOP_BY_HOP)
            kept = {name: ", ".join(answer.headers.get_all(name, ())) for name in names}
            return answer.status, kept, answer.read()
        except OSError:
            return 502, {}, b""
        finally:
            target.close()

    def _login(self, authorization: str) -> str | None:
        if not authorization.startswith("Basic ") or self.proxy.user_header is None:
            return None
        login, _, password = base64.b64decode(authorization[6:]).decode().partition(":")
        return login if self.proxy.user_header(login, password) else None

    def _send(self, status: int, headers: dict[str, str], answer: bytes, *, cut: bool) -> None:
        self.send_response_only(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status not in (204, 304):
            self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer[: len(answer) // 2] if cut else answer)
        if cut:
            self.close_connection = True
