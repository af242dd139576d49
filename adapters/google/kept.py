"""A connection as the store keeps it: settings in the clear, one secret, sealed."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from adapters.google import build, utc_now
from adapters.google.settings import TOKEN_URI, Consent, Credentials, Delegation, GoogleSettings
from core.errors import InvalidInput
from core.ports import Suite


def build_kept(
    settings: Mapping[str, str], secret: str, *, now: Callable[[], datetime] = utc_now
) -> Suite:
    """Return the suite of a kept connection.

    `settings` hold `account` and, where a gateway takes Google's place, `api_root` and
    `token_uri`. The secret is JSON: the key file of a service account with domain-wide
    delegation, or `client_id`, `client_secret` and `refresh_token` of a person's consent.
    Raise InvalidInput where something is missing.
    """
    account = settings.get("account")
    if not account:
        raise InvalidInput("a Google connection needs `account`: connect it again")
    kept = _read(secret)
    google = GoogleSettings(
        api_root=settings.get("api_root") or None,
        token_uri=settings.get("token_uri") or TOKEN_URI,
        push_secret=_push_secret(kept),
        chat_space=settings.get("chat_space", ""),
        addon_url=settings.get("addon_url", ""),
    )
    return build(google, account, _credentials(kept), now=now)


def kept_secret(credentials: Credentials, push_secret: bytes = b"") -> str:
    """Return credentials, and what signs pushes, as the store seals them."""
    match credentials:
        case Delegation(key_file=key_file):
            kept = dict(key_file)
        case Consent(client_id=client_id, client_secret=client_secret, refresh_token=token):
            names = ("client_id", "client_secret", "refresh_token")
            kept = dict(zip(names, (client_id, client_secret, token), strict=True))
    return json.dumps(kept | {"push_secret": push_secret.hex()})


def read_secret(secret: str) -> Credentials:
    """Return the credentials in a kept secret. Raise InvalidInput where there are none."""
    return _credentials(_read(secret))


def read_push_secret(secret: str) -> bytes:
    """Return what signs the channels of a kept connection."""
    return _push_secret(_read(secret))


def _read(secret: str) -> dict[str, Any]:
    try:
        kept = json.loads(secret)
    except ValueError:
        # Not `from` the cause: its text may hold a part of the secret.
        raise InvalidInput("the kept Google secret is not JSON: connect it again") from None
    if not isinstance(kept, dict):
        raise InvalidInput("the kept Google secret is not an object: connect it again")
    return kept


def _push_secret(kept: dict[str, Any]) -> bytes:
    try:
        return bytes.fromhex(kept.get("push_secret", ""))
    except (ValueError, TypeError):
        raise InvalidInput("the kept Google secret is damaged: connect it again") from None


def _credentials(kept: dict[str, Any]) -> Credentials:
    if kept.get("type") == "service_account":
        return Delegation(key_file=kept)
    try:
        return Consent(
            client_id=kept["client_id"],
            client_secret=kept["client_secret"],
            refresh_token=kept["refresh_token"],
        )
    except KeyError as err:
        raise InvalidInput(f"the kept Google secret has no {err}: connect it again") from err
