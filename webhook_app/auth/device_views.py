"""The door of somebody's own page in a browser that is not known yet: a press, or a code."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from flask import redirect, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from core.message_text import compose
from core.model.calendar import IdempotencyKey
from core.model.messages import Message
from core.model.people import Person
from core.model.settings import Channel, PersonSettings
from core.service.send_to import send_to
from core.service.settings import person_settings
from core.store import Transaction
from webhook_app.auth import devices, typed
from webhook_app.auth.devices import UnknownDevice, device_cookie
from webhook_app.auth.doors import bp, give_cookie, local
from webhook_app.auth.limits import CODES, SIGN_IN, TRIES
from webhook_app.auth.remote import client_address
from webhook_app.auth.visitor import name_of
from webhook_app.auth.who import the_app, the_door
from webhook_app.jobs.clock import utc_now
from webhook_app.links import Visit
from webhook_app.pages.words import door_words, reader_door

PURPOSE = "device"


def door_page(err: UnknownDevice) -> ResponseReturnValue:
    """Show the way in; it says nothing of whose page it is."""
    token = (request.view_args or {}).get("token", "") or request.form.get("token", "")
    is_page = request.method == "GET"
    back = request.full_path.rstrip("?") if is_page else f"/me/{token}/"
    with the_app().store.transaction() as tx:
        first = devices.may_open_first(tx, err.visit, utc_now())
    return _page(token, back, "first" if first else "code"), 401


def _page(token: str, back: str, step: str, *, ask: str = "", wrong: bool = False) -> str:
    return render_template(
        "auth/device.html",
        w=reader_door(),
        token=token,
        back=local(back),
        step=step,
        ask=ask,
        wrong=wrong,
    )


def _visit() -> tuple[str, str, Visit, datetime]:
    """Return link, way back, who comes and when. Raise RateLimited, InvalidInput."""
    the_door().limits.take(f"device {client_address()}", SIGN_IN)
    token, back, now = request.form.get("token", ""), request.form.get("back", "/"), utc_now()
    return token, local(back), the_app().links.read(token, now), now


@bp.post("/device/open")
def open_first() -> ResponseReturnValue:
    """Make the first browser known. Raise UnknownDevice where somebody was faster."""
    _, back, visit, now = _visit()
    with the_app().store.transaction() as tx:
        if not devices.may_open_first(tx, visit, now):
            raise UnknownDevice(visit)
        cookie = devices.remember(tx, visit.person, now)
    return _known(cookie, back)


@bp.post("/device/code")
def send_code() -> ResponseReturnValue:
    """Send a code to whose page it is, and show where to type it."""
    token, back, visit, now = _visit()
    the_door().limits.take(f"code for {name_of(visit.person)}", CODES)
    app, ask = the_app(), typed.new_ask()
    with app.store.transaction() as tx:
        code = typed.make_typed(tx, ask, visit.person, PURPOSE, now)
        message, settings = _message(tx, visit.person, code)
    went = send_to(app.services, settings, message, IdempotencyKey(f"code:{ask}"))
    return _page(token, back, "type" if went else "nobody", ask=ask)


def _message(tx: Transaction, address: str, code: str) -> tuple[Message, PersonSettings]:
    """Return it with how it goes: as they wish, and by mail for who wants no messages."""
    person = tx.person(address) or Person(address=address)
    words, settings = door_words(person.locale), person_settings(tx, address)
    message = compose(
        address,
        words["code_subject"],
        intro=[words["code_text"].format(code=code)],
        parts=[],
        links=[],
        small=[words["code_not_you"]],
    )
    wish = tuple(dict.fromkeys((*settings.channels, Channel.MAIL)))
    return message, replace(settings, channels=wish)


@bp.post("/device/enter")
def enter_code() -> ResponseReturnValue:
    """Make the browser known where the code is right; a wrong one is counted."""
    token, back, visit, now = _visit()
    the_door().limits.take(f"tries for {name_of(visit.person)}", TRIES)
    ask, code = request.form.get("ask", ""), request.form.get("code", "")
    with the_app().store.transaction() as tx:
        person = typed.use_typed(tx, ask, code, PURPOSE, now)
        cookie = devices.remember(tx, visit.person, now) if person == visit.person else ""
    if not cookie:
        return _page(token, back, "type", ask=ask, wrong=True), 422
    return _known(cookie, back)


def _known(cookie: str, back: str) -> Response:
    answer = redirect(back, code=303)
    give_cookie(answer, device_cookie(), cookie, devices.LIFE)
    return answer
