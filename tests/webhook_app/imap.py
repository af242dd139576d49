"""A mailbox on loopback that speaks as much IMAP as we use."""

from __future__ import annotations

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(slots=True)
class Mailbox:
    """Its mails and which were seen."""

    url: str = ""
    mails: list[bytes] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)


@contextmanager
def running_mailbox(password: str = "pass") -> Iterator[Mailbox]:
    """Run one."""
    box = Mailbox()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.say(b"* OK here")
            while line := self.rfile.readline().decode().strip():
                tag, _, rest = line.partition(" ")
                if not self.answer(rest):
                    self.say(f"{tag} NO refused".encode())
                else:
                    self.say(f"{tag} OK done".encode())
                if rest.upper() == "LOGOUT":
                    return

        def say(self, line: bytes) -> None:
            self.wfile.write(line + b"\r\n")

        def answer(self, rest: str) -> bool:
            verb = rest.split()[0].upper()
            match verb:
                case "CAPABILITY":
                    self.say(b"* CAPABILITY IMAP4rev1")
                case "LOGIN":
                    return rest.endswith(f'"{password}"')
                case "SELECT":
                    if "INBOX" not in rest:
                        return False
                    self.say(f"* {len(box.mails)} EXISTS".encode())
                case "SEARCH":
                    _, than, size = rest.upper().rsplit(maxsplit=2)
                    new = [
                        str(n)
                        for n, mail in enumerate(box.mails, start=1)
                        if n not in box.seen
                        and (len(mail) < int(size) if than == "SMALLER" else len(mail) > int(size))
                    ]
                    self.say(f"* SEARCH {' '.join(new)}".encode())
                case "FETCH":
                    number = int(rest.split()[1])
                    raw = box.mails[number - 1]
                    if "[HEADER]" in rest:
                        raw = raw.partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
                    self.say(f"* {number} FETCH (BODY[] {{{len(raw)}}}".encode())
                    self.wfile.write(raw)
                    self.say(b")")
                case "STORE":
                    found = re.match(r"STORE (\d+) ", rest, re.IGNORECASE)
                    assert found is not None
                    box.seen.add(int(found[1]))
                case "LOGOUT":
                    self.say(b"* BYE")
            return True

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        box.url = f"imap://us:pass@127.0.0.1:{server.server_address[1]}/INBOX"
        try:
            yield box
        finally:
            server.shutdown()
            thread.join()
