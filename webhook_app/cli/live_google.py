"""`vieraugen doctor --suite google --live`: the twelve checks of docs/live-checklist.md."""

from __future__ import annotations

from argparse import Namespace

from adapters.google.auth import Tokens
from adapters.google.kept import read_secret
from adapters.google.live import APP_CREATED, Live, Shown
from adapters.google.settings import EVENTS, TASKS
from adapters.google.wire import Transport, Wire
from core.errors import InvalidInput
from webhook_app.cli.doctor_google import accounts, google_settings
from webhook_app.cli.opening import show
from webhook_app.google import addon_url, may_open
from webhook_app.hooks.subscriptions import callback_url
from webhook_app.jobs.clock import utc_now
from webhook_app.wiring import App

SIGNS = {True: "DIFFERS", False: "as assumed", None: "by hand"}


def live(app: App, args: Namespace) -> int:
    """Try each on one account; exit 3 where the real Google is other than we assume."""
    connection = accounts(app, args.person)[0]
    may_open(app.settings, connection.person)
    with app.store.transaction() as tx:
        secret = tx.secret(connection.connection_id)
    if secret is None:
        raise InvalidInput(f"{connection.person}: no secret is kept, connect again")
    settings = google_settings(app)
    tokens = Tokens(settings, connection.person, read_secret(secret))

    def wire(scope: str) -> Wire:
        return Wire(Transport(tokens, scope, settings.time_out))

    tries = Live(
        settings=settings,
        account=connection.person,
        events=wire(EVENTS),
        tasks=wire(TASKS),
        made=wire(APP_CREATED),
        now=utc_now(),
        addon=addon_url(app.settings) if app.settings.google_project_number else "",
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
