"""Another stand-in of Graph, small and unlike ours on purpose: it says as little as it may.

No ETags, no batches, `delta` without parentheses, links without a host, ids like UUIDs, times in
Windows' zones with seven digits whatever is preferred, sparse series, writes without an answer,
properties that nobody knows. One series, one organizer and one attendee; tasks without links.
"""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask, Response, jsonify, request
from werkzeug.serving import make_server

Json = dict[str, Any]
ZONE = "W. Europe Standard Time"
BERLIN = ZoneInfo("Europe/Berlin")
PAGE = 2


def _id(*parts: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_URL, " ".join(parts)))


def _time(moment: datetime) -> Json:
    local = moment.astimezone(BERLIN).replace(tzinfo=None)
    return {"dateTime": f"{local:%Y-%m-%dT%H:%M:%S}.0000000", "timeZone": ZONE}


@dataclass(slots=True)
class PlainGraph:
    """Ben's weekly series with Anna: a text for each occurrence and person."""

    first: datetime
    ben: str = "ben@example.com"
    anna: str = "anna@example.com"
    texts: dict[tuple[str, int], str] = field(default_factory=dict)
    """(person, week) -> the text of an occurrence that has one of its own."""
    log: dict[str, list[int]] = field(default_factory=dict)
    tasks: dict[str, dict[str, Json]] = field(default_factory=dict)
    task_log: dict[str, list[str]] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    root: str = ""

    # --- what people do and see ---

    def text(self, person: str, week: int = 0) -> str:
        return self.texts.get((person, week), "<p>Room 7</p>")

    def type(self, person: str, week: int, text: str) -> None:
        self.texts[person, week] = text
        self.log.setdefault(person, []).append(week)

    def write(self, person: str, week: int, text: str) -> None:
        """An organizer's write reaches everybody's copy."""
        for each in (self.ben, self.anna) if person == self.ben else (person,):
            self.type(each, week, text)

    # --- what is told ---

    def start(self, week: int) -> datetime:
        """The same time of day in Berlin, whatever its clocks say."""
        local = self.first.astimezone(BERLIN).replace(tzinfo=None) + timedelta(weeks=week)
        return local.replace(tzinfo=BERLIN).astimezone(UTC)

    def master(self, person: str, *, sparse: bool = False) -> Json:
        found = {
            "id": _id(person, "series"), "start": _time(self.first),
            "end": _time(self.first + timedelta(minutes=30)), "sparkles": {"yes": [1, "a", None]},
        }  # fmt: skip
        return found if sparse else found | self._whole(person, -1) | {"recurrence": {
            "pattern": {"type": "weekly", "interval": 1, "daysOfWeek": ["monday"]},
            "range": {"type": "noEnd", "startDate": self.first.date().isoformat(),
                      "endDate": "0001-01-01", "numberOfOccurrences": 0}}}  # fmt: skip

    def _whole(self, person: str, week: int) -> Json:
        people = [{"emailAddress": {"address": each}} for each in (self.ben, self.anna)]
        return {
            "uid": "series-of-ben", "subject": "1:1", "originalStartTimeZone": ZONE,
            "body": {"content": self.text(person, week)}, "attendees": people,
            "organizer": {"emailAddress": {"address": self.ben, "name": "Ben"}},
        }  # fmt: skip

    def occurrence(self, person: str, week: int) -> Json:
        start = self.start(week)
        own = {"type": "exception"} if (person, week) in self.texts else {}
        return {
            "id": _id(person, str(week)), "seriesMasterId": _id(person, "series"),
            "start": _time(start), "end": _time(start + timedelta(minutes=30)),
            "lastModifiedDateTime": "2026-01-01T00:00:00.1234567Z",
        } | own | self._whole(person, week)  # fmt: skip

    def find(self, person: str, event_id: str) -> tuple[int, Json] | None:
        if event_id == _id(person, "series"):
            return -1, self.master(person)
        for week in range(60):
            if event_id == _id(person, str(week)):
                return week, self.occurrence(person, week)
        return None


