"""Our program's side of a subscription: a small server that answers and remembers."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit


class Receiver:
    """Answers validation calls and keeps what was pushed."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.validations: list[str] = []
        self.pushed: list[list[dict[str, Any]]] = []
        self.status = 202
        self.validates = True


@contextmanager
def receiving() -> Iterator[Receiver]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = parse_qs(urlsplit(self.path).query)
            size = int(self.headers.get("Content-Length") or 0)
            raw = self.rfile.read(size)
            if "validationToken" in query:
                receiver.validations.append(query["validationToken"][0])
                self._say(200, query["validationToken"][0] if receiver.validates else "no")
            else:
                receiver.pushed.append(json.loads(raw)["value"])
                self._say(receiver.status, "")

        def _say(self, status: int, text: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "text/plain")
            self.send_header("Content-Length", str(len(text.encode())))
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *_: object) -> None:
            """Stay quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiver = Receiver(f"http://127.0.0.1:{server.server_port}/hooks/outlook")
    thread = threading.Thread(target=lambda: server.serve_forever(0.02), daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
