"""What a connection to Outlook keeps, as text: settings, and apart from them the secret."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from adapters.outlook.settings import (
    GRAPH_ROOT,
    AppCertificate,
    AppSecret,
    Consent,
    Credentials,
    OutlookSettings,
)
from core.errors import InvalidInput
from core.model.people import normal_address


def settings_text(settings: OutlookSettings, account: str) -> dict[str, str]:
    """Return them as the store keeps them; `read_settings` is the way back."""
    kept = {
        "account": account,
        "tenant_id": settings.tenant_id,
        "client_id": settings.client_id,
        "graph_root": settings.graph_root,
        "authority": settings.authority,
        "ca_file": settings.ca_file or "",
        "time_out": ",".join(map(str, settings.time_out)),
    }
    return {name: value for name, value in kept.items() if value}


def read_settings(kept: Mapping[str, str], push_secret: bytes = b"") -> tuple[OutlookSettings, str]:
    """Return settings and account. Raise InvalidInput where something is missing."""
    missing = [name for name in ("account", "tenant_id", "client_id") if not kept.get(name)]
    if missing:
        raise InvalidInput(f"An Outlook connection needs {', '.join(missing)}: connect again.")
    try:
        connect, answer = map(float, kept.get("time_out", "5,30").split(","))
    except ValueError as err:
        raise InvalidInput("The Outlook connection's time_out is not readable.") from err
    settings = OutlookSettings(
        tenant_id=kept["tenant_id"],
        client_id=kept["client_id"],
        graph_root=kept.get("graph_root", GRAPH_ROOT).rstrip("/"),
        authority=kept.get("authority", ""),
        ca_file=kept.get("ca_file") or None,
        push_secret=push_secret,
        time_out=(connect, answer),
    )
    return settings, normal_address(kept["account"])


def secret_text(credentials: Credentials, push_secret: bytes = b"") -> str:
    """Return what the store seals; `read_secret` is the way back."""
    return json.dumps(_as_json(credentials) | {"push_secret": push_secret.hex()})


def _as_json(credentials: Credentials) -> dict[str, Any]:
    match credentials:
        case AppSecret(secret=secret):
            return {"kind": "secret", "secret": secret}
        case AppCertificate(private_key=key, certificate=certificate):
            return {"kind": "certificate", "private_key": key, "certificate": certificate}
        case Consent(refresh_token=token, client=client):
            own = _as_json(client) if client else None
            return {"kind": "consent", "refresh_token": token, "client": own}


def read_secret(text: str) -> tuple[Credentials, bytes]:
    """Return credentials and what signs pushes. Raise InvalidInput where it's no such text."""
    try:
        kept = json.loads(text)
        return _credentials(kept), bytes.fromhex(kept.get("push_secret", ""))
    except (ValueError, KeyError, TypeError, AttributeError):
        # Not `from` the cause: its text may hold a part of the secret.
        raise InvalidInput("The Outlook connection's secret is not readable: connect again.") \
            from None  # fmt: skip


def _credentials(kept: Any) -> Credentials:
    match kept["kind"]:
        case "secret":
            return AppSecret(secret=kept["secret"])
        case "certificate":
            return AppCertificate(private_key=kept["private_key"], certificate=kept["certificate"])
        case "consent":
            client = _credentials(kept["client"]) if kept.get("client") else None
            if isinstance(client, Consent):
                raise ValueError("a consent inside a consent")
            return Consent(refresh_token=kept["refresh_token"], client=client)
    raise ValueError("kind")
