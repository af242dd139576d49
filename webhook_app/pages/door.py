"""The door of the pages: their blueprint, how one is shown, and what stands where one is not."""

from __future__ import annotations

from flask import Blueprint, Flask, Response, g, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from core.errors import NotSignedIn, OneOnOneError
from webhook_app import problems
from webhook_app.pages.csp import csp
from webhook_app.pages.fresh import name_page, unchanged
from webhook_app.pages.guest import Guest
from webhook_app.pages.refusals import problem_page
from webhook_app.pane import frames

bp = Blueprint("me", __name__)

DOORS = {
    "me": {"url_prefix": "/me/<token>"},
    "my": {"url_prefix": "/my", "url_defaults": {"token": ""}},
}
"""The same pages by a signed link, and for those who are signed in."""


def open_doors(flask: Flask) -> None:
    """Let people in by both."""
    for name, door in DOORS.items():
        flask.register_blueprint(bp, name=name, **door)  # type: ignore[arg-type]  # as Flask has it


def show(template: str, guest: Guest, /, **values: object) -> str:
    """Return a page in the guest's words."""
    given = {"guest": guest, "w": guest.words, "base": guest.base}
    return render_template(template, **given, csrf_field=csrf_field, **values)


def csrf_field() -> Markup:
    """Return what a form sends along where a cookie says who it is."""
    csrf = g.get("csrf", "")
    return Markup('<input type="hidden" name="csrf" value="{}">').format(csrf) if csrf else Markup()


bp.before_request(unchanged)


@bp.after_request
def mark(response: Response) -> Response:
    """Name what a page shows, so that asking again costs nothing; say who may frame it."""
    response.headers["Content-Security-Policy"] = csp(frames())
    if request.method == "GET" and response.status_code == 200 and not response.is_streamed:
        name_page(response)
    return response


@bp.errorhandler(OneOnOneError)
def refuse(err: OneOnOneError) -> ResponseReturnValue:
    """Say in the reader's language what happened, and what to do."""
    if not problems.wants_page() or isinstance(err, NotSignedIn):
        return problems.refuse(err)
    return problem_page(problems.status_of(err), err)
