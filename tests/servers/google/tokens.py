"""Access tokens: delegation for service accounts, and consent by a person."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

from .answers import ApiError, Json, bad_credentials
from .directory import Directory
from .keys import account_key, pem

AUDIENCE = "https://oauth2.googleapis.com/token"
LIFETIME = timedelta(hours=1)


class TokenRefused(Exception):
    """What the token endpoint answers instead of a token (RFC 6749, section 5.2)."""

    def __init__(self, status: int, error: str, description: str) -> None:
        super().__init__(description)
        self.status = status
        self.body = {"error": error, "error_description": description}


@dataclass(slots=True, kw_only=True)
class ServiceAccount:
    client_id: str
    email: str
    key: rsa.RSAPrivateKey = field(repr=False)
    delegated: frozenset[str]
    """Scopes that the administrator has entered for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What one access token is good for."""

    user: str | None
    scopes: frozenset[str]
    expires: datetime
    client_id: str


@dataclass(slots=True)
class Tokens:
    directory: Directory
    now: Callable[[], datetime]
    accounts: dict[str, ServiceAccount] = field(default_factory=dict)
    """By their e-mail address."""
    grants: dict[str, Grant] = field(default_factory=dict)

    def add_service_account(self, scopes: frozenset[str], token_uri: str) -> Json:
        """A key file's content; the scopes are delegated to it."""
        number = len(self.accounts) + 1
        account = ServiceAccount(
            client_id=f"{100_000_000_000_000_000_000 + number}",
            email=f"one-on-one-{number}@project.iam.gserviceaccount.com",
            key=account_key(number),
            delegated=scopes,
        )
        self.accounts[account.email] = account
        return {
            "type": "service_account",
            "project_id": "project",
            "private_key_id": f"key-{number}",
            "private_key": pem(account.key),
            "client_email": account.email,
            "client_id": account.client_id,
            "token_uri": token_uri,
        }

    def delegate(self, client_id: str, scopes: frozenset[str]) -> None:
        """Set what the administrator allows; tokens for anything else die at once."""
        for account in self.accounts.values():
            if account.client_id == client_id:
                account.delegated = scopes
        self.grants = {
            token: grant
            for token, grant in self.grants.items()
            if grant.client_id != client_id or grant.user is None or grant.scopes <= scopes
        }

    def by_assertion(self, assertion: str) -> Json:
        """The two-legged road: a signed assertion for a token."""
        claims = self._claims(assertion)
        account = self.accounts[claims["iss"]]
        scopes = frozenset(str(claims.get("scope", "")).split())
        subject = claims.get("sub")
        user = None
        if subject and subject != account.email:
            if not scopes <= account.delegated:
                raise TokenRefused(
                    401,
                    "unauthorized_client",
                    "Client is unauthorized to retrieve access tokens using this method, or client"
                    " not authorized for any of the scopes requested.",
                )
            user = self._living_user(subject)
        return self.issue(user, scopes, account.client_id)

    def _claims(self, assertion: str) -> Json:
        try:
            issuer = jwt.decode(assertion, options={"verify_signature": False}).get("iss")
            account = self.accounts[str(issuer)]
            claims: Json = jwt.decode(
                assertion,
                account.key.public_key(),
                algorithms=["RS256"],
                audience=AUDIENCE,
                leeway=10,
            )
        except KeyError as err:
            raise TokenRefused(400, "invalid_grant", "Invalid grant: account not found") from err
        except jwt.InvalidSignatureError as err:
            raise TokenRefused(400, "invalid_grant", "Invalid JWT Signature.") from err
        except jwt.InvalidTokenError as err:
            text = (
                "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable"
                " timeframe. Check your iat and exp values in the JWT claim."
            )
            raise TokenRefused(400, "invalid_grant", text) from err
        return claims

    def _living_user(self, address: str) -> str:
        person = self.directory.people.get(address.lower())
        if person is None or person.suspended:
            raise TokenRefused(400, "invalid_grant", "Invalid email or User ID")
        return person.address

    def issue(self, user: str | None, scopes: frozenset[str], client_id: str) -> Json:
        token = f"ya29.{secrets.token_urlsafe(24)}"
        self.grants[token] = Grant(
            user=user, scopes=scopes, expires=self.now() + LIFETIME, client_id=client_id
        )
        return {
            "access_token": token,
            "expires_in": int(LIFETIME.total_seconds()),
            "scope": " ".join(sorted(scopes)),
            "token_type": "Bearer",
        }

    def grant_of(self, authorization: str | None) -> Grant:
        """Whose token an Authorization header carries."""
        token = (authorization or "").removeprefix("Bearer ")
        grant = self.grants.get(token)
        if grant is None or grant.expires <= self.now():
            raise bad_credentials()
        return grant

    def check_person(self, grant: Grant, service: str) -> None:
        person = self.directory.people.get(grant.user or "")
        if person and person.suspended:
            if service == "calendar":
                text = "The user must be signed up for Google Calendar."
                raise ApiError(403, "notACalendarUser", text, domain="calendar")
            raise bad_credentials()
