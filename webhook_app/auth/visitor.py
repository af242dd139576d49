"""Somebody whom we know, and what they may do to a pair."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from core.access import Right, Role, may, role_in
from core.errors import NotAllowed, NotFound
from core.model.access import SCOPE_WORDS, Consent, Scope, Via
from core.model.people import Pair
from core.store import Transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Who asks, and how they showed it."""

    person: str
    """Address; for an integration the one who made its token."""
    via: Via
    scopes: frozenset[Scope] | None = None
    """None: a person in a browser or pane, not limited by a token."""
    token_id: str = ""
    csrf: str = ""
    """What a form or script of our own pages sends along; empty where no cookie is used."""
    is_admin: bool = False

    @property
    def is_integration(self) -> bool:
        """Whether it acts for no person."""
        return self.via is Via.INTEGRATION

    @property
    def name(self) -> str:
        """Who it is in limits and logs: no address."""
        if self.token_id:
            return self.token_id
        return name_of(self.person)


def name_of(person: str) -> str:
    """Return what somebody is called in limits and logs."""
    return f"person {hashlib.sha256(person.encode()).hexdigest()[:16]}"


def role_of(tx: Transaction, visitor: Visitor, pair: Pair | None, now: datetime) -> Role:
    """Return what a visitor is to a pair, or to the installation where there is none."""
    if visitor.is_integration:
        allowed = pair is not None and pair.ended is None and is_allowed(tx, visitor.token_id, pair)
        return Role.INTEGRATION if allowed else Role.INTEGRATION_WITHOUT_YES
    if pair is None:
        if visitor.is_admin:
            return Role.ADMINISTRATOR
        return Role.LINK_HOLDER if visitor.via is Via.LINK else Role.THIRD_PERSON
    role = role_in(pair, visitor.person, visitor.via, now, others=tx.pairs_of(visitor.person))
    stranger = role in (Role.THIRD_PERSON, Role.SKIP_LEVEL)
    return Role.ADMINISTRATOR if stranger and visitor.is_admin else role


def is_allowed(tx: Transaction, token_id: str, pair: Pair) -> bool:
    """Tell whether both people of a pair said yes to an integration."""
    said = {c.person for c in tx.nouns(Consent, pair.pair_id) if c.token_id == token_id}
    return said >= set(pair.addresses)


def require_scope(visitor: Visitor, scope: Scope) -> None:
    """Raise NotAllowed, naming the scope, where a token lacks it."""
    if visitor.scopes is not None and scope not in visitor.scopes:
        raise NotAllowed(f"this token lacks the scope {scope.value} ({SCOPE_WORDS[scope]})")


def require(
    tx: Transaction, visitor: Visitor, pair: Pair | None, right: Right, now: datetime
) -> Role:
    """Return the visitor's role. Raise NotFound for who must not even know, NotAllowed else."""
    role = role_of(tx, visitor, pair, now)
    if may(role, right):
        return role
    if role is Role.INTEGRATION_WITHOUT_YES and pair is not None:
        raise NotAllowed("this pair has not allowed this integration: both people have to say yes")
    if role is Role.ADMINISTRATOR and pair is not None:
        raise NotAllowed("administrators do not see what two people write")
    if pair is not None and not may(role, Right.SEE_PAIR):
        raise NotFound("there is no such pair of yours")
    raise NotAllowed(f"a {role.value.replace('_', ' ')} has no right to {right.value}")
