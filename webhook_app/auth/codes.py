"""One-time codes: for sign-in by mail and the state of a sign-in elsewhere."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

from core.errors import InvalidInput
from core.model.access import OneTimeCode
from core.store import Transaction
from webhook_app.auth.tokens import digest

MAIL_LIFE = timedelta(minutes=15)
SIGN_IN, OIDC = "sign-in", "oidc"


def make_code(
    tx: Transaction,
    purpose: str,
    now: datetime,
    *,
    person: str = "",
    data: Mapping[str, str] | None = None,
    life: timedelta = MAIL_LIFE,
) -> str:
    """Return a new code; what is too old goes."""
    for old in tx.nouns(OneTimeCode, purpose):
        if old.expires_at <= now:
            tx.remove_noun(OneTimeCode, old.digest)
    code = secrets.token_urlsafe(32)
    tx.put_noun(
        OneTimeCode(
            digest=digest(code),
            purpose=purpose,
            person=person,
            data=tuple(sorted((data or {}).items())),
            expires_at=now + life,
        )
    )
    return code


def sign_in_link(tx: Transaction, root: str, address: str, now: datetime, to: str = "/") -> str:
    """Return a link that lets somebody in once."""
    code = make_code(tx, SIGN_IN, now, person=address, data={"to": to})
    return f"{root}/auth/mail/{code}"


def use_code(tx: Transaction, purpose: str, code: str, now: datetime) -> OneTimeCode:
    """Return what a code stands for, once. Raise InvalidInput."""
    known = tx.noun(OneTimeCode, digest(code))
    if known is None or known.purpose != purpose or known.expires_at <= now:
        raise InvalidInput("this link was used already or is too old: please ask for a new one")
    tx.remove_noun(OneTimeCode, known.digest)
    return known
