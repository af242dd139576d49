"""A connection as the store keeps it: settings in the clear, one secret, sealed."""

from __future__ import annotations

import json
from collections.abc import Mapping

from adapters.google import build
from adapters.google.settings import Consent, Delegation, GoogleSettings
from core.errors import InvalidInput
from core.ports import Suite


def build_kept(settings: Mapping[str, str], secret: str) -> Suite:
    """Return the suite of a kept connection.

    `settings` hold `account` and, where a gateway takes Google's place, `api_root` and
    `token_uri`. The secret is JSON: the key file of a service account with domain-wide
    delegation, or `client_id`, `client_secret` and `refresh_token` of a person's consent.
    Raise InvalidInput where something is missing.
    """
    account = settings.get("account")
    if not account:
        raise InvalidInput("a Google connection needs `account`: connect it again")
    roots = {name: settings[name] for name in ("api_root", "token_uri") if settings.get(name)}
    return build(GoogleSettings(**roots), account, _credentials(secret))  # type: ignore[arg-type]


def _credentials(secret: str) -> Delegation | Consent:
    try:
        kept = json.loads(secret)
    except ValueError as err:
        raise InvalidInput("the kept Google secret is not JSON: connect it again") from err
    if not isinstance(kept, dict):
        raise InvalidInput("the kept Google secret is not an object: connect it again")
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
