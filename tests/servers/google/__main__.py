"""Run the stand-in by itself: one line of JSON says where it is once it is ready."""

from __future__ import annotations

import argparse
import json
import signal
import threading
from pathlib import Path

from .server import GoogleServer

SCOPES = (
    "https://www.googleapis.com/auth/calendar.events",
    "https://www.googleapis.com/auth/calendar.events.readonly",
    "https://www.googleapis.com/auth/calendar.events.owned",
    "https://www.googleapis.com/auth/calendar.freebusy",
    "https://www.googleapis.com/auth/calendar.acls.readonly",
    "https://www.googleapis.com/auth/calendar.calendarlist.readonly",
    "https://www.googleapis.com/auth/calendar.app.created",
    "https://www.googleapis.com/auth/tasks",
    "https://www.googleapis.com/auth/chat.bot",
    "https://www.googleapis.com/auth/chat.spaces.create",
)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.servers.google")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--user", action="append", default=[], metavar="ADDRESS=NAME")
    parser.add_argument("--memory", type=Path, metavar="FILE", help="go on where FILE says")
    arguments = parser.parse_args()
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    with _server(arguments.port, arguments.memory) as server:
        people = arguments.user or ["ben@example.com=Ben", "anna@example.com=Anna"]
        for each in people:
            address, _, name = each.partition("=")
            if address.lower() not in server.world.directory.people:
                server.add_user(address, name or address)
        ready = {
            "url": server.url,
            "token_uri": server.token_uri,
            "users": [each.partition("=")[0] for each in people],
            "service_account": server.service_account(*SCOPES),
            "oauth_client": server.oauth_client(),
        }
        print(json.dumps(ready), flush=True)
        stop.wait()


def _server(port: int, memory: Path | None) -> GoogleServer:
    try:
        return GoogleServer(port=port, memory=memory)
    except ValueError as err:
        raise SystemExit(str(err)) from err


if __name__ == "__main__":
    main()
