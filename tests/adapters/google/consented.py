"""A person's own consent, given on the stand-in's page as a browser would."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import requests

from adapters.google import Consent
from adapters.google.settings import EVENTS, FREE_BUSY, TASKS
from tests.servers.google import GoogleServer


def consent_of(server: GoogleServer, user: str) -> Consent:
    """Ask, press Allow, and trade the code for tokens."""
    client = server.oauth_client()["web"]
    asked = {
        "client_id": client["client_id"],
        "redirect_uri": "http://127.0.0.1/back",
        "response_type": "code",
        "access_type": "offline",
        "scope": f"{EVENTS} {FREE_BUSY} {TASKS}",
    }
    url = requests.Request("GET", client["auth_uri"], params=asked).prepare().url or ""
    code = parse_qs(urlsplit(server.consent(user, url)).query)["code"][0]
    secret = client["client_secret"]
    form = asked | {"grant_type": "authorization_code", "code": code, "client_secret": secret}
    tokens = requests.post(client["token_uri"], data=form, timeout=5).json()
    return Consent(
        client_id=client["client_id"],
        client_secret=secret,
        refresh_token=tokens["refresh_token"],
    )
