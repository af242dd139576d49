"""Codes of six digits that somebody types: for ten minutes, five tries, in one browser."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import replace
from datetime import datetime, timedelta

from core.model.devices import TypedCode
from core.store import Transaction
from webhook_app.auth.tokens import digest

LIFE = timedelta(minutes=10)
MOST_TRIES = 5


def new_ask() -> str:
    """Return what a browser holds while it waits for a code, whether or not one is sent."""
    return secrets.token_urlsafe(24)


def make_typed(tx: Transaction, ask: str, person: str, purpose: str, now: datetime) -> str:
    """Return a code for this ask; older ones of the same person and purpose end."""
    for old in tx.nouns(TypedCode, person):
        if old.purpose == purpose or old.expires_at <= now:
            tx.remove_noun(TypedCode, old.key)
    code = f"{secrets.randbelow(10**6):06}"
    tx.put_noun(
        TypedCode(
            ask_id=digest(ask),
            person=person,
            purpose=purpose,
            digest=digest(f"{ask} {code}"),
            expires_at=now + LIFE,
        )
    )
    return code


def use_typed(tx: Transaction, ask: str, code: str, purpose: str, now: datetime) -> str | None:
    """Return whose code it is, once; None: wrong, which is counted."""
    known = tx.noun(TypedCode, digest(ask))
    if known is None or known.purpose != purpose or known.expires_at <= now:
        return None
    typed = "".join(code.split())
    if hmac.compare_digest(digest(f"{ask} {typed}"), known.digest):
        tx.remove_noun(TypedCode, known.key)
        return known.person
    if known.tries + 1 >= MOST_TRIES:
        tx.remove_noun(TypedCode, known.key)
    else:
        tx.put_noun(replace(known, tries=known.tries + 1))
    return None
