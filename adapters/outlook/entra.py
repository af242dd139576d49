"""Is this token Entra ID's, for our own API, and of whom? For panes and Teams tabs.

Pane and tab send a token for *our* API (scope `access_as_user`), never one for Graph and never
an ID token. Sources: learn.microsoft.com/entra/identity-platform/access-tokens (validation
and signing keys) and .../access-token-claims-reference.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import jwt
import requests

from core.errors import NotSignedIn, Unavailable
from core.model.people import normal_address

SCOPE = "access_as_user"
ALGORITHMS = ["RS256"]
"""Never what the token says: that would let a public key pass for a secret."""
LEEWAY = 60
LONGEST = 16 * 1024
FRESH = 24 * 3600.0
"""Seconds after which keys are fetched anew; Entra ID tells new ones days before it uses them."""
PAUSE = 60.0
"""Between two fetches for keys that we do not know: anybody can make such names up."""
V1_ISSUER = "https://sts.windows.net/{tenant}/"
GUEST = "#ext#"


@dataclass(frozen=True, slots=True, kw_only=True)
class EntraApi:
    """Our API as it is registered in Entra ID."""

    tenant_id: str
    client_id: str
    authority: str
    """https address of the tenant, such as https://login.microsoftonline.com/{tenant}."""
    host: str = ""
    """Our public host: stands in the `api://host/client` form of our name."""
    clients: frozenset[str] = frozenset()
    """Apps that may call us beside ourselves: a pane with a registration of its own."""
    ca_file: str | None = None
    time_out: tuple[float, float] = (3, 5)

    @property
    def audiences(self) -> list[str]:
        """The names under which we are meant."""
        names = [self.client_id, f"api://{self.client_id}"]
        return [*names, f"api://{self.host}/{self.client_id}"] if self.host else names

    @property
    def issuers(self) -> tuple[str, str]:
        """Who signs for us: the tenant's second and first endpoint."""
        return f"{self.authority.rstrip('/')}/v2.0", V1_ISSUER.format(tenant=self.tenant_id)


class EntraTokens:
    """Checks tokens; the tenant's keys are fetched when needed and kept."""

    def __init__(
        self,
        api: EntraApi,
        *,
        address_of: Callable[[str], str | None] = lambda _object_id: None,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        """`address_of` knows people by Entra's own id, where their mailbox has another name."""
        self._api = api
        self._address_of = address_of
        self._seconds = seconds
        self._lock = threading.Lock()
        self._keys: dict[str, jwt.PyJWK] = {}
        self._fetched = float("-inf")

    def address(self, token: str, now: datetime) -> str | None:
        """Return whose token it is; None where it is no token of Entra ID at all.

        Raise NotSignedIn where it is one and does not hold, Unavailable where Entra ID does not
        tell its keys.
        """
        if len(token) > LONGEST or not self._is_ours(token):
            return None
        try:
            claims = self._verified(token, now)
        except jwt.PyJWTError as err:
            raise NotSignedIn(f"this sign-in does not hold ({type(err).__name__}): sign in "
                              "again.") from err  # fmt: skip
        self._check(claims)
        return self._person(claims)

    def _is_ours(self, token: str) -> bool:
        """Look at the issuer, unverified, only to leave other people's tokens alone."""
        try:
            claims = jwt.decode(token, options={"verify_signature": False})
        except (jwt.PyJWTError, ValueError, RecursionError):
            return False
        issuer = claims.get("iss")
        entra = ("https://sts.windows.net/", self._api.authority.rpartition("/")[0] + "/")
        return isinstance(issuer, str) and issuer.startswith(entra)

    def _verified(self, token: str, now: datetime) -> Mapping[str, Any]:
        header = jwt.get_unverified_header(token)
        if header.get("alg") not in ALGORITHMS:
            raise jwt.InvalidAlgorithmError(str(header.get("alg")))
        key = self._key(str(header.get("kid", "")))
        claims: Mapping[str, Any] = jwt.decode(
            token,
            key,
            algorithms=ALGORITHMS,
            audience=self._api.audiences,
            issuer=list(self._api.issuers),
            options={
                "require": ["exp", "iat", "nbf", "iss", "aud", "tid", "oid"],
                # By the caller's clock, below.
                "verify_exp": False,
                "verify_nbf": False,
                "verify_iat": False,
            },
        )
        at = now.timestamp()
        if float(claims["exp"]) + LEEWAY <= at:
            raise jwt.ExpiredSignatureError
        if float(claims["nbf"]) - LEEWAY > at:
            raise jwt.ImmatureSignatureError
        return claims

    def _check(self, claims: Mapping[str, Any]) -> None:
        if claims["tid"] != self._api.tenant_id:
            raise NotSignedIn("this account belongs to another organization.")
        if SCOPE not in str(claims.get("scp", "")).split() or claims.get("idtyp") == "app":
            raise NotSignedIn(f"this sign-in is not for us: the scope {SCOPE} is missing.")
        client = claims.get("azp") or claims.get("appid")
        if client not in {self._api.client_id, *self._api.clients}:
            raise NotSignedIn("this sign-in was made for another app.")

    def _person(self, claims: Mapping[str, Any]) -> str:
        """The user name is the administrator's to give, so within our own tenant it counts."""
        known = self._address_of(str(claims["oid"]))
        name = known or str(claims.get("preferred_username") or claims.get("upn") or "")
        if "@" not in name or GUEST in name.lower():
            raise NotSignedIn("this account has no mailbox of this organization.")
        return normal_address(name)

    def _key(self, kid: str) -> jwt.PyJWK:
        with self._lock:
            age = self._seconds() - self._fetched
            if age > FRESH or (kid not in self._keys and age > PAUSE):
                self._refresh()
            if kid not in self._keys:
                raise jwt.InvalidKeyError("unknown key")
            return self._keys[kid]

    def _refresh(self) -> None:
        """Fetch the keys; old ones that are no longer published no longer hold."""
        url = f"{self._api.authority.rstrip('/')}/discovery/v2.0/keys"
        try:
            found = self._ask(url)
        except (requests.RequestException, ValueError, KeyError, TypeError, AttributeError) as err:
            self._fetched = self._seconds() - FRESH + PAUSE if self._keys else float("-inf")
            if not self._keys:
                raise Unavailable("Entra ID did not tell its keys: try again.") from err
            return
        self._keys, self._fetched = found, self._seconds()

    def _ask(self, url: str) -> dict[str, jwt.PyJWK]:
        with requests.Session() as session:
            if self._api.ca_file is not None:
                session.verify, session.trust_env = self._api.ca_file, False
            answer = session.get(url, timeout=self._api.time_out, allow_redirects=False)
            answer.raise_for_status()
            keys = [k for k in answer.json()["keys"] if k.get("kty") == "RSA" and _signs(k)]
        return {str(k["kid"]): jwt.PyJWK(k, algorithm="RS256") for k in keys}


def _signs(key: Mapping[str, Any]) -> bool:
    return bool(key.get("use", "sig") == "sig")
