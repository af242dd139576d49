"""Personal tokens and tokens of integrations: made, shown once, checked, revoked."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from core.errors import InvalidInput, NotFound, NotSignedIn
from core.model.access import ApiToken, Consent, Scope, Via
from core.model.people import normal_address
from core.store import Transaction
from webhook_app.auth.visitor import Visitor

PREFIX = "ve_"
SEEN_EVERY = timedelta(minutes=10)
"""How exactly we know when a token was last used."""
LONGEST_NAME = 100


def digest(secret: str) -> str:
    """Return what is kept of a secret with 256 random bits."""
    return hashlib.sha256(secret.encode()).hexdigest()


def issue(
    tx: Transaction,
    *,
    person: str,
    name: str,
    scopes: Sequence[str],
    now: datetime,
    days: int | None = None,
    integration: bool = False,
) -> tuple[ApiToken, str]:
    """Make a token; its text is returned here and never again. Raise InvalidInput."""
    label = " ".join(name.split())
    if not label or len(label) > LONGEST_NAME:
        raise InvalidInput(f"a token needs a name of 1 to {LONGEST_NAME} characters")
    if not scopes:
        raise InvalidInput(f"name at least one scope: {', '.join(Scope)}")
    token_id, secret = secrets.token_hex(8), secrets.token_urlsafe(32)
    token = ApiToken(
        token_id=token_id,
        digest=digest(secret),
        name=label,
        person=normal_address(person),
        scopes=parse_scopes(scopes),
        created_at=now,
        expires_at=now + timedelta(days=days) if days else None,
        integration=integration,
    )
    tx.put_noun(token)
    return token, f"{PREFIX}{token_id}_{secret}"


def parse_scopes(scopes: Sequence[str]) -> tuple[Scope, ...]:
    """Return scopes in order, each once. Raise InvalidInput, listing what there is."""
    known = {scope.value: scope for scope in Scope}
    for name in scopes:
        if name not in known:
            raise InvalidInput(f"no scope {name!r}: there are {', '.join(known)}")
    return tuple(scope for scope in Scope if scope.value in scopes)


def tokens_of(tx: Transaction, person: str) -> Sequence[ApiToken]:
    """Return somebody's tokens."""
    return tx.nouns(ApiToken, normal_address(person))


def revoke(tx: Transaction, token_id: str, now: datetime, *, person: str | None = None) -> ApiToken:
    """End a token, and the consents given to it; `person`: only where it is theirs."""
    token = tx.noun(ApiToken, token_id)
    if token is None or (person is not None and token.person != person):
        raise NotFound(f"no token {token_id}")
    for pair in tx.pairs() if token.integration else ():
        for consent in tx.nouns(Consent, pair.pair_id):
            if consent.token_id == token_id:
                tx.remove_noun(Consent, consent.key)
    revoked = replace(token, revoked_at=token.revoked_at or now)
    tx.put_noun(revoked)
    return revoked


def visitor_with(tx: Transaction, text: str, now: datetime, admins: frozenset[str]) -> Visitor:
    """Return who shows this token. Raise NotSignedIn where it does not work."""
    token_id, _, secret = text.removeprefix(PREFIX).partition("_")
    token = tx.noun(ApiToken, token_id)
    known = token.digest if token else digest("")
    if not hmac.compare_digest(known, digest(secret)) or token is None or not token.works(now):
        raise NotSignedIn("this token does not work: it is wrong, too old or revoked")
    if token.used_at is None or now - token.used_at > SEEN_EVERY:
        tx.put_noun(replace(token, used_at=now))
    return Visitor(
        person=token.person,
        via=Via.INTEGRATION if token.integration else Via.TOKEN,
        scopes=frozenset(token.scopes),
        token_id=token.token_id,
        is_admin=token.person in admins and not token.integration,
    )
