"""The door of the pages: their blueprint, how one is shown, and what stands where one is not."""

from __future__ import annotations

import hashlib

from flask import Blueprint, Response, jsonify, render_template, request
from flask.typing import ResponseReturnValue

from core.errors import (
    InvalidInput,
    NotFound,
    OneOnOneError,
    RateLimited,
    RevisionConflict,
    SuiteError,
)
from webhook_app.pages.guest import Guest
from webhook_app.pages.plugs import NONE, Plugs
from webhook_app.pages.words import words_for

bp = Blueprint("me", __name__, url_prefix="/me/<token>")

STATUS: tuple[tuple[type[OneOnOneError], int], ...] = (
    (InvalidInput, 422),
    (NotFound, 404),
    (RevisionConflict, 409),
    (RateLimited, 429),
    (SuiteError, 503),
)


def show(template: str, guest: Guest, *, plugs: Plugs = NONE, **values: object) -> str:
    """Return a page in the guest's words."""
    given = {"guest": guest, "w": guest.words, "base": guest.base, "plugs": plugs}
    return render_template(template, **given, has_inbox=plugs.inbox, **values)


@bp.after_request
def mark(response: Response) -> Response:
    """Name what a page shows, so that asking again costs nothing where nothing changed."""
    if request.method == "GET" and response.status_code == 200 and not response.is_streamed:
        name = hashlib.sha256(response.get_data()).hexdigest()[:24]
        response.set_etag(name, weak=True)
        response.make_conditional(request)
    return response


@bp.errorhandler(OneOnOneError)
def refuse(err: OneOnOneError) -> ResponseReturnValue:
    """Say in the reader's language what happened, and what to do."""
    status = next((code for kind, code in STATUS if isinstance(err, kind)), 500)
    if not request.accept_mimetypes.accept_html:
        name = type(err).__name__
        problem = jsonify(type="about:blank", title=name, detail=str(err), status=status)
        problem.mimetype = "application/problem+json"
        return problem, status
    words = words_for(request.accept_languages.best_match(["de", "en"]) or "en")
    broken = isinstance(err, InvalidInput) and "link" in str(err)
    kind = "broken_link" if broken else "not_found" if status == 404 else "problem"
    hint = words["problem_hint"] if kind == "problem" else words[f"{kind}_text"]
    page = render_template("problem.html", w=words, title=words[kind], hint=hint, text=str(err))
    return page, status