def _app(state: PlainGraph) -> Flask:
    app = Flask("plain_graph")
    base = "/v1.0/users/<person>"

    def gone() -> tuple[Response, int]:
        state.refused.append(f"{request.method} {request.full_path}")
        return jsonify(error={"code": "NotFound", "message": "?"}), 404

    @app.errorhandler(404)
    def unknown(_: Exception) -> tuple[Response, int]:
        return gone()

    def paged(rows: list[Json], more: Json) -> Response:
        """Two rows a page, and the way on without a host."""
        at = int(request.args.get("at", 0))
        args = "&".join(f"{k}={v}" for k, v in request.args.items() if k != "at")
        on = {"@odata.nextLink": f"{request.path}?{args}&at={at + PAGE}"}
        rest = on if at + PAGE < len(rows) else more
        return jsonify(value=rows[at : at + PAGE], **rest)

    @app.get(f"{base}/calendar")
    def calendar(person: str) -> Response:
        return jsonify(id=_id(person, "calendar"), name="Calendar")

    @app.get(f"{base}/calendarView/delta")
    def delta(person: str) -> Response:
        log = state.log.setdefault(person, [])
        link = f"/v1.0/users/{person}/calendarView/delta?token={len(log)}"
        more = {"@odata.deltaLink": link}
        if "token" not in request.args:
            return paged([state.master(person, sparse=True)], more)
        weeks = sorted(set(log[int(request.args["token"]) :]))
        return paged([state.occurrence(person, week) for week in weeks], more)

    @app.get(f"{base}/events/<event_id>/instances")
    def instances(person: str, event_id: str) -> Any:
        if event_id != _id(person, "series"):
            return gone()
        since = datetime.fromisoformat(request.args["startDateTime"])
        until = datetime.fromisoformat(request.args["endDateTime"])
        weeks = [w for w in range(60) if since < state.start(w) + timedelta(minutes=30) <= until]
        rows = [state.occurrence(person, week) for week in weeks]
        return paged([{**row, "onlyInLists": True} for row in rows], {})

    @app.get(f"{base}/events/<event_id>")
    def event(person: str, event_id: str) -> Any:
        found = state.find(person, event_id)
        return jsonify(found[1]) if found else gone()

    @app.patch(f"{base}/events/<event_id>")
    def change(person: str, event_id: str) -> Any:
        found = state.find(person, event_id)
        if found is None or "If-Match" in request.headers:
            return gone()
        content = (request.get_json() or {})["body"]["content"]
        state.write(person, found[0], f"<html><body>\r\n{content}\r\n</body></html>")
        return "", 204

    lists = f"{base}/todo/lists"

    @app.get(lists)
    def list_lists(person: str) -> Response:
        return jsonify(value=[{"id": _id(person, "list"), "displayName": "Tasks"}])

    @app.post(f"{lists}/<list_id>/tasks")
    def make_task(person: str, list_id: str) -> tuple[Response, int]:
        made = (request.get_json() or {}) | {"id": str(uuid.uuid4())}
        links = made.pop("linkedResources", [])
        state.tasks.setdefault(person, {})[made["id"]] = made | {"linkedResources": links}
        state.task_log.setdefault(person, []).append(made["id"])
        return jsonify(made), 201

    @app.get(f"{lists}/<list_id>/tasks/delta")
    def tasks_delta(person: str, list_id: str) -> Response:
        log = state.task_log.setdefault(person, [])
        told = dict.fromkeys(log[int(request.args.get("token", 0)) :])
        link = f"users/{person}/todo/lists/{list_id}/tasks/delta?token={len(log)}"
        return paged([state.tasks[person][each] for each in told], {"@odata.deltaLink": link})

    @app.get(f"{lists}/<list_id>/tasks/<task_id>")
    def task(person: str, list_id: str, task_id: str) -> Any:
        found = state.tasks.get(person, {}).get(task_id)
        return jsonify(found) if found else gone()

    @app.patch(f"{lists}/<list_id>/tasks/<task_id>")
    def change_task(person: str, list_id: str, task_id: str) -> Any:
        state.tasks[person][task_id].update(request.get_json() or {})
        state.task_log[person].append(task_id)
        return "", 204

    return app


@contextmanager
def plain_graph(first: datetime) -> Iterator[PlainGraph]:
    """Serve it on loopback; `root` ends in a slash."""
    state = PlainGraph(first.astimezone(UTC))
    server = make_server("127.0.0.1", 0, _app(state), threaded=True)
    thread = threading.Thread(target=lambda: server.serve_forever(0.02), daemon=True)
    thread.start()
    state.root = f"http://localhost:{server.server_port}/v1.0/"
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
