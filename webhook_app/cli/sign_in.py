"""One person's consent in their own browser; the answer comes back to a loopback address.

Source: RFC 8252, section 7.3 (loopback redirect), and PKCE (RFC 7636), which msal does.
"""

from __future__ import annotations

import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qsl, urlsplit

from adapters.outlook import AppCertificate, AppSecret, Consent, OutlookSettings
from core.errors import InvalidInput, Unavailable

PATIENCE = 300.0
"""Seconds that a person has to sign in."""
BIGGEST = 64 * 1024
PATH = "/connect/outlook"
DONE = b"<!doctype html><title>vieraugen</title><p>Done. You can close this window."


def consent_in_browser(
    settings: OutlookSettings,
    client: AppSecret | AppCertificate | None,
    person: str,
    *,
    port: int = 0,
    patience: float = PATIENCE,
) -> tuple[Consent, str]:
    """Return the consent and whose it is. Raise Unavailable where nobody signed in in time."""
    from adapters.outlook.auth import begin_consent, finish_consent
    from adapters.outlook.refusals import advice_on

    with _listening(port) as server:
        back = f"http://localhost:{server.server_port}{PATH}"
        flow = begin_consent(settings, client, back, person)
        print(f"Open this in {person}'s browser:\n{flow['auth_uri']}", file=sys.stderr, flush=True)
        server.handle_until(patience)
        answer = server.answer
    if answer is None:
        raise Unavailable("nobody signed in within five minutes: start it again")
    if "code" not in answer:
        reason = advice_on(answer.get("error_description", ""))
        raise InvalidInput(f"Microsoft did not sign {person} in ({reason})")
    return finish_consent(settings, client, flow, answer)


class _Server(HTTPServer):
    """Waits for the one answer that carries a state."""

    answer: dict[str, str] | None = None

    def handle_until(self, patience: float) -> None:
        """Serve until the answer is there or patience ends."""
        self.timeout = 0.2
        stop = threading.Event()
        timer = threading.Timer(patience, stop.set)
        timer.start()
        try:
            while self.answer is None and not stop.is_set():
                self.handle_request()
        finally:
            timer.cancel()


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        self._take(urlsplit(self.path).query)

    def do_POST(self) -> None:
        length = min(int(self.headers.get("Content-Length") or 0), BIGGEST)
        self._take(self.rfile.read(length).decode("utf-8", "replace"))

    def _take(self, text: str) -> None:
        found = dict(parse_qsl(text))
        ours = urlsplit(self.path).path == PATH and "state" in found
        if ours:
            self.server.answer = found
        self.send_response(200 if ours else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(DONE if ours else b"")

    def log_message(self, *_: object) -> None:
        """Say nothing: the address carries the code."""


def _listening(port: int) -> _Server:
    try:
        return _Server(("127.0.0.1", port), _Handler)
    except OSError as err:
        raise InvalidInput(f"--port {port}: {err.strerror}") from err
