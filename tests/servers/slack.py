"""A Slack workspace that stands in: it keeps messages and modals, and refuses as Slack does."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from flask import Flask, Response, jsonify, request
from werkzeug.serving import make_server

Json = dict[str, Any]
TOKEN, SIGNING = "xoxb-test", "8f742231b10e8888abcd99yyyzzz85a5"
TEAM = "T0001"


@dataclass(slots=True)
class Workspace:
    """Everything in it, and what it was asked."""

    url: str = ""
    users: dict[str, str] = field(default_factory=dict)
    """Slack's id by address."""
    scopes: str = "chat:write,users:read,users:read.email"
    messages: dict[tuple[str, str], Json] = field(default_factory=dict)
    """By channel and time stamp."""
    modals: list[Json] = field(default_factory=list)
    ephemeral: list[Json] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    faults: list[Response] = field(default_factory=list)
    """What is answered next, instead."""
    triggers: set[str] = field(default_factory=set)
    numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def join(self, address: str) -> str:
        """Let somebody have an account; return its id."""
        self.users[address] = f"U{next(self.numbers):04}"
        return self.users[address]

    def last(self) -> tuple[str, str]:
        """Return where the newest message stands."""
        return list(self.messages)[-1]

    def press(self, address: str, label: str, place: tuple[str, str] | None = None) -> bytes:
        """Return what Slack sends where somebody presses the first button so called."""
        channel, stamp = place or self.last()
        shown = self.messages[channel, stamp]["blocks"]
        button = next(b for b in buttons(shown) if b["text"]["text"] == label)
        trigger = f"trigger-{next(self.numbers)}"
        self.triggers.add(trigger)
        action = {k: v for k, v in button.items() if k in ("action_id", "value", "type", "url")}
        return _payload(
            type="block_actions",
            user={"id": self.users[address], "team_id": TEAM},
            trigger_id=trigger,
            container={"type": "message", "message_ts": stamp, "channel_id": channel},
            channel={"id": channel},
            actions=[action],
        )

    def submit(self, address: str, **filled: str) -> bytes:
        """Return what Slack sends where somebody fills in the modal that is open."""
        view = self.modals[-1]
        values: Json = {}
        for block in view["blocks"]:
            if block["type"] == "input":
                element, name = block["element"], block["block_id"]
                key = {"datepicker": "selected_date"}.get(element["type"], "value")
                text = filled.get(name)
                value: Json = {"type": element["type"], key: text}
                if element["type"] == "static_select":
                    value = {"selected_option": {"value": text} if text else None}
                values[name] = {element["action_id"]: value}
        return _payload(
            type="view_submission",
            user={"id": self.users[address], "team_id": TEAM},
            view={"private_metadata": view["private_metadata"], "state": {"values": values}},
        )


def _payload(**payload: Any) -> bytes:
    payload["team"] = {"id": TEAM}
    return urlencode({"payload": json.dumps(payload)}).encode()


def signed(body: bytes, at: float | None = None, secret: str = SIGNING) -> dict[str, str]:
    """Return a request's headers."""
    stamp = str(int(time.time() if at is None else at))
    mac = hmac.new(secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    return {
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": f"v0={mac}",
        "Content-Type": "application/x-www-form-urlencoded",
    }


def buttons(blocks: list[Json]) -> Iterator[Json]:
    """Yield every button."""
    for block in blocks:
        yield from block.get("elements", []) if block["type"] == "actions" else []
        if "accessory" in block:
            yield block["accessory"]


def wrong(blocks: list[Json], most: int = 50) -> str:
    """Say what Slack would refuse in these blocks."""
    names = [b["action_id"] for b in buttons(blocks)]
    if len(blocks) > most or len(json.dumps(blocks)) > 13_000 * 2:
        return "invalid_blocks"
    if len(json.dumps(blocks, ensure_ascii=False)) > 13_000:
        return "msg_blocks_too_long"
    if len(set(names)) != len(names) or any(
        len(b.get("value", "")) > 2000 for b in buttons(blocks)
    ):
        return "invalid_blocks"
    longest = {"header": 150, "section": 3000}
    texts = [(b["text"]["text"], longest[b["type"]]) for b in blocks if b["type"] in longest]
    texts += [(b["text"]["text"], 75) for b in buttons(blocks)]
    good = all(0 < len(text) <= limit for text, limit in texts)
    return "" if good else "invalid_blocks"


def _app(space: Workspace) -> Flask:
    app = Flask("slack")

    def no(error: str) -> Response:
        return jsonify(ok=False, error=error)

    @app.before_request
    def first() -> Response | None:
        space.calls.append(request.path.rpartition("/")[2])
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return no("invalid_auth")
        return space.faults.pop(0) if space.faults else None

    @app.after_request
    def scopes(answer: Response) -> Response:
        answer.headers["X-OAuth-Scopes"] = space.scopes
        return answer

    @app.post("/api/auth.test")
    def test() -> Response:
        return jsonify(ok=True, team="Example", user_id="UBOT")

    @app.post("/api/users.lookupByEmail")
    def by_mail() -> Response:
        user = space.users.get(request.form.get("email", ""))
        return jsonify(ok=True, user={"id": user}) if user else no("users_not_found")

    @app.post("/api/users.info")
    def info() -> Response:
        found = [a for a, u in space.users.items() if u == request.form.get("user")]
        user = {"id": request.form.get("user"), "profile": {"email": found[0] if found else ""}}
        return jsonify(ok=True, user=user) if found else no("user_not_found")

    @app.post("/api/chat.postMessage")
    def post() -> Response:
        body = request.get_json()
        if body["channel"] not in space.users.values():
            return no("channel_not_found")
        if error := wrong(body["blocks"]):
            return no(error)
        for (known, at), sent in space.messages.items():
            if body.get("client_msg_id") and sent.get("client_msg_id") == body["client_msg_id"]:
                return jsonify(ok=True, channel=known, ts=at)
        channel, stamp = f"D{body['channel'][1:]}", f"{next(space.numbers)}.000100"
        space.messages[channel, stamp] = body
        return jsonify(ok=True, channel=channel, ts=stamp)

    @app.post("/api/chat.update")
    def update() -> Response:
        body = request.get_json()
        place = (body["channel"], body["ts"])
        if place not in space.messages:
            return no("message_not_found")
        if error := wrong(body["blocks"]):
            return no(error)
        space.messages[place] = body
        return jsonify(ok=True, channel=place[0], ts=place[1])

    @app.post("/api/chat.postEphemeral")
    def ephemeral() -> Response:
        space.ephemeral.append(request.get_json())
        return jsonify(ok=True, message_ts="1.1")

    @app.post("/api/views.open")
    def view() -> Response:
        body = request.get_json()
        if body["trigger_id"] not in space.triggers:
            return no("invalid_trigger_id")
        space.triggers.remove(body["trigger_id"])
        shown = body["view"]
        if len(shown["title"]["text"]) > 24 or len(shown["private_metadata"]) > 3000:
            return no("invalid_arguments")
        space.modals.append(shown)
        return jsonify(ok=True, view={"id": "V1"})

    return app


@contextmanager
def running_slack() -> Iterator[Workspace]:
    """Run it on a free loopback port."""
    space = Workspace()
    server = make_server("127.0.0.1", 0, _app(space), threaded=True)
    space.url = f"http://127.0.0.1:{server.server_port}/api"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield space
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
