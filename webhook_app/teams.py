"""The Teams bot in our web app: who presses, what it means, and how we write to people first."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from typing import Any

import structlog
from flask import Blueprint, current_app, jsonify, request
from flask.typing import ResponseReturnValue

from adapters.outlook.kept import read_settings
from adapters.outlook.messages import TeamsMessages
from adapters.outlook.teams_bot import ENDPOINT, BotSettings, Caller, TeamsBot
from adapters.outlook.teams_cards import drawn
from core.errors import InvalidInput, OneOnOneError
from core.model.cards import Deed, Verb, deed_of
from core.model.people import normal_address
from core.model.teams import TeamsChat
from webhook_app.cards.agenda_card import agenda_card, home_card
from webhook_app.hooks.presses import take_press
from webhook_app.jobs.clock import utc_now
from webhook_app.jobs.engine import Engine
from webhook_app.microsoft import app_credentials, outlook_connections, registration
from webhook_app.sent import KeptMessages
from webhook_app.wiring import App

log = structlog.get_logger()
bp = Blueprint("teams", __name__)
BIGGEST = 256 * 1024
"""Bytes of an activity: ours carry a few fields."""
EXTENSION = "vieraugen-teams"
METADATA = "/v1/.well-known/openidconfiguration"


class TeamsDesk:
    """adapters.outlook.teams_bot.Desk, on our store."""

    def __init__(self, app: App, nudge: Callable[[], None]) -> None:
        self._app = app
        self._nudge = nudge

    def person_of(self, caller: Caller, ask: Callable[[], str | None]) -> str | None:
        """Entra's id is the person; the address is asked once, and must be one that we know."""
        with self._app.store.transaction() as tx:
            known = tx.noun(TeamsChat, caller.object_id)
        if known is not None:
            return known.person
        address = normal_address(ask() or "")
        with self._app.store.transaction() as tx:
            person = tx.person(address) if "@" in address else None
            if person is not None:
                tx.put_noun(_chat(person.address, caller))
        return person.address if person else None

    def pressed(self, person: str, caller: Caller, data: Mapping[str, str]) -> dict[str, Any] | str:
        """Do what a press means, once, and show what is then."""
        form = {name: value for name, value in data.items() if name not in ("v", "s", "e", "m")}
        form.pop("action", None)
        now = utc_now()
        with self._app.store.transaction() as tx:
            known = tx.person(person)
        if known is None:
            return "?"
        try:
            deed = deed_of(data)
            reply = take_press(self._app, "teams", deed, known, form, now)
        except OneOnOneError as err:
            return str(err)
        if reply.changed:
            self._nudge()
        refresh = Deed(verb=Verb.SHOW, series=deed.series) if deed.series else None
        return drawn(reply.card, refresh=refresh, users=(caller.member_id,))

    def met(self, person: str, caller: Caller) -> dict[str, Any] | None:
        """Keep the chat; greet with one's own 1:1s."""
        with self._app.store.transaction() as tx:
            tx.put_noun(_chat(person, caller))
            known = tx.person(person)
        return drawn(home_card(self._app, known)) if known else None


def _chat(person: str, caller: Caller) -> TeamsChat:
    return TeamsChat(
        object_id=caller.object_id,
        person=person,
        member_id=caller.member_id,
        conversation_id=caller.conversation_id,
        service_url=caller.service_url,
    )


class Teams:
    """The bot, built when somebody first calls or is written to; in `flask.extensions`."""

    def __init__(self, app: App, nudge: Callable[[], None] = lambda: None) -> None:
        self._app = app
        self._nudge = nudge
        self._lock = threading.Lock()
        self._bot: TeamsBot | None = None

    def bot(self) -> TeamsBot:
        """Return the bot. Raise InvalidInput where there is no registration or no SDK."""
        with self._lock:
            if self._bot is None:
                self._bot = self._made()
            return self._bot

    def _made(self) -> TeamsBot:
        settings, known = self._app.settings, registration(self._app)
        service = settings.teams_service_url.rstrip("/")
        bot = BotSettings(
            client_id=known.client_id,
            tenant_id=known.tenant_id,
            service_url=service,
            openid_metadata_url=f"{service}{METADATA}" if _stands_in(service) else "",
        )
        try:
            return TeamsBot(bot, TeamsDesk(self._app, self._nudge), self._token)
        except ModuleNotFoundError as err:
            raise InvalidInput("Teams needs libraries of its own: install the extra `teams`.") \
                from err  # fmt: skip

    def _token(self) -> str:
        from adapters.outlook.auth import bot_token

        credentials = app_credentials(self._app)
        connection = next(iter(outlook_connections(self._app)), None)
        if credentials is None or connection is None:
            raise InvalidInput("the bot has no secret or certificate: `vieraugen connect outlook`")
        return bot_token(read_settings(dict(connection.settings))[0], credentials)

    def messages(self) -> TeamsMessages:
        """Return the way to write to people first."""
        return TeamsMessages(
            bot=self.bot(), chat_of=self._chat_of, sent=KeptMessages(self._app.store)
        )

    def _chat_of(self, address: str) -> str | None:
        with self._app.store.transaction() as tx:
            found = tx.nouns(TeamsChat, address)
        return found[0].conversation_id if found else None

    def show_agenda(self, series_id: str, person: str) -> str | None:
        """Post the agenda's card into somebody's chat; None where the app is not installed."""
        with self._app.store.transaction() as tx:
            chats, known, series = tx.nouns(TeamsChat, person), tx.person(person), None
            series = tx.series(series_id)  # type: ignore[arg-type]  # from outside
        if not chats or known is None or series is None or person not in series.humans:
            return None
        card = agenda_card(self._app, series.series_id, known, utc_now())
        refresh = Deed(verb=Verb.SHOW, series=series.series_id)
        made = drawn(card, refresh=refresh, users=(chats[0].member_id,))
        return self.bot().say(chats[0].conversation_id, made)

    def close(self) -> None:
        """End the bot."""
        with self._lock:
            if self._bot is not None:
                self._bot.close()
                self._bot = None


def _stands_in(service: str) -> bool:
    return service.startswith(("http://127.0.0.1", "http://localhost"))


def mount(flask: Any, app: App, engine: Engine | None) -> None:
    """Add the bot's address to the web app."""
    nudge = engine.nudge if engine is not None else lambda: None
    flask.extensions[EXTENSION] = Teams(app, nudge)
    flask.register_blueprint(bp)


@bp.post(ENDPOINT)
def take() -> ResponseReturnValue:
    """Answer Teams; without a registration there is no bot here."""
    if (request.content_length or 0) > BIGGEST:
        return jsonify(error="too large"), 413
    teams: Teams = current_app.extensions[EXTENSION]
    try:
        bot = teams.bot()
    except InvalidInput:
        return jsonify(error="no bot here"), 404
    status, body = bot.take(request.get_data(), request.headers.get("Authorization", ""))
    return (jsonify(body) if body is not None else "", status)
