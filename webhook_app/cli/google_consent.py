"""One person's consent to Google in their own browser; it comes back to a loopback address.

Source: RFC 8252, section 7.3 (loopback redirect).
"""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from adapters.google.consent import begin_consent, finish_consent, read_client
from adapters.google.settings import TOKEN_URI, Consent, GoogleSettings
from core.errors import InvalidInput, Unavailable
from webhook_app.config import Settings

PATIENCE = 300.0
"""Seconds that a person has to sign in."""
DONE = b"<!doctype html><title>vieraugen</title><p>Done. You can close this window."


def consent_in_browser(
    settings: Settings,
    client_file: Mapping[str, Any],
    person: str,
    *,
    port: int,
    patience: float = PATIENCE,
) -> Consent:
    """Return the consent. Raise Unavailable where nobody signed in in time."""
    client = read_client(client_file)
    google = GoogleSettings(token_uri=settings.google_token_uri or TOKEN_URI)
    with _listening(port) as server:
        flow = begin_consent(client, f"http://127.0.0.1:{server.server_port}/", person)
        print(f"Open this in {person}'s browser:\n{flow.url}", file=sys.stderr, flush=True)
        answer = server.wait(patience)
    if answer is None:
        raise Unavailable("nobody signed in within five minutes: start it again")
    return finish_consent(google, flow, answer)


class _Server(HTTPServer):
    """Waits for the one answer that carries a state."""

    answer: dict[str, str] | None = None

    def wait(self, patience: float) -> dict[str, str] | None:
        """Serve until the answer is there or patience ends."""
        self.timeout = 0.2
        end = time.monotonic() + patience
        while self.answer is None and time.monotonic() < end:
            self.handle_request()
        return self.answer


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        found = dict(parse_qsl(urlsplit(self.path).query))
        if "state" in found:
            self.server.answer = found
        self.send_response(200 if "state" in found else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(DONE if "state" in found else b"")

    def log_message(self, *_: object) -> None:
        """Say nothing: the address carries the code."""


def _listening(port: int) -> _Server:
    try:
        return _Server(("127.0.0.1", port), _Handler)
    except OSError as err:
        raise InvalidInput(f"--port {port}: {err.strerror}") from err
