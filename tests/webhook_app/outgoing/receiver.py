"""A receiver of webhooks on loopback that answers as it is told."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(slots=True)
class Receiver:
    """What came in, and what is answered: the last answer stays."""

    url: str = ""
    answers: list[tuple[int, dict[str, str], str]] = field(default_factory=list)
    got: list[tuple[dict[str, str], bytes]] = field(default_factory=list)

    @property
    def bodies(self) -> list[dict[str, Any]]:
        """What came in, as JSON."""
        return [json.loads(body) for _, body in self.got]

    @property
    def ids(self) -> list[str]:
        """The ids that came in."""
        return [headers["webhook-id"] for headers, _ in self.got]

    def answer(self, status: int, text: str = "", **headers: str) -> None:
        """Answer so from now on."""
        self.answers = [(status, headers, text)]


@contextmanager
def running_receiver() -> Iterator[Receiver]:
    """Run one."""
    receiver = Receiver(answers=[(204, {}, "")])

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            named = {k.lower(): v for k, v in self.headers.items()}
            receiver.got.append((named, body))
            answers = receiver.answers
            status, headers, text = answers.pop(0) if len(answers) > 1 else answers[0]
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    receiver.url = f"http://127.0.0.1:{server.server_port}/hook"
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
