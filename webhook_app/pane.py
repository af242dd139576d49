"""The door of the Outlook pane and the Teams tab: signed in by the host, then on to the pages.

The host gives its user's token for our API (nested app auth, Teams SSO); `who` verifies it.
Cookies of a page in a foreign frame are blocked, so that the way on is the person's own link.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Response, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue

from adapters.outlook.icons import png
from adapters.outlook.manifests import ICON_SIZES, SCOPE
from adapters.outlook.threads import thread_of
from core.errors import InvalidInput, NotAllowed, NotFound, SuiteError
from core.model.access import Via
from webhook_app.auth.who import known_visitor, the_app
from webhook_app.jobs.clock import utc_now
from webhook_app.microsoft import authority, registration
from webhook_app.open_event import Opened, answer_to
from webhook_app.pages.words import pane_words
from webhook_app.pane_words import in_trouble, shown, stranger

bp = Blueprint("pane", __name__, url_prefix="/pane")
HOSTS = ("outlook", "teams")
LIBRARIES = "https://appsforoffice.microsoft.com https://res.cdn.office.net"
FRAMES = (
    "https://outlook.office.com https://outlook.office365.com https://outlook.live.com "
    "https://*.office.com https://*.cloud.microsoft https://teams.microsoft.com "
    "https://*.teams.microsoft.com"
)
CSP = (
    "default-src 'none'; style-src 'self'; script-src 'self' {libraries}; "
    "connect-src 'self' https://*.office.com https://*.office.net {asked}; img-src 'self'; "
    "frame-src 'self'; "
    "form-action 'none'; base-uri 'none'; frame-ancestors {frames}"
)
VIAS = frozenset({Via.ENTRA, Via.GOOGLE})


def reader_locale() -> str:
    """Return the language that the browser asks for; who is not known yet reads Sie."""
    found = request.accept_languages.best_match(["de", "en"]) or "en"
    return "de-Sie" if found == "de" else found


def frames() -> str:
    """Return who may show a person's pages in a frame: configured hosts, and the pane's own."""
    app = the_app()
    hosts = list(app.settings.frames)
    try:
        registration(app)
    except InvalidInput:
        return " ".join(hosts) or "'none'"
    return " ".join(("'self'", FRAMES, *hosts))


@bp.get("/<host>")
def door(host: str) -> ResponseReturnValue:
    """Show the door; its script loads the host's library and fetches a token."""
    return _shell(host, "open")


@bp.get("/teams/config")
def config() -> ResponseReturnValue:
    """Let somebody add the side panel to a meeting's chat: there is nothing to choose."""
    return _shell("teams", "config")


@bp.get("/dialog")
def dialog() -> ResponseReturnValue:
    """Show the window that signs in where the host can't; only Entra ID is asked from there."""
    return _shell("outlook", "sign in", page="pane_dialog.html")


def _shell(host: str, task: str, page: str = "pane.html") -> ResponseReturnValue:
    if host not in HOSTS:
        raise NotFound("there is no such pane")
    app = the_app()
    try:
        known = registration(app)
    except InvalidInput as err:
        raise NotFound("Microsoft 365 is not set up here") from err
    place = app.settings.public_url.rstrip("/")
    words = pane_words(reader_locale())
    shown_page = render_template(
        page,
        w=None,
        p=words,
        words=dict(words),
        host=host,
        task=task,
        client=known.client_id,
        authority=authority(app.settings, known.tenant_id),
        scope=f"api://{place.partition('://')[2]}/{known.client_id}/{SCOPE}",
        place=place,
    )
    response = make_response(shown_page)
    entra = urlsplit(authority(app.settings, known.tenant_id))
    asked = f"{entra.scheme}://{entra.netloc}" if task == "sign in" else ""
    response.headers["Content-Security-Policy"] = CSP.format(
        libraries=LIBRARIES, frames=FRAMES, asked=asked
    )
    # The window says the token to the pane that opened it, by way of Entra ID's pages.
    response.headers["Cross-Origin-Opener-Policy"] = "unsafe-none"
    return response


@bp.post("/open")
def open_pane() -> ResponseReturnValue:
    """Return what to show for what is open in the host; only a host's token opens this door."""
    visitor = known_visitor()
    if visitor.via not in VIAS:
        raise NotAllowed("open this from Outlook or Teams")
    app, now = the_app(), utc_now()
    with app.store.transaction() as tx:
        person = tx.person(visitor.person)
    if person is None:
        return jsonify(stranger(pane_words(reader_locale()))), 404
    opened = _opened(request.get_json(silent=True) or {})
    assertion = request.headers.get("Authorization", "").partition(" ")[2].strip()
    base = f"/me/{app.links.token_of(person.address, now, proven=True)}"
    try:
        answer = answer_to(app, person.address, opened, assertion, now)
    except (SuiteError, OSError):
        return jsonify(in_trouble(person, base))
    return jsonify(shown(answer, person, base, now))


def _opened(body: Any) -> Opened:
    if not isinstance(body, dict):
        raise InvalidInput("send an object")
    named = {name: body.get(name) or "" for name in ("event", "series", "thread")}
    if not all(isinstance(value, str) for value in named.values()):
        raise InvalidInput("ids are text")
    return Opened(
        event=named["event"],
        series=named["series"],
        thread=thread_of(named["thread"][:1024]),
        is_unsaved=bool(body.get("unsaved")),
    )


@bp.get("/icon-<name>.png")
def icon(name: str) -> ResponseReturnValue:
    """Return our mark in one of the sizes that manifests name."""
    if not re.fullmatch(r"\d{1,3}", name) or int(name) not in ICON_SIZES:
        raise NotFound("there is no such icon")
    response = Response(png(int(name)), mimetype="image/png")
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response
