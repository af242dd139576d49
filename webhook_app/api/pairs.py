"""Pairs, their series and meetings."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import Field

from core.access import Right
from core.errors import InvalidInput, NotFound
from core.model.access import ApiToken, Consent, Scope
from core.model.people import Pair, normal_address
from core.pairs import with_manager
from core.store import Transaction
from webhook_app.api.answers import (
    PairOut,
    SeriesOut,
    etag_of,
    pair_out,
    series_out,
)
from webhook_app.api.contract import Answer, Ask, Form, Operations, Page, Paging, Reply, Subject
from webhook_app.api.paging import page_of
from webhook_app.auth.visitor import is_allowed, role_of

pairs = Operations("pairs")
PAIR = Subject.PAIR
READ, WRITE = Scope.AGENDA_READ, Scope.SERIES_WRITE


class RolesIn(Form):
    """Who manages whom."""

    manager: str = Field(pattern=r"^[^@\s]+@[^@\s]+$", max_length=254)


class ConsentOut(Answer):
    """An integration that somebody of the pair allowed."""

    integration: str
    name: str
    people: list[str]
    works: bool


def pairs_of(tx: Transaction, ask: Ask) -> Sequence[Pair]:
    """Return the pairs that the asker may read."""
    if not ask.visitor.is_integration:
        return tx.pairs_of(ask.visitor.person)
    return [p for p in tx.pairs() if p.ended is None and is_allowed(tx, ask.visitor.token_id, p)]


@pairs.add(
    "GET",
    "/pairs",
    "Your pairs",
    right=Right.READ_CATALOGUE,
    scope=READ,
    query=Paging,
    answer=Page[PairOut],
)
def list_pairs(ask: Ask) -> Reply:
    with ask.app.store.transaction() as tx:
        shown = [
            pair_out(tx, pair, role_of(tx, ask.visitor, pair, ask.now))
            for pair in pairs_of(tx, ask)
        ]
    return Reply(value=page_of(shown, ask.query, key=lambda pair: pair.id))


@pairs.add(
    "GET",
    "/pairs/{pair}",
    "One pair",
    subject=PAIR,
    right=Right.SEE_PAIR,
    scope=READ,
    answer=PairOut,
    etag=True,
)
def show_pair(ask: Ask) -> Reply:
    with ask.app.store.transaction() as tx:
        shown = pair_out(tx, ask.of_pair, ask.role)
    return Reply(value=shown, etag=etag_of(ask.of_pair))


@pairs.add(
    "PATCH",
    "/pairs/{pair}",
    "Say who manages whom",
    subject=PAIR,
    right=Right.SET_ROLES,
    scope=WRITE,
    body=RolesIn,
    example={"manager": "ben@example.com"},
    answer=PairOut,
    etag=True,
    match=True,
)
def set_roles(ask: Ask) -> Reply:
    ask.require_match()
    manager = normal_address(ask.body.manager)
    if ask.of_pair.side(manager) is None:
        raise InvalidInput("manager: name one of the two people of this pair")
    with ask.app.store.transaction() as tx:
        current = tx.pair(ask.of_pair.pair_id) or ask.of_pair
        ask.match(etag_of(current))
        pair = with_manager(current, manager)
        tx.put_pair(pair)
        shown = pair_out(tx, pair, role_of(tx, ask.visitor, pair, ask.now))
    return Reply(value=shown, etag=etag_of(pair))


@pairs.add(
    "GET",
    "/pairs/{pair}/series",
    "The pair's series",
    subject=PAIR,
    right=Right.SEE_PAIR,
    scope=READ,
    query=Paging,
    answer=Page[SeriesOut],
)
def list_pair_series(ask: Ask) -> Reply:
    with ask.app.store.transaction() as tx:
        found = [series_out(s, locale_of(tx, ask)) for s in tx.series_of(ask.of_pair.pair_id)]
    return Reply(value=page_of(found, ask.query, key=lambda s: s.id))


def locale_of(tx: Transaction, ask: Ask) -> str:
    """Return the asker's language."""
    person = tx.person(ask.visitor.person)
    return person.locale if person else "en"


@pairs.add(
    "GET",
    "/pairs/{pair}/integrations",
    "Integrations that the pair allowed",
    subject=PAIR,
    right=Right.ALLOW_INTEGRATION,
    scope=Scope.ACCOUNT,
    query=Paging,
    answer=Page[ConsentOut],
)
def list_integrations(ask: Ask) -> Reply:
    with ask.app.store.transaction() as tx:
        said = tx.nouns(Consent, ask.of_pair.pair_id)
        names = sorted({consent.token_id for consent in said})
        shown = [_consent_out(tx, ask.of_pair, name) for name in names]
    return Reply(value=page_of(shown, ask.query, key=lambda c: c.integration))


def _consent_out(tx: Transaction, pair: Pair, token_id: str) -> ConsentOut:
    token = tx.noun(ApiToken, token_id)
    said = tx.nouns(Consent, pair.pair_id)
    return ConsentOut(
        integration=token_id,
        name=token.name if token else "",
        people=sorted(c.person for c in said if c.token_id == token_id),
        works=is_allowed(tx, token_id, pair),
    )


@pairs.add(
    "PUT",
    "/pairs/{pair}/integrations/{integration}",
    "Allow an integration to read and write the shared agenda; it needs both people's yes",
    subject=PAIR,
    right=Right.ALLOW_INTEGRATION,
    scope=Scope.ACCOUNT,
    answer=ConsentOut,
)
def allow_integration(ask: Ask) -> Reply:
    token_id = ask.path["integration"]
    with ask.app.store.transaction() as tx:
        token = tx.noun(ApiToken, token_id)
        if token is None or not token.integration or token.revoked_at:
            raise NotFound("there is no such integration")
        tx.put_noun(
            Consent(
                pair_id=ask.of_pair.pair_id,
                token_id=token_id,
                person=ask.visitor.person,
                at=ask.now,
            )
        )
        return Reply(value=_consent_out(tx, ask.of_pair, token_id))


@pairs.add(
    "DELETE",
    "/pairs/{pair}/integrations/{integration}",
    "Take your yes back; from then on the integration is refused",
    subject=PAIR,
    right=Right.ALLOW_INTEGRATION,
    scope=Scope.ACCOUNT,
    status=204,
)
def refuse_integration(ask: Ask) -> Reply:
    pair, person = ask.of_pair.pair_id, ask.visitor.person
    with ask.app.store.transaction() as tx:
        tx.remove_noun(Consent, f"{pair}|{ask.path['integration']}|{person}")
    return Reply()
