"""A door for hands: what people do in Google's own clients, asked for over HTTP on loopback.

Google has no such address. It is for the demo and for tests whose stand-in runs in a process of
its own: `POST /hands/edit_notes` with the named arguments as JSON.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from flask import Flask, jsonify, request
from flask.typing import ResponseReturnValue

from .answers import ApiError, Json
from .editor import opened_on_a_phone
from .rendering import event as rendered

if TYPE_CHECKING:
    from .server import GoogleServer


class Hands:
    """One method an action; arguments and answers are plain JSON."""

    def __init__(self, server: GoogleServer) -> None:
        self._server = server
        self._ready: Json = {}

    def ready(self, scopes: list[str]) -> Json:
        """Where it is, a service account with these scopes, and an OAuth client: made once."""
        if not self._ready:
            self._ready = {
                "url": self._server.url,
                "token_uri": self._server.token_uri,
                "service_account": self._server.service_account(*scopes),
                "oauth_client": self._server.oauth_client(),
            }
        return self._ready

    def set_time(self, now: str) -> None:
        """Stop the stand-in's clock at a time."""
        self._server.clock.set(datetime.fromisoformat(now))

    def advance(self, days: float) -> str:
        """Move the stand-in's time."""
        self._server.clock.advance(timedelta(days=days))
        return self._server.clock.now().isoformat()

    def create(self, user: str, summary: str, start: str, **more: Any) -> str:
        return self._server.ui.create(
            user, summary, datetime.fromisoformat(start), notify=False, **more
        )

    def see(self, user: str, event: str) -> Json:
        return self._server.ui.see(user, event)

    def occurrence(self, user: str, series: str, day: str) -> str:
        return self._server.ui.occurrence_id(user, series, date.fromisoformat(day))

    def notes(self, user: str, event: str) -> str:
        """The description as a phone shows it."""
        return opened_on_a_phone(self.raw_notes(user, event))

    def raw_notes(self, user: str, event: str) -> str:
        return str(self._server.ui.see(user, event).get("description", ""))

    def write_notes(self, user: str, event: str, before: str, after: str) -> bool:
        """Save on a phone, unless the text has changed meanwhile; tell whether."""
        with self._server.world.lock:
            if self.notes(user, event) != before:
                return False
            self._server.ui.edit(user, event, lambda _: after, phone=True)
            return True

    def web_edit(self, user: str, event: str, old: str, new: str) -> str:
        """Replace some words in the web editor, which saves markup."""
        return self._server.ui.edit(user, event, lambda text: text.replace(old, new))

    def move(self, user: str, event: str, start: str) -> Json:
        return self._server.ui.move(user, event, datetime.fromisoformat(start), notify=False)

    def cancel(self, user: str, event: str) -> None:
        self._server.ui.cancel(user, event, notify=False)

    def split(self, user: str, event: str, changes: Json | None = None) -> str:
        return self._server.ui.split(user, event, changes)

    def respond(self, user: str, event: str, answer: str) -> None:
        self._server.ui.respond(user, event, answer)

    def tasks(self, user: str) -> list[Json]:
        return self._server.ui.tasks.all_of(user)

    def complete(self, user: str, task: str) -> None:
        self._server.ui.tasks.complete(user, task)

    def events(self, user: str) -> list[Json]:
        """Every event of somebody's calendar, series as their masters."""
        with self._server.world.lock:
            calendar = self._server.world.calendars.by_id[user.lower()]
            return [
                rendered(calendar, self._server.world.store.found(calendar, row.id))
                for row in list(calendar.rows.values())
            ]

    def mails(self) -> int:
        """How many mails API calls have caused."""
        return len(self._server.mails.caused_by_api)

    def calls(self) -> dict[str, int]:
        """How often each method was called."""
        counted: dict[str, int] = {}
        for made in self._server.calls.made:
            counted[made.method] = counted.get(made.method, 0) + 1
        return counted

    def violations(self) -> list[str]:
        return self._server.violations

    def messages(self) -> list[Json]:
        """What stands in Chat."""
        return self._server.world.chat.sent()

    def channels(self) -> int:
        """How many push channels live."""
        now = self._server.clock.now()
        return sum(1 for each in self._server.push.channels.values() if each.expires > now)


def add_hands(app: Flask, server: GoogleServer) -> None:
    hands = Hands(server)

    def act(action: str) -> ResponseReturnValue:
        method = None if action.startswith("_") else getattr(hands, action, None)
        if method is None:
            return jsonify(error=f"no such action: {action}"), 404
        try:
            return jsonify(answer=method(**(request.get_json(silent=True) or {})))
        except (ApiError, LookupError, ValueError) as err:
            return jsonify(error=str(err)), 409

    app.add_url_rule("/hands/<action>", "hands", act, methods=["POST"])
