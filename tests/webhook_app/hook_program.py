"""A web server in a process of its own to which every announcement is genuine."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from pathlib import Path

import waitress

from core.model.calendar import CalendarId
from core.ports import Announcement, PushReply, PushRequest
from webhook_app.config import load
from webhook_app.web import create_app
from webhook_app.wiring import open_app

CALENDAR = CalendarId("ben@example.com")


@dataclass(frozen=True, slots=True)
class Telling:
    """A push port that believes everybody; the announcement's number stands in a header."""

    def receive(self, request: PushRequest) -> PushReply:
        number = {k.lower(): v for k, v in request.headers.items()}.get("x-number", "")
        told = Announcement(calendar_id=CALENDAR, source_id=number)
        return PushReply(status=202, changed=(CALENDAR,), told=(told,))


@dataclass(frozen=True, slots=True)
class Told:
    """A suite of which only the push port is asked."""

    push: Telling


def main() -> None:
    """Serve until somebody kills us."""
    app = open_app(load(sys.argv[1]))
    suite = Told(push=Telling())
    services = replace(app.services, suite_of=lambda _connection: suite)
    flask = create_app(replace(app, services=services))
    server = waitress.create_server(flask, host="127.0.0.1", port=0, threads=4)
    print(server.effective_port, Path(sys.argv[1]).name, flush=True)
    server.run()


if __name__ == "__main__":
    main()
