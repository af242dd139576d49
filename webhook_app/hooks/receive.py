"""`/hooks/<suite>`: take an announcement, answer at once, let the engine look soon.

The address names the connection by a sign; the announcement itself has to prove that it comes
from that connection's subscription, which is the suite's own push port's business.
"""

from __future__ import annotations

from flask import Blueprint, Response, current_app, request
from flask.typing import ResponseReturnValue

from core.errors import OneOnOneError
from core.model.series import Connection
from core.ports import PushReply, PushRequest
from webhook_app.hooks.hints import mark
from webhook_app.hooks.subscriptions import renew_soon, sign_of
from webhook_app.jobs.clock import utc_now
from webhook_app.wiring import App

bp = Blueprint("hooks", __name__, url_prefix="/hooks")


@bp.post("/<suite>")
def receive(suite: str) -> ResponseReturnValue:
    """Answer as the suite wants it: 404 for what nobody subscribed to."""
    app: App = current_app.extensions["vieraugen"]
    connection = _connection(app, suite, request.args.get("c", ""))
    reply = _reply(app, connection) if connection else PushReply(status=404)
    if connection and reply.changed:
        known = [c for c in reply.changed if c in connection.calendars]
        with app.store.transaction() as tx:
            mark(tx, connection.connection_id, known, utc_now())
            for calendar_id in reply.renew:
                renew_soon(tx, connection.connection_id, calendar_id, utc_now())
    return Response(reply.body, reply.status, content_type="text/plain; charset=utf-8")


def _connection(app: App, suite: str, sign: str) -> Connection | None:
    with app.store.transaction() as tx:
        connections = tx.connections()
    for connection in connections:
        if connection.suite == suite and sign_of(connection.connection_id) == sign:
            return connection
    return None


def _reply(app: App, connection: Connection) -> PushReply:
    try:
        port = app.services.suite_of(connection).push
    except OneOnOneError:
        return PushReply(status=404)
    if port is None:
        return PushReply(status=404)
    body = request.get_data(cache=False)
    return port.receive(
        PushRequest(headers=dict(request.headers), query=request.args.to_dict(), body=body)
    )
