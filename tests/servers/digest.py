"""A web server that takes only Digest (RFC 7616 with MD5, as sabre/dav offers it)."""

from __future__ import annotations

import hashlib
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

NONCE = "d2h5IG5vdA"
REALM = "calendars"
FIELD = re.compile(r'(\w+)="?([^",]*)"?')


class DigestServer:
    """Answers "welcome" to who proves the password."""

    def __init__(self, login: str, password: str) -> None:
        self.secret = _hash(f"{login}:{REALM}:{password}")
        self.heard: list[str] = []
        """Every Authorization header that came."""
        handler = type("Handler", (_Handler,), {"owner": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/"

    def stop(self) -> None:
        """Stop listening."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(5)


class _Handler(BaseHTTPRequestHandler):
    owner: DigestServer
    protocol_version = "HTTP/1.1"

    def log_message(self, *_args: object) -> None:
        """Say nothing."""

    def do_REPORT(self) -> None:
        """Answer one request."""
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        header = self.headers.get("Authorization", "")
        self.owner.heard.append(header)
        if self._is_proved(dict(FIELD.findall(header))):
            self._send(200, b"welcome")
        else:
            self._send(401, b"", f'Digest realm="{REALM}", nonce="{NONCE}", qop="auth"')

    def _is_proved(self, said: dict[str, str]) -> bool:
        wanted = _hash(f"{self.command}:{self.path}")
        parts = (self.owner.secret, NONCE, said.get("nc"), said.get("cnonce"), "auth", wanted)
        return said.get("response") == _hash(":".join(map(str, parts)))

    def _send(self, status: int, body: bytes, challenge: str = "") -> None:
        self.send_response_only(status)
        if challenge:
            self.send_header("WWW-Authenticate", challenge)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _hash(text: str) -> str:
    return hashlib.md5(text.encode()).hexdigest()
