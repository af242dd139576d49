"""Sign-in by mail, through a real SMTP conversation on loopback."""

from __future__ import annotations

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_string

import pytest

from core.errors import InvalidInput, PermissionDenied, Unavailable
from tests.core.builders import ANNA
from tests.webhook_app.world import Worlds
from webhook_app.config import Settings
from webhook_app.mail import Mailer, mailer


class Smtp(socketserver.StreamRequestHandler):
    """Speaks as much SMTP as a client without TLS needs."""

    def handle(self) -> None:
        def say(line: str) -> None:
            self.wfile.write(f"{line}\r\n".encode())

        got: list[str] = self.server.got  # type: ignore[attr-defined]
        say("220 here")
        while line := self.rfile.readline().decode().strip():
            match line[:4].upper():
                case "EHLO":
                    say("250 here")
                case "DATA":
                    say("354 go on")
                    lines: list[str] = []
                    while (row := self.rfile.readline().decode().rstrip("\r\n")) != ".":
                        lines.append(row)
                    got.append("\n".join(lines))
                    say("250 taken")
                case "RCPT" if "nobody@" in line:
                    say("550 no such person")
                case "QUIT":
                    say("221 bye")
                    return
                case _:
                    say("250 yes")


@contextmanager
def running_smtp() -> Iterator[tuple[str, list[str]]]:
    """Run it; yield its URL and what came in."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Smtp) as server:
        server.got = []  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"smtp://127.0.0.1:{server.server_address[1]}", server.got  # type: ignore[attr-defined]
        finally:
            server.shutdown()
            thread.join()


def test_a_sign_in_link_comes_by_mail_to_whom_we_know_alone(worlds: Worlds) -> None:
    with running_smtp() as (url, got):
        world = worlds(smtp_url=url)
        client = world.browser()
        known = client.post("/auth/mail", data={"address": f" {ANNA.upper()} ", "to": "/api/v1/me"})
        unknown = client.post("/auth/mail", data={"address": "who@example.com"})

    assert known.status_code == unknown.status_code == 200
    assert known.text == unknown.text.replace('value="/"', 'value="/api/v1/me"')
    (mail,) = got
    message = message_from_string(mail)
    assert message["To"] == ANNA
    payload = message.get_payload(decode=True)
    assert isinstance(payload, bytes)
    path = re.search(r"/auth/mail/\S+", payload.decode())
    assert path is not None
    assert client.post(path[0]).location == "/api/v1/me"
    assert client.get("/api/v1/me").json["via"] == "mail"  # type: ignore[index]


@pytest.mark.parametrize(
    ("to", "error"), [("nobody@example.com", InvalidInput), ("a\nBcc: b@x.example", InvalidInput)]
)
def test_a_recipient_that_cannot_be_is_refused(to: str, error: type[Exception]) -> None:
    with running_smtp() as (url, got), pytest.raises(error):
        Mailer(url=url, sender="v@example.com").send(to, "x", "y")
    assert got == []


def test_a_password_is_not_sent_without_encryption() -> None:
    with running_smtp() as (url, got), pytest.raises(PermissionDenied, match="no TLS"):
        Mailer(url=url.replace("//", "//u:p@"), sender="v@example.com").send(ANNA, "x", "y")
    assert got == []


def test_a_server_that_is_away_is_tried_again() -> None:
    with pytest.raises(Unavailable):
        Mailer(url="smtp://127.0.0.1:9", sender="v@example.com").send(ANNA, "x", "y")


def test_the_setting_is_checked(worlds: Worlds) -> None:
    folder = worlds().app.settings.data

    assert mailer(Settings(data=folder)) is None
    with pytest.raises(InvalidInput, match="smtp_url"):
        mailer(Settings(data=folder, smtp_url="mail.example.com"))
