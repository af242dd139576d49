"""The access table: who may do what to which pair. What is not in it, nobody may."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from core.model.access import Via
from core.model.people import Pair, Side


class Role(StrEnum):
    """What somebody is to a pair."""

    REPORT = "report"
    MANAGER = "manager"
    FORMER_REPORT = "former_report"
    FORMER_MANAGER = "former_manager"
    LINK_HOLDER = "link_holder"
    """One of the two, known by a signed link only."""
    SKIP_LEVEL = "skip_level"
    """The manager's own manager: no more than any third person."""
    ADMINISTRATOR = "administrator"
    """Keeps the machine running and never sees content."""
    INTEGRATION = "integration"
    """A program that both people of the pair allowed."""
    INTEGRATION_WITHOUT_YES = "integration_without_yes"
    THIRD_PERSON = "third_person"
    ANONYMOUS = "anonymous"


class Right(StrEnum):
    """What one may do to a pair, or to the installation."""

    SEE_PAIR = "see_pair"
    READ_AGENDA = "read_agenda"
    READ_HISTORY = "read_history"
    READ_SENSITIVE = "read_sensitive"
    EDIT_AGENDA = "edit_agenda"
    READ_NOTES = "read_notes"
    WRITE_NOTES = "write_notes"
    PRIVATE_NOTES = "private_notes"
    """One's own alone; nobody has a right to another's."""
    SEE_OFFERS = "see_offers"
    """Suggestions and questions that are made to one person."""
    SWITCH_SERIES = "switch_series"
    SET_ROLES = "set_roles"
    ALLOW_INTEGRATION = "allow_integration"
    OWN_ACCOUNT = "own_account"
    OWN_TOKENS = "own_tokens"
    OWN_WEBHOOKS = "own_webhooks"
    READ_CATALOGUE = "read_catalogue"
    SEE_INSTALLATION = "see_installation"
    """Jobs and connections of everybody: ids, states and counts."""


R = Right
_SIGNED_IN = frozenset({R.OWN_ACCOUNT, R.OWN_TOKENS, R.OWN_WEBHOOKS, R.READ_CATALOGUE})
_PERSON = _SIGNED_IN | {
    R.SEE_PAIR,
    R.READ_AGENDA,
    R.READ_HISTORY,
    R.READ_SENSITIVE,
    R.EDIT_AGENDA,
    R.READ_NOTES,
    R.WRITE_NOTES,
    R.PRIVATE_NOTES,
    R.SEE_OFFERS,
    R.SWITCH_SERIES,
    R.SET_ROLES,
    R.ALLOW_INTEGRATION,
}
_FORMER = _SIGNED_IN | {
    R.SEE_PAIR,
    R.READ_HISTORY,
    R.READ_SENSITIVE,
    R.READ_NOTES,
    R.PRIVATE_NOTES,
}
"""What was said until the end stays both people's; nothing new is seen or written."""

TABLE: dict[Role, frozenset[Right]] = {
    Role.REPORT: _PERSON,
    Role.MANAGER: _PERSON,
    Role.FORMER_REPORT: _FORMER,
    Role.FORMER_MANAGER: _FORMER,
    Role.LINK_HOLDER: _PERSON
    - {R.READ_SENSITIVE, R.OWN_TOKENS, R.OWN_WEBHOOKS, R.ALLOW_INTEGRATION, R.SET_ROLES},
    Role.SKIP_LEVEL: _SIGNED_IN,
    Role.ADMINISTRATOR: _SIGNED_IN | {R.SEE_INSTALLATION},
    Role.INTEGRATION: frozenset(
        {R.SEE_PAIR, R.READ_AGENDA, R.READ_HISTORY, R.EDIT_AGENDA, R.READ_NOTES, R.WRITE_NOTES}
        | {R.OWN_WEBHOOKS, R.READ_CATALOGUE}
    ),
    Role.INTEGRATION_WITHOUT_YES: frozenset({R.OWN_WEBHOOKS, R.READ_CATALOGUE}),
    Role.THIRD_PERSON: _SIGNED_IN,
    Role.ANONYMOUS: frozenset(),
}


def may(role: Role, right: Right) -> bool:
    """Tell whether a role has a right."""
    return right in TABLE[role]


def role_in(
    pair: Pair, address: str, via: Via, now: datetime, *, others: Iterable[Pair] = ()
) -> Role:
    """Return what somebody is to a pair; `others` are the pairs that show who manages whom."""
    side = pair.side(address)
    if side is None:
        above = any(o.manager == address and o.report == pair.manager for o in others)
        return Role.SKIP_LEVEL if above else Role.THIRD_PERSON
    if pair.ended is not None and pair.ended <= now:
        return Role.FORMER_REPORT if side is Side.REPORT else Role.FORMER_MANAGER
    if via is Via.LINK:
        return Role.LINK_HOLDER
    return Role.REPORT if side is Side.REPORT else Role.MANAGER
