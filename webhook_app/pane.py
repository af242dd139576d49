"""The door of the Outlook pane and the Teams tab: signed in by the host, then on to the pages.

The host gives its user's token for our API (nested app auth, Teams SSO); `who` verifies it.
Cookies of a page in a foreign frame are blocked, so that the way on is the person's own link.
"""

from __future__ import annotations

import re

from flask import Blueprint, Response, jsonify, make_response, render_template
from flask.typing import ResponseReturnValue

from adapters.outlook.icons import png
from adapters.outlook.manifests import ICON_SIZES, SCOPE
from core.errors import InvalidInput, NotAllowed, NotFound
from core.model.access import Via
from webhook_app.auth.who import known_visitor, the_app
from webhook_app.jobs.clock import utc_now
from webhook_app.microsoft import authority, registration

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
    "connect-src 'self' https://*.office.com https://*.office.net; img-src 'self'; "
    "form-action 'none'; base-uri 'none'; frame-ancestors {frames}"
)
VIAS = frozenset({Via.ENTRA, Via.GOOGLE})


def frames() -> str:
    """Return who may show a person's pages in a frame: configured hosts, and the pane's own."""
    app = the_app()
    hosts = list(app.settings.frames)
    try:
        registration(app)
    except InvalidInput:
        return " ".join(hosts) or "'none'"
    return " ".join((FRAMES, *hosts))


@bp.get("/<host>")
def door(host: str) -> ResponseReturnValue:
    """Show the door; its script loads the host's library and fetches a token."""
    return _shell(host, "open")


@bp.get("/teams/config")
def config() -> ResponseReturnValue:
    """Let somebody add the side panel to a meeting's chat: there is nothing to choose."""
    return _shell("teams", "config")


def _shell(host: str, task: str) -> ResponseReturnValue:
    if host not in HOSTS:
        raise NotFound("there is no such pane")
    app = the_app()
    try:
        known = registration(app)
    except InvalidInput as err:
        raise NotFound("Microsoft 365 is not set up here") from err
    place = app.settings.public_url.rstrip("/")
    page = render_template(
        "pane.html",
        host=host,
        task=task,
        client=known.client_id,
        authority=authority(app.settings, known.tenant_id),
        scope=f"api://{place.partition('://')[2]}/{known.client_id}/{SCOPE}",
        place=place,
    )
    response = make_response(page)
    response.headers["Content-Security-Policy"] = CSP.format(libraries=LIBRARIES, frames=FRAMES)
    return response


@bp.post("/enter")
def enter() -> ResponseReturnValue:
    """Return the way to the person's own pages; only a host's token opens this door."""
    visitor = known_visitor()
    if visitor.via not in VIAS:
        raise NotAllowed("open this from Outlook or Teams")
    app = the_app()
    with app.store.transaction() as tx:
        person = tx.person(visitor.person)
    if person is None:
        raise NotFound("no 1:1 of yours is known here yet")
    return jsonify(url=f"/me/{app.links.token_of(person.address, utc_now())}/")


@bp.get("/icon-<name>.png")
def icon(name: str) -> ResponseReturnValue:
    """Return our mark in one of the sizes that manifests name."""
    if not re.fullmatch(r"\d{1,3}", name) or int(name) not in ICON_SIZES:
        raise NotFound("there is no such icon")
    response = Response(png(int(name)), mimetype="image/png")
    response.headers["Cache-Control"] = "public, max-age=86400"
    return response
