"""The API's blueprint, its contract at `/openapi.json`, and `/docs` that shows it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Flask, jsonify, render_template
from flask.typing import ResponseReturnValue

from webhook_app.api.account import account
from webhook_app.api.catalogue import catalogue
from webhook_app.api.contract import Operation
from webhook_app.api.deliveries import webhooks as deliveries
from webhook_app.api.document import document
from webhook_app.api.items import items
from webhook_app.api.machine import machine
from webhook_app.api.notes import finding, notes, private
from webhook_app.api.offers import offers
from webhook_app.api.pairs import pairs
from webhook_app.api.points import agenda_ops
from webhook_app.api.series import series_ops
from webhook_app.api.serve import install
from webhook_app.api.webhooks import webhooks
from webhook_app.auth.who import the_app

GROUPS = (
    account,
    pairs,
    series_ops,
    agenda_ops,
    items,
    notes,
    private,
    finding,
    catalogue,
    offers,
    webhooks,
    deliveries,
    machine,
)
OPERATIONS: tuple[Operation, ...] = tuple(o for group in GROUPS for o in group.all)


def install_api(flask: Flask) -> None:
    """Serve the API and its contract."""
    bp = Blueprint("api", __name__, url_prefix="/api/v1")
    for operation in OPERATIONS:
        install(bp, operation)
    flask.register_blueprint(bp)
    flask.add_url_rule("/openapi.json", "openapi", _contract)
    flask.add_url_rule("/docs", "docs", _docs)


def _document() -> dict[str, Any]:
    return document(list(OPERATIONS), the_app().settings.public_url.rstrip("/"))


def _contract() -> ResponseReturnValue:
    answer = jsonify(_document())
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Cache-Control"] = "public, max-age=300"
    return answer


def _docs() -> ResponseReturnValue:
    return render_template("docs.html", contract=_document())
