"""Who calls our address: Google's own signature, and through it one person.

A token is believed only with the right key, issuer, audience and age. Any Google account can
have a token for our address made, so the caller has to be this project's own service account.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import requests
from google.auth import exceptions, jwt

from adapters.google.interaction import Host, Interaction
from core.errors import NotSignedIn, Unavailable

# google-auth has types, and these functions have none.
_decode: Any = jwt.decode
_decode_header: Any = jwt.decode_header

ISSUERS = ("https://accounts.google.com", "accounts.google.com")
CHAT = "chat@system.gserviceaccount.com"
GOOGLE = "https://www.googleapis.com/"
SKEW = 10
"""Seconds by which Google's clock may be ahead of ours."""
TIME_OUT = (5, 10)
LEAST_LIFE, MOST_LIFE = 300.0, 86_400.0
UNKNOWN_PAUSE = 60.0
"""Seconds between two fetches for a key that nobody knows: forged ones would make many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What the configuration says about our add-on and Chat app."""

    endpoint: str
    """The exact address that is registered with Google."""
    project_number: str
    client_id: str = ""
    """OAuth client of the add-on: audience of the tokens that name a person."""

    @property
    def addon_account(self) -> str:
        """Who calls for add-ons, and for Chat in their dialect."""
        return f"service-{self.project_number}@gcp-sa-gsuiteaddons.iam.gserviceaccount.com"


@dataclass(slots=True)
class Keys:
    """Google's public certificates, fetched when needed and kept as long as Google says."""

    root: str = GOOGLE
    clock: Callable[[], float] = time.monotonic
    _held: dict[str, tuple[float, float, dict[str, str]]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def of(self, issuer: str, key_id: str) -> Mapping[str, str]:
        """Return certificates by key id. Raise Unavailable."""
        path = "oauth2/v1/certs"
        if issuer == CHAT:
            path = f"service_accounts/v1/metadata/x509/{CHAT}"
        with self._lock:
            until, fetched, certificates = self._held.get(path, (0.0, -UNKNOWN_PAUSE, {}))
            now = self.clock()
            unknown = key_id not in certificates and now - fetched >= UNKNOWN_PAUSE
            if now >= until or unknown:
                life, certificates = self._fetched(path)
                self._held[path] = (now + life, now, certificates)
            return certificates

    def _fetched(self, path: str) -> tuple[float, dict[str, str]]:
        try:
            answer = requests.get(self.root + path, timeout=TIME_OUT, allow_redirects=False)
            answer.raise_for_status()
            certificates = dict(answer.json())
        except (requests.RequestException, ValueError, TypeError) as err:
            raise Unavailable("Google's certificates cannot be read.") from err
        found = re.search(r"max-age=(\d+)", answer.headers.get("Cache-Control", ""))
        life = float(found[1]) if found else LEAST_LIFE
        return min(max(life, LEAST_LIFE), MOST_LIFE), certificates


def person_of(asked: Interaction, bearer: str, expected: Expected, keys: Keys) -> str:
    """Return the address of who did it. Raise NotSignedIn, saying why, or Unavailable."""
    _check_system(asked, bearer or asked.system_token, expected, keys)
    if asked.host is Host.CALENDAR or asked.user_token:
        claims = _claims(asked.user_token, expected.client_id, keys)
        person = _verified_address(claims)
        if asked.claimed and asked.claimed != person:
            raise NotSignedIn("two different people in one event")
        return person
    if not asked.claimed:
        raise NotSignedIn("no person in this event")
    return asked.claimed


def person_with(token: str, client_id: str, keys: Keys) -> str | None:
    """Return whose user token this is; None: it says itself that it is none of Google's.

    Raise NotSignedIn, saying why, or Unavailable.
    """
    try:
        issuer = _unverified(token).get("iss")
    except NotSignedIn:
        return None
    if issuer not in ISSUERS:
        return None
    person = _verified_address(_claims(token, client_id, keys))
    if person.endswith(".gserviceaccount.com"):
        raise NotSignedIn("the token is a program's and no person's")
    return person


def _check_system(asked: Interaction, token: str, expected: Expected, keys: Keys) -> None:
    issuer = _unverified(token).get("iss")
    if issuer == CHAT and asked.host is Host.LEGACY_CHAT:
        _claims(token, expected.project_number, keys)
        return
    claims = _claims(token, expected.endpoint, keys)
    accounts = {expected.addon_account} | ({CHAT} if asked.host is Host.LEGACY_CHAT else set())
    if claims.get("iss") not in ISSUERS or _verified_address(claims) not in accounts:
        raise NotSignedIn("the token is somebody else's and not our add-on's")


def _unverified(token: str) -> Mapping[str, Any]:
    try:
        claims: Mapping[str, Any] = _decode(token, verify=False)
    except (ValueError, exceptions.GoogleAuthError, TypeError):
        # Not `from` the cause: its text holds the token.
        raise NotSignedIn("no token") from None
    return claims


def _claims(token: str, audience: str, keys: Keys) -> Mapping[str, Any]:
    if not audience:
        raise NotSignedIn("the add-on is not configured here")
    issuer = str(_unverified(token).get("iss", ""))
    if issuer not in (*ISSUERS, CHAT):
        raise NotSignedIn("the token is not Google's")
    try:
        key_id = str(_decode_header(token).get("kid", ""))
        certificates = keys.of(issuer, key_id)
        claims: Mapping[str, Any] = _decode(
            token, certs=certificates, audience=audience, clock_skew_in_seconds=SKEW
        )
    except (ValueError, exceptions.GoogleAuthError, TypeError) as err:
        raise NotSignedIn(_reason(str(err))) from None
    return claims


def _reason(text: str) -> str:
    """Say which check failed and quote nothing of the token."""
    for word, reason in (
        ("audience", "the token is for another address"),
        ("expired", "the token is too old"),
        ("early", "the token is from the future: is this machine's clock right?"),
    ):
        if word in text.lower():
            return reason
    return "the token's signature does not hold"


def _verified_address(claims: Mapping[str, Any]) -> str:
    address = str(claims.get("email", "")).strip().lower()
    if claims.get("email_verified") is not True or not address:
        raise NotSignedIn("the token names nobody for sure")
    return address
