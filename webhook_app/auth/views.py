"""The doors: by signed link, by mail, by the company's own accounts, and out."""

from __future__ import annotations

import hmac
import json
import secrets
from datetime import timedelta

from flask import current_app, redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from core.errors import InvalidInput, NotFound, NotSignedIn
from core.model.access import Via
from core.model.people import normal_address
from core.model.series import SeriesId
from core.service.mail_replies import add_points
from webhook_app.auth import codes, sessions, typed
from webhook_app.auth.devices import require_device
from webhook_app.auth.doors import bp, give_cookie, local
from webhook_app.auth.limits import SIGN_IN
from webhook_app.auth.oidc import Oidc
from webhook_app.auth.remote import client_address
from webhook_app.auth.visitor import name_of
from webhook_app.auth.who import admins, cookie_name, council, the_app, the_door, visitor
from webhook_app.hooks.replies import REPLY
from webhook_app.jobs.clock import utc_now
from webhook_app.later import run_later
from webhook_app.mail import mailer
from webhook_app.pages.words import door_words, reader_door

__all__ = ["bp"]

OIDC_COOKIE, OIDC_LIFE = "vieraugen_oidc", timedelta(minutes=10)


def let_in(person: str, via: Via, to: str) -> Response:
    """Begin a session and go on."""
    with the_app().store.transaction() as tx:
        cookie = sessions.start(tx, person, via, utc_now())
    answer = redirect(local(to), code=303)
    give_cookie(answer, cookie_name(), cookie, sessions.LIFE)
    return answer


def _limit(what: str) -> None:
    the_door().limits.take(f"{what} {client_address()}", SIGN_IN)


@bp.get("/sign-in")
def sign_in() -> ResponseReturnValue:
    """Offer the doors that are set up."""
    return _sign_in_page(local(request.args.get("to", "/")))


def _sign_in_page(to: str, **more: object) -> str:
    settings = the_app().settings
    doors = {"mail": bool(settings.smtp_url), "oidc": bool(settings.oidc_issuer)}
    return render_template("auth/sign_in.html", w=reader_door(), to=to, **doors, **more)


@bp.get("/link/<token>")
def by_link(token: str) -> ResponseReturnValue:
    """Come in by a signed link; who is signed in as the same person stays so."""
    _limit("link")
    visit = the_app().links.read(token, utc_now())
    with the_app().store.transaction() as tx:
        require_device(tx, visit, utc_now())
    person, to = visit.person, request.args.get("to", "/")
    try:
        known = visitor()
    except NotSignedIn:
        known = None
    if known is not None and known.person == person:
        return redirect(local(to), code=303)
    return let_in(person, Via.LINK, to)


@bp.post("/mail")
def ask_mail() -> ResponseReturnValue:
    """Send a link and a code; neither the answer nor its time says whether we know somebody."""
    _limit("mail")
    app, address = the_app(), normal_address(request.form.get("address", ""))
    sender = mailer(app.settings)
    if sender is None:
        raise NotFound("mail is not set up here: ask your administrator for a link")
    the_door().limits.take(f"mail to {name_of(address)}", SIGN_IN)
    to, ask = local(request.form.get("to", "/")), typed.new_ask()
    with app.store.transaction() as tx:
        person = tx.person(address)
        known = person is not None or address in admins() | council()
        link = codes.sign_in_link(tx, app.links.root, address, utc_now(), to) if known else ""
        code = typed.make_typed(tx, ask, address, codes.SIGN_IN, utc_now()) if known else ""
    if known:
        w = door_words(person.locale if person else app.settings.locale)
        text = w["mail_text"].format(address=address, link=link, code=code)
        run_later(lambda: sender.send(address, w["mail_subject"], text), "sign_in_mail")
    return _sign_in_page(to, sent=True, ask=ask)


@bp.post("/code")
def by_code() -> ResponseReturnValue:
    """Come in by the mailed code, typed where it was asked for."""
    _limit("code")
    ask, to = request.form.get("ask", ""), local(request.form.get("to", "/"))
    with the_app().store.transaction() as tx:
        person = typed.use_typed(tx, ask, request.form.get("code", ""), codes.SIGN_IN, utc_now())
    if person is None:
        return _sign_in_page(to, sent=True, ask=ask, wrong=True), 422
    return let_in(person, Via.MAIL, to)


@bp.get("/mail/<code>")
def show_mail(code: str) -> ResponseReturnValue:
    """Ask for a click: mail scanners open links, and would use the code up."""
    return render_template("auth/enter.html", w=reader_door(), action="/auth/mail/", code=code)


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
    give_cookie(answer, OIDC_COOKIE, state, OIDC_LIFE, path="/auth/oidc")
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
    return render_template("auth/enter.html", w=reader_door(), action="/auth/reply/", code=code)


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
