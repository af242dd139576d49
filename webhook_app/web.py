"""The Flask app: built by `create_app`, nothing at import."""

from __future__ import annotations

from flask import Flask, Response, current_app, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from core.errors import NotSignedIn
from core.model.access import Via
from webhook_app import problems
from webhook_app.api.app import install_api
from webhook_app.auth.limits import Limits
from webhook_app.auth.oidc import oidc
from webhook_app.auth.views import bp as auth
from webhook_app.auth.who import Door, visitor
from webhook_app.google import google_verifier
from webhook_app.hooks import mail as mail_hook
from webhook_app.hooks.door import watch_hooks
from webhook_app.hooks.google_addon import bp as google_addon
from webhook_app.hooks.google_addon import google_keys
from webhook_app.hooks.hris import bp as hris
from webhook_app.hooks.receive import bp as hooks
from webhook_app.hooks.slack import bp as slack
from webhook_app.jobs.engine import Engine
from webhook_app.metrics import metrics_view
from webhook_app.microsoft import entra_verifier
from webhook_app.pages.csp import NO_FRAMES, csp
from webhook_app.pages.linked import linked
from webhook_app.pages.me import open_doors
from webhook_app.pages.prose import prose
from webhook_app.pages.thin import make_thin
from webhook_app.pane import bp as pane
from webhook_app.pane import frames
from webhook_app.shallow_json import ShallowJson
from webhook_app.storage.buckets import shared_buckets
from webhook_app.teams import mount as mount_teams
from webhook_app.wiring import App

BIGGEST = 1_000_000
"""Bytes of a request: nothing that people send here is larger."""


def create_app(app: App, engine: Engine | None = None, *, limits: Limits | None = None) -> Flask:
    """Build the web app on opened services; `engine` is the one in this process, if any."""
    flask = Flask(__name__, template_folder="pages/templates", static_folder="pages/static")
    flask.config["MAX_CONTENT_LENGTH"] = BIGGEST
    flask.json = ShallowJson(flask)
    flask.jinja_env.filters |= {"linked": linked, "prose": prose}
    flask.extensions["vieraugen"] = app
    flask.extensions["vieraugen-engine"] = engine
    # Entra's takes every signed token for its own, once Outlook is set up: it comes last.
    verifiers = {
        Via.GOOGLE: google_verifier(app.settings, google_keys),
        Via.ENTRA: entra_verifier(app),
    }
    limits = limits or Limits(pool=shared_buckets(app.store.database))
    flask.extensions["vieraugen-door"] = Door(limits=limits, verifiers=verifiers)
    flask.extensions["vieraugen-oidc"] = oidc(app.settings)
    open_doors(flask)
    watch_hooks(flask)
    flask.register_blueprint(hris)
    flask.register_blueprint(mail_hook.bp)
    flask.register_blueprint(slack)
    flask.register_blueprint(hooks)
    flask.register_blueprint(google_addon)
    mount_teams(flask, app, engine)
    flask.register_blueprint(pane)
    flask.register_blueprint(auth)
    install_api(flask)
    problems.install(flask)
    flask.before_request(_refuse_giants)
    flask.after_request(make_thin)
    flask.after_request(_headers)
    flask.add_url_rule("/", view_func=_index)
    flask.add_url_rule("/metrics", "metrics", lambda: metrics_view(engine))
    flask.add_url_rule("/healthz", view_func=_alive)
    flask.add_url_rule("/readyz", view_func=lambda: _ready(app, engine))
    return flask


def _refuse_giants() -> None:
    """Refuse also where nobody would read the body; mails are longer, and look themselves."""
    is_mail = request.path == mail_hook.bp.url_prefix
    if (request.content_length or 0) > BIGGEST and not is_mail:
        raise RequestEntityTooLarge


def _index() -> ResponseReturnValue:
    """Lead who is signed in to their own pages."""
    try:
        known = visitor()
    except NotSignedIn:
        known = None
    if known is not None and known.csrf:
        return redirect("/my/", code=303)
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


def _is_https() -> bool:
    app: App = current_app.extensions["vieraugen"]
    return app.settings.public_url.startswith("https://")


def _headers(response: Response) -> Response:
    # The new Outlook was reported to look at the root's policy as well.
    framed = frames() if request.path == "/" else NO_FRAMES
    response.headers.setdefault("Content-Security-Policy", csp(framed))
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "no-referrer")
    response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
    response.headers.setdefault("Cache-Control", "no-store")
    if response.headers.get("Strict-Transport-Security") is None and _is_https():
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    return response
