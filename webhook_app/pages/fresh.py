"""Whether a page can have changed since its reader asked: told by one row, without drawing it.

A page's ETag says what it showed and of which mark of the store it was made. As long as the mark
is the same, the answer to "has it changed?" is 304 at once; otherwise it is drawn, and where it
came out the same it is 304 after all, with the new mark.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

from flask import Response, g, request

from core.model.access import Via
from webhook_app.auth.devices import require_device
from webhook_app.auth.who import known_visitor
from webhook_app.jobs.clock import utc_now
from webhook_app.pages.guest import app

LASTING = frozenset(("home", "agenda", "meet", "walk", "inbox", "history"))
"""Pages made of the store and the time alone; others look into calendars."""
TIME = 300
"""Seconds for which the passing of time changes nothing: days end, offers run out."""


def unchanged() -> Response | None:
    """Return 304 where nothing can have changed; None: the page has to be drawn.

    Raise InvalidInput and NotSignedIn as the page would: who may not come in hears nothing.
    """
    name = (request.endpoint or "").rpartition(".")[2]
    if request.method != "GET" or name not in LASTING:
        return None
    token = (request.view_args or {}).get("token", "")
    g.page_mark = _mark(token, utc_now())
    known = [tag for tag in request.if_none_match.as_set(include_weak=True) if _made_of(tag)]
    if not known:
        return None
    response = Response(status=304)
    response.headers["ETag"] = known[0]
    return response


def _made_of(tag: str) -> bool:
    return bool(tag.strip('W/"').rpartition("-")[2] == g.page_mark)


def _mark(token: str, now: datetime) -> str:
    if token:
        visit = app().links.read(token, now)
        who, via = visit.person, Via.LINK
    else:
        visit, known = None, known_visitor()
        who, via = known.person, known.via
    with app().store.transaction() as tx:
        if visit is not None:
            require_device(tx, visit, now)
        revision = tx.revision()
    made_of = (revision, who, via, request.full_path, str(int(now.timestamp()) // TIME))
    return hashlib.sha256("\n".join(made_of).encode()).hexdigest()[:16]


def name_page(response: Response) -> None:
    """Give a drawn page its ETag; 304 where it is what the reader has."""
    shows = hashlib.sha256(response.get_data()).hexdigest()[:24]
    mark = g.get("page_mark", "")
    response.set_etag(f"{shows}-{mark}" if mark else shows, weak=True)
    tags = request.if_none_match.as_set(include_weak=True)
    if any(tag.strip('W/"').partition("-")[0] == shows for tag in tags):
        response.set_data(b"")
        response.status_code = 304
