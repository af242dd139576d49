"""The Teams bot in our web app, with Ben and Anna in a tenant of their own."""

from __future__ import annotations

import json
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from werkzeug.serving import make_server

from adapters.outlook import AppSecret
from adapters.outlook.kept import secret_text, settings_text
from core.model.agenda import PointState
from core.model.series import Connection
from core.model.teams import TeamsChat
from tests.webhook_app.cards_app import SERIES, fill
from tests.webhook_app.outlook.conftest import ANNA, BEN
from webhook_app.microsoft import outlook_settings, registration
from webhook_app.teams import EXTENSION, Teams
from webhook_app.web import create_app


@dataclass(slots=True)
class Office:
    """The tenant, our web app in a thread, and the bot installed for Ben and Anna."""

    graph: object
    app: object
    teams: Teams
    url: str

    def press(self, data, person=BEN, **token):
        status, body = self.graph.bot.press(
            self.graph.state, self.url, person, data.get("v", ""), data, **token
        )
        return status, body

    def activity(self, data=None, person=BEN):
        return self.graph.bot.invoke(self.graph.state, person, "show", data or {"v": "home"})

    def post(self, activity, token):
        headers = {"Content-Type": "application/json"}
        if token:
            headers["Authorization"] = f"Bearer {token}"
        body = activity if isinstance(activity, bytes) else json.dumps(activity).encode()
        request = urllib.request.Request(self.url, body, headers)
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as refusal:
            with refusal:
                return refusal.code, None

    def agenda(self):
        with self.app.store.transaction() as tx:
            return tx.open_sheet(SERIES).agenda

    def open_points(self):
        return [p.text for p in self.agenda().points if p.state is PointState.OPEN]

    def chats(self):
        with self.app.store.transaction() as tx:
            return {chat.person: chat for chat in tx.nouns(TeamsChat)}


@contextmanager
def opened_office(graph, app) -> Iterator[Office]:
    """Serve the web app in a thread."""
    fill(app)
    kept = settings_text(outlook_settings(app.settings, registration(app)), BEN)
    with app.store.transaction() as tx:
        tx.put_connection(
            Connection(
                connection_id="outlook:ben@example.com",
                suite="outlook",
                person=BEN,
                settings=tuple(sorted(kept.items())),
            )
        )
        tx.put_secret("outlook:ben@example.com", secret_text(AppSecret(secret=graph.secret)))
    for person in (BEN, ANNA):
        graph.bot.install(graph.state.tenant.mailbox(person).user_id)
    flask = create_app(app)
    server = make_server("127.0.0.1", 0, flask, threaded=True)
    thread = threading.Thread(target=lambda: server.serve_forever(0.02), daemon=True)
    thread.start()
    teams = flask.extensions[EXTENSION]
    url = f"http://127.0.0.1:{server.server_port}/api/messages"
    yield Office(graph=graph, app=app, teams=teams, url=url)
    teams.close()
    server.shutdown()
    server.server_close()
    thread.join(5)


def actions(node):
    """Every action of a card."""
    if isinstance(node, dict):
        found = [node] if str(node.get("type", "")).startswith("Action.") else []
        return found + [a for value in node.values() for a in actions(value)]
    if isinstance(node, list):
        return [a for value in node for a in actions(value)]
    return []


def show(office, person=BEN):
    status, answer = office.press({"v": "show", "s": SERIES}, person)
    assert (status, answer["type"]) == (200, "application/vnd.microsoft.card.adaptive")
    return answer["value"]
