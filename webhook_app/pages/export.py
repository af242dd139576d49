"""Everything kept about the one who asks, as a page and as JSON: only after signing in."""

from __future__ import annotations

import json
from typing import Any

from flask import Response
from flask.typing import ResponseReturnValue

from core.errors import NotSignedIn
from core.model.access import Via
from core.readable import as_html
from core.service.access_request import person_export
from webhook_app.pages.door import bp
from webhook_app.pages.guest import Guest, app, guest_with


@bp.get("/export.json")
def export_json(token: str) -> ResponseReturnValue:
    """Return one's own data as JSON."""
    text = json.dumps(_data(guest_with(token)), ensure_ascii=False, indent=2)
    return file_of(text, "application/json", "vieraugen.json")


@bp.get("/export.html")
def export_html(token: str) -> ResponseReturnValue:
    """Return one's own data to read and print."""
    guest = guest_with(token)
    page = as_html(_data(guest), guest.address, guest.person.locale)
    return file_of(page, "text/html; charset=utf-8", "vieraugen.html")


def _data(guest: Guest) -> dict[str, Any]:
    """A link alone shows no confidential words, so it does not open this door."""
    if guest.via is Via.LINK:
        raise NotSignedIn("sign in to take your data along: a link alone does not show all of it")
    with app().store.transaction() as tx:
        return person_export(tx, guest.address, guest.now)


def file_of(text: str, kind: str, name: str) -> Response:
    """A download: nothing of it runs on our pages."""
    answer = Response(text, content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
