"""Post one webhook: to the checked address, with time-outs, following nothing."""

from __future__ import annotations

import http.client
import socket
import ssl
import time
from dataclasses import dataclass, field
from functools import cache

from core.errors import OneOnOneError
from core.model.webhooks import Posted
from webhook_app.outgoing.guard import Guard, Target

CONNECT, READ = 5.0, 15.0
FIRST_BYTES = 300


@cache
def _tls() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpPoster:
    """See core.ports.Poster."""

    guard: Guard
    tls: ssl.SSLContext = field(default_factory=_tls)

    def post(self, url: str, headers: dict[str, str], body: bytes) -> Posted:
        """Send it once; never raises."""
        try:
            target = self.guard.target(url)
            return self._sent(target, headers, body)
        except OneOnOneError as err:
            return Posted(error=str(err))
        except ssl.SSLCertVerificationError as err:
            return Posted(error=f"its certificate does not hold: {err.verify_message}")
        except TimeoutError:
            return Posted(error="it did not answer in time")
        except (OSError, http.client.HTTPException, ValueError) as err:
            return Posted(error=f"it could not be reached: {type(err).__name__}")

    def _sent(self, target: Target, headers: dict[str, str], body: bytes) -> Posted:
        connection = _Pinned(target, self.tls)
        try:
            connection.request("POST", target.path, body=body, headers=headers)
            answer = connection.getresponse()
            text = _first(answer)
            return Posted(
                status=answer.status,
                text=text,
                retry_after=_seconds(answer.getheader("Retry-After")),
            )
        finally:
            connection.close()


class _Pinned(http.client.HTTPConnection):
    """Connects to the checked address, speaks to the host by its name."""

    def __init__(self, target: Target, tls: ssl.SSLContext) -> None:
        port = None if target.port == (443 if target.encrypted else 80) else target.port
        host = f"[{target.host}]" if ":" in target.host else target.host
        super().__init__(host, port or (443 if target.encrypted else 80), timeout=READ)
        self._target, self._tls = target, tls
        if target.encrypted:
            # The Host header leaves this port out.
            self.default_port = 443

    def connect(self) -> None:
        place = (self._target.address, self._target.port)
        self.sock = socket.create_connection(place, timeout=CONNECT)
        self.sock.settimeout(READ)
        if self._target.encrypted:
            self.sock = self._tls.wrap_socket(self.sock, server_hostname=self._target.host)


def _first(answer: http.client.HTTPResponse) -> str:
    end = time.monotonic() + READ
    found = b""
    while len(found) < FIRST_BYTES and time.monotonic() < end:
        part = answer.read1(FIRST_BYTES - len(found))
        if not part:
            break
        found += part
    text = found.decode("utf-8", "replace")
    return "".join(c if c.isprintable() else " " for c in text)


def _seconds(value: str | None) -> float | None:
    return float(value) if value and value.isdigit() and len(value) < 10 else None
