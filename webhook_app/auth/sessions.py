"""Browser sessions: a random cookie, of which we keep a digest."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from core.errors import NotSignedIn
from core.model.access import Session, Via
from core.store import Transaction
from webhook_app.auth.tokens import digest
from webhook_app.auth.visitor import Visitor

LIFE = timedelta(days=30)


def start(tx: Transaction, person: str, via: Via, now: datetime) -> str:
    """Begin a session; return the cookie's value. Old ones of this person are swept out."""
    for old in tx.nouns(Session, person):
        if old.expires_at <= now:
            tx.remove_noun(Session, old.session_id)
    cookie = secrets.token_urlsafe(32)
    session = Session(
        session_id=digest(cookie),
        person=person,
        via=via,
        created_at=now,
        expires_at=now + LIFE,
    )
    tx.put_noun(session)
    return cookie


def end(tx: Transaction, cookie: str) -> None:
    """End a session; one already gone is no error."""
    tx.remove_noun(Session, digest(cookie))


def visitor_of(tx: Transaction, cookie: str, now: datetime, admins: frozenset[str]) -> Visitor:
    """Return whose session it is. Raise NotSignedIn where it has ended."""
    session = tx.noun(Session, digest(cookie))
    if session is None or session.expires_at <= now:
        raise NotSignedIn("your session has ended: please sign in again")
    return Visitor(
        person=session.person,
        via=session.via,
        csrf=csrf_of(cookie),
        is_admin=session.person in admins and session.via is not Via.LINK,
    )


def csrf_of(cookie: str) -> str:
    """Return what our own pages send along; who lacks the cookie cannot know it."""
    return hashlib.sha256(f"csrf {cookie}".encode()).hexdigest()[:40]
