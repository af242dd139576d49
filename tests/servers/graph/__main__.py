"""Runs the stand-in by itself: one JSON line when it is ready, then until it is stopped."""

from __future__ import annotations

import argparse
import json
import signal
import threading
from datetime import datetime, timedelta
from pathlib import Path

from tests.servers.graph.server import GraphServer


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.servers.graph", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="port on loopback; 0 picks a free one")
    parser.add_argument("--empty", action="store_true", help="start without Anna and Ben")
    parser.add_argument("--memory", type=Path, metavar="FILE", help="go on where FILE says")
    options = parser.parse_args()
    done = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: done.set())
    with GraphServer(port=options.port, deliver="auto", memory=options.memory) as server:
        people = sorted(server.state.tenant.mailboxes)
        if not people and not options.empty:
            people = furnish(server)
        print(
            json.dumps(
                {
                    "root": server.root, "authority": server.authority,
                    "ca_file": server.ca_file, "service_url": server.service_url,
                    "tenant_id": server.tenant_id, "client_id": server.app_id,
                    "client_secret": server.secret, "people": people,
                }
            ),
            flush=True,
        )  # fmt: skip
        done.wait()


def furnish(server: GraphServer) -> list[str]:
    """Put two people with a weekly 1:1 into the tenant."""
    server.add_mailbox("ben@example.com", "Ben Beispiel")
    server.add_mailbox("anna@example.com", "Anna Muster", manager="ben@example.com")
    today = datetime.now().astimezone().replace(hour=10, minute=0, second=0, microsecond=0)
    server.ui.create_series(
        "ben@example.com", ["anna@example.com"], subject="1:1 Anna / Ben",
        first=(today + timedelta(days=1)).replace(tzinfo=None),
    )  # fmt: skip
    return ["anna@example.com", "ben@example.com"]


if __name__ == "__main__":
    main()
