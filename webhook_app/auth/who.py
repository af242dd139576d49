"""Who is asking: a token, a pane's token, or a browser's session; nobody otherwise."""

from __future__ import annotations

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from flask import current_app, g, request

from core.access import Right, Role
from core.errors import NotAllowed, NotSignedIn
from core.model.access import Via
from core.model.people import Pair, normal_address
from core.store import Transaction
from webhook_app.auth import sessions, tokens
from webhook_app.auth.limits import FAILED, Limits
from webhook_app.auth.remote import client_address
from webhook_app.auth.visitor import Visitor, require
from webhook_app.jobs.clock import utc_now
from webhook_app.wiring import App

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})

Verifier = Callable[[str, datetime], str | None]
"""Takes a suite's token; returns whose it is (an address), None where it is none of this
suite's. Raises NotSignedIn where it is one and does not hold."""


@dataclass(slots=True)
class Door:
    """What the web app needs to know visitors; in `flask.extensions["vieraugen-door"]`."""

    limits: Limits
    verifiers: dict[Via, Verifier]
    """Entra's and Google's: the suites' own modules bring them."""


def the_app() -> App:
    """Return the opened services."""
    app: App = current_app.extensions["vieraugen"]
    return app


def the_door() -> Door:
    """Return limits and verifiers."""
    door: Door = current_app.extensions["vieraugen-door"]
    return door


def admins() -> frozenset[str]:
    """Return the addresses of who runs the installation."""
    listed = the_app().settings.admins.split(",")
    return frozenset(normal_address(address) for address in listed if address.strip())


def council() -> frozenset[str]:
    """Return the addresses of the works council."""
    listed = the_app().settings.council.split(",")
    return frozenset(normal_address(address) for address in listed if address.strip())


def cookie_name() -> str:
    """Return the session cookie's name; browsers pin the one with the prefix to this host."""
    secure = the_app().settings.public_url.startswith("https://")
    return "__Host-vieraugen" if secure else "vieraugen"


def visitor() -> Visitor | None:
    """Return who asks; None: nobody we know. Raise NotSignedIn where a proof is wrong."""
    if "visitor" not in g:
        g.visitor = _look()
    found: Visitor | None = g.visitor
    return found


def known_visitor() -> Visitor:
    """Return who asks. Raise NotSignedIn where we do not know."""
    found = visitor()
    if found is None:
        raise NotSignedIn("please sign in, or send a token: Authorization: Bearer …")
    return found


def check(tx: Transaction, pair: Pair | None, right: Right) -> Role:
    """Return the visitor's role. Raise NotSignedIn, NotAllowed or NotFound."""
    return require(tx, known_visitor(), pair, right, utc_now())


def _look() -> Visitor | None:
    header = request.headers.get("Authorization", "")
    kind, _, text = header.partition(" ")
    if header:
        if kind.lower() != "bearer" or not text.strip():
            raise NotSignedIn("send a token as: Authorization: Bearer …")
        return _by_bearer(text.strip())
    cookie = request.cookies.get(cookie_name())
    found = _by_session(cookie) if cookie else _by_device()
    if found is not None:
        _refuse_forged(found.csrf)
    return found


def _by_session(cookie: str) -> Visitor:
    """Return whose it is; one that has ended leaves a browser that is known."""
    try:
        with the_app().store.transaction() as tx:
            return sessions.visitor_of(tx, cookie, utc_now(), admins())
    except NotSignedIn:
        found = _by_device()
        if found is None:
            raise
        return found


def _by_device() -> Visitor | None:
    """Return whose page this browser opens, if it is one person's: the event's link knows it."""
    # That module asks this one which app it is.
    from webhook_app.auth.devices import device_cookie, people_here

    if not request.cookies.get(device_cookie()):
        return None
    with the_app().store.transaction() as tx:
        here = people_here(tx, utc_now())
    if len(here) != 1:
        return None
    ((person, secret),) = here.items()
    return Visitor(person=person, via=Via.LINK, csrf=sessions.csrf_of(secret))


def _by_bearer(text: str) -> Visitor:
    limits, source = the_door().limits, f"wrong {client_address()}"
    if limits.is_spent(source, FAILED):
        limits.take(source, FAILED)
    try:
        return _by_token(text) if text.startswith(tokens.PREFIX) else _by_suite(text)
    except NotSignedIn:
        limits.take(source, FAILED)
        raise


def _by_token(text: str) -> Visitor:
    with the_app().store.transaction() as tx:
        return tokens.visitor_with(tx, text, utc_now(), admins())


def _by_suite(text: str) -> Visitor:
    for via, verify in the_door().verifiers.items():
        address = verify(text, utc_now())
        if address is not None:
            person = normal_address(address)
            return Visitor(person=person, via=via, is_admin=person in admins())
    raise NotSignedIn("nobody here knows this token")


def _refuse_forged(csrf: str) -> None:
    """Refuse what another site made the browser send with our cookie."""
    if request.method in SAFE:
        return
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise NotAllowed("this request came from another site")
    sent = request.headers.get("X-CSRF-Token") or request.form.get("csrf", "")
    if not hmac.compare_digest(sent.encode(), csrf.encode()):
        raise NotAllowed("this page is out of date: please load it again")
