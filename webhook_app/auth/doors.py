"""The blueprint of all doors, where they lead (never to another site), and their cookies."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint
from werkzeug.wrappers import Response

from webhook_app.auth.who import the_app

bp = Blueprint("auth", __name__, url_prefix="/auth")


def local(path: str) -> str:
    """Return the path if it is one of ours, else the front page: no open redirect."""
    ours = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if ours else "/"


def give_cookie(answer: Response, name: str, value: str, life: timedelta, path: str = "/") -> None:
    """Set a cookie that no script reads and no other site sends along."""
    secure = the_app().settings.public_url.startswith("https://")
    answer.set_cookie(
        name, value, max_age=life, secure=secure, httponly=True, samesite="Lax", path=path
    )
