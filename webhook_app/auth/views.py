"""The doors: by signed link, by mail, by the company's own accounts, and out."""

from __future__ import annotations

import hmac
import json
import secrets
from datetime import timedelta

from flask import Blueprint, current_app, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from core.errors import InvalidInput, NotFound, NotSignedIn
from core.model.access import Via
from core.model.people import normal_address
from core.model.series import SeriesId
from core.service.mail_replies import add_points
from webhook_app.auth import codes, sessions
from webhook_app.auth.limits import SIGN_IN
from webhook_app.auth.oidc import Oidc
from webhook_app.auth.remote import client_address
from webhook_app.auth.who import admins, cookie_name, the_app, the_door, visitor
from webhook_app.hooks.replies import REPLY
from webhook_app.jobs.clock import utc_now
from webhook_app.mail import mailer

bp = Blueprint("auth", __name__, url_prefix="/auth")
OIDC_COOKIE, OIDC_LIFE = "vieraugen_oidc", timedelta(minutes=10)

MAIL = """{address}

{link}

Der Link gilt 15 Minuten und einmal. / This link works once, for 15 minutes.
Wenn du das nicht warst, tu nichts. / If this was not you, do nothing.
"""


def local(path: str) -> str:
    """Return the path if it is one of ours, else the front page: no open redirect."""
    ours = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if ours else "/"


def let_in(person: str, via: Via, to: str) -> Response:
    """Begin a session and go on."""
    with the_app().store.transaction() as tx:
        cookie = sessions.start(tx, person, via, utc_now())
    answer = redirect(local(to), code=303)
    answer.set_cookie(
        cookie_name(),
        cookie,
        max_age=sessions.LIFE,
        secure=the_app().settings.public_url.startswith("https://"),
        httponly=True,
        samesite="Lax",
        path="/",
    )
    return answer


def _limit(what: str) -> None:
    the_door().limits.take(f"{what} {client_address()}", SIGN_IN)


@bp.get("/sign-in")
def sign_in() -> ResponseReturnValue:
    """Offer the doors that are set up."""
    settings = the_app().settings
    return render_template(
        "auth/sign_in.html",
        mail=bool(settings.smtp_url),
        oidc=bool(settings.oidc_issuer),
        to=local(request.args.get("to", "/")),
        sent=False,
    )


@bp.get("/link/<token>")
def by_link(token: str) -> ResponseReturnValue:
    """Come in by a signed link; who is signed in as the same person stays so."""
    _limit("link")
    person = the_app().links.read(token, utc_now()).person
    to = request.args.get("to", "/")
    try:
        known = visitor()
    except NotSignedIn:
        known = None
    if known is not None and known.person == person:
        return redirect(local(to), code=303)
    return let_in(person, Via.LINK, to)


@bp.post("/mail")
def ask_mail() -> ResponseReturnValue:
    """Send a sign-in link; the answer never says whether we know the address."""
    _limit("mail")
    app, address = the_app(), normal_address(request.form.get("address", ""))
    sender = mailer(app.settings)
    if sender is None:
        raise NotFound("mail is not set up here: ask your administrator for a link")
    the_door().limits.take(f"mail to {address}", SIGN_IN)
    to = local(request.form.get("to", "/"))
    with app.store.transaction() as tx:
        known = tx.person(address) is not None or address in admins()
        link = codes.sign_in_link(tx, app.links.root, address, utc_now(), to) if known else ""
    if known:
        sender.send(address, "vieraugen", MAIL.format(address=address, link=link))
    return render_template("auth/sign_in.html", mail=True, oidc=False, to=to, sent=True)


@bp.get("/mail/<code>")
def show_mail(code: str) -> ResponseReturnValue:
    """Ask for a click: mail scanners open links, and would use the code up."""
    return render_template("auth/enter.html", code=code)


@bp.post("/mail/<code>")
def by_mail(code: str) -> ResponseReturnValue:
    """Come in by the mailed link."""
    _limit("code")
    with the_app().store.transaction() as tx:
        known = codes.use_code(tx, codes.SIGN_IN, code, utc_now())
    return let_in(known.person, Via.MAIL, dict(known.data).get("to", "/"))


def _oidc() -> Oidc:
    found: Oidc | None = current_app.extensions["vieraugen-oidc"]
    if found is None:
        raise NotFound("sign-in with company accounts is not set up here")
    return found


@bp.get("/oidc/start")
def start_oidc() -> ResponseReturnValue:
    """Send the browser to the company's own sign-in."""
    _limit("oidc")
    nonce, verifier = secrets.token_urlsafe(24), secrets.token_urlsafe(48)
    data = {"nonce": nonce, "verifier": verifier, "to": local(request.args.get("to", "/"))}
    with the_app().store.transaction() as tx:
        state = codes.make_code(tx, codes.OIDC, utc_now(), data=data, life=OIDC_LIFE)
    answer = redirect(_oidc().start_url(state, nonce, verifier), code=303)
    secure = the_app().settings.public_url.startswith("https://")
    answer.set_cookie(
        OIDC_COOKIE,
        state,
        max_age=OIDC_LIFE,
        secure=secure,
        httponly=True,
        samesite="Lax",
        path="/auth/oidc",
    )
    return answer


@bp.get("/oidc/callback")
def end_oidc() -> ResponseReturnValue:
    """Come back from the company's sign-in."""
    _limit("oidc")
    state, begun = request.args.get("state", ""), request.cookies.get(OIDC_COOKIE, "")
    if not state or not hmac.compare_digest(state.encode(), begun.encode()):
        raise NotSignedIn("this sign-in was not begun in this browser: please try again")
    if "error" in request.args or "code" not in request.args:
        raise NotSignedIn("the sign-in was stopped: please try again")
    with the_app().store.transaction() as tx:
        known = dict(codes.use_code(tx, codes.OIDC, state, utc_now()).data)
    address = _oidc().address(request.args["code"], known["nonce"], known["verifier"])
    answer = let_in(address, Via.OIDC, known["to"])
    answer.delete_cookie(OIDC_COOKIE, path="/auth/oidc")
    return answer


@bp.get("/reply/<code>")
def show_reply(code: str) -> ResponseReturnValue:
    """Ask for a click before a mailed reply becomes points."""
    return render_template("auth/enter.html", code=code, action="/auth/reply/")


@bp.post("/reply/<code>")
def confirm_reply(code: str) -> ResponseReturnValue:
    """Add what a reply held: who reads their own mailbox has confirmed it."""
    _limit("reply")
    app = the_app()
    with app.store.transaction() as tx:
        known = codes.use_code(tx, REPLY, code, utc_now())
    data = dict(known.data)
    series, points = SeriesId(data["series"]), json.loads(data["points"])
    add_points(app.services, series, points, known.person, data["name"], utc_now())
    return redirect("/", code=303)


@bp.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    """End the session."""
    found = visitor()
    if found is None or not found.csrf:
        raise InvalidInput("you are not signed in")
    with the_app().store.transaction() as tx:
        sessions.end(tx, request.cookies[cookie_name()])
    answer = redirect("/auth/sign-in", code=303)
    answer.delete_cookie(cookie_name(), path="/")
    return answer
