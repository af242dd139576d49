"""Who you are, and your tokens."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from core.access import Right
from core.errors import NotAllowed, NotFound
from core.model.access import ApiToken, Scope, Via
from webhook_app.api.contract import READABLE, Answer, Ask, Form, Operations, Page, Paging, Reply
from webhook_app.api.paging import page_of
from webhook_app.auth import tokens

account = Operations("account")
OWN = {"right": Right.OWN_TOKENS, "scope": Scope.ACCOUNT}


class MeOut(Answer):
    """Who asks, as we see it."""

    person: str | None
    via: Via
    scopes: list[Scope] | None
    is_admin: bool


class TokenIn(Form):
    """A new token."""

    name: str = Field(min_length=1, max_length=tokens.LONGEST_NAME, pattern=READABLE)
    scopes: list[Scope] = Field(min_length=1, max_length=len(Scope))
    days: int | None = Field(default=None, ge=1, le=3650)
    integration: bool = Field(
        default=False,
        description="Acts for no person: reaches only pairs in which both people allowed it.",
    )


class TokenOut(Answer):
    """A token without its secret."""

    id: str
    name: str
    scopes: list[Scope]
    integration: bool
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    used_at: datetime | None


class NewTokenOut(TokenOut):
    """A token with its secret: it is shown this once."""

    token: str


@account.add(
    "GET",
    "/me",
    "Who you are to us",
    right=Right.READ_CATALOGUE,
    scope=Scope.CATALOGUE,
    answer=MeOut,
)
def me(ask: Ask) -> Reply:
    seen = ask.visitor
    scopes = None if seen.scopes is None else sorted(seen.scopes)
    person = None if seen.is_integration else seen.person
    return Reply(value=MeOut(person=person, via=seen.via, scopes=scopes, is_admin=seen.is_admin))


def _out(token: ApiToken) -> TokenOut:
    return TokenOut.model_validate(_values(token))


def _values(token: ApiToken) -> dict[str, object]:
    return {
        "id": token.token_id,
        "name": token.name,
        "scopes": list(token.scopes),
        "integration": token.integration,
        "created_at": token.created_at,
        "expires_at": token.expires_at,
        "revoked_at": token.revoked_at,
        "used_at": token.used_at,
    }


@account.add("GET", "/tokens", "Your tokens", **OWN, query=Paging, answer=Page[TokenOut])
def list_tokens(ask: Ask) -> Reply:
    with ask.app.store.transaction() as tx:
        found = [_out(token) for token in tokens.tokens_of(tx, ask.visitor.person)]
    return Reply(value=page_of(found, ask.query, key=lambda t: t.id))


@account.add(
    "POST",
    "/tokens",
    "Make a token; never one that may more than you do here",
    **OWN,
    body=TokenIn,
    example={"name": "n8n", "scopes": ["webhooks"], "days": 90},
    answer=NewTokenOut,
    status=201,
)
def make_token(ask: Ask) -> Reply:
    own = ask.visitor.scopes
    if own is not None and not set(ask.body.scopes) <= own:
        raise NotAllowed("a token makes no token that may more than itself")
    with ask.app.store.transaction() as tx:
        token, text = tokens.issue(
            tx,
            person=ask.visitor.person,
            name=ask.body.name,
            scopes=ask.body.scopes,
            now=ask.now,
            days=ask.body.days,
            integration=ask.body.integration,
        )
    return Reply(value=NewTokenOut.model_validate({**_values(token), "token": text}))


@account.add(
    "DELETE", "/tokens/{token}", "Revoke a token: its next request is 401", **OWN, status=204
)
def revoke_token(ask: Ask) -> Reply:
    with ask.app.store.transaction() as tx:
        found = tx.noun(ApiToken, ask.path["token"])
        if found is None or found.person != ask.visitor.person:
            raise NotFound("there is no such token of yours")
        tokens.revoke(tx, found.token_id, ask.now, person=ask.visitor.person)
    return Reply()
