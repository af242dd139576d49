"""What this installation says about Google: where it is, and whose accounts may be opened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import structlog

from core.errors import NotSignedIn, PermissionDenied
from webhook_app.config import Settings

log = structlog.get_logger()


def roots(settings: Settings) -> dict[str, str]:
    """Return the addresses that replace Google's own, and where cards call us."""
    named = {
        "api_root": settings.google_api_root,
        "token_uri": settings.google_token_uri,
        "addon_url": addon_url(settings) if settings.google_project_number else "",
    }
    return {name: value for name, value in named.items() if value}


def is_allowed(settings: Settings, person: str) -> bool:
    """Tell whether somebody's account may be opened: by address, or by `@domain`."""
    listed = [each.strip().lower() for each in settings.google_people.split(",") if each.strip()]
    return not listed or person in listed or f"@{person.partition('@')[2]}" in listed


def may_open(settings: Settings, person: str) -> None:
    """Raise PermissionDenied for an outsider; the log says that somebody tried."""
    if not is_allowed(settings, person):
        log.warning("google_account_refused")
        raise PermissionDenied(
            f"{person} is not among google_people: the installation opens only those accounts"
        )


def addon_url(settings: Settings) -> str:
    """Return the exact address at which Google calls our add-on and Chat app."""
    return settings.google_addon_url or f"{settings.public_url.rstrip('/')}/hooks/google/addon"


def google_verifier(
    settings: Settings, keys: Callable[[], Any]
) -> Callable[[str, datetime], str | None]:
    """Return what tells whose a user token of our add-on is (webhook_app.auth.who.Verifier).

    It returns None for what is no token of Google's, or while google_addon_client_id is not set:
    the only audience that counts. It raises NotSignedIn where a token does not hold.
    """

    def verify(token: str, _now: datetime) -> str | None:
        if token.count(".") != 2 or not settings.google_addon_client_id:
            return None
        # The libraries of Google come with the suite's extra: only its installations have them.
        from adapters.google.callers import person_with

        person = person_with(token, settings.google_addon_client_id, keys())
        if person is not None and not is_allowed(settings, person):
            raise NotSignedIn("this person is not among google_people")
        return person

    return verify
