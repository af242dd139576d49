"""`/hooks/<suite>`: take an announcement, keep a row of it, answer; the engine looks soon.

The address names the connection by a sign; the announcement itself has to prove that it comes
from that connection's subscription, which is the suite's own push port's business.
"""

from __future__ import annotations

import time

from flask import Blueprint, Response, current_app, request
from flask.typing import ResponseReturnValue

from core.errors import OneOnOneError
from core.model.series import Connection
from core.ports import Announcement, PushReply, PushRequest
from core.store import Transaction
from webhook_app.auth.limits import FAILED
from webhook_app.auth.remote import client_address
from webhook_app.auth.who import the_door
from webhook_app.hooks.rows import calendar_push, digest_of
from webhook_app.hooks.subscriptions import renew_soon, sign_of
from webhook_app.hooks.together import Together
from webhook_app.jobs.clock import utc_now
from webhook_app.wiring import App

bp = Blueprint("hooks", __name__, url_prefix="/hooks")
SIGNS, TOGETHER = "vieraugen-signs", "vieraugen-together"
FRESH = 10.0
"""Seconds for which connections are known by heart: reading them waits for whoever writes."""


@bp.post("/<suite>")
def receive(suite: str) -> ResponseReturnValue:
    """Answer as the suite wants it: 404 for what nobody subscribed to."""
    app: App = current_app.extensions["vieraugen"]
    connection = _connection(app, suite, request.args.get("c", ""))
    body = request.get_data(cache=False) if connection else b""
    reply = _reply(app, connection, body) if connection else PushReply(status=404)
    if connection and reply.changed:
        _keep(app, connection, reply, digest_of(body))
    return Response(reply.body, reply.status, content_type="text/plain; charset=utf-8")


def _keep(app: App, connection: Connection, reply: PushReply, digest: str) -> None:
    """Keep every announcement of this request, or none of them: then it is sent again."""
    now, suite, who = utc_now(), connection.suite, connection.connection_id
    told = reply.told or tuple(Announcement(calendar_id=c) for c in reply.changed)
    rows = [
        calendar_push(suite, who, t.calendar_id, now, source_id=t.source_id, digest=digest, nth=nth)
        for nth, t in enumerate(told)
        if t.calendar_id in connection.calendars
    ]

    def renew(tx: Transaction) -> None:
        for calendar_id in reply.renew:
            renew_soon(tx, who, calendar_id, now)

    together: Together = current_app.extensions.setdefault(TOGETHER, Together(app.store))
    together.keep(rows, renew if reply.renew else None)


def _connection(app: App, suite: str, sign: str) -> Connection | None:
    known: dict[str, tuple[float, Connection]] = current_app.extensions.setdefault(SIGNS, {})
    read_at, found = known.get(sign, (0.0, None))
    if found is None:
        # Looking through all of them is dear: who guesses does it a few times a minute.
        the_door().limits.take(f"sign {client_address()}", FAILED)
    if found is None or time.monotonic() - read_at > FRESH:
        known.clear()
        with app.store.transaction() as tx:
            connections = tx.connections()
        now = time.monotonic()
        known.update({sign_of(c.connection_id): (now, c) for c in connections})
        found = known.get(sign, (0.0, None))[1]
    return found if found is not None and found.suite == suite else None


def _reply(app: App, connection: Connection, body: bytes) -> PushReply:
    try:
        port = app.services.suite_of(connection).push
    except OneOnOneError:
        return PushReply(status=404)
    if port is None:
        return PushReply(status=404)
    return port.receive(
        PushRequest(headers=dict(request.headers), query=request.args.to_dict(), body=body)
    )
