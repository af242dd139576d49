"""The Flask app: built by `create_app`, nothing at import."""

from __future__ import annotations

from flask import Flask, Response, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from core.errors import InvalidInput, NotFound, OneOnOneError
from webhook_app.hooks.receive import bp as hooks
from webhook_app.jobs.engine import Engine
from webhook_app.pages.me import bp as me
from webhook_app.wiring import App

BIGGEST = 1_000_000
"""Bytes of a request: nothing that people send here is larger."""

STATUS: dict[type[OneOnOneError], int] = {InvalidInput: 422, NotFound: 404}

CSP = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


def create_app(app: App, engine: Engine | None = None) -> Flask:
    """Build the web app on opened services; `engine` is the one in this process, if any."""
    flask = Flask(__name__, template_folder="pages/templates", static_folder="pages/static")
    flask.config["MAX_CONTENT_LENGTH"] = BIGGEST
    flask.extensions["vieraugen"] = app
    flask.extensions["vieraugen-engine"] = engine
    flask.register_blueprint(me)
    flask.register_blueprint(hooks)
    flask.register_error_handler(OneOnOneError, _problem)
    flask.after_request(_headers)
    flask.add_url_rule("/", view_func=_index)
    flask.add_url_rule("/healthz", view_func=_alive)
    flask.add_url_rule("/readyz", view_func=lambda: _ready(app, engine))
    return flask


def _index() -> ResponseReturnValue:
    return render_template("index.html")


def _alive() -> ResponseReturnValue:
    return jsonify(status="alive")


def _ready(app: App, engine: Engine | None) -> ResponseReturnValue:
    """Ready: the database answers and the engine's last pass is not long ago."""
    with app.store.transaction() as tx:
        newest = tx.last_happening()
    last = engine.last_pass if engine else None
    fresh = engine is None or engine.is_ready
    body = {
        "status": "ready" if fresh else "starting",
        "happenings": newest,
        "last_pass": last.isoformat() if last else None,
        "troubles": len(engine.troubles) if engine else 0,
    }
    return jsonify(body), 200 if fresh else 503


def _problem(err: OneOnOneError) -> ResponseReturnValue:
    status = next((code for kind, code in STATUS.items() if isinstance(err, kind)), 500)
    if request.accept_mimetypes.accept_html:
        return render_template("problem.html", text=str(err)), status
    problem = jsonify(type="about:blank", title=type(err).__name__, detail=str(err), status=status)
    problem.mimetype = "application/problem+json"
    return problem, status


def _headers(response: Response) -> Response:
    response.headers.setdefault("Content-Security-Policy", CSP)
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "no-referrer")
    response.headers.setdefault("Cache-Control", "no-store")
    return response
