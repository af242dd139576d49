"""All HTTP with Slack's Web API: one function, one table of errors."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import requests

from core.errors import (
    AccountDisconnected,
    InvalidInput,
    NotFound,
    NotSupported,
    OneOnOneError,
    PermissionDenied,
    RateLimited,
    Unavailable,
    UnexpectedResponse,
)

Json = dict[str, Any]
PUBLIC = "https://slack.com/api"
SCOPES = ("chat:write", "users:read", "users:read.email")
"""Least rights: write to people as the app, and tell whose address a Slack account has."""
SHORT = 2.0
"""Seconds where somebody waits for Slack's own three."""
LONG = 15.0

ERRORS: dict[str, type[OneOnOneError]] = {
    **dict.fromkeys(
        ("invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired",
         "org_login_required", "team_access_not_granted"),
        AccountDisconnected,
    ),
    **dict.fromkeys(
        ("missing_scope", "not_allowed_token_type", "no_permission", "access_denied",
         "restricted_action", "ekm_access_denied", "two_factor_setup_required"),
        PermissionDenied,
    ),
    **dict.fromkeys(
        ("users_not_found", "user_not_found", "user_not_visible", "user_disabled", "is_inactive",
         "channel_not_found", "cannot_dm_bot", "messages_tab_disabled", "not_in_channel",
         "is_archived", "user_is_restricted"),
        NotSupported,
    ),
    **dict.fromkeys(
        ("message_not_found", "duplicate_message_not_found", "cant_update_message",
         "edit_window_closed", "view_not_found"),
        NotFound,
    ),
    **dict.fromkeys(
        ("msg_too_long", "msg_blocks_too_long", "invalid_blocks", "invalid_arguments",
         "expired_trigger_id", "exchanged_trigger_id", "invalid_trigger_id"),
        InvalidInput,
    ),
    **dict.fromkeys(
        ("internal_error", "fatal_error", "service_unavailable", "request_timeout",
         "team_added_to_org", "accesslimited"),
        Unavailable,
    ),
}  # fmt: skip
"""Slack's words for a refusal; another one is an answer that we do not know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slack:
    """One workspace, as our app in it."""

    token: str = field(repr=False)
    root: str = PUBLIC

    def call(self, method: str, content: Json, *, patience: float = LONG) -> Json:
        """Return Slack's answer. Raise what `ERRORS` says, Unavailable, RateLimited."""
        return self._sent(method, content, patience)[0]

    def scopes(self) -> tuple[Json, frozenset[str]]:
        """Return whose token it is, and its scopes."""
        answer, headers = self._sent("auth.test", {}, LONG)
        told = headers.get("X-OAuth-Scopes", "")
        return answer, frozenset(scope for scope in re.split(r"[,\s]+", told) if scope)

    def _sent(self, method: str, content: Json, patience: float) -> tuple[Json, Any]:
        # users.* take forms only, and forms are taken by all but those with blocks.
        form = method.startswith("users.")
        try:
            answer = requests.post(
                f"{self.root.rstrip('/')}/{method}",
                data=content if form else None,
                json=None if form else content,
                headers={"Authorization": f"Bearer {self.token}"},
                timeout=(patience, patience),
                allow_redirects=False,
            )
        except requests.RequestException as err:
            raise Unavailable(f"Slack does not answer: {type(err).__name__}") from err
        return _read(method, answer), answer.headers


def _read(method: str, answer: requests.Response) -> Json:
    if answer.status_code == 429:
        raise RateLimited("Slack asks us to slow down", retry_after=_wait(answer))
    if answer.status_code >= 500:
        raise Unavailable(f"Slack failed with {answer.status_code}")
    try:
        found = answer.json()
    except ValueError as err:
        raise UnexpectedResponse(f"Slack's {method} answered no JSON") from err
    if not isinstance(found, dict) or not isinstance(found.get("ok"), bool):
        raise UnexpectedResponse(f"Slack's {method} answered in a form that we do not know")
    if found["ok"]:
        return found
    error = str(found.get("error"))[:100]
    if error in ("ratelimited", "rate_limited"):
        raise RateLimited("Slack asks us to slow down", retry_after=_wait(answer))
    kind = ERRORS.get(error, UnexpectedResponse)
    needed = f", it needs the scope {found['needed']}" if found.get("needed") else ""
    raise kind(f"Slack's {method} says {error}{needed}")


def _wait(answer: requests.Response) -> timedelta:
    text = answer.headers.get("Retry-After", "")
    return timedelta(seconds=min(int(text), 3600) if text.isdecimal() and len(text) < 9 else 30)
