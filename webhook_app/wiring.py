"""The composition root: settings in, working services out."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Any

from core.errors import AccountDisconnected, InvalidInput, OneOnOneError
from core.model.cards import Card
from core.model.messages import Message
from core.model.series import Connection, ConnectionId
from core.model.teams import TeamsChat
from core.ports import MessagePort, Suite
from core.service.services import Services
from webhook_app.config import Settings
from webhook_app.google import may_open, roots
from webhook_app.jobs.clock import utc_now
from webhook_app.links import Links
from webhook_app.outgoing.guard import parse_guard
from webhook_app.outgoing.post import HttpPoster
from webhook_app.reach import Reach
from webhook_app.storage.database import Database
from webhook_app.storage.key_file import read_keys
from webhook_app.storage.schema import is_set_up, migrate, require_current
from webhook_app.storage.sealing import KeyRing, parse_keys
from webhook_app.storage.store import SqlStore


@dataclass(frozen=True, slots=True, kw_only=True)
class App:
    """Everything a command or the web app works with."""

    settings: Settings
    store: SqlStore
    services: Services
    links: Links

    def close(self) -> None:
        """Give the database back."""
        self.store.database.close()


def open_app(settings: Settings, *, make: bool = False) -> App:
    """Open the data folder. Raise InvalidInput where it isn't set up, unless `make`."""
    if make:
        settings.data.mkdir(parents=True, exist_ok=True)
    database = Database(_url(settings))
    try:
        keys = _prepared(database, settings, make=make)
    except OneOnOneError:
        database.close()
        raise
    store = SqlStore(database, keys)
    links = Links(keys, settings.public_url)
    suite_of = Suites(store, settings).suite_of
    made: list[App] = []

    def card_of(message: Message) -> Card | None:
        # Cards load the rules: whoever sends none does not pay for them.
        from webhook_app.cards.message_card import message_card

        return message_card(made[0], message, utc_now())

    services = Services(
        store=store,
        suite_of=suite_of,
        default_locale=settings.locale,
        poster=HttpPoster(guard=parse_guard(settings.webhook_hosts)),
        reach=Reach(
            settings=settings,
            store=store,
            suite_of=suite_of,
            card_of=card_of,
            teams_of=TeamsChats(made).of,
        ),
        page_of=lambda address: links.page_of(address, utc_now()),
        admin=", ".join(settings.admins.replace(",", " ").split()),
        first_message=settings.first_message == "on",
        talk_of=lambda series_id: f"{links.root}/my/talk/{series_id}",
    )
    made.append(App(settings=settings, store=store, services=services, links=links))
    return made[0]


def _prepared(database: Database, settings: Settings, *, make: bool) -> KeyRing:
    """Bring the schema up to date, or make sure that it is; return the keys."""
    # Only a database without a word in it gets a new key: in any other the old one is needed.
    keys = key_ring(settings, make=make and not is_set_up(database))
    if make:
        migrate(database)
    else:
        require_current(database)
    return keys


class TeamsChats:
    """The bot for who is written to first; it is built when the first one has a chat with it."""

    def __init__(self, made: list[App]) -> None:
        """`made` holds the app once it is put together."""
        self._made = made
        self._teams: Any = None

    def of(self, address: str) -> MessagePort | None:
        """Return the person's chat; None where the Teams app is not installed there."""
        app = self._made[0]
        with app.store.transaction() as tx:
            if not tx.nouns(TeamsChat, address):
                return None
        # Its libraries are large, and most processes write to nobody.
        from webhook_app.teams import Teams

        self._teams = self._teams or Teams(app)
        port: MessagePort = self._teams.messages()
        return port


def _url(settings: Settings) -> str:
    if settings.is_sqlite and not settings.data.is_dir():
        raise InvalidInput(f"no data folder {settings.data.name!r}: run `vieraugen init`")
    return settings.sql_url


def key_ring(settings: Settings, *, make: bool = False) -> KeyRing:
    """Return the sealing keys; with `make` a missing file of them is made."""
    return parse_keys(settings.keys or read_keys(settings.data / "keys", make=make))


class Suites:
    """Opens each connection's suite once and keeps it."""

    def __init__(self, store: SqlStore, settings: Settings) -> None:
        self._store = store
        self._settings = settings
        self._open: dict[ConnectionId, tuple[tuple[object, ...], Suite]] = {}
        self._lock = threading.Lock()

    def suite_of(self, connection: Connection) -> Suite:
        """Return the suite of a connection. Raise AccountDisconnected without a secret."""
        what = (connection.suite, connection.settings)
        with self._lock:
            known = self._open.get(connection.connection_id)
            if known is not None and known[0] == what:
                return known[1]
        with self._store.transaction() as tx:
            secret = tx.secret(connection.connection_id)
        if not secret:
            raise AccountDisconnected(f"{connection.person}: no password kept, connect again")
        # The registry imports a suite's library only when it is asked for that suite.
        from adapters.registry import build

        def keep(renewed: str) -> None:
            with self._store.transaction() as tx:
                tx.put_secret(connection.connection_id, renewed)

        chosen = dict(connection.settings) | self._ours(connection)
        suite = build(connection.suite, chosen, secret, keep)
        with self._lock:
            self._open[connection.connection_id] = (what, suite)
        return suite

    def _ours(self, connection: Connection) -> dict[str, str]:
        """Return what the installation says for all connections of a suite."""
        if connection.suite != "google":
            return {}
        may_open(self._settings, connection.person)
        return roots(self._settings)
