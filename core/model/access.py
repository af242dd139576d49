"""Who may ask: tokens, browser sessions, one-time codes, and a pair's yes to an integration."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from core.model.people import PairId


class Scope(StrEnum):
    """What a token may be used for; it never gives more than its person has."""

    AGENDA_READ = "agenda:read"
    AGENDA_WRITE = "agenda:write"
    NOTES_READ = "notes:read"
    NOTES_WRITE = "notes:write"
    PRIVATE_NOTES = "notes:private"
    SERIES_WRITE = "series:write"
    SEARCH = "search"
    WEBHOOKS = "webhooks"
    CATALOGUE = "catalogue:read"
    CONNECTIONS = "connections:read"
    JOBS = "jobs:read"
    ACCOUNT = "account"


SCOPE_WORDS: dict[Scope, str] = {
    Scope.AGENDA_READ: "read your pairs, series, agendas and action items",
    Scope.AGENDA_WRITE: "add, change, tick and move points and action items",
    Scope.NOTES_READ: "read shared notes and decisions",
    Scope.NOTES_WRITE: "write shared notes and decisions",
    Scope.PRIVATE_NOTES: "read and write your private notes",
    Scope.SERIES_WRITE: "switch agendas on and off, and say who manages whom",
    Scope.SEARCH: "search in your own pairs",
    Scope.WEBHOOKS: "manage webhooks and see their deliveries",
    Scope.CATALOGUE: "read templates and questions",
    Scope.CONNECTIONS: "see which accounts are connected",
    Scope.JOBS: "see what waits to be done (administrators)",
    Scope.ACCOUNT: "manage your own tokens and consents",
}


class Via(StrEnum):
    """How somebody showed who they are."""

    LINK = "link"
    """A signed link to one's own page: no sensitive words, no tokens."""
    MAIL = "mail"
    OIDC = "oidc"
    ENTRA = "entra"
    GOOGLE = "google"
    TOKEN = "token"  # noqa: S105  a name, not a secret
    INTEGRATION = "integration"


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiToken:
    """A token that a program shows; we keep a digest of it only."""

    NOUN: ClassVar[str] = "api_token"

    token_id: str
    digest: str
    name: str
    person: str
    """Address of the one as whom it acts, or who made it for an integration."""
    scopes: tuple[Scope, ...]
    created_at: datetime
    expires_at: datetime | None = None
    revoked_at: datetime | None = None
    used_at: datetime | None = None
    integration: bool = False
    """Acts for no person: reaches only pairs in which both people allowed it."""

    @property
    def key(self) -> str:
        """Its id."""
        return self.token_id

    @property
    def belongs_to(self) -> str:
        """Whose it is."""
        return self.person

    def works(self, now: datetime) -> bool:
        """Tell whether it is neither revoked nor too old."""
        return self.revoked_at is None and (self.expires_at is None or now < self.expires_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A browser in which somebody signed in; the cookie's digest is its id."""

    NOUN: ClassVar[str] = "session"

    session_id: str
    person: str
    via: Via
    created_at: datetime
    expires_at: datetime

    @property
    def key(self) -> str:
        """Its id."""
        return self.session_id

    @property
    def belongs_to(self) -> str:
        """Whose it is."""
        return self.person


@dataclass(frozen=True, slots=True, kw_only=True)
class OneTimeCode:
    """Something that opens a door once: a sign-in link, the state of a sign-in elsewhere."""

    NOUN: ClassVar[str] = "one_time_code"

    digest: str
    purpose: str
    person: str = ""
    data: tuple[tuple[str, str], ...] = ()
    expires_at: datetime

    @property
    def key(self) -> str:
        """Its digest: the code itself is not kept."""
        return self.digest

    @property
    def belongs_to(self) -> str:
        """What it is for."""
        return self.purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """One person's yes to an integration reading and writing one pair's shared agenda."""

    NOUN: ClassVar[str] = "consent"

    pair_id: PairId
    token_id: str
    person: str
    at: datetime

    @property
    def key(self) -> str:
        """Pair, integration and person."""
        return f"{self.pair_id}|{self.token_id}|{self.person}"

    @property
    def belongs_to(self) -> str:
        """The pair."""
        return self.pair_id
