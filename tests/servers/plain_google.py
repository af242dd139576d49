"""A second, deliberately plain stand-in for Google: whoever writes one from the documents alone.

It shares no code and no habits with tests.servers.google: no etags, no kinds, no time zone, ids
that say nothing, other orders, fields nobody knows, nulls, empty pages, no sync token where nothing
has changed, refusals without reasons. It lives below a path, as behind a company's gateway.
"""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from flask import Flask, Response, request
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

Json = dict[str, Any]
HORIZON = 12
"""Occurrences of a series."""


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002 - werkzeug's name
        """Stay quiet."""


class PlainGoogle:
    """Weekly meetings that all their people see alike, and one task list for each person."""

    def __init__(self) -> None:
        self.events: dict[str, Json] = {}
        self.changed: dict[str, int] = {}
        """When each event changed last, by a count."""
        self.tasks: dict[str, dict[str, Json]] = {}
        self.writes: list[str] = []
        self._count = count(1)
        self._http: BaseWSGIServer | None = None

    def __enter__(self) -> PlainGoogle:
        self._http = make_server("127.0.0.1", 0, self._app(), threaded=True, request_handler=_Quiet)
        threading.Thread(
            target=self._http.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        ).start()
        return self

    def __exit__(self, *_: object) -> None:
        assert self._http is not None
        self._http.shutdown()
        self._http.server_close()

    @property
    def root(self) -> str:
        """Where the APIs are: with a path, without a slash at its end."""
        assert self._http is not None
        return f"http://127.0.0.1:{self._http.server_port}/gateway"

    def meet_weekly(self, organizer: str, guest: str, start: datetime, text: str) -> str:
        """Put a series into both calendars."""
        number = f"ev{next(self._count)}"
        self._put(number, {
            "summary": "1:1", "organizer": {"email": organizer}, "description": text,
            "attendees": [{"email": guest}, {"email": organizer, "organizer": True}],
            "recurrence": ["EXDATE:20300101T000000Z", "RRULE:FREQ=WEEKLY"], "location": None,
            "start": {"dateTime": start.isoformat()}, "hologram": {"colour": 7},
            "end": {"dateTime": (start + timedelta(minutes=30)).isoformat()},
        })  # fmt: skip
        return number

    def type(self, series: str, number: int, old: str, new: str) -> None:
        """Type into an occurrence."""
        one = self.occurrence(series, number)
        self._put(one["id"], one | {"description": one["description"].replace(old, new, 1)})

    def occurrence(self, series: str, number: int) -> Json:
        """Return one as it is: itself, or what the series says."""
        own_id = f"{series}.{'abcdefghijkl'[number]}"
        if own_id in self.events:
            return self.events[own_id]
        master = self.events[series]
        moved = {
            end: {"dateTime": (_moment(master[end]) + number * timedelta(days=7)).isoformat()}
            for end in ("start", "end")
        }
        plain = {name: value for name, value in master.items() if name != "recurrence"}
        return plain | moved | {"id": own_id, "recurringEventId": series}

    def _put(self, event_id: str, fields: Json) -> None:
        self.events[event_id] = fields | {"id": event_id}
        self.changed[event_id] = next(self._count)

    def _app(self) -> Flask:
        app = Flask(__name__)
        events = "/gateway/calendar/v3/calendars/<calendar>/events"
        app.add_url_rule("/gateway/token", view_func=_token, methods=["POST"])
        app.add_url_rule(events, view_func=self._list)
        app.add_url_rule(f"{events}/<event>/instances", view_func=self._instances)
        app.add_url_rule(f"{events}/<event>", view_func=self._event, methods=["GET", "PATCH"])
        lists = "/gateway/tasks/v1/users/@me/lists"
        app.add_url_rule(lists, view_func=_lists, methods=["GET", "POST"])
        tasks = "/gateway/tasks/v1/lists/<owner>/tasks"
        app.add_url_rule(tasks, view_func=self._tasks, methods=["GET", "POST"])
        app.add_url_rule(f"{tasks}/<task>", view_func=self._task, methods=["GET", "PATCH"])
        return app

    def _list(self, calendar: str) -> Any:
        """A page without entries comes first; without news there is no token."""
        since, page = request.args.get("syncToken", "0"), request.args.get("pageToken")
        if not since.isdigit():
            return Response(status=410)
        if since == "0" and page is None:
            return {"nextPageToken": "go on"}
        news = [self.events[name] for name, when in self.changed.items() if when > int(since)]
        mine = [each for each in reversed(news) if _sees(calendar, each)]
        if not mine:
            return {}
        return {
            "items": mine,
            "nextSyncToken": str(max(self.changed.values())),
            "nextPageToken": "",
        }

    def _instances(self, calendar: str, event: str) -> Any:
        if event not in self.events or not _sees(calendar, self.events[event]):
            return Response(status=404)
        after = datetime.fromisoformat(request.args["timeMin"])
        number = int(request.args.get("pageToken", 0))
        answer: Json = {"items": []}
        one = self.occurrence(event, number)
        if _moment(one["end"]) > after:
            answer["items"] = [one]
        if number + 1 < HORIZON:
            answer["nextPageToken"] = str(number + 1)
        return answer

    def _event(self, calendar: str, event: str) -> Any:
        series, _, letter = event.partition(".")
        found = self.occurrence(series, ord(letter) - ord("a")) if letter else self.events[event]
        if request.method == "PATCH":
            if found["organizer"]["email"] != calendar:
                return Response(status=403)
            self.writes.append(event)
            self._put(event, found | request.get_json())
            found = self.events[event]
        return found

    def _tasks(self, owner: str) -> Any:
        """What it is asked for beyond the list does not interest it."""
        mine = self.tasks.setdefault(owner, {})
        if request.method == "GET":
            return {"items": list(mine.values())} if mine else {}
        made = request.get_json() | {"id": f"task {next(self._count)}"}
        mine[made["id"]] = made
        return made

    def _task(self, owner: str, task: str) -> Any:
        found = self.tasks[owner][task]
        if request.method == "PATCH":
            found.update(request.get_json())
        return found


def _token() -> Json:
    return {"access_token": "anything", "token_type": "bearer"}


def _lists() -> Json:
    """There is one, whatever is asked for."""
    if request.method == "POST":
        return {"id": "only"}
    return {"items": [{"id": "only", "title": None}]}


def _sees(calendar: str, event: Json) -> bool:
    return calendar in [each["email"] for each in event["attendees"]]


def _moment(time: Json) -> datetime:
    return datetime.fromisoformat(time["dateTime"]).astimezone(UTC)
