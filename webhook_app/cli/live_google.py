"""`vieraugen doctor --suite google --live`: the twelve checks of docs/live-checklist.md."""

from __future__ import annotations

from argparse import Namespace

from adapters.google.auth import Tokens
from adapters.google.kept import read_secret
from adapters.google.live import APP_CREATED, Live, Shown
from adapters.google.settings import EVENTS, TASKS, GoogleSettings
from adapters.google.wire import Transport, Wire
from core.errors import InvalidInput
from core.model.heard import Heard
from core.model.series import Connection
from webhook_app.cli.doctor_google import accounts, google_settings
from webhook_app.cli.opening import show
from webhook_app.google import addon_url, may_open
from webhook_app.hooks.subscriptions import callback_url
from webhook_app.jobs.clock import utc_now
from webhook_app.wiring import App

GUESTS = 10
"""Connected people whose copies are looked at."""
SIGNS = {True: "DIFFERS", False: "as assumed", None: "by hand"}


def live(app: App, args: Namespace) -> int:
    """Try each on one account; exit 3 where the real Google is other than we assume."""
    connection = accounts(app, args.person)[0]
    others = [c for c in accounts(app, None) if c != connection and _secret(app, c)]
    may_open(app.settings, connection.person)
    settings = google_settings(app)
    tokens = _tokens(app, settings, connection)

    def wire(scope: str, whose: Tokens = tokens) -> Wire:
        return Wire(Transport(whose, scope, settings.time_out))

    tries = Live(
        settings=settings,
        account=connection.person,
        events=wire(EVENTS),
        tasks=wire(TASKS),
        made=wire(APP_CREATED),
        now=utc_now(),
        addon=addon_url(app.settings) if app.settings.google_project_number else "",
        heard=_heard(app),
        guests={c.person: wire(EVENTS, _tokens(app, settings, c)) for c in others[:GUESTS]},
    )
    shown: list[Shown] = []
    callback = callback_url(app.settings, connection)
    for each in (*tries.reading(callback), *tries.by_hand(), *tries.writing()):
        shown.append(each)
    shown.sort(key=lambda each: each.letter)
    rows = [
        {"check": s.letter, "what": s.what, "result": SIGNS[s.differs], "text": s.text}
        for s in shown
    ]
    lines = [f"({r['check']}) {r['result']:10} {r['what']}: {r['text']}" for r in rows]
    show(args, {"checks": rows}, "\n".join(lines))
    return 3 if any(s.differs for s in shown) else 0


def _tokens(app: App, settings: GoogleSettings, connection: Connection) -> Tokens:
    secret = _secret(app, connection)
    if not secret:
        raise InvalidInput(f"{connection.person}: no secret is kept, connect again")
    return Tokens(settings, connection.person, read_secret(secret))


def _secret(app: App, connection: Connection) -> str:
    with app.store.transaction() as tx:
        return tx.secret(connection.connection_id) or ""


def _heard(app: App) -> dict[str, Heard]:
    with app.store.transaction() as tx:
        return {one.what: one for one in tx.nouns(Heard)}
