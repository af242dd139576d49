"""`POST /hooks/mail`: a mail server or an inbound mail service hands a reply over, as it came.

The body is the raw mail (RFC 5322), or a form with it in `email` or `body-mime`, as services send
it. Who posts shows a shared secret (Bearer, or the password of Basic) or signs the body (Standard
Webhooks). 202 means kept: it is read within seconds, and the same mail again does nothing.
"""

from __future__ import annotations

import binascii
import hmac
from typing import Any

from flask import Blueprint, current_app, jsonify, request
from flask.typing import ResponseReturnValue
from standardwebhooks import Webhook, WebhookVerificationError
from werkzeug.exceptions import RequestEntityTooLarge

from core.service.mail_replies import Outcome
from webhook_app.hooks.replies import keep_big, keep_mail
from webhook_app.jobs.clock import utc_now
from webhook_app.problems import HttpRefusal
from webhook_app.wiring import App

bp = Blueprint("mail", __name__, url_prefix="/hooks/mail")
BIGGEST = 2_000_000
"""Bytes of a mail, pictures and all."""
SHORTEST = 16
"""Characters of a secret: a shorter one could be guessed."""
FIELDS = ("email", "body-mime")
FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")
HEAD = 64_000
"""Bytes that are read of a mail that is too big: enough to know whose it is."""


@bp.post("")
def receive() -> ResponseReturnValue:
    """Take one mail in."""
    app: App = current_app.extensions["vieraugen"]
    if (request.content_length or 0) > BIGGEST:
        _note_big(app)
        raise RequestEntityTooLarge
    request.max_content_length = BIGGEST
    request.max_form_memory_size = BIGGEST
    body = request.get_data(cache=True, parse_form_data=False)
    _verify(app.settings.mail_hook_secret.split(), body)
    _, outcome = keep_mail(app, _raw(body), utc_now())
    if outcome is Outcome.NO_ID:
        raise HttpRefusal(422, "this is no mail with a Message-ID: post it raw, as it came")
    engine: Any = current_app.extensions["vieraugen-engine"]
    if engine is not None:
        engine.nudge()
    return jsonify(outcome="kept" if outcome is Outcome.ADDED else outcome.value), 202


def _note_big(app: App) -> None:
    """Note whose reply was too big, by its head; a signature over all of it cannot be checked."""
    if "webhook-signature" in request.headers or request.mimetype in FORMS:
        return
    _verify(app.settings.mail_hook_secret.split(), b"")
    request.max_content_length = request.content_length
    keep_big(app, request.stream.read(HEAD), utc_now())


def _raw(body: bytes) -> bytes:
    if request.mimetype not in FORMS:
        return body
    for name in FIELDS:
        if name in request.form:
            return request.form[name].encode("utf-8", "surrogateescape")
        if name in request.files:
            posted: bytes = request.files[name].read()
            return posted
    raise HttpRefusal(422, f"the form has none of the fields {', '.join(FIELDS)}: post it raw")


def _verify(secrets: list[str], body: bytes) -> None:
    if not secrets:
        raise HttpRefusal(404, "mail_hook_secret is not set: no mail server may post replies")
    if min(map(len, secrets)) < SHORTEST:
        raise HttpRefusal(503, f"mail_hook_secret: at least {SHORTEST} characters, please")
    if "webhook-signature" in request.headers:
        if not any(_is_signed(secret, body) for secret in secrets):
            raise HttpRefusal(401, "the signature does not fit, or is older than five minutes")
        return
    given = _shown().encode()
    if not any(hmac.compare_digest(given, secret.encode()) for secret in secrets):
        raise HttpRefusal(401, "send mail_hook_secret as Bearer token or Basic password, or sign")


def _shown() -> str:
    found = request.authorization
    if found is None:
        return ""
    return (found.token or "") if found.type == "bearer" else (found.password or "")


def _is_signed(secret: str, body: bytes) -> bool:
    headers = {name.lower(): value for name, value in request.headers.items()}
    try:
        Webhook(secret).verify(body, headers, json_parse=False)
    except (WebhookVerificationError, binascii.Error, ValueError):
        return False
    return True
