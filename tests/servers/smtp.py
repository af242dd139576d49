"""A mail server on loopback that speaks as much SMTP as we need and keeps what came in."""

from __future__ import annotations

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager


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
