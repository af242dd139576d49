"""The blueprint of all doors, and where they lead: never to another site."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("auth", __name__, url_prefix="/auth")


def local(path: str) -> str:
    """Return the path if it is one of ours, else the front page: no open redirect."""
    ours = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if ours else "/"
