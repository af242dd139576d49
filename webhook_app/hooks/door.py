"""Who sends forged announcements from one address is not listened to for a while."""

from __future__ import annotations

from flask import Flask, Response, request

from core.errors import RateLimited
from webhook_app.auth.limits import FAILED
from webhook_app.auth.remote import client_address
from webhook_app.auth.who import the_door

FORGED = frozenset({401, 403})


def watch_hooks(flask: Flask) -> None:
    """Count what is refused at `/hooks/`, by address; what is genuine is never counted."""
    flask.before_request(_refuse)
    flask.after_request(_count)


def _name() -> str:
    return f"forged {client_address()}"


def _refuse() -> None:
    limits = the_door().limits
    if request.path.startswith("/hooks/") and limits.is_spent(_name(), FAILED):
        limits.take(_name(), FAILED)


def _count(response: Response) -> Response:
    if request.path.startswith("/hooks/") and response.status_code in FORGED:
        try:
            the_door().limits.take(_name(), FAILED)
        except RateLimited:
            return response
    return response
