"""A person's own consent: the address to open, the code that comes back, and taking it back."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import requests

from adapters.google.scopes import CONSENT
from adapters.google.settings import Consent, GoogleSettings
from core.errors import InvalidInput, PermissionDenied, Unavailable, UnexpectedResponse

AUTH_URI = "https://accounts.google.com/o/oauth2/v2/auth"


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """An OAuth client as the Cloud console hands it out."""

    client_id: str
    client_secret: str = field(repr=False)
    auth_uri: str = AUTH_URI


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """One sign-in that has begun."""

    client: Client
    back: str
    state: str
    verifier: str = field(repr=False)
    url: str


def read_client(kept: Mapping[str, Any]) -> Client:
    """Read a client file. Raise InvalidInput where it is something else."""
    inner = kept.get("installed") or kept.get("web")
    if not isinstance(inner, Mapping) or not inner.get("client_id"):
        raise InvalidInput(
            "this is no OAuth client's file: Google Cloud console, Clients, download"
        )
    return Client(
        client_id=str(inner["client_id"]),
        client_secret=str(inner.get("client_secret", "")),
        auth_uri=str(inner.get("auth_uri") or AUTH_URI),
    )


def begin_consent(client: Client, back: str, person: str) -> Flow:
    """Return what to open in the person's browser; `back` is where it comes back to."""
    state, verifier = secrets.token_urlsafe(24), secrets.token_urlsafe(48)
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest())
    asked = {
        "client_id": client.client_id,
        "redirect_uri": back,
        "response_type": "code",
        "scope": " ".join(each.scope for each in CONSENT),
        # Only so there is a refresh token, also for who has consented before.
        "access_type": "offline",
        "prompt": "consent",
        "login_hint": person,
        "state": state,
        "code_challenge": challenge.decode().rstrip("="),
        "code_challenge_method": "S256",
    }
    url = f"{client.auth_uri}?{urlencode(asked)}"
    return Flow(client=client, back=back, state=state, verifier=verifier, url=url)


def finish_consent(settings: GoogleSettings, flow: Flow, answer: Mapping[str, str]) -> Consent:
    """Turn what came back into a consent. Raise PermissionDenied where it was refused."""
    if not secrets.compare_digest(answer.get("state", ""), flow.state):
        raise InvalidInput("this answer belongs to another sign-in: start it again")
    if "code" not in answer:
        raise PermissionDenied(f"Google did not sign in ({answer.get('error', 'no reason')}).")
    body = _posted(
        settings,
        settings.token_uri,
        {
            "grant_type": "authorization_code",
            "code": answer["code"],
            "client_id": flow.client.client_id,
            "client_secret": flow.client.client_secret,
            "redirect_uri": flow.back,
            "code_verifier": flow.verifier,
        },
    )
    if "refresh_token" not in body:
        raise UnexpectedResponse("Google gave no lasting consent: remove our access in the account"
                                 " settings, then connect again.")  # fmt: skip
    return Consent(
        client_id=flow.client.client_id,
        client_secret=flow.client.client_secret,
        refresh_token=str(body["refresh_token"]),
    )


def revoke(settings: GoogleSettings, consent: Consent) -> bool:
    """Give a consent back; False where Google no longer knew it. Raise Unavailable."""
    address = settings.token_uri.removesuffix("token") + "revoke"
    try:
        _posted(settings, address, {"token": consent.refresh_token})
    except PermissionDenied:
        return False
    return True


def _posted(settings: GoogleSettings, address: str, form: Mapping[str, str]) -> dict[str, Any]:
    try:
        answer = requests.post(address, data=form, timeout=settings.time_out, allow_redirects=False)
        body = answer.json()
    except requests.JSONDecodeError as err:
        raise UnexpectedResponse("Google's sign-in gave no JSON.") from err
    except requests.RequestException as err:
        raise Unavailable("Google's sign-in did not answer.") from err
    if answer.status_code >= requests.codes.server_error:
        raise Unavailable(f"Google's sign-in is in trouble ({answer.status_code}).")
    if not answer.ok or not isinstance(body, dict):
        reason = body.get("error", answer.status_code) if isinstance(body, dict) else "no object"
        raise PermissionDenied(f"Google's sign-in refused ({reason}): start it again.")
    return body
