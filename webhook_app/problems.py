"""Every refusal as problem+json (RFC 9457) for programs, or as a page for people."""

from __future__ import annotations

from http import HTTPStatus

import structlog
from flask import Flask, Response, g, jsonify, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from core.errors import (
    InvalidInput,
    NotAllowed,
    NotFound,
    NotSignedIn,
    NotSupported,
    OneOnOneError,
    RateLimited,
    RevisionConflict,
    SuiteError,
    Unavailable,
)
from webhook_app.auth.device_views import door_page
from webhook_app.auth.devices import UnknownDevice
from webhook_app.pages.refusals import problem_page

log = structlog.get_logger()

STATUS: dict[type[OneOnOneError], int] = {
    InvalidInput: 422,
    NotSignedIn: 401,
    NotAllowed: 403,
    NotFound: 404,
    NotSupported: 422,
    RevisionConflict: 412,
    RateLimited: 429,
    Unavailable: 503,
    SuiteError: 502,
}
"""The first class that fits, in this order."""


class HttpRefusal(OneOnOneError):
    """A refusal that is HTTP's own, such as a missing If-Match."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status


def status_of(err: OneOnOneError) -> int:
    """Return the HTTP status of an error of ours."""
    if isinstance(err, HttpRefusal):
        return err.status
    return next((code for kind, code in STATUS.items() if isinstance(err, kind)), 500)


def problem(status: int, title: str, detail: str) -> Response:
    """Return problem+json."""
    answer = jsonify(type="about:blank", title=title, detail=detail, status=status)
    answer.mimetype, answer.status_code = "application/problem+json", status
    return answer


def wants_page() -> bool:
    """Tell whether a person's browser asks for a page."""
    path = request.path
    if path.startswith(("/api/", "/hooks/")):
        return False
    return "text/html" in request.headers.get("Accept", "")


def refuse(err: OneOnOneError) -> ResponseReturnValue:
    """Answer one of our errors."""
    status = status_of(err)
    if isinstance(err, NotAllowed):
        note_attempt()
    if wants_page():
        if isinstance(err, UnknownDevice):
            return door_page(err)
        if isinstance(err, NotSignedIn) and request.method == "GET":
            return redirect("/auth/sign-in", code=303)
        return problem_page(status, err)
    title = HTTPStatus(status).phrase if isinstance(err, HttpRefusal) else type(err).__name__
    answer = problem(status, title, str(err))
    if isinstance(err, RateLimited) and err.retry_after is not None:
        answer.headers["Retry-After"] = str(int(err.retry_after.total_seconds()))
    if status == 401:
        answer.headers["WWW-Authenticate"] = 'Bearer realm="vieraugen"'
    return answer


def note_attempt() -> None:
    """Leave the attempt in the log: who, where and which series, by ids alone."""
    who, named = g.get("visitor"), request.view_args or {}
    log.warning(
        "access_refused",
        endpoint=request.endpoint,
        by=who.name if who else "",
        series=named.get("series_id") or named.get("series", ""),
    )


def refuse_http(err: HTTPException) -> ResponseReturnValue:
    """Answer what Flask refuses: no such path, wrong verb, too large."""
    status = err.code or 500
    if wants_page():
        return problem_page(status, text=err.description or err.name)
    answer = problem(status, err.name, _api_hint(err) or err.description or err.name)
    for name, value in err.get_headers():
        if name in ("Allow", "Retry-After"):
            answer.headers[name] = value
    return answer


def _api_hint(err: HTTPException) -> str:
    """Say to a program what it can do; empty: HTTP's own words will do."""
    if not request.path.startswith("/api/"):
        return ""
    if err.code == 404:
        return "there is no such path: /openapi.json lists all, below /api/v1"
    if err.code == 405:
        verbs = dict(err.get_headers()).get("Allow", "")
        return f"this path takes {verbs}"
    return ""


def install(flask: Flask) -> None:
    """Let the app answer so."""
    flask.register_error_handler(OneOnOneError, refuse)
    flask.register_error_handler(HTTPException, refuse_http)
