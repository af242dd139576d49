"""Where somebody's own page may open: in browsers that are known as theirs.

A link can be forwarded. So the first browser that opens somebody's page by a link becomes
known, by a press (mail scanners do not press); from then on every other one needs a code that
goes to the person. Whoever signed in by mail or with a company account needs none.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from flask import request

from core.errors import NotSignedIn
from core.model.access import Session
from core.model.devices import Device, FirstOpening
from core.store import Transaction
from webhook_app.auth.tokens import digest
from webhook_app.auth.who import cookie_name, the_app
from webhook_app.config import Settings
from webhook_app.links import Visit

LIFE = timedelta(days=180)
FIRST_LIFE = timedelta(days=30)
"""So old a link may be that opens a page for the first time."""
MOST = 4
"""People whose pages one browser keeps open."""
LOCAL = frozenset({"127.0.0.1", "localhost", "::1"})


class UnknownDevice(NotSignedIn):
    """The link is good, but it came to a browser that is not known as its person's."""

    def __init__(self, visit: Visit) -> None:
        super().__init__("this link is somebody's own: open it in a browser, where a code is sent")
        self.visit = visit


def rule(settings: Settings) -> str:
    """Return `open`, `first` or `code`: a link to this very machine reaches no other one."""
    if settings.new_devices != "auto":
        return settings.new_devices
    return "open" if urlsplit(settings.public_url).hostname in LOCAL else "first"


def device_cookie() -> str:
    """Return the cookie's name; browsers pin the one with the prefix to this host."""
    return f"{cookie_name()}-device"


def require_device(tx: Transaction, visit: Visit, now: datetime) -> None:
    """Raise UnknownDevice where this browser is not known as the visitor's own."""
    if visit.is_proven or rule(the_app().settings) == "open":
        return
    if visit.person in people_here(tx, now) or _is_signed_in(tx, visit.person, now):
        return
    raise UnknownDevice(visit)


def _is_signed_in(tx: Transaction, person: str, now: datetime) -> bool:
    session = tx.noun(Session, digest(request.cookies.get(cookie_name(), "")))
    return session is not None and session.person == person and session.expires_at > now


def people_here(tx: Transaction, now: datetime) -> dict[str, str]:
    """Return the secret of each person whose page this browser opens."""
    found = ((tx.noun(Device, digest(secret)), secret) for secret in _secrets())
    return {d.person: secret for d, secret in found if d is not None and d.expires_at > now}


def _secrets() -> Iterator[str]:
    text = request.cookies.get(device_cookie(), "")
    return (secret for secret in text.split(".")[:MOST] if secret)


def may_open_first(tx: Transaction, visit: Visit, now: datetime) -> bool:
    """Tell whether a press is enough: nobody has opened this person's page yet."""
    is_fresh = now - visit.issued_at <= FIRST_LIFE
    first = rule(the_app().settings) == "first"
    return first and is_fresh and tx.noun(FirstOpening, visit.person) is None


def remember(tx: Transaction, person: str, now: datetime) -> str:
    """Make this browser known as theirs; return the cookie's new value."""
    for old in tx.nouns(Device, person):
        if old.expires_at <= now:
            tx.remove_noun(Device, old.device_id)
    secret = secrets.token_urlsafe(32)
    expires = now + LIFE
    tx.put_noun(Device(device_id=digest(secret), person=person, since=now, expires_at=expires))
    if tx.noun(FirstOpening, person) is None:
        tx.put_noun(FirstOpening(person=person, at=now))
    others = [s for who, s in people_here(tx, now).items() if who != person]
    return ".".join([secret, *others][:MOST])


def forget_others(tx: Transaction, person: str, now: datetime) -> int:
    """Let every other browser be unknown, and end sessions there; return how many devices."""
    here = people_here(tx, now).get(person, "")
    others = [d for d in tx.nouns(Device, person) if d.device_id != digest(here)]
    for device in others:
        tx.remove_noun(Device, device.device_id)
    mine = digest(request.cookies.get(cookie_name(), ""))
    for session in tx.nouns(Session, person):
        if session.session_id != mine:
            tx.remove_noun(Session, session.session_id)
    return len(others)
