"""Sign-in with a company's own accounts: OpenID Connect with discovery and PKCE.

https://openid.net/specs/openid-connect-discovery-1_0.html, RFC 7636, RFC 9207.
"""

from __future__ import annotations

import base64
import hashlib
import threading
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode, urlsplit

import jwt
import requests

from core.errors import InvalidInput, NotSignedIn, Unavailable, UnexpectedResponse
from core.model.people import normal_address
from webhook_app.config import Settings

TIMEOUT = 10
FRESH = 3600.0
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "EdDSA"]


@dataclass(slots=True)
class Oidc:
    """One issuer's door; its description is kept for an hour."""

    issuer: str
    client_id: str
    client_secret: str
    callback: str
    _found: dict[str, Any] = field(default_factory=dict)
    _since: float = 0.0
    _keys: jwt.PyJWKClient | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def start_url(self, state: str, nonce: str, verifier: str) -> str:
        """Return where the browser goes to sign in."""
        digest = hashlib.sha256(verifier.encode()).digest()
        query = {
            "response_type": "code",
            "client_id": self.client_id,
            "redirect_uri": self.callback,
            "scope": "openid email profile",
            "state": state,
            "nonce": nonce,
            "code_challenge": base64.urlsafe_b64encode(digest).decode().rstrip("="),
            "code_challenge_method": "S256",
        }
        return f"{self._place('authorization_endpoint')}?{urlencode(query)}"

    def address(self, code: str, nonce: str, verifier: str) -> str:
        """Return whose address the issuer vouches for. Raise NotSignedIn, Unavailable."""
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.callback,
            "client_id": self.client_id,
            "code_verifier": verifier,
        }
        if self.client_secret:
            form["client_secret"] = self.client_secret
        answer = _call("POST", self._place("token_endpoint"), data=form)
        claims = self._claims(str(answer.get("id_token", "")))
        if claims.get("nonce") != nonce:
            raise NotSignedIn("this sign-in was not begun here: please try again")
        email = claims.get("email")
        if not isinstance(email, str) or "@" not in email or claims.get("email_verified") is False:
            raise NotSignedIn("the account has no verified e-mail address")
        return normal_address(email)

    def _claims(self, id_token: str) -> dict[str, Any]:
        keys = self._key_client()
        try:
            key = keys.get_signing_key_from_jwt(id_token).key
            return jwt.decode(
                id_token,
                key,
                algorithms=ALGORITHMS,
                audience=self.client_id,
                issuer=self.issuer,
                leeway=60,
                options={"require": ["exp", "iat", "iss", "aud", "sub"]},
            )
        except jwt.PyJWKClientConnectionError as err:
            raise Unavailable("the sign-in service gives no keys: try again") from err
        except jwt.PyJWTError as err:
            raise NotSignedIn(f"the sign-in does not hold: {type(err).__name__}") from err

    def _key_client(self) -> jwt.PyJWKClient:
        place = self._place("jwks_uri")
        with self._lock:
            if self._keys is None or self._keys.uri != place:
                self._keys = jwt.PyJWKClient(place, timeout=TIMEOUT)
            return self._keys

    def _place(self, name: str) -> str:
        if not self._found or time.monotonic() - self._since > FRESH:
            found = _call("GET", f"{self.issuer.rstrip('/')}/.well-known/openid-configuration")
            if found.get("issuer") != self.issuer:
                raise UnexpectedResponse("oidc_issuer: the service calls itself by another name")
            self._found, self._since = found, time.monotonic()
        place = self._found.get(name)
        if not isinstance(place, str) or not is_safe(place):
            raise UnexpectedResponse(f"the sign-in service names no usable {name}")
        return place


def oidc(settings: Settings) -> Oidc | None:
    """Return the issuer's door; None: not set up. Raise InvalidInput where it can't be."""
    if not settings.oidc_issuer:
        return None
    if not settings.oidc_client_id or not is_safe(settings.oidc_issuer):
        raise InvalidInput("oidc_issuer needs https:// and oidc_client_id")
    return Oidc(
        issuer=settings.oidc_issuer,
        client_id=settings.oidc_client_id,
        client_secret=settings.oidc_client_secret,
        callback=f"{settings.public_url.rstrip('/')}/auth/oidc/callback",
    )


def is_safe(url: str) -> bool:
    """Tell whether a URL is encrypted, or on this very machine."""
    parts = urlsplit(url)
    return parts.scheme == "https" or (
        parts.scheme == "http" and parts.hostname in ("127.0.0.1", "localhost", "::1")
    )


def _call(verb: str, url: str, **how: Any) -> dict[str, Any]:
    try:
        answer = requests.request(verb, url, timeout=TIMEOUT, allow_redirects=False, **how)
        found = answer.json()
    except requests.exceptions.JSONDecodeError as err:
        raise UnexpectedResponse("the sign-in service answers no JSON") from err
    except requests.RequestException as err:
        raise Unavailable(f"the sign-in service does not answer: {type(err).__name__}") from err
    if answer.status_code >= 500:
        raise Unavailable(f"the sign-in service answers {answer.status_code}")
    if answer.status_code != 200 or not isinstance(found, dict):
        raise NotSignedIn("the sign-in service refused: please try again")
    return found
